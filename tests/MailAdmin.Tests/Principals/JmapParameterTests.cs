// Every parameter of the cmdlets of principals works on servers from 0.16 on, or is refused by name: none is ignored in silence.
using System.Management.Automation;
using System.Net;
using MailAdmin.Isolated.Passwords;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapParameterTests : IDisposable
{
    // Of the pipeline, the same for all servers.
    private static readonly string[] s_general = ["Connection", "Server", "ThrottleLimit", "OutageTimeout", .. PSCmdlet.CommonParameters, .. PSCmdlet.OptionalCommonParameters];
    private static readonly string[] s_paging = ["First", "Skip", "IncludeTotalCount"];
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-parameters-");
    private readonly HostedShell _shell;

    public JmapParameterTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("PSDefaultParameterValues", new DefaultParameterDictionary());
        _shell.SetVariable("folder", _folder.FullName);
        _shell.SetVariable("password", new NetworkCredential("", "walks along a made-up road").SecurePassword);
        _shell.SetVariable("short", new NetworkCredential("", "short").SecurePassword);
        _shell.SetVariable("weak", new NetworkCredential("", "12345678").SecurePassword);
        _shell.Run("""
            New-MailPrincipal example.net -Type Domain
            Set-MailPrincipal admin@example.org -AddEmail '@example.net'
            New-MailPrincipal staff@example.org -Type Group
            New-MailPrincipal sales@example.org -Type Group
            New-MailPrincipal news@example.org -Type List -ExternalMember ann@else.test
            New-MailPrincipal offers@example.org -Type List
            New-MailPrincipal Desk -Type Role -EnabledPermission sysAccountGet -DisabledPermission emailReceive
            New-MailPrincipal acme -Type Tenant
            New-MailPrincipal App -Type OauthClient -Url https://a.test/cb
            New-MailPrincipal jane@example.org -Email jane@example.org, jane@example.net -Description 'Jane Doe' -MemberOf staff -List news -NoPassword
            Set-MailPrincipal jane -AddEmail old@example.org -DisableEmail old@example.org
            New-MailPrincipal jane@example.org/Backup -Type ApiKey
            """).ShouldHaveNoErrors();
    }

    public static TheoryData<int, string> Uses => JmapParameterUse.ToData(JmapParameterMap.All);

    public static TheoryData<string> Cmdlets => [.. JmapParameterMap.All.Select(use => use.Cmdlet).Distinct()];

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_in_the_table(string cmdlet)
    {
        string[] parameters = [.. _shell.Run($"(Get-Command {cmdlet}).Parameters.Keys").ShouldHaveNoErrors().OutputAs<string>()];
        JmapParameterMap.All.Where(use => use.Cmdlet == cmdlet).Select(use => use.Parameter).Distinct()
            .ShouldBe(parameters.Where(parameter => !s_general.Contains(parameter) || (cmdlet == "Get-MailPrincipal" && s_paging.Contains(parameter))), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_parameter_does_what_it_is_for_or_is_refused_by_name(int index, string use)
    {
        JmapParameterUse tried = JmapParameterMap.All[index];
        use.ShouldBe(tried.ToString());
        string before = await DescribeAsync();
        ScriptResult result = _shell.Run(tried.Script);
        if (tried.Check is null)
        {
            (await DescribeAsync()).ShouldBe(before);
        }
        else
        {
            result.Warnings.Select(warning => warning.Message).Where(warning => warning.Contains("nothing to remove", StringComparison.Ordinal)).ShouldBeEmpty(use);
        }
        tried.ShouldHold(_shell, result);
    }

    [Fact]
    public void The_address_that_a_list_keeps_of_a_renamed_account_can_be_removed()
    {
        _shell.Run("Set-MailPrincipal jane -NewName jane.b; Set-MailPrincipal news -RemoveMember jane@example.org").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal news).Member.Count").OutputAs<int>().ShouldBe([0]);
    }

    [Fact]
    public void A_group_in_a_group_is_an_error_of_the_plan_of_an_import()
    {
        ScriptResult plan = _shell.Run("[pscustomobject]@{ Name = 'every@example.org'; Type = 'Group'; Member = 'sales@example.org' }, [pscustomobject]@{ Name = 'half@example.org'; Type = 'Group'; MemberOf = 'staff@example.org' } | Import-MailPrincipal -WhatIf");
        plan.Errors.Select(error => error.ToString()).ShouldAllBe(error => error.Contains("groups cannot be in groups. Give each person both groups", StringComparison.Ordinal));
        plan.Output.Select(row => $"{row.Properties["Action"].Value} {row.Properties["Column"].Value}").ShouldBe(["Failed Member", "Failed MemberOf"]);
    }

    [Fact]
    public void An_import_goes_on_where_an_account_and_a_role_have_one_name()
    {
        _shell.Run("New-MailPrincipal user@example.org -NoPassword; [pscustomobject]@{ Name = 'joe@example.org'; Role = 'user' } | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal joe).Role").OutputAs<string>().ShouldBe(["user"]);
    }

    [Fact]
    public void A_short_password_of_an_import_is_the_error_of_its_row_and_nothing_of_the_row_is_sent()
    {
        ScriptResult result = _shell.Run("""
            $null = [pscustomobject]@{ Name = 'ann@example.org'; Password = 'walks along a made-up road' }, [pscustomobject]@{ Name = 'bob@example.org'; Password = 'short' } | Import-MailPrincipal
            (Get-MailPrincipal -Type Individual).Name
            """);
        result.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("PasswordRefused");
        result.OutputAs<string>().ShouldNotContain("bob@example.org");
    }

    // The server would take them: it is sent their hashes.
    [Theory]
    [InlineData("")]
    [InlineData("-WhatIf")]
    public void Weak_passwords_of_an_import_are_the_errors_of_their_rows_before_anything_is_sent(string option)
    {
        _shell.SetVariable("hash", PasswordHash.Compute("Sha512Crypt", "password1234"));
        ScriptResult result = _shell.Run($$"""
            [pscustomobject]@{ Name = 'ann@example.org'; Password = 'password1234' }, [pscustomobject]@{ Name = 'bob@example.org'; Password = 'walks along a made-up road' },
            [pscustomobject]@{ Name = 'cid@example.org'; Password = $hash }, [pscustomobject]@{ Name = 'dan@example.org'; Password = 'Summer2024!' } | Import-MailPrincipal {{option}}
            """);
        result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).ShouldBe(["PasswordRefused", "PasswordRefused"]);
        result.Errors[0].Exception.Message.ShouldContain("requires 3");
        string[] made = [.. _server.Jmap.Store.List("Account").Values.Select(account => account.Text("name")!).Where(name => name is "ann" or "bob" or "cid" or "dan").Order(StringComparer.Ordinal)];
        made.ShouldBe(option.Length == 0 ? ["bob", "cid"] : []);
    }

    [Theory]
    [InlineData("New-MailPrincipal joe@example.org -Password $weak")]
    [InlineData("Set-MailPrincipal jane -Password $weak")]
    public void A_weak_password_is_not_hashed_past_the_rule_of_the_server(string script)
    {
        ErrorRecord error = _shell.Run(script).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("RejectedByClient,");
        error.Exception.Message.ShouldContain("too weak");
        _shell.Run("Get-MailPrincipal joe@example.org").Output.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_deleted_catches_no_mail_any_more()
    {
        _shell.Run("Set-MailPrincipal jane -AddEmail '@example.org'; Remove-MailPrincipal jane -Force; New-MailPrincipal jane@example.org -NoPassword").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal jane).CatchAll.Count").OutputAs<int>().ShouldBe([0]);
    }

    [Fact]
    public void What_is_of_another_tenant_is_named()
    {
        ErrorRecord error = _shell.Run("Set-MailPrincipal jane -RemoveEmail jane@example.net; Set-MailPrincipal jane -Tenant acme; Set-MailPrincipal jane -AddEmail j@example.net").Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain("'example.net' (Domain)");
    }

    // All that the cmdlets can have written.
    private async Task<string> DescribeAsync()
    {
        var all = new List<string>();
        foreach (string type in (string[])["Account", "MailingList", "Domain", "Role", "Tenant", "OAuthClient"])
        {
            CapturedResponse answer = await _server.SendAsync(
                "POST", "/jmap", $$"""{"using":["urn:stalwart:jmap"],"methodCalls":[["x:{{type}}/get",{"ids":null},"0"]]}""",
                SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword), contentType: "application/json");
            answer.Status.ShouldBe(200, answer.Text);
            all.Add(answer.Text);
        }
        return string.Join('\n', all);
    }
}
