// What is advised about objects, typed as it stands, does what it says.
using System.Management.Automation;
using System.Text.RegularExpressions;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Objects;

public sealed partial class ObjectAdviceTests : IDisposable
{
    private readonly HostedShell _shell = new();

    public ObjectAdviceTests() => _shell.Run("Connect-MailServer -Sandbox -ServerVersion 0.16").ShouldHaveNoErrors();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_name_in_place_of_an_id_is_looked_for_in_a_property_that_the_type_has()
    {
        MailObjectType[] types = [.. _shell.Run("Get-MailObjectType").OutputAs<MailObjectType>().Where(type => type is { IsReadable: true, IsSingleton: false })];
        var advised = new Dictionary<string, string>();
        foreach (MailObjectType type in types)
        {
            string advice = Advise($"Get-MailObject {type.Name} -Id 'No id!'");
            if (Filter().Match(advice) is not { Success: true } match)
            {
                type.Property.Select(property => property.Name).ShouldNotContain(name => name == "name" || name == "description", type.Name);
                continue;
            }
            advised[type.Name] = match.Groups[1].Value;
            type.Property.Select(property => property.Name).ShouldContain(match.Groups[1].Value, type.Name);
            ScriptResult run = _shell.Run(match.Value);
            // What needs another account or licence is refused however it is asked for.
            run.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).ShouldAllBe(id => id == "Unsupported" || id == "Forbidden", $"{match.Value}: {string.Join(' ', run.Errors)}");
        }
        advised.Count.ShouldBeGreaterThan(20);
        advised["BlockedIp"].ShouldBe("address");
        advised["DkimSignature"].ShouldBe("selector");
        advised["ApiKey"].ShouldBe("description");
    }

    [Theory]
    [InlineData("Get-MailObject BlockedIp '192.0.2.7'")]
    [InlineData("Set-MailObject BlockedIp '192.0.2.7' -Property @{ reason = 'manual' }")]
    [InlineData("Remove-MailObject BlockedIp '192.0.2.7' -Force")]
    public void The_advice_finds_what_is_meant(string script)
    {
        _shell.Run("$null = New-MailObject BlockedIp @{ address = '192.0.2.7' }").ShouldHaveNoErrors();
        _shell.Run(Filter().Match(Advise(script)).Value).ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Account", "jane.doe@example.org")]
    [InlineData("MailingList", "everyone@example.org")]
    public void An_address_is_that_of_a_principal(string type, string address)
    {
        string script = $"Get-MailPrincipal '{address}' | Get-MailObject";
        Advise($"Get-MailObject {type} {address}").ShouldContain(script);
        if (type == "Account")
        {
            ((MailObject)_shell.Run(script).ShouldHaveNoErrors().Output.ShouldHaveSingleItem().BaseObject).Type.ShouldBe(type);
        }
    }

    [Theory]
    [InlineData("Get-MailObject Http -Property qqqqqq")]
    [InlineData("Set-MailObject Http -Property @{ rateLimitAnonymous = 1 }")]
    [InlineData("Get-MailSetting -Prefix server.listener")]
    public void What_is_said_to_list_properties_does(string script)
    {
        string advice = Properties().Match(_shell.Run(script).Errors.ShouldHaveSingleItem().Exception.Message).Value;
        advice.ShouldNotBeEmpty();
        _shell.Run(advice).ShouldHaveNoErrors().OutputAs<MailObjectProperty>().Length.ShouldBeGreaterThan(1);
    }

    // Whatever the permissions.
    [Theory]
    [InlineData("New-MailObject", "New-MailObject {0} @{{}} -WhatIf")]
    [InlineData("Set-MailObject", "Set-MailObject {0} a -Property @{{ x = 1 }} -WhatIf")]
    [InlineData("Remove-MailObject", "Remove-MailObject {0} a -WhatIf")]
    public void The_Tab_key_offers_no_type_that_the_cmdlet_always_refuses(string cmdlet, string use)
    {
        string[] offered = _shell.Run($"(TabExpansion2 '{cmdlet} ' {cmdlet.Length + 1}).CompletionMatches.CompletionText").OutputAs<string>();
        string[] refused = [.. _shell.Run("(Get-MailObjectType).Name").OutputAs<string>().Where(type => _shell.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, use, type)).Errors
            .Any(error => error.ToString().Contains("whatever the permissions", StringComparison.Ordinal) || error.ToString().Contains("There is one ", StringComparison.Ordinal)))];
        offered.Length.ShouldBeGreaterThan(40);
        refused.ShouldContain("ClusterNode");
        offered.Intersect(refused).ShouldBeEmpty();
        offered.ShouldContain("BlockedIp");
    }

    private string Advise(string script)
    {
        ErrorRecord error = _shell.Run(script).Errors.ShouldHaveSingleItem();
        return error.ErrorDetails.RecommendedAction;
    }

    [GeneratedRegex(@"Get-MailObject \w+ -Filter @\{ (\w+) = '[^']*' \}")]
    private static partial Regex Filter();

    [GeneratedRegex(@"\(Get-MailObjectType \w+\)\.Property")]
    private static partial Regex Properties();
}
