// -WhatIf over a server from 0.16 on: it sends no write, and says what the real run says.
using System.Management.Automation;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Pipeline;

public sealed class JmapWhatIfTests : IDisposable
{
    private const string Password = "a made-up road to nowhere";

    private readonly SandboxServer _server = new(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapWhatIfTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("""
            New-MailPrincipal empty@example.org -Type Group
            'spare', 'inner' | New-MailPrincipal -Type Role
            New-MailPrincipal outer -Type Role -Role inner
            'full', 'bare' | New-MailPrincipal -Type Tenant
            New-MailObject Domain @{ name = 'lone.test'; dkimManagement = 'Manual' }
            New-MailObject Domain @{ name = 'signed.test'; dkimManagement = 'Manual' }
            New-MailObject Domain @{ name = 'owned.test'; dkimManagement = 'Manual' }
            Set-MailPrincipal owned.test -Tenant full
            New-MailDkimSignature signed.test -Algorithm Ed25519
            $domains = @{}; Get-MailObject Domain | ForEach-Object { $domains[$_.Property['name']] = $_.Id }
            Set-MailObject Domain $domains['example.net'] -Property @{ aliases = @('alias.test') }
            $org = $domains['example.org']; $lone = $domains['lone.test']; $signed = $domains['signed.test']
            $jane = (Get-MailObject Account | Where-Object { $_.Property['name'] -eq 'jane.doe' }).Id
            $staff = (Get-MailObject Account | Where-Object { $_.Property['name'] -eq 'staff' }).Id
            $helpdesk = (Get-MailObject Role | Where-Object { $_.Property['description'] -eq 'helpdesk' }).Id
            $message = (Get-MailQueueMessage -First 1).Id
            """);
    }

    public void Dispose() => _shell.Dispose();

