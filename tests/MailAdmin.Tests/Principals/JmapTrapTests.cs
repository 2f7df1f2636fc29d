// What a server from 0.16 on does to accounts, domains, lists and roles without a word: the cmdlets prevent it, or say so (docs/api-0.16.md §11).
using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapTrapTests : IDisposable
{
    private const string Password = "walks along a made-up road";
    private const string OtherPassword = "walks along another road";
    private const string Jane = "jane@example.org";
    private static readonly string s_admin = SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword);
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapTrapTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("password", Secure(Password));
        _shell.SetVariable("other", Secure(OtherPassword));
        _shell.Run("New-MailPrincipal Desk -Type Role -EnabledPermission sysAccountGet; New-MailPrincipal news@example.org -Type List; New-MailPrincipal jane@example.org -Password $password -List news").ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    // The password is the first credential, or another one, or there is none: app passwords and keys stay.
    [Fact]
    public async Task A_new_password_takes_the_place_of_the_password_wherever_it_stands()
    {
        using MailClient jane = await _server.ConnectAsync(MailAdmin.Client.MailCredential.FromPassword(Jane, Password));
        string phone = (await jane.Account.AddAppPasswordAsync(new NewAppPassword("phone"), TestContext.Current.CancellationToken)).Secret!;
        _shell.Run("Set-MailPrincipal jane -Password $other").ShouldHaveNoErrors();
        (await StatusAsync(phone), await StatusAsync(OtherPassword), await StatusAsync(Password)).ShouldBe((200, 200, 401));

        JsonObject account = await GetAccountAsync();
        (await _server.UpdateAsync("Account", account["id"]!.GetValue<string>(), $$"""{"credentials/{{FindPassword(account)}}":null}""", s_admin)).ShouldBeNull();
        (await StatusAsync(phone), await StatusAsync(OtherPassword)).ShouldBe((200, 401));
        _shell.Run("Set-MailPrincipal jane -Password $password").ShouldHaveNoErrors();
        (await StatusAsync(phone), await StatusAsync(Password)).ShouldBe((200, 200));
        FindPassword(await GetAccountAsync()).ShouldBe("1");
        _shell.Run("Set-MailPrincipal jane -Password $other").ShouldHaveNoErrors();
        (await StatusAsync(phone), await StatusAsync(OtherPassword), await StatusAsync(Password)).ShouldBe((200, 200, 401));
    }

    [Fact]
    public void A_rename_is_an_update_and_says_what_the_old_address_does_then()
    {
        ScriptResult renamed = _shell.Run("$before = (Get-MailPrincipal jane).Id; Set-MailPrincipal jane -NewName jane.roe; (Get-MailPrincipal jane.roe).Id -eq $before").ShouldHaveNoErrors();
        renamed.OutputAs<bool>().ShouldBe([true]);
        string warning = renamed.Warnings.ShouldHaveSingleItem().Message;
        warning.ShouldContain("'jane@example.org' is no address of it:");
        warning.ShouldContain("mailing lists that hold it still do");
        warning.ShouldContain("can sign in for up to an hour");
        _shell.JmapRequests.SelectMany(request => request.Calls).Where(call => call.Method == "x:Account/set").ShouldAllBe(call => !call.Arguments.GetRawText().Contains("destroy"));
    }

    [Theory]
    [InlineData("Individual", "jane@example.org", "Set-MailPrincipal jane -NewName jane.roe", "'jane@example.org' is no address of it")]
    [InlineData("Individual", "jane@example.org", "$jane | Set-MailObject -Property @{ name = 'jane.roe' }", "'jane@example.org' is no address of it")]
    [InlineData("Group", "team@example.org", "Set-MailPrincipal team -NewName crew", "'team@example.org' is no address of it")]
    [InlineData("Group", "team@example.org", "$team | Set-MailObject -Property @{ name = 'crew' }", "'team@example.org' is no address of it")]
    [InlineData("List", "news@example.org", "$news | Set-MailObject -Property @{ name = 'tidings' }", "'news@example.org' is no address of it")]
    [InlineData("Domain", "moving.test", "Set-MailPrincipal moving.test -NewName moved.test", "accounts, groups and lists have other addresses")]
    [InlineData("Domain", "moving.test", "$moving | Set-MailObject -Property @{ name = 'moved.test' }", "accounts, groups and lists have other addresses")]
    public void A_rename_says_what_it_takes_away_before_and_after_it_is_done(string kind, string name, string script, string warning)
    {
        string variable = name.Split('@', '.')[0];
        _shell.Run($"if (-not (Get-MailPrincipal {name} -Type {kind} -ErrorAction Ignore)) {{ $null = New-MailPrincipal {name} -Type {kind} }}; ${variable} = Get-MailPrincipal {name} -Type {kind}").ShouldHaveNoErrors();
        foreach (string run in new[] { $"{script} -WhatIf", script })
        {
            _shell.Run(run).ShouldHaveNoErrors().Warnings.Select(said => said.Message).ShouldContain(said => said.Contains(warning, StringComparison.Ordinal) && said.Contains($"'{name}'", StringComparison.Ordinal), run);
        }
        // What stays as it is takes nothing away.
        _shell.Run("Set-MailPrincipal example.org -Type Domain -Description x; Get-MailPrincipal example.org -Type Domain | Set-MailObject -Property @{ name = 'EXAMPLE.org' }")
            .Warnings.ShouldNotContain(said => said.Message.Contains("other addresses", StringComparison.Ordinal));
    }

    // The server takes several of one name, and then nobody can name them.
    [Theory]
    [InlineData("Role", "Desk", "DESK")]
    [InlineData("Tenant", "acme", "Acme")]
    [InlineData("OauthClient", "web", "WEB")]
    public void A_name_that_the_server_would_give_twice_is_taken(string type, string name, string again)
    {
        string url = type == "OauthClient" ? " -Url https://a.test/cb" : "";
        _shell.Run($"if ('{name}' -ne 'Desk') {{ New-MailPrincipal {name} -Type {type}{url} }}").ShouldHaveNoErrors();
        foreach (string mode in (string[])["", " -WhatIf"])
        {
            _shell.Run($"New-MailPrincipal {again} -Type {type}{url}{mode}").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("AlreadyExists,");
        }
        _shell.Run($"(Get-MailPrincipal -Type {type} | Where-Object Name -EQ {name}).Count").OutputAs<int>().ShouldBe([1]);
    }

    [Fact]
    public void Where_two_have_one_name_the_error_says_how_one_is_changed_and_that_works()
    {
        _shell.Run("$twin = New-MailObject Role @{ description = 'Desk' } -NoReload").ShouldHaveNoErrors();
        string message = _shell.Run("Remove-MailPrincipal Desk -Force").Errors.ShouldHaveSingleItem().ToString();
        message.ShouldContain("Get-MailObject Role ");
        string id = _shell.Run("$twin.Id").OutputAs<string>().Single();
        message.ShouldContain($"id {id})");
        _shell.Run($"Get-MailObject Role {id} | Remove-MailObject -Force -NoReload; Get-MailPrincipal Desk").ShouldHaveNoErrors().Output.Count.ShouldBe(1);
    }

    [Fact]
    public void An_account_that_loses_all_its_roles_is_said_to_be_able_to_do_nothing()
    {
        _shell.Run("Set-MailPrincipal jane -Clear Role").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("Without a role 'jane@example.org' can neither read its mail");
        _shell.Run("Set-MailPrincipal jane -AddRole user").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        _shell.Run("New-MailPrincipal joe@example.org -NoPassword").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_removal_of_an_account_says_that_its_mail_goes_and_which_lists_keep_its_address()
    {
        _shell.Choice = 0;
        ScriptResult removed = _shell.Run("Remove-MailPrincipal jane").ShouldHaveNoErrors();
        _shell.Questions.ShouldHaveSingleItem().ShouldContain("all mail of the account is deleted with it");
        removed.Warnings.ShouldHaveSingleItem().Message.ShouldContain("'jane@example.org' stays on 'news@example.org'");
        _shell.Run("(Get-MailPrincipal news).ExternalMember.Count + (Get-MailPrincipal news).Member.Count").OutputAs<int>().ShouldBe([1]);
        // As the warning says it is done.
        _shell.Run("Set-MailPrincipal 'news@example.org' -RemoveMember 'jane@example.org'").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal news).ExternalMember.Count + (Get-MailPrincipal news).Member.Count").OutputAs<int>().ShouldBe([0]);
        _shell.Run("New-MailPrincipal joe@example.org -NoPassword; Remove-MailPrincipal joe -Force").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("New-MailPrincipal Help -Type Role -EnabledPermission authenticate, sysAccountUpdate")]
    [InlineData("Set-MailPrincipal Desk -AddEnabledPermission sysAccountUpdate")]
    [InlineData("Set-MailPrincipal Desk -EnabledPermission sysAccountUpdate")]
    [InlineData("Set-MailPrincipal jane -AddEnabledPermission sysAccountUpdate")]
    [InlineData("[pscustomobject]@{ Name = 'Help'; Type = 'Role'; EnabledPermission = 'sysAccountUpdate' } | Import-MailPrincipal")]
    public void Who_may_change_accounts_may_become_an_administrator_and_that_is_said(string script) =>
        _shell.Run(script).ShouldHaveNoErrors().Warnings.Select(warning => warning.Message).ShouldContain(message => message.Contains("set the password of every account, also that of an administrator"));

    [Theory]
    [InlineData("New-MailPrincipal joe@example.org -NoPassword -Role desk", true)]
    [InlineData("Set-MailPrincipal jane -Role desk", true)]
    [InlineData("Set-MailPrincipal jane -AddRole desk; Set-MailPrincipal jane -RemoveRole user", true)]
    [InlineData("[pscustomobject]@{ Name = 'joe@example.org'; Role = 'desk' } | Import-MailPrincipal -NoPassword", true)]
    [InlineData("New-MailPrincipal joe@example.org -NoPassword -Role user, desk", false)]
    [InlineData("New-MailPrincipal joe@example.org -NoPassword -Role admin", false)]
    [InlineData("New-MailPrincipal joe@example.org -NoPassword -Role tenant-admin", false)]
    [InlineData("Set-MailPrincipal jane -AddRole desk", false)]
    [InlineData("Set-MailPrincipal jane -Description Jane", false)]
    public void Roles_without_that_of_users_are_said_to_be_so(string script, bool isSaid)
    {
        string[] warnings = [.. _shell.Run(script).ShouldHaveNoErrors().Warnings.Select(warning => warning.Message)];
        warnings.Length.ShouldBe(isSaid ? 1 : 0, string.Join('\n', warnings));
        warnings.ShouldAllBe(warning => warning.Contains("can neither read its mail nor change its password") && warning.Contains("-AddRole user"));
    }

    [Fact]
    public void An_unknown_role_is_told_by_its_name_and_nothing_is_written()
    {
        int before = CountSets();
        foreach (string script in (string[])["New-MailPrincipal joe@example.org -NoPassword -Role Dsek", "Set-MailPrincipal jane -AddRole Dsek", "New-MailPrincipal Help -Type Role -Role Dsek"])
        {
            _shell.Run(script).Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("Dsek");
        }
        CountSets().ShouldBe(before);
    }

    [Theory]
    [InlineData("Set-MailPrincipal Desk -AddRole Desk")]
    [InlineData("Set-MailPrincipal Desk -Role Desk")]
    [InlineData("New-MailPrincipal Help -Type Role -Role Help")]
    public void A_role_is_not_put_on_itself(string script)
    {
        int before = CountSets();
        _shell.Run(script).Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("member of itself");
        CountSets().ShouldBe(before);
    }

    [Theory]
    [InlineData("Disable-MailPrincipal example.org")]
    [InlineData("Enable-MailPrincipal example.org")]
    [InlineData("Set-MailPrincipal example.org -Enabled $false")]
    public void A_domain_has_no_switch(string script)
    {
        int before = CountSets();
        _shell.Run(script).Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("Domain");
        CountSets().ShouldBe(before);
    }

    [Fact]
    public async Task A_new_domain_makes_no_keys_by_itself()
    {
        _shell.Run("New-MailPrincipal example.net -Type Domain; [pscustomobject]@{ Name = 'example.com'; Type = 'Domain' } | Import-MailPrincipal").ShouldHaveNoErrors();
        foreach (string name in (string[])["example.net", "example.com"])
        {
            string id = await _server.QueryAsync("Domain", $$$"""{"filter":{"name":"{{{name}}}"}}""", s_admin);
            (await GetAsync("Domain", id))["dkimManagement"]!["@type"]!.GetValue<string>().ShouldBe("Manual");
            (await _server.QueryAsync("DkimSignature", $$$"""{"filter":{"domainId":"{{{id}}}"}}""", s_admin)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("New-MailPrincipal offers@example.org -Type List -ExternalMember 'not an address'")]
    [InlineData("New-MailPrincipal offers@example.org -Type List -Member 123")]
    [InlineData("Set-MailPrincipal news -AddMember 'not an address'")]
    [InlineData("Set-MailPrincipal news -AddExternalMember 123")]
    [InlineData("Set-MailPrincipal news -ExternalMember ann@")]
    public void What_is_no_address_becomes_no_recipient_of_a_list(string script)
    {
        int before = CountSets();
        _shell.Run(script).Errors.ShouldHaveSingleItem();
        CountSets().ShouldBe(before);
    }

    [Theory]
    [InlineData("Set-MailPrincipal jane -Clear Description", "description")]
    [InlineData("Set-MailPrincipal jane -Quota 0", "quotas/maxDiskQuota")]
    public void What_is_cleared_is_sent_as_null(string script, string path)
    {
        _shell.Run("Set-MailPrincipal jane -Description Jane -Quota 1GB").ShouldHaveNoErrors();
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.JmapRequests[^1].Calls.Single(call => call.Method == "x:Account/set").Arguments.GetProperty("update").EnumerateObject().Single().Value.GetProperty(path).ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    // The server takes it for an app password, and finds none.
    [Theory]
    [InlineData("app_abcdefghijklmnopqrstuvwxyz7920139abcdefg", false)]
    [InlineData("app_abcdefghijklmnopqrstuvwxyz7920139abc", true)]
    [InlineData("apple7abcdefghijklmnopqrstuvwxyz9013abcd", true)]
    [InlineData("App_abcdefghijklmnopqrstuvwxyz7920139abc", false)]
    [InlineData("app_abcdefghijklmnopqrstuvwxyz7920139ab8", false)]
    public void A_password_of_the_form_of_an_app_password_is_refused(string password, bool isRefused)
    {
        _shell.SetVariable("given", Secure(password));
        foreach (string script in (string[])["New-MailPrincipal joe@example.org -Password $given", "Set-MailPrincipal jane -Password $given", $"[pscustomobject]@{{ Name = 'jo@example.org'; Password = '{password}' }} | Import-MailPrincipal"])
        {
            ScriptResult result = _shell.Run(script);
            result.Errors.Count.ShouldBe(isRefused ? 1 : 0, string.Join('\n', result.Errors));
            result.Errors.ShouldAllBe(error => error.ToString().Contains("form of an app password") && !error.ToString().Contains(password));
        }
    }

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    private static string FindPassword(JsonObject account) => account["credentials"]!.AsObject().Single(credential => credential.Value!["@type"]!.GetValue<string>() == "Password").Key;

    private int CountSets() => _shell.JmapRequests.SelectMany(request => request.Calls).Count(call => call.Method.EndsWith("/set", StringComparison.Ordinal));

    private async Task<int> StatusAsync(string secret) =>
        (await _server.SendAsync("GET", "/auth/userinfo", authorization: SandboxServerExtensions.CreateBasicAuthorization(Jane, secret))).Status;

    private async Task<JsonObject> GetAccountAsync() => await GetAsync("Account", await _server.QueryAsync("Account", """{"filter":{"name":"jane"}}""", s_admin));

    private async Task<JsonObject> GetAsync(string type, string id)
    {
        (_, JsonObject answer) = await _server.CallAsync($"x:{type}/get", $$"""{"ids":["{{id}}"]}""", s_admin);
        return answer["list"]![0]!.AsObject();
    }
}
