// API keys of servers from 0.16 on: credentials of accounts that the cmdlets of principals administer.
using System.Management.Automation;
using System.Security;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapKeyTests : IDisposable
{
    private const string Password = "walks along a made-up road";
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-keys-");
    private readonly HostedShell _shell;

    public JmapKeyTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("folder", _folder.FullName);
        _shell.SetVariable("password", new System.Net.NetworkCredential("", Password).SecurePassword);
        _shell.Run("""
            New-MailPrincipal jane@example.org -Password $password -HashAlgorithm None
            New-MailPrincipal staff@example.org -Type Group
            """).ShouldHaveNoErrors();
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_key_that_is_made_for_another_signs_in_as_its_account_with_the_permissions_that_it_was_given()
    {
        PSObject made = _shell.Run("New-MailPrincipal jane@example.org/Backup -Type ApiKey -EnabledPermission authenticate, emailSend -Expires 2099-06-01T00:00:00Z -AllowedIp 127.0.0.1, ::1, 192.0.2.0/24")
            .ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        made.Properties["Name"].Value.ShouldBe("jane@example.org/Backup");
        string secret = Unprotect((SecureString)made.Properties["ApiKey"].Value);
        secret.ShouldStartWith("API_");

        using MailClient robot = await _server.ConnectAsync(Client.MailCredential.FromApiKey(secret));
        robot.Server!.Permissions.ShouldBe(["authenticate", "emailSend"], ignoreOrder: true);
        var key = (MailPrincipal)_shell.Run("Get-MailPrincipal -Type ApiKey").ShouldHaveNoErrors().Output.ShouldHaveSingleItem().BaseObject;
        (key.Name, key.Type, key.Expires, key.Enabled).ShouldBe(("jane@example.org/Backup", "ApiKey", new DateTimeOffset(2099, 6, 1, 0, 0, 0, TimeSpan.Zero), true));
        key.AllowedIp!.ShouldBe(["127.0.0.1", "::1", "192.0.2.0/24"], ignoreOrder: true);
        key.EnabledPermission!.ShouldBe(["authenticate", "emailSend"], ignoreOrder: true);
        (key.PasswordCount, key.OtpEnabled, key.AppPassword, key.Description).ShouldBe((null, null, null, null));
        key.Created.ShouldNotBeNull().ShouldBe(_server.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        _shell.Run("Get-MailPrincipal jane@example.org/Backup -Property Created").OutputAs<MailPrincipal>().Single().Created.ShouldBe(key.Created);
        _shell.Render("Get-MailPrincipal -Type ApiKey").ShouldNotContain(secret);
    }

    [Fact]
    public void Keys_are_listed_after_all_others_and_alone_and_found_by_their_names()
    {
        _shell.Run("New-MailPrincipal jane@example.org/Backup -Type ApiKey").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal)[-1].Name; (Get-MailPrincipal -Type Individual, ApiKey).Count; (Get-MailPrincipal JANE@example.org/backup).Name; (Get-MailPrincipal jane@example.org/B*).Name; (Get-MailPrincipal -Text backup).Name")
            .ShouldHaveNoErrors().Output.Select(each => each.BaseObject)
            .ShouldBe(["jane@example.org/Backup", 3, "jane@example.org/Backup", "jane@example.org/Backup", "jane@example.org/Backup"]);
        _shell.Run("(Get-MailPrincipal -Type ApiKey -IncludeTotalCount)[0]").OutputAs<ulong>().ShouldBe([1UL]);
        _shell.Run("Get-MailPrincipal -Type ApiKey -Property Expires | ForEach-Object { $null -eq $_.EnabledPermission }").OutputAs<bool>().ShouldBe([true]);
    }

    [Theory]
    [InlineData("New-MailPrincipal robot -Type ApiKey", "a key belongs to an account")]
    [InlineData("New-MailPrincipal jane@example.org -Type ApiKey", "jane@example.org/backup")]
    [InlineData("New-MailPrincipal nobody@example.org/Backup -Type ApiKey", "nobody@example.org")]
    [InlineData("New-MailPrincipal nobody@example.org/Backup -Type ApiKey -WhatIf", "nobody@example.org")]
    [InlineData("New-MailPrincipal staff@example.org/Backup -Type ApiKey", "is of type Group, which has no API keys")]
    [InlineData("New-MailPrincipal jane@example.org/First -Type ApiKey", "is taken")]
    [InlineData("New-MailPrincipal jane@example.org/FIRST -Type ApiKey -WhatIf", "is taken")]
    [InlineData("New-MailPrincipal jane@example.org/Backup -Type ApiKey -Role user", "it may do what the account may")]
    [InlineData("New-MailPrincipal jane@example.org/Backup -Type ApiKey -Description Backup", "is in its name")]
    [InlineData("New-MailPrincipal jane@example.org/Backup -Type ApiKey -EnabledPermission emailSend", "could not sign in")]
    [InlineData("New-MailPrincipal jane@example.org/Backup -Type ApiKey -EnabledPermission authenticate -DisabledPermission emailSend", "either")]
    [InlineData("New-MailPrincipal jane@example.org/Backup -Type ApiKey -Expires 2001-01-01", "ended already")]
    [InlineData("[pscustomobject]@{ Name = 'jane@example.org/Backup'; Type = 'ApiKey'; Expires = 'soon' } | New-MailPrincipal", "Column 'Expires'")]
    [InlineData("New-MailPrincipal joe@example.org -NoPassword -AllowedIp 192.0.2.1", "no AllowedIp")]
    [InlineData("Set-MailPrincipal jane@example.org/First -NewName Second", "a key belongs to an account")]
    [InlineData("Set-MailPrincipal jane@example.org/First -NewName admin@example.org/First", "stays with its account")]
    [InlineData("Set-MailPrincipal jane@example.org/First -AddEnabledPermission emailSend", "there is nothing to add")]
    [InlineData("Set-MailPrincipal jane@example.org/First -AddEnabledPermission emailSend -WhatIf", "there is nothing to add")]
    [InlineData("Set-MailPrincipal jane@example.org/First -NewName admin@example.org/First -WhatIf", "stays with its account")]
    [InlineData("Set-MailPrincipal jane@example.org/First -AddRole user", "it may do what the account may")]
    [InlineData("Set-MailPrincipal jane@example.org/First -Password $password", "has no password")]
    [InlineData("Set-MailPrincipal jane -Expires 2099-01-01", "no Expires")]
    [InlineData("Remove-MailPrincipal jane@example.org/Second -Force", "jane@example.org/Second")]
    public void What_cannot_be_is_refused_by_name_and_changes_nothing(string script, string reason)
    {
        _shell.Run("New-MailPrincipal jane@example.org/First -Type ApiKey").ShouldHaveNoErrors();
        _shell.Run(script).Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain(reason);
        _shell.Run("Get-MailPrincipal -Type ApiKey | ForEach-Object { \"$($_.Name) $($_.Expires) $($_.DisabledPermission)$($_.EnabledPermission)\" }").OutputAs<string>().ShouldBe(["jane@example.org/First  "]);
    }

    [Fact]
    public void A_change_of_a_key_leaves_the_password_and_the_other_keys()
    {
        _shell.Run("""
            $null = 'First', 'Second', 'Third' | ForEach-Object { New-MailPrincipal "jane@example.org/$_" -Type ApiKey }
            Set-MailPrincipal jane@example.org/Second -Expires 2099-06-01 -AllowedIp 192.0.2.1 -EnabledPermission authenticate, emailSend -NewName jane@example.org/Other
            Remove-MailPrincipal jane@example.org/First -Force
            """).ShouldHaveNoErrors();
        _shell.Run("Get-MailPrincipal -Type ApiKey | ForEach-Object { \"$($_.Name) $($_.AllowedIp) $($_.EnabledPermission)\" }; (Get-MailPrincipal jane).PasswordCount")
            .Output.Select(each => each.ToString()).ShouldBe(["jane@example.org/Other 192.0.2.1 authenticate emailSend", "jane@example.org/Third  ", "1"]);
        _shell.Run("Set-MailPrincipal jane@example.org/Other -Clear Expires, AllowedIp; Get-MailPrincipal jane@example.org/Other | ForEach-Object { $null -eq $_.Expires; $_.AllowedIp.Count }")
            .ShouldHaveNoErrors().Output.Select(each => each.BaseObject).ShouldBe([true, 0]);
    }

    [Fact]
    public void A_key_that_got_the_id_of_a_removed_one_is_not_taken_for_it()
    {
        ScriptResult result = _shell.Run("""
            $null = New-MailPrincipal jane@example.org/First -Type ApiKey
            $old = Get-MailPrincipal jane@example.org/First
            Remove-MailPrincipal $old -Force
            $null = New-MailPrincipal jane@example.org/Second -Type ApiKey
            $new = Get-MailPrincipal jane@example.org/Second
            $old.Id -eq $new.Id
            $old | Remove-MailPrincipal -Force
            (Get-MailPrincipal -Type ApiKey).Name
            """);
        result.Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("There is no API key 'jane@example.org/first'");
        result.Output.Select(each => each.BaseObject).ShouldBe([true, "jane@example.org/Second"]);
    }

    [Fact]
    public async Task Keys_with_one_description_are_told_apart_by_their_ids()
    {
        await CreateRawAsync("""{"0":{"description":"d"},"1":{"description":"D"},"2":{"description":"e"}}""");
        string[] names = _shell.Run("(Get-MailPrincipal -Type ApiKey).Name").OutputAs<string>();
        names.Order(StringComparer.OrdinalIgnoreCase).Select(name => name[..18]).ShouldBe(["jane@example.org/d", "jane@example.org/d", "jane@example.org/e"], StringComparer.OrdinalIgnoreCase);
        names.Distinct().Count().ShouldBe(3);
        _shell.Run("Get-MailPrincipal jane@example.org/d").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain(names.First(name => name.Contains('#', StringComparison.Ordinal)));
        _shell.SetVariable("both", names.Where(name => name.Contains('#', StringComparison.Ordinal)).ToArray());
        // The name of the second stays good when the first is gone.
        _shell.Run("$both | Remove-MailPrincipal -Force; (Get-MailPrincipal -Type ApiKey).Name").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["jane@example.org/e"]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("-DisabledPermission emailSend", "emailSend")]
    [InlineData("-EnabledPermission authenticate, emailSend", "")]
    public void A_key_is_disabled_and_enabled_with_the_permissions_that_it_had(string permissions, string disabled)
    {
        _shell.Run($"$null = New-MailPrincipal jane@example.org/Backup -Type ApiKey {permissions}; $before = Get-MailPrincipal jane@example.org/Backup; Disable-MailPrincipal jane@example.org/Backup").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal jane@example.org/Backup).Enabled").OutputAs<bool>().ShouldBe([false]);
        _shell.Run("Enable-MailPrincipal jane@example.org/Backup; $after = Get-MailPrincipal jane@example.org/Backup; $after.Enabled; \"$($after.DisabledPermission)\"").ShouldHaveNoErrors().Output.Select(each => each.BaseObject).ShouldBe([true, disabled]);
        var before = (MailPrincipal)_shell.Run("$before").Output.Single().BaseObject;
        ((MailPrincipal)_shell.Run("$after").Output.Single().BaseObject).EnabledPermission!.ShouldBe(before.EnabledPermission!, ignoreOrder: true);
    }

    // As New-MailPrincipal refuses it; whoever says that it is not to sign in means it.
    [Theory]
    [InlineData("-EnabledPermission emailReceive", false)]
    [InlineData("-RemoveEnabledPermission authenticate", false)]
    [InlineData("-EnabledPermission emailReceive, authenticate", true)]
    [InlineData("-EnabledPermission emailReceive -DisabledPermission authenticate", true)]
    [InlineData("-AddDisabledPermission authenticate", true)]
    [InlineData("-Enabled $false", true)]
    [InlineData("-AddEnabledPermission emailReceive", true)]
    public void A_key_keeps_what_it_signs_in_with_unless_that_is_said(string change, bool isTaken)
    {
        foreach (string mode in (string[])[" -WhatIf", ""])
        {
            _shell.Run("Get-MailPrincipal -Type ApiKey | Remove-MailPrincipal -Confirm:$false; $null = New-MailPrincipal jane@example.org/Backup -Type ApiKey -EnabledPermission authenticate").ShouldHaveNoErrors();
            ScriptResult run = _shell.Run($"Set-MailPrincipal jane@example.org/Backup {change}{mode}");
            run.Errors.Select(error => error.ToString().Contains("could not sign in", StringComparison.Ordinal)).ShouldBe(isTaken ? [] : [true]);
        }
    }

    [Fact]
    public void A_key_without_limits_is_not_limited_to_what_it_cannot_sign_in_with()
    {
        _shell.Run("$null = New-MailPrincipal jane@example.org/Backup -Type ApiKey; Set-MailPrincipal jane@example.org/Backup -EnabledPermission emailReceive").Errors.ShouldHaveSingleItem().ToString().ShouldContain("could not sign in");
        _shell.Run("Disable-MailPrincipal jane@example.org/Backup; Set-MailPrincipal jane@example.org/Backup -EnabledPermission emailReceive").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal jane@example.org/Backup).Enabled").OutputAs<bool>().ShouldBe([false]);
    }

    [Fact]
    public void A_key_that_loses_its_last_permission_may_do_nothing_and_not_everything()
    {
        _shell.Run("$null = New-MailPrincipal jane@example.org/Backup -Type ApiKey -EnabledPermission authenticate; Set-MailPrincipal jane@example.org/Backup -Clear EnabledPermission").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal jane@example.org/Backup).Enabled").OutputAs<bool>().ShouldBe([false]);
        _shell.Run("Enable-MailPrincipal jane@example.org/Backup; \"$((Get-MailPrincipal jane@example.org/Backup).EnabledPermission)\"").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["authenticate"]);
    }

    [Fact]
    public void With_WhatIf_nothing_is_written()
    {
        _shell.Run("New-MailPrincipal jane@example.org/First -Type ApiKey").ShouldHaveNoErrors();
        _shell.Run("New-MailPrincipal jane@example.org/Second -Type ApiKey -WhatIf; Set-MailPrincipal jane@example.org/First -Expires 2099-06-01 -WhatIf; Remove-MailPrincipal jane@example.org/First -WhatIf; Disable-MailPrincipal jane@example.org/First -WhatIf")
            .ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Get-MailPrincipal -Type ApiKey | ForEach-Object { \"$($_.Name) $($_.Expires) $($_.Enabled)\" }").OutputAs<string>().ShouldBe(["jane@example.org/First  True"]);
    }

    [Fact]
    public void A_secret_goes_into_the_file_of_the_command()
    {
        PSObject made = _shell.Run("New-MailPrincipal jane@example.org/Backup -Type ApiKey -CredentialPath $folder/keys.csv").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        File.ReadAllText(Path.Combine(_folder.FullName, "keys.csv")).ShouldContain($"jane@example.org/Backup,{Unprotect((SecureString)made.Properties["ApiKey"].Value)}");
    }

    [Fact]
    public void The_server_has_no_room_for_more_keys_than_an_account_may_have()
    {
        ErrorRecord error = _shell.Run("1..6 | ForEach-Object { New-MailPrincipal \"jane@example.org/$_\" -Type ApiKey }").Errors.ShouldHaveSingleItem();
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.LimitsExceeded);
    }

    [Fact]
    public async Task Who_may_read_no_others_administers_the_own_keys()
    {
        using MailClient jane = await _server.ConnectAsync(Client.MailCredential.FromPassword("jane@example.org", Password));
        _shell.AddConnection(jane, "jane");
        _shell.Run("""
            $null = New-MailPrincipal jane@example.org/Own -Type ApiKey -Connection jane
            Set-MailPrincipal jane@example.org/Own -Expires 2099-06-01 -Connection jane
            (Get-MailPrincipal -Type ApiKey -Connection jane).Name
            (Get-MailPrincipal jane@example.org/own -Connection jane).Expires.Year
            Remove-MailPrincipal jane@example.org/Own -Force -Connection jane
            @(Get-MailPrincipal -Type ApiKey -Connection jane).Count
            """).ShouldHaveNoErrors().Output.Select(each => each.BaseObject).ShouldBe(["jane@example.org/Own", 2099, 0]);
        _shell.Run("New-MailPrincipal admin@example.org/Backup -Type ApiKey -Connection jane").Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Keys_of_others_take_the_permission_to_act_for_them_which_is_told_before_anything_is_sent()
    {
        _shell.Run("""
            New-MailPrincipal Desk -Type Role -EnabledPermission sysAccountGet, sysAccountQuery, sysDomainGet, sysDomainQuery
            New-MailPrincipal helper@example.org -Role user, desk -Password $password -HashAlgorithm None
            """).ShouldHaveNoErrors();
        using MailClient helper = await _server.ConnectAsync(Client.MailCredential.FromPassword("helper@example.org", Password));
        _shell.AddConnection(helper, "helper");
        ErrorRecord error = _shell.Run("New-MailPrincipal jane@example.org/Backup -Type ApiKey -Connection helper").Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain("Nothing was sent");
        error.Exception.Message.ShouldContain("impersonate");
    }

    [Theory]
    [InlineData("New-MailPrincipal jane@example.org/Other -Type ApiKey", "impersonate")]
    [InlineData("Set-MailPrincipal jane@example.org/Backup -NewName jane@example.org/Other", "impersonate")]
    [InlineData("Remove-MailPrincipal jane@example.org/Backup", "impersonate")]
    [InlineData("Disable-MailPrincipal jane@example.org/Backup", "impersonate")]
    [InlineData("New-MailPrincipal joe@example.org -NoPassword", "sysAccountCreate")]
    [InlineData("Set-MailPrincipal jane@example.org -Description x", "sysAccountUpdate")]
    [InlineData("Remove-MailPrincipal jane@example.org", "sysAccountDestroy")]
    [InlineData("Disable-MailPrincipal jane@example.org", "sysAccountUpdate")]
    public async Task WhatIf_does_not_say_would_of_what_the_account_may_not(string script, string permission)
    {
        _shell.Run("""
            $null = New-MailPrincipal jane@example.org/Backup -Type ApiKey
            New-MailPrincipal Desk -Type Role -EnabledPermission sysAccountGet, sysAccountQuery, sysDomainGet, sysDomainQuery
            New-MailPrincipal helper@example.org -Role user, desk -Password $password -HashAlgorithm None
            """).ShouldHaveNoErrors();
        using MailClient helper = await _server.ConnectAsync(Client.MailCredential.FromPassword("helper@example.org", Password));
        _shell.AddConnection(helper, "helper");
        ErrorRecord error = _shell.Run($"{script} -WhatIf -Connection helper").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Forbidden");
        error.Exception.ShouldBeOfType<MailServerException>().MissingPermissions.ShouldContain(permission);
        _shell.HostText.ShouldNotContain("What if:");
        // Nor does the server do it.
        _shell.Run($"{script} -Confirm:$false -Connection helper").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Forbidden");
        // Who may do it is told what would be.
        _shell.Run($"{script} -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("What if:");
    }

    [Fact]
    public void An_export_with_keys_is_imported_without_a_change_and_a_new_key_is_refused()
    {
        _shell.Run("$null = New-MailPrincipal 'jane@example.org/Nightly backup' -Type ApiKey -DisabledPermission emailSend; $null = New-MailPrincipal jane@example.org/Limited -Type ApiKey -EnabledPermission authenticate -Enabled $false; $null = Export-MailPrincipal $folder/all.csv").ShouldHaveNoErrors();
        _shell.Run("(Import-MailPrincipal $folder/all.csv | Where-Object Type -eq ApiKey).Action").ShouldHaveNoErrors().Output.Select(each => each.ToString()).ShouldBe(["Unchanged", "Unchanged"]);
        ErrorRecord error = _shell.Run("Remove-MailPrincipal jane@example.org/Limited -Force; $result = Import-MailPrincipal $folder/all.csv").Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain("New-MailPrincipal -Type ApiKey");
        _shell.Run("(Get-MailPrincipal -Type ApiKey).Name").OutputAs<string>().ShouldBe(["jane@example.org/Nightly backup"]);
    }

    [Fact]
    public void A_key_of_another_server_is_made_with_its_end_and_its_addresses()
    {
        _shell.Run("New-MailPrincipal jane@example.org/Backup -Type ApiKey -Expires 2099-06-01 -AllowedIp 192.0.2.0/24").ShouldHaveNoErrors();
        _shell.Run("$key = Get-MailPrincipal jane@example.org/Backup; Remove-MailPrincipal jane@example.org/Backup -Force; $null = $key | New-MailPrincipal; Get-MailPrincipal jane@example.org/Backup | ForEach-Object { $_.Expires.Year; \"$($_.AllowedIp)\" }")
            .ShouldHaveNoErrors().Output.Select(each => each.BaseObject).ShouldBe([2099, "192.0.2.0/24"]);
    }

    [Theory]
    [InlineData("New-MailPrincipal robot -Type ApiKey -Expires 2099-01-01")]
    [InlineData("New-MailPrincipal robot -Type ApiKey -AllowedIp 192.0.2.1 -WhatIf")]
    [InlineData("Set-MailPrincipal provisioning -Expires 2099-01-01")]
    [InlineData("Set-MailPrincipal provisioning -Clear AllowedIp")]
    [InlineData("Set-MailPrincipal jane.doe -DisableEmail jane.doe@example.org")]
    [InlineData("Set-MailPrincipal jane.doe -DisableEmail jane.doe@example.org -WhatIf")]
    public void An_older_server_refuses_what_it_does_not_have(string script)
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword }));
        ErrorRecord error = shell.Run(script).Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain("before 0.16");
        shell.Run("Get-MailPrincipal provisioning -Property Expires, AllowedIp, Name | ForEach-Object { $null -eq $_.Expires }").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([true]);
    }

    private async Task CreateRawAsync(string keys)
    {
        uint id = (uint)_shell.Run("(Get-MailPrincipal jane).Id").Output.Single().BaseObject;
        CapturedResponse answer = await _server.SendAsync(
            "POST", "/jmap", $$$"""{"using":["urn:stalwart:jmap"],"methodCalls":[["x:ApiKey/set",{"accountId":"{{{MailAdmin.Client.Jmap.JmapId.FromNumber(id)}}}","create":{{{keys}}}},"0"]]}""",
            SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword), contentType: "application/json");
        answer.Text.ShouldContain("\"created\"");
    }

    private static string Unprotect(SecureString secret) => new System.Net.NetworkCredential("", secret).Password;
}