    /// <summary>What is refused, of each cmdlet and for each reason.</summary>
    public static TheoryData<string> Refused { get; } =
    [
        // The new name: another's, another's alias, none of a domain that is there, and what is no name.
        "Set-MailPrincipal jane.doe@example.org -NewName john.roe@example.org",
        "Set-MailPrincipal jane.doe@example.org -NewName john.roe",
        "Set-MailPrincipal jane.doe@example.org -NewName john@example.org",
        "Set-MailPrincipal jane.doe@example.org -NewName news@example.org",
        "Set-MailPrincipal jane.doe@example.org -NewName jane@nowhere.test",
        "Set-MailPrincipal jane.doe@example.org -NewName jane@alias.test",
        "Set-MailPrincipal staff@example.org -NewName office@example.org",
        "Set-MailPrincipal news@example.org -NewName jane@example.org",
        "Set-MailPrincipal lone.test -NewName example.org",
        "Set-MailPrincipal lone.test -NewName alias.test",
        "Set-MailPrincipal lone.test -NewName new.example",
        "Set-MailPrincipal lone.test -NewName nodomain",
        "Set-MailPrincipal ada.lovelace@example.org/provisioning -NewName jane.doe@example.org/provisioning",
        // Addresses.
        "Set-MailPrincipal jane.doe@example.org -PrimaryEmail john.roe@example.org",
        "Set-MailPrincipal jane.doe@example.org -PrimaryEmail new@example.org",
        "Set-MailPrincipal jane.doe@example.org -PrimaryEmail new@nowhere.test",
        "Set-MailPrincipal jane.doe@example.org -AddEmail john.roe@example.org",
        "Set-MailPrincipal jane.doe@example.org -AddEmail john@example.org",
        "Set-MailPrincipal jane.doe@example.org -AddEmail news@example.org",
        "Set-MailPrincipal jane.doe@example.org -AddEmail jane@nowhere.test",
        "Set-MailPrincipal jane.doe@example.org -AddEmail jane@alias.test",
        "Set-MailPrincipal jane.doe@example.org -AddEmail '@nowhere.test'",
        "Set-MailPrincipal news@example.org -AddEmail jane@example.org",
        "Set-MailPrincipal jane.doe@example.org -RemoveEmail jane.doe@example.org",
        "Set-MailPrincipal jane.doe@example.org -Email jane@example.org",
        "Set-MailPrincipal jane.doe@example.org -Email jane.doe@example.org, john@example.org",
        "Set-MailPrincipal jane.doe@example.org -Clear Email",
        "Set-MailPrincipal jane.doe@example.org -DisableEmail jane.doe@example.org",
        // Values.
        "Set-MailPrincipal jane.doe@example.org -Clear Locale",
        "Set-MailPrincipal jane.doe@example.org -Locale xx_YY",
        "Set-MailPrincipal staff@example.org -Locale xx_YY",
        "Set-MailPrincipal news@example.org -Quota 5GB",
        "Set-MailPrincipal jane.doe@example.org -Picture x",
        // What is named.
        "Set-MailPrincipal jane.doe@example.org -Tenant nowhere",
        "Set-MailPrincipal jane.doe@example.org -Tenant full",
        "Set-MailPrincipal jane.doe@example.org -AddRole nothing",
        "Set-MailPrincipal jane.doe@example.org -AddRole staff@example.org",
        "Set-MailPrincipal jane.doe@example.org -AddMemberOf nobody",
        "Set-MailPrincipal jane.doe@example.org -AddMemberOf john.roe@example.org",
        "Set-MailPrincipal jane.doe@example.org -AddList staff@example.org",
        "Set-MailPrincipal staff@example.org -AddMember sales@example.org",
        "Set-MailPrincipal staff@example.org -AddMember news@example.org",
        "Set-MailPrincipal news@example.org -AddMember nobody@example.org",
        "Set-MailPrincipal inner -AddRole outer",
        "Set-MailPrincipal ada.lovelace@example.org/provisioning -Quota 5GB",
        "Set-MailPrincipal nobody@example.org -Quota 5GB",
        "Disable-MailPrincipal news@example.org",
        "Enable-MailPrincipal nobody@example.org",
        // What others refer to.
        "Remove-MailPrincipal staff@example.org",
        "Remove-MailPrincipal example.org",
        "Remove-MailPrincipal example.net",
        "Remove-MailPrincipal signed.test",
        "Remove-MailPrincipal helpdesk",
        "Remove-MailPrincipal User",
        "Remove-MailPrincipal inner",
        "Remove-MailPrincipal full",
        "Remove-MailPrincipal nobody@example.org",
        "Remove-MailObject Domain $org",
        "Remove-MailObject Domain $signed",
        "Remove-MailObject Account $staff",
        "Remove-MailObject Role $helpdesk",
        "Remove-MailObject Http",
        "Remove-MailObject Domain zz",
        // What is made.
        "New-MailPrincipal new.example -Type Domain",
        "New-MailPrincipal nodomain -Type Domain",
        "New-MailPrincipal alias.test -Type Domain",
        "New-MailPrincipal example.org -Type Domain",
        "New-MailPrincipal jane@nowhere.test -NoPassword",
        "New-MailPrincipal jane@example.org -NoPassword",
        "New-MailPrincipal news@example.org -Type Group",
        "New-MailPrincipal ann@example.org -NoPassword -Email ann@example.org, jane@example.org",
        "New-MailPrincipal ann@example.org -NoPassword -Email ann@example.org, ann@nowhere.test",
        "New-MailPrincipal ann@example.org -NoPassword -Locale xx_YY",
        "New-MailPrincipal ann@example.org -NoPassword -Role nothing",
        "New-MailPrincipal ann@example.org -NoPassword -MemberOf nobody",
        "New-MailPrincipal ann@example.org -NoPassword -List staff@example.org",
        "New-MailPrincipal ann@example.org -NoPassword -Tenant nowhere",
        "New-MailPrincipal crew@example.org -Type Group -Member sales@example.org",
        "New-MailPrincipal l2@example.org -Type List -Member nobody@example.org",
        "New-MailPrincipal helpdesk -Type Role",
        "New-MailPrincipal intranet -Type OauthClient",
        "New-MailPrincipal ann@example.org/k -Type ApiKey",
        "New-MailPrincipal ada.lovelace@example.org/provisioning -Type ApiKey",
        "New-MailObject Domain @{ name = 'new.example' }",
        "New-MailObject Domain @{ name = 'alias.test' }",
        "New-MailObject Domain @{ name = 'example.org' }",
        "New-MailObject OAuthClient @{ clientId = 'intranet' }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'jane.doe'; domainId = $org }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'jane'; domainId = $org }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'new'; domainId = 'zz' }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'new'; domainId = $org; memberGroupIds = @($jane) }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'new'; domainId = $org; memberGroupIds = @('zz') }",
        "New-MailObject MailingList @{ name = 'jane'; domainId = $org; recipients = @('a@example.org') }",
        "Set-MailObject Domain $lone -Property @{ name = 'example.org' }",
        "Set-MailObject Domain $lone -Property @{ name = 'new.example' }",
        "Set-MailObject Domain $lone -Property @{ aliases = @('example.net') }",
        "Set-MailObject Domain $lone -Property @{ memberTenantId = 'zz' }",
        "Set-MailObject Account $jane -Property @{ name = 'john.roe' }",
        "Set-MailObject Account $jane -Property @{ name = 'john' }",
        "Set-MailObject Account $jane -Property @{ memberGroupIds = @('zz') }",
        "Set-MailObject Account $jane -Property @{ memberGroupIds = @($jane) }",
        "Set-MailObject Account $jane -Property @{ domainId = 'zz' }",
        "Set-MailObject Account $jane -Property @{ timeZone = 'Nowhere/Town' }",
        "Set-MailObject Role $helpdesk -Property @{ roleIds = @('zz') }",
        "Set-MailObject SystemSettings -Property @{ defaultDomainId = 'zz' }",
        "New-MailDkimSignature nowhere.test",
        "[pscustomobject]@{ Name = 'ann@example.org'; Locale = 'xx_YY' } | Import-MailPrincipal -NoPassword",
        "[pscustomobject]@{ Name = 'jane.doe@example.org'; Locale = 'xx_YY' } | Import-MailPrincipal -NoPassword",
        "[pscustomobject]@{ Name = 'new.example'; Type = 'Domain' } | Import-MailPrincipal -NoPassword",
        "[pscustomobject]@{ Name = 'alias.test'; Type = 'Domain' } | Import-MailPrincipal -NoPassword",
        "[pscustomobject]@{ Name = 'ann@nowhere.test' } | Import-MailPrincipal -NoPassword",
        "[pscustomobject]@{ Name = 'ann@example.org'; Email = 'ann@example.org;john@example.org' } | Import-MailPrincipal -NoPassword",
        // The queue, reports, tasks, accounts, calls.
        "Remove-MailQueueMessage 342084653895266304",
        "Remove-MailQueueMessage $message -Recipient nobody@nowhere.test",
        "Invoke-MailQueueReschedule 342084653895266304",
        "Invoke-MailQueueReschedule $message -Domain nothing.test",
        "Invoke-MailQueueReschedule $message -At 2200-01-01",
        "Remove-MailReport Dmarc zz",
        "Remove-MailQueueReport zz",
        "Remove-MailTask zz",
        "Invoke-MailPurge nobody@example.org",
        "Invoke-MailPurge news@example.org",
        "Invoke-MailPurge -Scope InMemory",
        "Invoke-MailReindex nobody@example.org",
        "Reset-MailImapUid news@example.org",
        "Update-MailQuotaUsage nobody@example.org",
        "Update-MailSpamFilter -Overwrite",
        "New-MailAppPassword x",
        "Remove-MailAppPassword x",
        "Invoke-MailApi principal/jane.doe -Method DELETE",
        "Invoke-MailApi principal -Method POST -Body '{}'",
        "Invoke-MailApi store/purge/account",
        "Invoke-MailApi nonsense -Method POST",
    ];

