// What an account of a server from 0.16 on may not read is unknown, and is told with the permission that is missing: no id stands for a name, and nothing that may be there is said not to be there.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapRightsTests : IDisposable
{
    private const string LeftOut = "There may be more:";
    private const string Password = "walks along a made-up road";
    private static readonly string[] s_types = ["Account", "MailingList", "Domain", "Role", "Tenant", "OAuthClient"];

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-rights-");
    private readonly HostedShell _shell;
    private readonly HostedShell _limited = new();
    private MailClient? _client;

    public JmapRightsTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("password", new System.Net.NetworkCredential("", Password).SecurePassword);
        _limited.SetVariable("folder", _folder.FullName);
        _shell.Run("""
            New-MailPrincipal example.net -Type Domain
            New-MailPrincipal acme -Type Tenant
            New-MailPrincipal Desk -Type Role -EnabledPermission emailSend
            New-MailPrincipal Night -Type Role -Role Desk
            New-MailPrincipal staff@example.org -Type Group
            New-MailPrincipal news@example.org -Type List -Member admin@example.org -ExternalMember out@remote.test
            New-MailPrincipal jane@example.org -Email jane@example.org, j@example.net, '@example.net' -MemberOf staff -List news -Role user, Desk -Description Jane -NoPassword
            New-MailPrincipal john@example.org -Description John -NoPassword
            New-MailPrincipal webmail -Type OauthClient -Url https://mail.example.org/cb
            Set-MailPrincipal jane -AddEmail off@example.net
            Set-MailPrincipal jane -DisableEmail off@example.net
            """).ShouldHaveNoErrors();
    }

    public void Dispose()
    {
        _client?.Dispose();
        _limited.Dispose();
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    // Of each kind that cannot be read, what of which principal is unknown.
    [Theory]
    [InlineData("Domain", "jane@example.org", "Email;CatchAll;DisabledEmail")]
    [InlineData("Domain", "john@example.org", "Email;CatchAll")]
    [InlineData("Domain", "staff@example.org", "Email;CatchAll")]
    [InlineData("Domain", "news@example.org", "Email;CatchAll;Member;MemberCount;ExternalMember")]
    [InlineData("Domain", "Night", "")]
    [InlineData("Role", "jane@example.org", "Role")]
    [InlineData("Role", "john@example.org", "")]
    [InlineData("MailingList", "jane@example.org", "List")]
    [InlineData("MailingList", "staff@example.org", "List")]
    [InlineData("OAuthClient", "jane@example.org", "")]
    [InlineData("Account", "Night", "")]
    [InlineData("Account", "news@example.org", "")]
    public async Task What_is_made_of_what_may_not_be_read_is_unknown_and_no_id_stands_for_it(string unread, string name, string parts)
    {
        await SignInAsync(unread);
        // As one, and in a list.
        foreach (string script in (string[])[$"Get-MailPrincipal '{name}'", $"Get-MailPrincipal | Where-Object Name -eq '{name}'"])
        {
            ScriptResult run = _limited.Run(script);
            MailPrincipal found = run.Output.Select(each => (MailPrincipal)each.BaseObject).ShouldHaveSingleItem();
            found.UnknownParts.ShouldBe(parts.Split(';', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
            foreach (string part in found.UnknownParts)
            {
                object? value = typeof(MailPrincipal).GetProperty(part)!.GetValue(found);
                // What is known of addresses is the name.
                (value is null || (part is "Email" && found.Email!.SequenceEqual([name])) || (part is "DisabledEmail" && found.DisabledEmail!.Count == 0)).ShouldBeTrue(part);
            }
            ShouldHaveNoId(found);
            // Told once, by the kind, with what is missing.
            string[] warnings = [.. Warnings(run).Where(warning => warning.Contains(KindOf(unread), StringComparison.Ordinal) && !warning.StartsWith(LeftOut, StringComparison.Ordinal))];
            if (parts.Length > 0)
            {
                warnings.ShouldHaveSingleItem().ShouldContain($"sys{unread}Query and sys{unread}Get");
            }
            else if (script.EndsWith($"'{name}'", StringComparison.Ordinal) && !script.Contains("Where", StringComparison.Ordinal))
            {
                Warnings(run).ShouldBeEmpty();
            }
        }
    }

    // What the row would be refused for is told by the plan, before the first write.
    [Theory]
    [InlineData("sysAccountCreate", "@{ Name = 'new@example.org' }")]
    [InlineData("sysAccountUpdate", "@{ Name = 'john@example.org'; Description = 'Somebody else' }")]
    [InlineData("sysDomainCreate", "@{ Name = 'acme.com'; Type = 'Domain' }")]
    [InlineData("sysMailingListUpdate", "@{ Name = 'john@example.org'; List = 'news@example.org' }")]
    [InlineData("sysMailingListUpdate", "@{ Name = 'new@example.org'; List = 'news@example.org' }")]
    [InlineData("sysMailingListUpdate", "@{ Name = 'news@example.org'; Type = 'List'; Description = 'News' }")]
    [InlineData("sysAccountUpdate", "@{ Name = 'crew@example.org'; Type = 'Group'; Member = 'john@example.org' }")]
    public async Task A_row_that_takes_a_permission_that_is_missing_fails_in_the_plan(string lacking, string row)
    {
        await SignInAsync(permission => permission != lacking);
        string before = Describe();
        foreach (string whatIf in (string[])["-WhatIf", ""])
        {
            MailImportResult failed = _limited.Run($"[pscustomobject]{row} | Import-MailPrincipal -NoPassword {whatIf} -ErrorAction Ignore").OutputAs<MailImportResult>().ShouldHaveSingleItem();
            (failed.Action, failed.ErrorId).ShouldBe(("Failed", "Forbidden"));
            failed.Error.ShouldNotBeNull().ShouldContain(lacking);
        }
        Describe().ShouldBe(before);
    }

    // Who has all of it already needs no permission for it.
    [Fact]
    public async Task A_row_that_changes_nothing_takes_no_permission()
    {
        await SignInAsync(permission => permission is not ("sysAccountUpdate" or "sysMailingListUpdate"));
        _limited.Run("[pscustomobject]@{ Name = 'jane@example.org'; Description = 'Jane'; List = 'news@example.org' } | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors()
            .OutputAs<MailImportResult>().ShouldHaveSingleItem().Action.ShouldBe("Unchanged");
    }

    /// <summary>What gives a permission that who gives it lacks, and for whom that is foreseen.</summary>
    public static TheoryData<string> Ungivable { get; } =
    [
        "New-MailPrincipal new@example.org -NoPassword -Role Mighty",
        "New-MailPrincipal new@example.org -NoPassword -Role user, Over",
        "New-MailPrincipal new@example.org -NoPassword -Role admin",
        "New-MailPrincipal new@example.org -NoPassword -EnabledPermission sysTracerGet",
        "New-MailPrincipal Other -Type Role -EnabledPermission sysTracerGet",
        "New-MailPrincipal limited@example.org/k -Type ApiKey -EnabledPermission authenticate, sysTracerGet",
        "Set-MailPrincipal john -AddRole Mighty",
        "Set-MailPrincipal john -AddRole Over",
        "Set-MailPrincipal john -Role admin",
        "Set-MailPrincipal john -AddEnabledPermission sysTracerGet",
        "Set-MailPrincipal Desk -AddEnabledPermission sysTracerGet",
        // Its own permissions are written anew, with all that it has.
        "Disable-MailPrincipal mighty@example.org",
        "Set-MailPrincipal mighty@example.org -AddDisabledPermission emailSend",
        "New-MailObject Account @{ '@type' = 'User'; name = 'new'; domainId = $org; roles = @{ '@type' = 'Custom'; roleIds = @($mighty) } }",
        "New-MailObject Role @{ description = 'Other'; enabledPermissions = @('sysTracerGet') }",
        "New-MailObject ApiKey @{ description = 'k'; permissions = @{ '@type' = 'Replace'; permissions = @('sysTracerGet') } }",
        "Set-MailObject Account $john -Property @{ permissions = @{ '@type' = 'Merge'; enabledPermissions = @('sysTracerGet') } }",
        "Set-MailObject Role $desk -Property @{ enabledPermissions = @('emailSend', 'sysTracerGet') }",
    ];

    [Theory]
    [MemberData(nameof(Ungivable))]
    public async Task Nobody_gives_what_he_does_not_have_and_WhatIf_says_so(string command)
    {
        await SignInAsDeskAsync();
        string before = Describe();
        foreach (string whatIf in (string[])["-WhatIf", "-Confirm:$false"])
        {
            ErrorRecord error = _limited.Run($"{command} {whatIf}").Errors.ShouldHaveSingleItem(whatIf);
            // What is named is looked for before anything is read.
            error.FullyQualifiedErrorId.ShouldStartWith(command.Contains("Principal", StringComparison.Ordinal) && command.Contains("sysTracerGet", StringComparison.Ordinal) ? "RejectedByClient" : "Forbidden", customMessage: error.ToString());
            // Of many, the server and the forecast name others first.
            if (!command.Contains("admin", StringComparison.Ordinal))
            {
                error.ToString().ShouldContain("sysTracerGet", customMessage: whatIf);
            }
        }
        _limited.HostText.ShouldNotContain("What if");
        Describe().ShouldBe(before);
    }

    [Theory]
    [InlineData("@{ Name = 'new@example.org'; Role = 'Mighty' }")]
    [InlineData("@{ Name = 'new@example.org'; EnabledPermission = 'sysTracerGet' }")]
    [InlineData("@{ Name = 'john@example.org'; Role = 'Over' }")]
    [InlineData("@{ Name = 'john@example.org'; EnabledPermission = 'sysTracerGet' }")]
    [InlineData("@{ Name = 'mighty@example.org'; Enabled = 'False' }")]
    [InlineData("@{ Name = 'Other'; Type = 'Role'; EnabledPermission = 'sysTracerGet' }")]
    [InlineData("@{ Name = 'Desk'; Type = 'Role'; EnabledPermission = 'sysTracerGet' }")]
    public async Task A_row_that_gives_what_its_giver_does_not_have_fails_in_the_plan(string row)
    {
        await SignInAsDeskAsync();
        string before = Describe();
        foreach (string whatIf in (string[])["-WhatIf", ""])
        {
            MailImportResult[] results = [.. _limited.Run($"[pscustomobject]{row}, [pscustomobject]@{{ Name = 'fine@example.org'; Role = 'user' }} | Import-MailPrincipal -NoPassword -Strict {whatIf} -ErrorAction Ignore").OutputAs<MailImportResult>()];
            MailImportResult failed = results.Where(result => result.Action == "Failed" && result.ErrorId is "Forbidden" or "PermissionUnknown").ShouldHaveSingleItem();
            failed.Error.ShouldNotBeNull().ShouldContain("sysTracerGet");
        }
        Describe().ShouldBe(before);
    }

    // To take away is no gift: only what there is not is refused.
    [Theory]
    [InlineData("New-MailPrincipal new@example.org -NoPassword -DisabledPermission {0}")]
    [InlineData("New-MailPrincipal Other -Type Role -DisabledPermission {0}")]
    [InlineData("Set-MailPrincipal john -AddDisabledPermission {0}")]
    [InlineData("Set-MailPrincipal john -DisabledPermission {0}")]
    [InlineData("Set-MailPrincipal Desk -AddDisabledPermission {0}")]
    public async Task What_one_does_not_have_may_be_taken_away(string command)
    {
        await SignInAsDeskAsync();
        string before = Describe();
        foreach (string whatIf in (string[])["-WhatIf", "-Confirm:$false"])
        {
            _limited.Run($"{command} {whatIf}".Replace("{0}", "fly-away", StringComparison.Ordinal)).Errors.ShouldHaveSingleItem(whatIf);
            Describe().ShouldBe(before);
        }
        foreach (string whatIf in (string[])["-WhatIf", "-Confirm:$false"])
        {
            _limited.Run($"{command} {whatIf}".Replace("{0}", "sysTracerGet", StringComparison.Ordinal)).ShouldHaveNoErrors();
        }
        _shell.Run("Get-MailPrincipal | Where-Object DisabledPermission -contains sysTracerGet").Output.ShouldHaveSingleItem();
    }

    // What it has itself, what may not be read, and what the server does not list for who has it.
    [Theory]
    [InlineData(true, "New-MailPrincipal new@example.org -NoPassword -Role Desk")]
    [InlineData(true, "New-MailPrincipal new@example.org -NoPassword -EnabledPermission sysAccountGet")]
    [InlineData(true, "New-MailPrincipal Other -Type Role -Role Mighty")]
    [InlineData(true, "Set-MailPrincipal john -Role Desk, user")]
    [InlineData(true, "Set-MailPrincipal mighty@example.org -Description New")]
    [InlineData(true, "Set-MailPrincipal mighty@example.org -RemoveRole Mighty")]
    [InlineData(true, "New-MailPrincipal limited@example.org/k -Type ApiKey")]
    [InlineData(true, "New-MailPrincipal limited@example.org/k -Type ApiKey -DisabledPermission emailSend")]
    [InlineData(false, "New-MailPrincipal new@example.org -NoPassword")]
    public async Task What_one_has_may_be_given(bool maySeeSettings, string command)
    {
        await SignInAsDeskAsync(maySeeSettings);
        _limited.Run($"{command} -WhatIf").ShouldHaveNoErrors();
        _limited.HostText.ShouldContain("What if");
        _limited.Run($"{command} -Confirm:$false").ShouldHaveNoErrors();
    }

    // The settings that say what role an administrator has may not be read: then it is the server that refuses.
    [Fact]
    public async Task What_may_not_be_read_is_not_refused_beforehand()
    {
        await SignInAsDeskAsync(maySeeSettings: false);
        _limited.Run("Set-MailPrincipal john -Role admin -WhatIf").ShouldHaveNoErrors();
        _limited.Run("Set-MailPrincipal john -Role admin -Confirm:$false").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Forbidden");
    }

    [Fact]
    public void Who_has_all_gives_all()
    {
        string commands = "Set-MailPrincipal john -Role admin {0}; New-MailPrincipal new@example.org -NoPassword -Role admin {0}; New-MailPrincipal Every -Type Role -EnabledPermission sysQueuedMessageCreate, sysLogUpdate {0}";
        _shell.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, commands, "-WhatIf")).ShouldHaveNoErrors();
        _shell.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, commands, "")).ShouldHaveNoErrors();
    }

    // A key that may do less than its account makes none that may do as much.
    [Theory]
    [InlineData("", false)]
    [InlineData("-DisabledPermission emailSend", false)]
    [InlineData("-EnabledPermission authenticate, sysApiKeyGet", true)]
    public async Task A_key_makes_no_key_that_may_do_more(string permissions, bool isMade)
    {
        _shell.Run("$key = New-MailPrincipal admin@example.org/small -Type ApiKey -DisabledPermission sysTracerGet").ShouldHaveNoErrors();
        string secret = _shell.Run("[Net.NetworkCredential]::new('', $key.ApiKey).Password").OutputAs<string>().Single();
        _client = await _server.ConnectAsync(Client.MailCredential.FromApiKey(secret));
        _limited.Connect(_client);
        foreach (string whatIf in (string[])["-WhatIf", "-Confirm:$false"])
        {
            ScriptResult run = _limited.Run($"New-MailPrincipal admin@example.org/other -Type ApiKey {permissions} {whatIf}");
            if (isMade)
            {
                run.ShouldHaveNoErrors();
            }
            else
            {
                run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("sysTracerGet");
            }
        }
    }

    // A list of all kinds without one of them would look like all there is, and so would a file of it.
    [Theory]
    [InlineData("Account", "Get")]
    [InlineData("Account", "Query")]
    [InlineData("MailingList", "Get")]
    [InlineData("Domain", "Query")]
    [InlineData("Role", "Get")]
    [InlineData("OAuthClient", "Query")]
    public async Task A_kind_that_may_not_be_listed_is_told(string type, string verb)
    {
        await SignInAsync(permission => permission != $"sys{type}{verb}");
        foreach (string script in (string[])["Get-MailPrincipal", "Get-MailPrincipal -Text jane", "Get-MailPrincipal 'j*'"])
        {
            Warnings(_limited.Run(script)).Where(warning => warning.StartsWith(LeftOut, StringComparison.Ordinal)).ShouldHaveSingleItem(script).ShouldContain($"sys{type}{verb}");
        }
        Warnings(_limited.Run("Get-MailPrincipal -Type Individual, List, Domain, Role, Tenant, OauthClient")).ShouldNotContain(warning => warning.StartsWith(LeftOut, StringComparison.Ordinal));
    }

    // Nobody asked for a list: what is there already, or has a similar name, is looked for.
    [Theory]
    [InlineData("Set-MailPrincipal news@example.org -AddMember jann")]
    [InlineData("New-MailPrincipal new@example.org -Role dezk -NoPassword")]
    [InlineData("[pscustomobject]@{ Type = 'individual'; Name = 'new@example.org'; Description = 'New' } | Import-MailPrincipal -WhatIf")]
    public async Task What_is_listed_to_look_something_up_warns_of_nothing_that_is_left_out(string script)
    {
        await SignInAsync("OAuthClient");
        Warnings(_limited.Run(script)).ShouldNotContain(warning => warning.StartsWith(LeftOut, StringComparison.Ordinal));
    }

    // A name of the type that cannot be read may be there; of the others it is known that there is none.
    [Theory]
    [InlineData("Account", "nobody", "Individual")]
    [InlineData("Account", "nobody@example.org", "Group")]
    [InlineData("Account", "jane@example.org", "Individual")]
    [InlineData("MailingList", "news", "List")]
    [InlineData("MailingList", "nobody@example.org", "List")]
    [InlineData("Domain", "example.net", "Domain")]
    [InlineData("Domain", "nowhere.test", "Domain")]
    [InlineData("Role", "Desk", "Role")]
    [InlineData("Role", "nothing", "Role")]
    [InlineData("Tenant", "acme", "Tenant")]
    [InlineData("OAuthClient", "webmail", "OauthClient")]
    public async Task A_name_of_what_may_not_be_read_is_not_said_to_be_missing(string unread, string name, string type)
    {
        await SignInAsync(unread);
        foreach (string script in (string[])[$"Get-MailPrincipal '{name}'", $"Get-MailPrincipal '{name}' -Type {type}", $"Remove-MailPrincipal '{name}' -Force", $"Remove-MailPrincipal '{name}' -WhatIf", $"Set-MailPrincipal '{name}' -Description x", $"Set-MailPrincipal '{name}' -Description x -WhatIf", $"Export-MailPrincipal $folder/one.csv -InputObject '{name}'"])
        {
            ErrorRecord error = _limited.Run(script).Errors[0];
            error.FullyQualifiedErrorId.ShouldStartWith("Forbidden", customMessage: script);
            error.Exception.Message.ShouldContain($"sys{unread}Get", customMessage: script);
            error.Exception.ShouldBeOfType<MailServerException>().MissingPermissions.ShouldBe([$"sys{unread}Query", $"sys{unread}Get"], customMessage: script);
        }
        string other = type is "Role" ? "Tenant" : "Role";
        _limited.Run($"Get-MailPrincipal nothing -Type {other}").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    // One of the two permissions is not enough, and the other is not named.
    [Theory]
    [InlineData("Get")]
    [InlineData("Query")]
    public async Task Only_what_is_missing_is_named(string verb)
    {
        await SignInAsync(permission => permission != $"sysRole{verb}");
        ScriptResult run = _limited.Run("Get-MailPrincipal jane");
        run.OutputAs<MailPrincipal>().Single().UnknownParts.ShouldBe(["Role"]);
        Warnings(run).ShouldHaveSingleItem().ShouldContain($"the permission sysRole{verb}.");
        ErrorRecord error = _limited.Run("Get-MailPrincipal -Type Role").Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain($"needs the permission sysRole{verb}, which the account lacks");
        error.Exception.ShouldBeOfType<MailServerException>().MissingPermissions.ShouldBe([$"sysRole{verb}"]);
    }

    // What the change does not need is not asked for.
    [Theory]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -Description New", "(Get-MailPrincipal jane).Description -eq 'New'")]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -AddMemberOf crew", "(Get-MailPrincipal jane).MemberOf.Count -eq 2")]
    [InlineData("Domain", "Set-MailPrincipal news@example.org -RemoveMember out@remote.test", "!(Get-MailPrincipal news).ExternalMember.Count")]
    [InlineData("Domain", "Set-MailPrincipal news@example.org -AddMember john@example.org", "(Get-MailPrincipal news).Member -contains 'john@example.org'")]
    [InlineData("Domain", "Disable-MailPrincipal jane@example.org", "(Get-MailPrincipal jane).Enabled -eq $false")]
    [InlineData("Domain", "Remove-MailPrincipal john@example.org -Force", "!(Get-MailPrincipal john -ErrorAction Ignore)")]
    [InlineData("Role", "Set-MailPrincipal jane -Quota 1GB", "(Get-MailPrincipal jane).Quota -eq 1GB")]
    [InlineData("Role", "Set-MailPrincipal jane -AddEmail j2@example.org", "(Get-MailPrincipal jane).Email -contains 'j2@example.org'")]
    [InlineData("Role", "Remove-MailPrincipal jane -Force", "!(Get-MailPrincipal jane -ErrorAction Ignore)")]
    [InlineData("MailingList", "Set-MailPrincipal jane -RemoveMemberOf staff", "!(Get-MailPrincipal jane).MemberOf.Count")]
    [InlineData("MailingList", "Set-MailPrincipal jane -RemoveEmail j@example.net", "(Get-MailPrincipal jane).Email -notcontains 'j@example.net'")]
    [InlineData("Tenant", "Set-MailPrincipal jane -NewName jane2@example.org", "[bool](Get-MailPrincipal jane2)")]
    [InlineData("MailingList", "New-MailPrincipal new@example.org -NoPassword", "[bool](Get-MailPrincipal new)")]
    public async Task A_change_works_without_the_rights_that_it_does_not_need(string unread, string script, string isDone)
    {
        _shell.Run("New-MailPrincipal crew@example.org -Type Group").ShouldHaveNoErrors();
        await SignInAsync(unread);
        _shell.Run(isDone).OutputAs<bool>().ShouldBe([false]);
        _limited.Run($"{script}{(script.StartsWith("Remove", StringComparison.Ordinal) ? "" : " -Confirm:$false")}").ShouldHaveNoErrors();
        _shell.Run(isDone).OutputAs<bool>().ShouldBe([true]);
        // Nothing else has changed.
        if (!script.StartsWith("Remove", StringComparison.Ordinal))
        {
            _shell.Run("(Get-MailPrincipal | Where-Object Name -like 'jane*').DisabledEmail").OutputAs<string>().ShouldBe(["off@example.net"]);
        }
    }

    // What is made of what is unknown would take it away, or say nothing of it.
    [Theory]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -AddEmail k@example.net")]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -RemoveEmail j@example.net")]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -Email jane@example.org")]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -DisableEmail j@example.net")]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -EnableEmail off@example.net")]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -AddEmail '@example.org'")]
    [InlineData("Domain", "Set-MailPrincipal jane@example.org -NewName jane@example.net")]
    [InlineData("Domain", "Set-MailPrincipal news@example.org -Member john@example.org")]
    [InlineData("Domain", "Set-MailPrincipal news@example.org -Clear ExternalMember")]
    [InlineData("Domain", "Set-MailPrincipal news@example.org -AddMember new@elsewhere.test")]
    [InlineData("Domain", "New-MailPrincipal new@example.org -NoPassword")]
    [InlineData("Domain", "New-MailDkimSignature example.net -Selector s1")]
    [InlineData("Domain", "Get-MailDnsRecord example.net")]
    [InlineData("Domain", "Get-MailPrincipal j@example.net")]
    [InlineData("Domain", "Get-MailPrincipal '@example.net'")]
    [InlineData("Role", "Set-MailPrincipal jane -AddRole Night")]
    [InlineData("Role", "Set-MailPrincipal jane -RemoveRole Desk")]
    [InlineData("Role", "Set-MailPrincipal jane -Role user")]
    [InlineData("Role", "Set-MailPrincipal john -Role Night")]
    [InlineData("Role", "Set-MailPrincipal jane -Clear Role")]
    [InlineData("Role", "Set-MailPrincipal john -AddRole Desk")]
    [InlineData("Role", "New-MailPrincipal new@example.org -NoPassword -Role Desk")]
    [InlineData("MailingList", "Set-MailPrincipal jane -List other@example.org")]
    [InlineData("MailingList", "Set-MailPrincipal jane -Clear List")]
    [InlineData("MailingList", "Set-MailPrincipal jane -AddList news")]
    [InlineData("MailingList", "Set-MailPrincipal jane -RemoveList news@example.org")]
    [InlineData("MailingList", "New-MailPrincipal new@example.org -NoPassword -List news")]
    [InlineData("Tenant", "Set-MailPrincipal jane -Tenant acme")]
    [InlineData("Tenant", "Get-MailPrincipal -Type Individual | Set-MailPrincipal -Tenant acme")]
    [InlineData("Account", "Set-MailPrincipal news -AddMember jane@example.org")]
    [InlineData("Account", "New-MailPrincipal other@example.org -Type List -Member jane@example.org")]
    public async Task What_depends_on_what_is_unknown_is_refused_with_the_permission_and_changes_nothing(string unread, string script)
    {
        await SignInAsync(unread);
        string before = Describe();
        foreach (string whatIf in script.StartsWith("Get", StringComparison.Ordinal) ? (string[])[""] : [" -WhatIf", " -Confirm:$false"])
        {
            ScriptResult run = _limited.Run(script + whatIf);
            ErrorRecord error = run.Errors[0];
            error.FullyQualifiedErrorId.ShouldStartWith("Forbidden", customMessage: $"{whatIf} {error}");
            error.Exception.Message.ShouldContain($"sys{unread}Query and sys{unread}Get");
            _limited.HostText.ShouldNotContain("What if:");
        }
        Describe().ShouldBe(before);
    }

    [Theory]
    [InlineData("Domain", "Email")]
    [InlineData("Role", "Role")]
    [InlineData("MailingList", "List")]
    public async Task An_export_of_what_is_unknown_is_refused_with_the_permission_and_how_to_go_on(string unread, string column)
    {
        await SignInAsync(unread);
        foreach (string script in (string[])["Export-MailPrincipal $folder/all.csv", "Export-MailPrincipal $folder/all.json", "Get-MailPrincipal -Type Individual | Export-MailPrincipal $folder/all.csv"])
        {
            ErrorRecord error = _limited.Run(script).Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("Forbidden");
            error.Exception.Message.ShouldContain($"sys{unread}Query and sys{unread}Get");
            error.Exception.Message.ShouldContain(column);
            error.Exception.Message.ShouldContain("Select-Object");
        }
        _folder.GetFiles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Role", "Role", "user")]
    [InlineData("MailingList", "List", "news@example.org")]
    public async Task A_row_that_gives_what_is_unknown_is_refused_and_one_that_does_not_is_imported(string unread, string column, string value)
    {
        await SignInAsync(unread);
        string before = Describe();
        ShouldFail($$"""[pscustomobject]@{ Name = 'jane@example.org'; {{column}} = '{{value}}' } | Import-MailPrincipal -Mode Update -Replace""", $"sys{unread}Get");
        Describe().ShouldBe(before);
        _limited.Run("[pscustomobject]@{ Name = 'jane@example.org'; Description = 'Of the file' } | Import-MailPrincipal -Mode Update").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal jane).Description").OutputAs<string>().ShouldBe(["Of the file"]);
    }

    [Fact]
    public async Task What_is_granted_is_read_by_the_next_command()
    {
        await SignInAsync("Role");
        _limited.Run("Get-MailPrincipal jane").OutputAs<MailPrincipal>().Single().UnknownParts.ShouldBe(["Role"]);
        _shell.Run("Set-MailPrincipal Rights -AddEnabledPermission sysRoleGet, sysRoleQuery").ShouldHaveNoErrors();
        ScriptResult run = _limited.Run("Get-MailPrincipal jane");
        run.OutputAs<MailPrincipal>().Single().Role.ShouldBe(["user", "Desk"], ignoreOrder: true);
        Warnings(run).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_read_with_unknown_parts_is_not_made_elsewhere_without_them()
    {
        await SignInAsync("Role");
        MailPrincipal jane = _limited.Run("Get-MailPrincipal jane").OutputAs<MailPrincipal>().Single();
        _shell.Run("Remove-MailPrincipal jane -Force").ShouldHaveNoErrors();
        _shell.SetVariable("jane", jane);
        foreach (string script in (string[])["$jane | New-MailPrincipal -NoPassword", "$jane | Import-MailPrincipal -NoPassword"])
        {
            _shell.Run(script).Errors[0].ToString().ShouldContain("Role");
        }
        _shell.Run("Get-MailPrincipal jane").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Fact]
    public async Task Who_is_removed_while_lists_may_not_be_read_may_still_be_on_them()
    {
        await SignInAsync("MailingList");
        string warning = Warnings(_limited.Run("Remove-MailPrincipal jane -Force").ShouldHaveNoErrors()).ShouldHaveSingleItem();
        warning.ShouldContain("mailing lists");
        warning.ShouldContain("sysMailingListGet");
    }

    [Fact]
    public async Task Who_is_renamed_while_domains_may_not_be_read_may_get_no_mail_for_others_any_more()
    {
        await SignInAsync("Domain");
        Warnings(_limited.Run("Set-MailPrincipal jane@example.org -NewName jane2").ShouldHaveNoErrors()).ShouldContain(warning => warning.Contains("addresses that nobody has", StringComparison.Ordinal) && warning.Contains("sysDomainGet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_by_what_is_not_known_whole_says_that_something_may_be_missing()
    {
        await SignInAsync("Domain");
        Warnings(_limited.Run("Get-MailPrincipal -Text example.net").ShouldHaveNoErrors()).ShouldContain(warning => warning.Contains("may be missing", StringComparison.Ordinal));
        ScriptResult run = _limited.Run("Get-MailPrincipal -Domain example.net");
        Warnings(run).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Tasks_and_signatures_show_no_ids_for_what_may_not_be_read()
    {
        await AddTaskAsync("jane@example.org");
        _shell.Run("New-MailDkimSignature example.net -Selector s1 -Algorithm Ed25519").ShouldHaveNoErrors();
        await SignInAsync(permission => !permission.StartsWith("sysAccount", StringComparison.Ordinal) && !permission.StartsWith("sysDomain", StringComparison.Ordinal), "sysTaskGet", "sysTaskQuery", "sysDkimSignatureGet", "sysDkimSignatureQuery");
        ScriptResult run = _limited.Run("Get-MailTask | Where-Object Kind -eq AccountMaintenance");
        MailTask task = run.ShouldHaveNoErrors().OutputAs<MailTask>().ShouldHaveSingleItem();
        (task.Account, task.Domain, task.UnknownParts.Single()).ShouldBe((null, null, "Account"));
        task.Summary.ShouldBe("AccountMaintenance Purge of an unknown account");
        Warnings(run).ShouldContain(warning => warning.Contains("sysAccountGet", StringComparison.Ordinal));
        _limited.Render("Get-MailDkimSignature").ShouldContain("UnknownParts");
        run = _limited.Run("Get-MailDkimSignature");
        MailDkimSignature signature = run.ShouldHaveNoErrors().OutputAs<MailDkimSignature>().ShouldHaveSingleItem();
        (signature.Domain, signature.DnsRecord, signature.UnknownParts.Single()).ShouldBe(("", null, "Domain"));
        Warnings(run).ShouldHaveSingleItem().ShouldContain("the permission sysDomainGet.");
        ErrorRecord error = _limited.Run("Get-MailDkimSignature example.net").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Forbidden");
        error.Exception.Message.ShouldContain("sysDomainGet");
    }

    private void ShouldFail(string script, string permission)
    {
        ScriptResult run = _limited.Run(script);
        run.Errors.ShouldNotBeEmpty();
        run.Errors.Select(error => error.ToString()).ShouldContain(error => error.Contains(permission, StringComparison.Ordinal));
    }

    private async Task AddTaskAsync(string account)
    {
        _shell.SetVariable("name", account);
        string id = JmapId.FromNumber(_shell.Run("(Get-MailPrincipal $name).Id").OutputAs<uint>().Single());
        string task = $$"""{"@type":"AccountMaintenance","accountId":"{{id}}","maintenanceType":"purge","status":{"@type":"Pending","due":"2126-11-29T07:04:11Z"} }""";
        await _server.CallAsync("x:Task/set", $$$"""{"create":{"n":{{{task}}} } }""", SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword));
    }

    private static string[] Warnings(ScriptResult run) => [.. run.Warnings.Select(warning => warning.ToString())];

    private static string KindOf(string type) => type switch
    {
        "MailingList" => "mailing lists",
        "OAuthClient" => "OAuth clients",
        _ => type.ToLowerInvariant() + "s",
    };

    private string Describe() => string.Join('\n', _shell.Run("Get-MailPrincipal | ConvertTo-Json -Depth 3").Output.Select(each => each.ToString()));

    // Ids are short words of base 32; names of this directory are longer.
    private static void ShouldHaveNoId(MailPrincipal found)
    {
        IEnumerable<string>?[] parts = [found.Email, found.DisabledEmail, found.MemberOf, found.List, found.Role, found.Member, found.Tenant is null ? null : [found.Tenant]];
        string[] texts = [.. parts.OfType<IEnumerable<string>>().SelectMany(part => part)];
        texts.ShouldAllBe(text => text.Length > 2 && (!text.Contains('@') || text.Contains('.')));
    }

    // Everything of the directory, and nothing of the rest.
    private async Task SignInAsDeskAsync(bool maySeeSettings = true)
    {
        _shell.Run("""
            New-MailPrincipal Mighty -Type Role -EnabledPermission sysTracerGet
            New-MailPrincipal Over -Type Role -Role Mighty
            New-MailPrincipal mighty@example.org -NoPassword -Role user, Mighty
            """).ShouldHaveNoErrors();
        await SignInAsync(_ => true, maySeeSettings ? ["sysAuthenticationGet"] : []);
        _limited.Run("""
            $org = (Get-MailObject Domain | Where-Object { $_.Property['name'] -eq 'example.org' }).Id
            $john = (Get-MailObject Account | Where-Object { $_.Property['name'] -eq 'john' }).Id
            $roles = @{}; Get-MailObject Role | ForEach-Object { $roles[$_.Property['description']] = $_.Id }
            $desk = $roles['Desk']; $mighty = $roles['Mighty']
            """).ShouldHaveNoErrors();
    }

    private Task SignInAsync(string unread) => SignInAsync(permission => permission != $"sys{unread}Get" && permission != $"sys{unread}Query");

    // A role with everything of the directory but what is left out.
    private async Task SignInAsync(Func<string, bool> isGiven, params string[] others)
    {
        string[] verbs = ["Get", "Query", "Create", "Update", "Destroy"];
        string[] permissions = [.. s_types.SelectMany(type => verbs.Select(verb => $"sys{type}{verb}")).Where(isGiven), "authenticate", "sysDkimSignatureCreate", "sysDkimSignatureGet", "sysDkimSignatureQuery", .. others];
        _shell.SetVariable("permissions", permissions.Distinct().ToArray());
        _shell.Run("""
            New-MailPrincipal Rights -Type Role -EnabledPermission $permissions
            New-MailPrincipal limited@example.org -Role user, Rights, Desk -Password $password -HashAlgorithm None
            """).ShouldHaveNoErrors();
        _client = await _server.ConnectAsync(Client.MailCredential.FromPassword("limited@example.org", Password));
        _limited.Connect(_client);
    }
}
