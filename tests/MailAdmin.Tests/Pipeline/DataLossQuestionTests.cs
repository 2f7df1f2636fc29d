// What deletes data asks first, whichever way it is sent; and where one answer loses more than one thing, Enter means no.
using System.Management.Automation;
using System.Text.RegularExpressions;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Pipeline;

public sealed partial class DataLossQuestionTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true });
    private readonly HostedShell _shell;

    public DataLossQuestionTests() => _shell = HostedShell.CreateConnected(_server);

    /// <summary>Each cmdlet that deletes, without its -Force.</summary>
    public static TheoryData<string, string> Deletions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (CmdletInvocation use in CmdletMap.All.Where(use => use.Operation.LosesData))
            {
                data.Add(use.Script.Replace(" -Force", "", StringComparison.Ordinal), use.Operation.ToString());
            }
            return data;
        }
    }

    /// <summary>Of these, each whose operation is not about one thing that its route names.</summary>
    public static TheoryData<string, string> DeletionsOfMany => [.. Deletions.Where(row => !row.Data.Item2.EndsWith('}'))];

    /// <summary>Each operation that deletes, as a request of any kind.</summary>
    public static TheoryData<string> Requests => [.. Operations.All.Where(operation => operation.LosesData).Select(ToRequest)];

    public void Dispose() => _shell.Dispose();

    // Reset-MailImapUid loses no mail, but what IMAP clients know of it.
    [Fact]
    public void The_cmdlets_of_high_impact_are_those_that_are_tried_here() =>
        typeof(InvokeMailApi).Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes(typeof(CmdletAttribute), inherit: false) is [CmdletAttribute { ConfirmImpact: ConfirmImpact.High }])
            .Select(type => ((CmdletAttribute)type.GetCustomAttributes(typeof(CmdletAttribute), inherit: false)[0]) is var cmdlet ? $"{cmdlet.VerbName}-{cmdlet.NounName}" : "")
            // What the body says decides for these.
            .ShouldBe(CmdletMap.All.Where(use => use.Operation.LosesData).Select(use => use.Cmdlet).Distinct().Concat(["Remove-MailSetting", "Remove-MailObject", "Disable-MailAccountOtp"]), ignoreOrder: true);

    [Fact]
    public void A_DELETE_that_only_counts_again_does_not_ask() =>
        _shell.Run("Update-MailQuotaUsage jane.doe; Invoke-MailApi store/quota/jane.doe -Method DELETE").ShouldHaveNoErrors();

    [Theory]
    [MemberData(nameof(Deletions))]
    public void A_cmdlet_that_deletes_asks_first(string script, string operation)
    {
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("PromptUnavailable");
        run.Errors[0].ToString().ShouldContain("specify -Force");
        CountCalls(operation).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(DeletionsOfMany))]
    [InlineData("Remove-MailSetting -Prefix server", "POST /settings")]
    [InlineData("Remove-MailSetting -Prefix serv -Raw -Confirm", "POST /settings")]
    [InlineData("Remove-MailQueueMessage -To oldfirm.example -Confirm", "DELETE /queue/messages")]
    [InlineData("$ConfirmPreference = 'Low'; Invoke-MailPurge -Scope Blob", "GET /store/purge/blob")]
    public void Enter_means_no_where_one_answer_loses_more_than_one_thing(string script, string operation)
    {
        _shell.PressesEnter = true;
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.Questions.ShouldHaveSingleItem();
        CountCalls(operation).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    [InlineData("-Path nothing-of-this-table -Method DELETE")]
    [InlineData("-Path store/%70urge/blob")]
    [InlineData("-Path store/purge/of/what/nobody/knows")]
    [InlineData("-Path spam-filter/train/delete/")]
    [InlineData("-Path /api/principal/jane.doe -Method delete")]
    [InlineData("-Path settings -Method POST -Body (, @{ type = 'delete'; keys = @('a.b') })")]
    [InlineData("-Path settings -Method POST -Body '[{\"type\":\"insert\",\"prefix\":null,\"values\":[[\"a\",\"b\"]],\"assert_empty\":false},{\"prefix\":\"\",\"type\":\"clear\"}]'")]
    [InlineData("-Path account/auth -Method POST -Body (, @{ type = 'disableOtpAuth' })")]
    public void A_request_that_deletes_asks_and_Enter_means_no(string arguments)
    {
        int before = _server.RequestCount;
        System.Management.Automation.ErrorRecord error = _shell.Run($"Invoke-MailApi {arguments}").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("PromptUnavailable");
        error.ToString().ShouldContain("specify -Force");
        _shell.Questions.Clear();
        _shell.PressesEnter = true;
        _shell.Run($"Invoke-MailApi {arguments}").ShouldHaveNoErrors();
        _shell.Questions.ShouldHaveSingleItem();
        foreach (string whatIf in new[] { "-WhatIf", "-WhatIf -Force", "-WhatIf -Confirm:$false" })
        {
            _shell.Run($"Invoke-MailApi {arguments} {whatIf}").ShouldHaveNoErrors();
        }
        _server.RequestCount.ShouldBe(before);
        _shell.Run($"Invoke-MailApi {arguments} -Force");
        _shell.Questions.ShouldHaveSingleItem();
        _server.RequestCount.ShouldBe(before + 1);
    }

    [Theory]
    [InlineData("-Path settings -Method POST -Body (, @{ type = 'insert'; prefix = $null; values = @(, @('a.b', 'delete')); assert_empty = $false })")]
    [InlineData("-Path principal/jane.doe -Method PATCH -Body (, @{ action = 'set'; field = 'quota'; value = 1GB })")]
    [InlineData("-Path reload")]
    [InlineData("-Path queue/status/stop -Method PATCH")]
    public void A_request_that_deletes_nothing_is_sent_without_a_question(string arguments)
    {
        int before = _server.RequestCount;
        _shell.Run($"Invoke-MailApi {arguments}").ShouldHaveNoErrors();
        _server.RequestCount.ShouldBe(before + 1);
    }

    [Fact]
    public void The_question_says_what_is_lost_and_whether_there_is_a_filter_but_no_value_of_the_query()
    {
        _shell.PressesEnter = true;
        _shell.Run("Invoke-MailApi queue/messages -Method DELETE; Invoke-MailApi 'queue/messages?text=key123&max=1' -Method DELETE").ShouldHaveNoErrors();
        _shell.Questions.ShouldBe(
        [
            "Send to the server (cancel all matching messages): 'DELETE /api/queue/messages'?",
            "Send to the server (cancel all matching messages): 'DELETE /api/queue/messages?text=…&max=…'?",
        ]);
    }

    private int CountCalls(string operation) => _server.RequestLog.Count(line => RequestLines.FindOperation(line)?.ToString() == operation);

    private static string ToRequest(Operation operation) => $"-Path {Placeholder().Replace(operation.Template[1..], "1")} -Method {operation.Method}";

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
