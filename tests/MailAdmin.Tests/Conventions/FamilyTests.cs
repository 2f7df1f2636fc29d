// No cmdlet without a place among those that work on servers from 0.16 on, those that are refused there, and those that need none.
using System.Management.Automation;
using System.Net;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Conventions;

public sealed class FamilyTests : IDisposable
{
    private const string Jane = "jane.doe@example.org";
    private const string Admin = "boss@example.org";
    private const string AdminPassword = "the boss walks a made-up road";
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, Enterprise = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-families-");
    private readonly HostedShell _shell;
    private readonly int _countBefore;

    public FamilyTests()
    {
        // The administrator of the server's own configuration has no account of its own.
        using (var recovery = HostedShell.CreateConnected(_server))
        {
            recovery.SetVariable("password", new NetworkCredential("", AdminPassword).SecurePassword);
            recovery.Run($"New-MailPrincipal {Admin} -Role admin -Password $password").ShouldHaveNoErrors();
        }
        _shell = HostedShell.CreateConnected(_server, Admin, AdminPassword);
        _shell.SetVariable("folder", _folder.FullName);
        _shell.SetVariable("message", "From: bill@spam.test\r\nTo: jane.doe@example.org\r\nSubject: Money\r\n\r\nBuy now.\r\n");
        _shell.SetVariable("newPassword", new NetworkCredential("", "walks along a made-up road").SecurePassword);
        _shell.SetVariable("me", new PSCredential(Admin, new NetworkCredential("", AdminPassword).SecurePassword));
        _shell.SetVariable("userCode", _server.SendAsync("POST", "/auth/device", "client_id=phone", authorization: null, contentType: "application/x-www-form-urlencoded").GetAwaiter().GetResult().Json.GetProperty("user_code").GetString());
        _shell.Run($"New-MailPrincipal {Jane} -NoPassword").ShouldHaveNoErrors();
        _server.Deliver("admin", Jane, ["ann@remote.test"], "From: jane.doe@example.org\r\nTo: ann@remote.test\r\nSubject: Hello\r\n\r\nHello\r\n"u8.ToArray()).ShouldBeNull();
        _countBefore = _server.RequestCount;
    }

    public static TheoryData<string> Refused => [.. NamesOf(FamilySupport.Refused)];

    public static TheoryData<string> Supported => [.. NamesOf(FamilySupport.Supported)];

    public static TheoryData<string> Local => [.. NamesOf(FamilySupport.Local)];

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_cmdlet_is_supported_or_refused_or_needs_no_server()
    {
        string[] exported = [.. _shell.Run("(Get-Module MailAdmin).ExportedCmdlets.Keys").ShouldHaveNoErrors().OutputAs<string>()];
        FamilyMap.All.Select(use => use.Cmdlet).ShouldBe(exported, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void A_supported_cmdlet_does_its_work(string cmdlet)
    {
        int before = _server.RequestCount;
        _shell.Run(Find(cmdlet)).ShouldHaveNoErrors();
        if (cmdlet != "Connect-MailServer")
        {
            _server.RequestCount.ShouldBeGreaterThan(before);
        }
    }

    [Theory]
    [MemberData(nameof(Local))]
    public void A_cmdlet_that_needs_no_server_asks_none(string cmdlet)
    {
        int before = _server.RequestCount;
        _shell.Run(Find(cmdlet)).ShouldHaveNoErrors();
        _server.RequestCount.ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refused_cmdlet_says_so_by_its_name_before_anything_else(string cmdlet)
    {
        ShouldBeRefused(cmdlet, _shell.Run(Find(cmdlet)));
        if (_shell.Run($"(Get-Command {cmdlet}).Parameters.ContainsKey('WhatIf')").OutputAs<bool>().Single())
        {
            ShouldBeRefused(cmdlet, _shell.Run(Find(cmdlet) + " -WhatIf"));
            ShouldBeRefused(cmdlet, _shell.Run(Find(cmdlet) + " -Confirm"));
        }
    }

    [Fact]
    public void Of_two_servers_the_older_one_is_asked_all_the_same()
    {
        var older = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
        _shell.Connect(older);
        int before = _server.RequestCount;
        ScriptResult result = _shell.Run("Get-MailQueueStatus -Connection (Get-MailConnection)");
        result.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldBe("Unsupported,MailAdmin.PowerShell.Cmdlets.Queue.GetMailQueueStatus");
        result.Output.ShouldNotBeEmpty();
        _server.RequestCount.ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Completion_of_a_refused_cmdlet_is_silent(string cmdlet)
    {
        string[] parameters = [.. _shell.Run($"(Get-Command {cmdlet}).Parameters.Keys").OutputAs<string>()];
        foreach (string line in parameters.Select(parameter => $"{cmdlet} -{parameter} ").Append(cmdlet + " "))
        {
            _shell.SetVariable("line", line);
            _shell.Run("$null = TabExpansion2 $line $line.Length").ShouldHaveNoErrors();
        }
    }

    private static IEnumerable<string> NamesOf(FamilySupport support) => FamilyMap.All.Where(use => use.Support == support).Select(use => use.Cmdlet);

    private static string Find(string cmdlet) => FamilyMap.All.Single(use => use.Cmdlet == cmdlet).Script;

    // Nothing is sent, shown or asked.
    private void ShouldBeRefused(string cmdlet, ScriptResult result)
    {
        ErrorRecord error = result.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported,MailAdmin.PowerShell.Cmdlets.");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.NotImplemented);
        error.Exception.Message.ShouldStartWith(cmdlet + " ");
        error.Exception.Message.ShouldContain("0.16.16");
        result.Output.ShouldBeEmpty();
        result.Warnings.ShouldBeEmpty();
        _shell.Questions.ShouldBeEmpty();
        _shell.HostText.ShouldBeEmpty();
        _server.RequestCount.ShouldBe(_countBefore);
    }
}
