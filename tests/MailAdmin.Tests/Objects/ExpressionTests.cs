// Expressions of settings: what a server takes though it is none is refused here, and what only a server knows is said to be unknown (docs/api-0.16.md §8.10).
using System.Text.Json.Nodes;
using MailAdmin.Client.Api.Objects;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Objects;

public sealed class ExpressionTests : IDisposable
{
    private readonly HostedShell _shell = new();

    public ExpressionTests() => _shell.Run("Connect-MailServer -Sandbox -ServerVersion 0.16").ShouldHaveNoErrors();

    public void Dispose() => _shell.Dispose();

    public static TheoryData<string> Defaults => [.. RegistrySchema.Default.Structs.Values.SelectMany(type => type.Properties.Values)
        .Where(property => property is { Kind: PropertyKind.Object, Of: "Expression" }).Select(property => property.Default?.ToString()).OfType<string>().Distinct()];

    [Theory]
    [MemberData(nameof(Defaults))]
    public void What_a_server_has_by_itself_is_right(string text)
    {
        JsonObject expression = JsonNode.Parse(text)!.AsObject();
        ExpressionRules.FindError(expression).ShouldBeNull();
        ExpressionText.Find(expression).Select(each => ExpressionText.FindError(each.Text)).ShouldAllBe(error => error == null);
    }

    [Fact]
    public void There_are_enough_of_them() => Defaults.Count.ShouldBeGreaterThan(40);

    // What the server takes and counts with nothing for.
    [Theory]
    [InlineData("50 +")]
    [InlineData("* 50")]
    [InlineData("10 + * 5")]
    [InlineData("(50 +)")]
    [InlineData("[1, 2 +]")]
    [InlineData("local_port ==")]
    [InlineData("sender_domain == 'a' &&")]
    [InlineData("'+' +")]
    [InlineData("!")]
    [InlineData("1 >= ")]
    public void An_operator_with_nothing_on_one_side_is_refused_that_a_server_takes(string text)
    {
        ExpressionSyntax.FindError(text).ShouldBeNull();
        ExpressionText.FindError(text).ShouldNotBeNull().ShouldContain("has nothing on one side");
    }

    [Theory]
    [InlineData("50")]
    [InlineData("-5")]
    [InlineData("10 - -5")]
    [InlineData("!is_empty(sender) && (local_port != 25 || listener == 'smtp')")]
    [InlineData("'a quote \\' and + ' + system('hostname')")]
    [InlineData("split(rcpt, '@')[1] == \"example.org\"")]
    [InlineData("matches('^(.+)@(.+)$', rcpt)")]
    [InlineData("['a', 'b']")]
    [InlineData("[2m, 5m, 1.5h]")]
    [InlineData("queue_age <= 5d & retry_num => 2")]
    [InlineData("remote_ip.ptr")]
    [InlineData("$1 + '@' + $name")]
    public void What_is_right_passes(string text)
    {
        ExpressionSyntax.FindError(text).ShouldBeNull();
        ExpressionText.FindError(text).ShouldBeNull();
    }

    [Theory]
    [InlineData("nonsense(", "Invalid variable or constant \"nonsense\"")]
    [InlineData("nosuch == 1", "Invalid variable or constant \"nosuch\"")]
    [InlineData("len(sender", "Unmatched open parenthesis")]
    [InlineData("sender)", "Unmatched close parenthesis")]
    [InlineData("len(sender, rcpt)", "Expression function \"len\" expected 1 arguments, got 2")]
    [InlineData("contains(sender)", "Expression function \"contains\" expected 2 arguments, got 1")]
    [InlineData("'open", "Unterminated string")]
    [InlineData("50%", "Invalid character '%'")]
    [InlineData("1.2.3", "Invalid float value 1.2.3")]
    [InlineData("system('nosuch')", "Invalid system variable name \"nosuch\"")]
    [InlineData("len + 1", "Invalid token on the operator stack")]
    public void What_a_server_cannot_read_the_sandbox_refuses_in_its_words(string text, string error) => ExpressionSyntax.FindError(text).ShouldBe(error);

    [Theory]
    [InlineData("@{ maxRecipients = '50 +' }", "maxRecipients/else")]
    [InlineData("@{ maxRecipients = @{ else = '50'; match = @(@{ if = 'local_port =='; then = '1' }) } }", "if")]
    [InlineData("@{ maxRecipients = @{ else = '50'; match = @(@{ if = 'local_port == 25'; then = '(1' }) } }", "then")]
    public void Nothing_is_sent_of_one_that_is_none(string property, string place)
    {
        int before = _shell.JmapRequests.Count(IsWrite);
        foreach (string mode in new[] { "", "-WhatIf" })
        {
            string error = _shell.Run($"Set-MailObject MtaStageRcpt -Property {property} {mode}").Errors.ShouldHaveSingleItem().Exception.Message;
            error.ShouldContain(place);
            error.ShouldContain("is no expression");
        }
        _shell.JmapRequests.Count(IsWrite).ShouldBe(before);
    }

    [Fact]
    public void A_name_that_only_the_server_knows_is_said_to_be_unknown()
    {
        const string Command = "Set-MailObject MtaStageRcpt -Property @{ maxRecipients = 'nosuch * 2' }";
        _shell.Run($"{Command} -WhatIf").ShouldHaveNoErrors().Warnings.ShouldContain(warning => warning.Message.Contains("'nosuch * 2' (maxRecipients/else) is unknown", StringComparison.Ordinal));
        _shell.Run(Command).Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("Error parsing 'else' expression: Invalid variable or constant \"nosuch\"");
        _shell.Run("Set-MailObject MtaStageRcpt -Property @{ maxRecipients = '50' } -WhatIf").Warnings.ShouldNotContain(warning => warning.Message.Contains("unknown", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("50", false)]
    [InlineData("true", false)]
    [InlineData("'a name in quotes'", false)]
    [InlineData("1.5h", false)]
    [InlineData("\"it \\\" goes on\"", false)]
    [InlineData("sender", true)]
    [InlineData("'a' + sender", true)]
    public void Names_are_told_from_values(string text, bool hasNames) => ExpressionText.HasNames(text).ShouldBe(hasNames);

    private static bool IsWrite(JmapRequestBody request) => request.Calls.Any(call => call.Method == "x:MtaStageRcpt/set");
}