    /// <summary>What is done.</summary>
    public static TheoryData<string> Done { get; } =
    [
        "Set-MailPrincipal jane.doe@example.org -NewName jane@example.org",
        "Set-MailPrincipal jane.doe@example.org -NewName jane.doe@example.net -AddEmail jane.doe@example.org",
        "Set-MailPrincipal jane.doe@example.org -AddEmail jane2@example.org",
        "Set-MailPrincipal jane.doe@example.org -AddEmail '@example.org'",
        "Set-MailPrincipal jane.doe@example.org -RemoveEmail jane@example.org",
        "Set-MailPrincipal jane.doe@example.org -DisableEmail jane@example.org",
        "Set-MailPrincipal jane.doe@example.org -Locale de_DE -Quota 5GB -Description x",
        "Set-MailPrincipal jane.doe@example.org -Role helpdesk",
        "Set-MailPrincipal jane.doe@example.org -AddMemberOf office@example.org -AddList news@example.org",
        "Set-MailPrincipal staff@example.org -Clear Member",
        "Set-MailPrincipal jane.doe@example.org -PasswordHash '$6$abcdefgh$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
        "Set-MailPrincipal lone.test -NewName fine.test",
        "Set-MailPrincipal spare -NewName other",
        "Disable-MailPrincipal jane.doe@example.org",
        "Remove-MailPrincipal jane.doe@example.org",
        "Remove-MailPrincipal empty@example.org",
        "Remove-MailPrincipal news@example.org",
        "Remove-MailPrincipal lone.test",
        "Remove-MailPrincipal spare",
        "Remove-MailPrincipal outer",
        "Remove-MailPrincipal bare",
        "Remove-MailPrincipal intranet",
        "Remove-MailPrincipal ada.lovelace@example.org/provisioning",
        "Remove-MailObject Domain $lone",
        "Remove-MailObject Account $jane",
        "New-MailPrincipal fine.test -Type Domain",
        "New-MailPrincipal ann@example.org -NoPassword -Email ann@example.org, a@example.org -MemberOf staff@example.org -List news@example.org -Role helpdesk",
        "New-MailPrincipal crew@example.org -Type Group -Member jane.doe@example.org",
        "New-MailPrincipal l2@example.org -Type List -Member jane.doe@example.org",
        "New-MailPrincipal jane.doe@example.org/k -Type ApiKey",
        "New-MailObject Domain @{ name = 'fine.test' }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'new'; domainId = $org; memberGroupIds = @($staff) }",
        "Set-MailObject Domain $lone -Property @{ name = 'fine.test' }",
        "Set-MailObject Account $jane -Property @{ timeZone = 'Europe/Paris' }",
        "New-MailDkimSignature lone.test",
        "[pscustomobject]@{ Name = 'ann@example.org'; Locale = 'de_DE' } | Import-MailPrincipal -NoPassword",
        "[pscustomobject]@{ Name = 'crew.test'; Type = 'Domain' }, [pscustomobject]@{ Name = 'crew@crew.test'; Type = 'Group' }, [pscustomobject]@{ Name = 'ann@crew.test'; MemberOf = 'crew@crew.test' } | New-MailPrincipal -NoPassword",
        "Remove-MailQueueMessage $message",
        "Invoke-MailQueueReschedule $message",
        "Suspend-MailQueue",
        "Resume-MailQueue",
        "Invoke-MailPurge jane.doe@example.org",
        "Invoke-MailPurge -Scope Data",
        "Invoke-MailReindex -All",
        "Reset-MailImapUid jane.doe@example.org",
        "Update-MailQuotaUsage jane.doe@example.org",
        "Update-MailSpamFilter",
        "Update-MailWebAdmin",
        "Invoke-MailSettingReload",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_refused_is_refused_with_WhatIf(string command)
    {
        ScriptResult announced = RunWhatIf(command);
        ScriptResult real = _shell.Run($"{command} -Confirm:$false");
        Describe(real).ShouldNotBeEmpty();
        Describe(announced).ShouldBe(Describe(real));
        _shell.HostText.ShouldNotContain("What if");
        announced.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Done))]
    public void What_is_done_is_announced_with_WhatIf(string command)
    {
        ScriptResult announced = RunWhatIf(command).ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("What if");
        ScriptResult real = _shell.Run($"{command} -Confirm:$false").ShouldHaveNoErrors();
        announced.Warnings.Select(warning => warning.Message).Except(real.Warnings.Select(warning => warning.Message)).ShouldBeEmpty();
    }

    // Whoever is asked must not be asked for nothing.
    [Theory]
    [MemberData(nameof(Refused))]
    public void Nobody_is_asked_whether_to_do_what_is_refused(string command)
    {
        _shell.Choice = 1;
        _shell.Run($"{command} -Confirm").Errors.ShouldNotBeEmpty();
        _shell.Questions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Set-MailPrincipal jane.doe@example.org -Quota 5GB", "sysAccountUpdate")]
    [InlineData("Disable-MailPrincipal jane.doe@example.org", "sysAccountUpdate")]
    [InlineData("Remove-MailPrincipal jane.doe@example.org", "sysAccountDestroy")]
    [InlineData("New-MailPrincipal ann@example.org -NoPassword", "sysAccountCreate")]
    [InlineData("New-MailObject Domain @{ name = 'fine.test' }", "sysDomainCreate")]
    [InlineData("Set-MailObject Account $jane -Property @{ description = 'x' }", "sysAccountUpdate")]
    [InlineData("Remove-MailObject Account $jane", "sysAccountDestroy")]
    [InlineData("New-MailDkimSignature lone.test", "sysDkimSignatureCreate")]
    [InlineData("Suspend-MailQueue", "sysActionCreate")]
    [InlineData("Resume-MailQueue", "sysActionCreate")]
    [InlineData("Invoke-MailSettingReload", "sysActionCreate")]
    [InlineData("Update-MailWebAdmin", "sysActionCreate")]
    [InlineData("Update-MailSpamFilter", "sysTaskCreate")]
    [InlineData("Invoke-MailPurge jane.doe@example.org", "sysTaskCreate")]
    [InlineData("Invoke-MailPurge -Scope Data", "sysTaskCreate")]
    [InlineData("Invoke-MailReindex -All", "sysTaskCreate")]
    [InlineData("Remove-MailQueueMessage $message", "sysQueuedMessageDestroy")]
    [InlineData("Remove-MailQueueMessage -All", "sysQueuedMessageDestroy")]
    [InlineData("Invoke-MailQueueReschedule $message", "sysQueuedMessageUpdate")]
    [InlineData("Invoke-MailQueueReschedule -All", "sysQueuedMessageUpdate")]
    public void A_permission_that_is_missing_is_said(string command, string permission)
    {
        _shell.Run($$"""
            New-MailPrincipal reader -Type Role -Role User -EnabledPermission sysAccountGet, sysAccountQuery, sysDomainGet, sysDomainQuery, sysMailingListGet, sysMailingListQuery, sysRoleGet, sysRoleQuery, sysTenantGet, sysTenantQuery, sysOAuthClientGet, sysOAuthClientQuery, sysDkimSignatureGet, sysDkimSignatureQuery, sysQueuedMessageGet, sysQueuedMessageQuery
            New-MailPrincipal reader@example.org -Role reader -Password ([System.Net.NetworkCredential]::new('', '{{Password}}').SecurePassword)
            """).Errors.ShouldBeEmpty();
        _shell.Connect(_server, "reader@example.org", Password);
        ErrorRecord error = RunWhatIf(command).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Forbidden");
        error.ToString().ShouldContain(permission);
        _shell.HostText.ShouldNotContain("What if");
        _shell.Run($"{command} -Confirm:$false").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldBe(error.FullyQualifiedErrorId);
    }

    private ScriptResult RunWhatIf(string command)
    {
        int writes = CountWrites();
        int requests = _server.RequestLog.Count;
        ScriptResult announced = _shell.Run($"{command} -WhatIf");
        CountWrites().ShouldBe(writes);
        _server.RequestLog.Skip(requests).ShouldNotContain(line => line.Contains("/jmap/upload", StringComparison.Ordinal));
        return announced;
    }

    private int CountWrites() => _shell.JmapRequests.Sum(request => request.Calls.Count(call => call.Method.EndsWith("/set", StringComparison.Ordinal)));

    // The server's own sentence is known afterwards only; a table says which row and column are meant.
    private static string[] Describe(ScriptResult run) => [.. run.Errors.Select(error =>
        $"{error.FullyQualifiedErrorId.Split(',')[0]}: {(error.ToString() is var text && text.IndexOf("(invalidPatch)", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text)}")];
}
