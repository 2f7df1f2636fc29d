// -WhatIf over a server from 0.16 on: it sends no write, and says what the real run says.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Pipeline;

public sealed class JmapWhatIfTests(JmapWhatIfTests.Organisation shared) : IClassFixture<JmapWhatIfTests.Organisation>
{
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
        // What an object needs, of itself and of what is in it.
        "New-MailObject Certificate @{ }",
        "New-MailObject Certificate @{ certificate = @{ '@type' = 'Text'; value = 'x' }; privateKey = @{ '@type' = 'Text'; secret = 'y' } }",
        "New-MailObject DkimSignature @{ '@type' = 'Dkim1Ed25519Sha256'; domainId = $lone; selector = 's' }",
        "New-MailObject DkimSignature @{ '@type' = 'Dkim1Ed25519Sha256'; domainId = $lone; selector = 's'; privateKey = @{ '@type' = 'Text'; secret = 'nonsense' } }",
        "New-MailObject DkimSignature @{ '@type' = 'Dkim1RsaSha256'; domainId = $lone; selector = 's'; privateKey = @{ '@type' = 'Text'; secret = 'nonsense' } }",
        "New-MailObject Alert @{ }",
        "New-MailObject Alert @{ condition = @{ } }",
        "New-MailObject SpamRule @{ '@type' = 'Any'; name = 'x' }",
        "New-MailObject SpamRule @{ '@type' = 'Any'; name = 'x'; condition = @{ match = @(@{ if = '1' }); else = '1' } }",
        "New-MailObject SpamRule @{ '@type' = 'Any'; name = 'x'; condition = @{ match = @(@{ if = '1'; then = '2' }) } }",
        "New-MailObject StoreLookup @{ namespace = 'x' }",
        "New-MailObject MtaInboundThrottle @{ description = 'x' }",
        "New-MailObject MtaInboundThrottle @{ description = 'x'; rate = @{ count = 5 } }",
        "New-MailObject PublicKey @{ description = 'x'; key = 'nonsense' }",
        "New-MailObject StoreLookup @{ namespace = 'lookup'; store = @{ '@type' = 'PostgreSql'; host = 'x' } }",
        "New-MailObject MemoryLookupKeyValue @{ namespace = 'words'; key = 'a'; value = 'x' }",
        // Texts with a form, also in sets.
        "New-MailObject NetworkListener @{ name = 'x'; bind = @('nonsense') }",
        "New-MailObject NetworkListener @{ name = 'x'; bind = @('192.0.2.1') }",
        "New-MailObject NetworkListener @{ name = 'x'; bind = @('[::]') }",
        "New-MailObject NetworkListener @{ name = 'x'; bind = @('[::]:99999') }",
        "New-MailObject NetworkListener @{ name = 'x'; bind = @('[::]:26'); overrideProxyTrustedNetworks = @('nonsense') }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'a@b'; domainId = $org }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'a..b'; domainId = $org }",
        "New-MailObject MailingList @{ name = 'a(b'; domainId = $org; recipients = @('a@example.org') }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'new'; domainId = $org; aliases = @(@{ name = 'a@b'; domainId = $org }) }",
        "New-MailObject Account @{ '@type' = 'User'; name = 'jane doe'; domainId = $org; aliases = @(@{ name = 'john . roe'; domainId = $org }) }",
        "New-MailObject SpamTag @{ '@type' = 'Score'; tag = $tag.ToLowerInvariant(); score = 1 }",
        "Set-MailObject SystemSettings -Property @{ defaultHostname = 'bad host' }",
        "Set-MailObject SystemSettings -Property @{ defaultHostname = 'localhost' }",
        "Set-MailObject Domain $lone -Property @{ catchAllAddress = 'nonsense' }",
        "Set-MailObject MtaConnectionStrategy $strategy -Property @{ ehloHostname = 'x.example' }",
        // What only the server writes.
        "New-MailObject Trace @{ }",
        "New-MailObject QueuedMessage @{ }",
        "New-MailObject Metric @{ '@type' = 'Counter' }",
        "New-MailObject Log @{ details = 'x' }",
        "New-MailObject ClusterNode @{ hostname = 'x' }",
        "New-MailObject DmarcExternalReport @{ }",
        "New-MailObject TlsInternalReport @{ }",
        "New-MailObject ArchivedItem @{ '@type' = 'Email' }",
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
        "Remove-MailPrincipal outer, inner",
        "Remove-MailPrincipal owned.test, full",
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
        "New-MailObject Account @{ '@type' = 'User'; name = 'Bad Name'; domainId = $org }",
        "New-MailObject Domain @{ name = 'FINE.test' }",
        "New-MailObject NetworkListener @{ name = 'x'; bind = @('[::]:26', '192.0.2.1:27') }",
        "New-MailObject MemoryLookupKeyValue @{ namespace = 'words'; key = 'b'; value = 'x' }",
        "New-MailObject MtaInboundThrottle @{ description = 'x'; rate = @{ count = 5; period = '1m' } }",
        "New-MailObject SpamRule @{ '@type' = 'Any'; name = 'x y'; condition = '1' }",
        "Set-MailObject Account $jane -Property @{ name = 'jane doe' }",
        "Set-MailPrincipal helpdesk -NewName HelpDesk",
        "Set-MailPrincipal intranet -NewName INTRANET",
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
        "Invoke-MailSpamTraining -Class Spam -Message ([System.Text.Encoding]::ASCII.GetBytes(\"Subject: x`n`nx\"))",
        "Invoke-MailSpamTraining -StartTraining",
        "Invoke-MailSettingReload",
    ];

    // Nothing is changed: one server does for all of them.
    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_refused_is_refused_with_WhatIf_and_before_a_question(string command)
    {
        ScriptResult announced = shared.RunWhatIf(command, out string shown);
        shown.ShouldNotContain("What if");
        announced.Warnings.ShouldBeEmpty();
        int asked = shared.Shell.Questions.Count;
        shared.Shell.Run($"{command} -Confirm").Errors.ShouldNotBeEmpty();
        shared.Shell.Questions.Count.ShouldBe(asked);
        ScriptResult real = shared.Shell.Run($"{command} -Confirm:$false");
        Describe(real).ShouldNotBeEmpty();
        Describe(announced).ShouldBe(Describe(real));
    }

    // The question of an import tells how many rows are refused.
    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'ann@example.org'; Locale = 'xx_YY' }")]
    [InlineData("[pscustomobject]@{ Name = 'jane.doe@example.org'; Locale = 'xx_YY' }")]
    [InlineData("[pscustomobject]@{ Name = 'new.example'; Type = 'Domain' }")]
    [InlineData("[pscustomobject]@{ Name = 'alias.test'; Type = 'Domain' }")]
    [InlineData("[pscustomobject]@{ Name = 'ann@nowhere.test' }")]
    [InlineData("[pscustomobject]@{ Name = 'ann@example.org'; Email = 'ann@example.org;john@example.org' }")]
    public void A_row_that_is_refused_is_refused_with_WhatIf(string row)
    {
        ScriptResult announced = shared.RunWhatIf($"{row} | Import-MailPrincipal -NoPassword", out string shown);
        shown.ShouldContain("reject 1 of 1 rows");
        ScriptResult real = shared.Shell.Run($"{row} | Import-MailPrincipal -NoPassword -Confirm:$false");
        Describe(real).ShouldNotBeEmpty();
        Describe(announced).ShouldBe(Describe(real));
    }

    [Theory]
    [MemberData(nameof(Done))]
    public void What_is_done_is_announced_with_WhatIf(string command)
    {
        using var own = new Organisation();
        ScriptResult announced = own.RunWhatIf(command, out string shown).ShouldHaveNoErrors();
        shown.ShouldContain("What if");
        ScriptResult real = own.Shell.Run($"{command} -Confirm:$false").ShouldHaveNoErrors();
        announced.Warnings.Select(warning => warning.Message).Except(real.Warnings.Select(warning => warning.Message)).ShouldBeEmpty();
    }

    // What is so already: said with -WhatIf, and nothing is sent without it.
    [Theory]
    [InlineData("Set-MailPrincipal jane.doe@example.org -NewName JANE.DOE@example.org")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -NewName Jane.Doe")]
    [InlineData("Set-MailPrincipal lone.test -NewName LONE.test")]
    [InlineData("Set-MailPrincipal news@example.org -NewName NEWS")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -Quota $principal.Quota")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -Description $principal.Description -Locale $principal.Locale")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddMemberOf $principal.MemberOf[0]")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddMemberOf staff")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -MemberOf $principal.MemberOf")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddList news")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddRole user")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -Role user")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddEmail JANE@example.org")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -PrimaryEmail jane.doe@example.org")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -Enabled $true")]
    [InlineData("Set-MailPrincipal staff@example.org -AddMember jane.doe@example.org")]
    [InlineData("Set-MailPrincipal news@example.org -AddMember jane.doe")]
    [InlineData("Set-MailPrincipal ada.lovelace@example.org/provisioning -NewName ADA.lovelace@example.org/provisioning")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -RemoveRole helpdesk")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -RemoveMemberOf office@example.org -RemoveList office@example.org")]
    [InlineData("Enable-MailPrincipal jane.doe@example.org")]
    [InlineData("Set-MailObject Domain $lone -Property @{ name = 'LONE.test' }")]
    [InlineData("Set-MailObject Account $jane -Property @{ name = 'Jane.Doe' }")]
    public void What_is_so_already_is_left_alone_and_said_with_WhatIf(string command)
    {
        shared.Shell.Run("$principal = Get-MailPrincipal jane.doe@example.org").ShouldHaveNoErrors();
        ScriptResult announced = shared.RunWhatIf(command, out string shown).ShouldHaveNoErrors();
        shown.ShouldContain("already has these values: nothing is sent");
        shown.ShouldNotContain("Performing");
        int calls = shared.Shell.JmapRequests.Count;
        ScriptResult real = shared.Shell.Run($"{command} -Confirm:$false").ShouldHaveNoErrors();
        shared.Shell.JmapRequests.Skip(calls).SelectMany(request => request.Calls).Select(call => call.Method).ShouldNotContain(method => method.EndsWith("/set", StringComparison.Ordinal));
        announced.Warnings.Select(warning => warning.Message).ShouldBe(real.Warnings.Select(warning => warning.Message));
    }

    // Only what makes a difference is announced.
    [Fact]
    public void What_is_so_already_is_left_out_of_what_is_announced()
    {
        shared.RunWhatIf("Set-MailPrincipal jane.doe@example.org -Quota (Get-MailPrincipal jane.doe).Quota -Description Else -AddMemberOf staff", out string shown).ShouldHaveNoErrors();
        shown.ShouldContain("set description to 'Else'");
        shown.ShouldNotContain("quota");
        shown.ShouldNotContain("memberOf");
    }

    [Theory]
    [InlineData("New-MailPrincipal FINE.test -Type Domain", "Domain 'fine.test'")]
    [InlineData("New-MailPrincipal ANN@example.org -NoPassword", "Individual 'ann@example.org'")]
    [InlineData("New-MailPrincipal HelpDesk2 -Type Role", "Role 'HelpDesk2'")]
    [InlineData("New-MailPrincipal Acme -Type Tenant", "Tenant 'Acme'")]
    [InlineData("New-MailObject Domain @{ name = 'FINE.test' }", "Domain 'fine.test'")]
    [InlineData("New-MailObject Account @{ '@type' = 'User'; name = 'Bad Name'; domainId = $org }", "Account 'badname'")]
    [InlineData("New-MailObject SpamRule @{ '@type' = 'Any'; name = 'x y'; condition = '1' }", "SpamRule 'XY'")]
    public void The_name_that_would_stand_is_announced_and_stands_afterwards(string command, string name)
    {
        using var own = new Organisation();
        own.RunWhatIf(command, out string shown).ShouldHaveNoErrors();
        shown.ShouldContain($"\"{name}\"");
        string stored = name.Split('\'')[1];
        own.Shell.Run($"({command} -Confirm:$false) | ForEach-Object {{ if ($_ -is [MailAdmin.Client.MailObject]) {{ $_.Property['name'] }} else {{ $_.Name }} }}")
            .ShouldHaveNoErrors().OutputAs<string>().ShouldBe([stored]);
    }

    // The server makes something else of what was said.
    [Theory]
    [InlineData("New-MailObject Account @{ '@type' = 'User'; name = 'Bad Name'; domainId = $org }", "'badname'")]
    [InlineData("Set-MailObject Account $jane -Property @{ name = 'jane doe' }", "'janedoe'")]
    [InlineData("New-MailObject SpamRule @{ '@type' = 'Any'; name = 'x y'; condition = '1' }", "'XY'")]
    [InlineData("New-MailObject Account @{ '@type' = 'User'; name = 'x'; domainId = $org; aliases = @(@{ name = 'y z'; domainId = $org }) }", "'yz'")]
    public void A_text_that_the_server_stores_otherwise_is_told(string command, string stored)
    {
        using var own = new Organisation();
        own.RunWhatIf(command, out _).Warnings.ShouldContain(warning => warning.Message.Contains(stored, StringComparison.Ordinal));
        own.Shell.Run($"{command} -Confirm:$false").ShouldHaveNoErrors().Warnings.ShouldContain(warning => warning.Message.Contains(stored, StringComparison.Ordinal));
    }

    // What the tables here do not tell is seen when it is read back.
    [Fact]
    public void A_text_that_comes_back_otherwise_is_told()
    {
        using var own = new Organisation();
        own.Shell.Run("New-MailObject Tenant @{ name = ' Acme ' } -Confirm:$false").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("'Acme'");
        own.Shell.Run("Set-MailObject Domain $lone -Property @{ description = ' x ' } -Confirm:$false").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("'x'");
    }

    // It is true of what was made, and of nothing else.
    [Fact]
    public void What_is_done_besides_is_said_after_the_write_that_did_it()
    {
        using var own = new Organisation();
        own.RunWhatIf("New-MailObject Domain @{ name = 'fine.test' }", out _).Warnings.ShouldHaveSingleItem().Message.ShouldContain("DKIM");
        own.Shell.Choice = 2;
        own.Shell.Run("New-MailObject Domain @{ name = 'fine.test' } -Confirm:$true").Warnings.ShouldBeEmpty();
        own.Shell.Run("New-MailObject Domain @{ name = 'example.org' } -Confirm:$false").Warnings.ShouldBeEmpty();
        own.Shell.Run("New-MailObject Domain @{ name = 'fine.test' } -Confirm:$false").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("DKIM");
    }

    [Theory]
    [InlineData("Set-MailPrincipal john.roe@example.org -Member x")]
    [InlineData("Set-MailPrincipal john.roe@example.org -AddMember nobody@example.org")]
    [InlineData("Set-MailPrincipal lone.test -AddMemberOf nobody")]
    [InlineData("Set-MailPrincipal news@example.org -AddRole nothing")]
    public void What_nobody_of_its_type_has_is_refused_before_it_is_looked_for(string command)
    {
        foreach (string whatIf in (string[])["-WhatIf", "-Confirm:$false"])
        {
            ErrorRecord error = shared.Shell.Run($"{command} {whatIf}").Errors.ShouldHaveSingleItem(whatIf);
            error.FullyQualifiedErrorId.ShouldStartWith("RejectedByClient", customMessage: $"{whatIf}: {error}");
        }
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
    [InlineData("Invoke-MailSpamTraining -Class Spam -Message ([System.Text.Encoding]::ASCII.GetBytes('Subject: x'))", "sysSpamTrainingSampleCreate")]
    [InlineData("Invoke-MailSpamTraining -StartTraining", "sysTaskCreate")]
    [InlineData("Invoke-MailPurge jane.doe@example.org", "sysTaskCreate")]
    [InlineData("Invoke-MailPurge -Scope Data", "sysTaskCreate")]
    [InlineData("Invoke-MailReindex -All", "sysTaskCreate")]
    [InlineData("Remove-MailQueueMessage $message", "sysQueuedMessageDestroy")]
    [InlineData("Remove-MailQueueMessage -All", "sysQueuedMessageDestroy")]
    [InlineData("Invoke-MailQueueReschedule $message", "sysQueuedMessageUpdate")]
    [InlineData("Invoke-MailQueueReschedule -All", "sysQueuedMessageUpdate")]
    public void A_permission_that_is_missing_is_said(string command, string permission)
    {
        shared.Shell.Connect(shared.Server, Organisation.Reader, Organisation.Password);
        try
        {
            ErrorRecord error = shared.RunWhatIf(command, out string shown).Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("Forbidden");
            error.ToString().ShouldContain(permission);
            shown.ShouldNotContain("What if");
            shared.Shell.Run($"{command} -Confirm:$false").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldBe(error.FullyQualifiedErrorId);
        }
        finally
        {
            shared.Shell.Connect(shared.Server);
        }
    }

    // What another cmdlet has read is an object of the server, by its id.
    [Theory]
    [InlineData("Get-MailDkimSignature signed.test", "DkimSignature")]
    [InlineData("Get-MailPrincipal empty@example.org", "Account")]
    [InlineData("Get-MailPrincipal news@example.org", "MailingList")]
    [InlineData("Get-MailPrincipal lone.test", "Domain")]
    [InlineData("Get-MailPrincipal spare", "Role")]
    [InlineData("Get-MailPrincipal bare", "Tenant")]
    [InlineData("Get-MailPrincipal intranet", "OAuthClient")]
    [InlineData("Get-MailTask", "Task")]
    public void What_a_cmdlet_of_its_own_has_read_is_read_changed_and_removed_as_an_object(string read, string type)
    {
        using var own = new Organisation();
        own.Shell.Run("New-MailObject Task @{ '@type' = 'AccountMaintenance'; accountId = $jane; maintenanceType = 'purge'; status = @{ '@type' = 'Pending'; due = '2126-11-29T07:04:11Z' } }").ShouldHaveNoErrors();
        MailObject found = own.Shell.Run($"{read} | Get-MailObject").ShouldHaveNoErrors().OutputAs<MailObject>().ShouldHaveSingleItem();
        found.Type.ShouldBe(type);
        found.Property.Count.ShouldBeGreaterThan(0);
        own.RunWhatIf($"{read} | Remove-MailObject -Force", out string shown).ShouldHaveNoErrors();
        shown.ShouldContain($"\"{found}\"");
        own.Shell.Run($"{read} | Remove-MailObject -Force").ShouldHaveNoErrors();
        own.Shell.SetVariable("id", found.Id);
        own.Shell.Run($"Get-MailObject {type} $id").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Theory]
    [InlineData("Get-MailQueueMessage -First 1", "MailQueueMessage")]
    [InlineData("Get-MailConnection", "MailConnection")]
    [InlineData("Get-MailPrincipal ada.lovelace@example.org/provisioning", "MailPrincipal")]
    public void What_is_no_object_or_of_an_unknown_one_is_refused_by_its_name(string read, string type)
    {
        foreach (string write in (string[])["Get-MailObject", "Set-MailObject -Property @{ description = 'x' }", "Remove-MailObject -Force"])
        {
            string error = shared.Shell.Run($"{read} | {write}").Errors.ShouldHaveSingleItem(write).ToString();
            error.ShouldContain(type);
            error.ShouldContain("Specify type and id");
        }
    }

    // Every type in each of its forms: with nothing said, and with what is needed.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_object_of_any_type_is_announced_as_it_is_made(bool isComplete)
    {
        using var own = new Organisation();
        var differences = new List<string>();
        foreach (MailObjectType type in own.Shell.Run("Get-MailObjectType").OutputAs<MailObjectType>().Where(type => !type.IsSingleton && type is { IsReadable: true } and not { Name: "Task" }))
        {
            foreach (string variant in type.Variant.DefaultIfEmpty(""))
            {
                string command = $"New-MailObject {type} {Write(own.Shell, type, variant, isComplete)} -NoReload";
                string announced = string.Join('\n', Describe(own.RunWhatIf(command, out _)));
                string real = string.Join('\n', Describe(own.Shell.Run($"{command} -Confirm:$false")));
                if (announced != real && !s_unforeseen.Contains(type.Name))
                {
                    differences.Add($"{command}\n  announced: {announced}\n  real: {real}");
                }
            }
        }
        differences.ShouldBeEmpty();
    }

    // What the server asks others for, and what is uploaded before.
    private static readonly string[] s_unforeseen = ["AcmeProvider", "SpamTrainingSample"];

    private static string Write(HostedShell shell, MailObjectType type, string variant, bool isComplete) => $"@{{ {string.Join("; ",
        type.Property.Where(property => isComplete && property.IsRequired && (property.Variant.Count == 0 || property.Variant.Contains(variant)))
            .Select(property => $"{property.Name} = {Write(shell, property.Kind)}").Concat(variant.Length == 0 ? [] : [$"'@type' = '{variant}'"]))} }}";

    private static string Write(HostedShell shell, string kind) => kind.Split(' ') switch
    {
        ["Object", "Expression"] => "'1'",
        ["Object", var inner] => shell.Run($"Get-MailObjectType {inner}").OutputAs<MailObjectType>().Single() is var type ? Write(shell, type, type.Variant is [var first, ..] ? first : "", isComplete: true) : "",
        ["Set", "of", .. var item] => $"@({Write(shell, string.Join(' ', item))})",
        ["Id", "of", "Domain"] => "$org",
        ["Id", "of", .. var of] => of[0].StartsWith("Account", StringComparison.Ordinal) ? "$jane" : "'zz'",
        ["EmailAddress"] => "'somebody@example.org'",
        ["IpAddress" or "IpNetwork"] => "'192.0.2.77'",
        ["SocketAddress"] => "'192.0.2.77:2525'",
        ["Uri"] => "'https://made-up.test/x'",
        _ => "'made.up'",
    };

    // A new cmdlet that writes belongs into the tables.
    [Fact]
    public void Every_cmdlet_that_writes_is_there()
    {
        // They ask for a password or a code, write a file, read one, or sign in: their own tests say what they refuse.
        string[] others =
        [
            "Approve-MailDeviceCode", "Disable-MailAccountOtp", "Enable-MailAccountOtp", "Export-MailPrincipal", "Request-MailOAuthCode", "Restore-MailDeletedItem",
            "Set-MailAccountCrypto", "Set-MailAccountPassword",
        ];
        string[] commands = [.. ((IEnumerable<ITheoryDataRow>)[.. Refused, .. Done]).Select(row => (string)row.GetData()[0]!), "Import-MailPrincipal"];
        typeof(SetMailPrincipal).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<ManagementApiOnlyAttribute>() is null)
            .Select(type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>().Where(cmdlet => cmdlet.SupportsShouldProcess)
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}").Except(others)
            .Where(name => !Array.Exists(commands, command => command.Contains(name, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    // The server's own sentence is known afterwards only.
    private static string[] Describe(ScriptResult run) => [.. run.Errors.Select(error =>
        $"{error.FullyQualifiedErrorId.Split(',')[0]}: {(error.ToString() is var text && text.IndexOf("(invalidPatch)", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text)}".Replace("would be as wanted", "is as wanted", StringComparison.Ordinal).Replace("would be created", "was created", StringComparison.Ordinal))];

    /// <summary>The sample organisation with what others refer to, and what nobody does.</summary>
    public sealed class Organisation : IDisposable
    {
        public const string Reader = "reader@example.org";
        public const string Password = "a made-up road to nowhere";

        public Organisation()
        {
            Shell = HostedShell.CreateConnected(Server);
            Shell.Choice = 1;
            Shell.Run($$"""
                New-MailPrincipal empty@example.org -Type Group
                New-MailPrincipal spare -Type Role
                New-MailPrincipal inner -Type Role
                New-MailPrincipal outer -Type Role -Role inner
                New-MailPrincipal full -Type Tenant
                New-MailPrincipal bare -Type Tenant
                'lone.test', 'signed.test', 'owned.test' | ForEach-Object { New-MailObject Domain @{ name = $_; dkimManagement = 'Manual' } }
                Set-MailPrincipal owned.test -Tenant full
                New-MailDkimSignature signed.test -Algorithm Ed25519
                $domains = @{}; Get-MailObject Domain | ForEach-Object { $domains[$_.Property['name']] = $_.Id }
                Set-MailObject Domain $domains['example.net'] -Property @{ aliases = @('alias.test') }
                $org = $domains['example.org']; $lone = $domains['lone.test']; $signed = $domains['signed.test']
                $jane = (Get-MailObject Account | Where-Object { $_.Property['name'] -eq 'jane.doe' }).Id
                $staff = (Get-MailObject Account | Where-Object { $_.Property['name'] -eq 'staff' }).Id
                $helpdesk = (Get-MailObject Role | Where-Object { $_.Property['description'] -eq 'helpdesk' }).Id
                $message = (Get-MailQueueMessage -First 1).Id
                $tag = (New-MailObject SpamTag @{ '@type' = 'Score'; tag = 'MADE_UP'; score = 1 } -NoReload).Property['tag']
                New-MailObject HttpLookup @{ namespace = 'lookup'; url = 'https://made-up.test/x' } -NoReload
                New-MailObject MemoryLookupKey @{ namespace = 'words'; key = 'a' } -NoReload
                $strategy = (Get-MailObject MtaConnectionStrategy)[0].Id
                $read = 'Account', 'Domain', 'MailingList', 'Role', 'Tenant', 'OAuthClient', 'DkimSignature', 'QueuedMessage' | ForEach-Object { "sys${_}Get"; "sys${_}Query" }
                New-MailPrincipal reader -Type Role -Role User -EnabledPermission $read
                New-MailPrincipal {{Reader}} -Role reader -Password ([System.Net.NetworkCredential]::new('', '{{Password}}').SecurePassword)
                """).ShouldHaveNoErrors();
        }

        public SandboxServer Server { get; } = new(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });

        internal HostedShell Shell { get; }

        public void Dispose() => Shell.Dispose();

        /// <summary>Runs a command with -WhatIf, which sends no write.</summary>
        internal ScriptResult RunWhatIf(string command, out string shown)
        {
            int requests = Server.RequestLog.Count;
            int calls = Shell.JmapRequests.Count;
            int length = Shell.HostText.Length;
            ScriptResult announced = Shell.Run($"{command} -WhatIf");
            Shell.JmapRequests.Skip(calls).SelectMany(request => request.Calls).Select(call => call.Method).ShouldNotContain(method => method.EndsWith("/set", StringComparison.Ordinal));
            Server.RequestLog.Skip(requests).ShouldNotContain(line => line.Contains("/jmap/upload", StringComparison.Ordinal));
            shown = Shell.HostText[length..];
            return announced;
        }
    }
}
