// What a day of work with a server from 0.16 on showed.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapDayOfWorkTests : IDisposable
{
    private const string OwnAccount = "account of this connection";
    private readonly HostedShell _shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));

    public void Dispose() => _shell.Dispose();

    // As a text, the number of a principal is often the id of another object.
    [Fact]
    public void The_number_of_a_principal_is_taken_as_its_own_object()
    {
        string[] pairs = [.. _shell.Run("Get-MailPrincipal -Type Individual, Group | ForEach-Object { \"$($_.Name) $((Get-MailObject Account $_.Id -Property emailAddress).emailAddress)\" }").ShouldHaveNoErrors().OutputAs<string>()];
        pairs.Length.ShouldBeGreaterThan(20);
        pairs.ShouldAllBe(pair => pair.Split(' ', 2)[0] == pair.Split(' ', 2)[1]);
    }

    [Theory]
    [InlineData("", "Set-MailPrincipal helpdesk -NewName AUDITOR")]
    [InlineData("$null = New-MailPrincipal ten1 -Type Tenant; $null = New-MailPrincipal ten2 -Type Tenant", "Set-MailPrincipal ten2 -NewName TEN1")]
    [InlineData("$null = New-MailPrincipal other -Type OauthClient -Url https://example.org", "Set-MailPrincipal other -NewName INTRANET")]
    public void A_new_name_that_another_has_in_other_letters_is_refused(string before, string script)
    {
        _shell.Run(before).ShouldHaveNoErrors();
        foreach (string whatIf in (string[])["-WhatIf", ""])
        {
            _shell.Run($"{script} {whatIf}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("is taken");
        }
    }

    [Theory]
    [InlineData("Set-MailPrincipal jane.doe@example.org -NewName 'a b@example.org' -AllowUnusualName")]
    [InlineData("New-MailPrincipal 'a@b@example.org' -NoPassword")]
    [InlineData("New-MailPrincipal '..x@example.org' -NoPassword")]
    [InlineData("New-MailPrincipal 'a b@example.org' -Type Group")]
    [InlineData("New-MailPrincipal 'a b@example.org' -Type List")]
    public void A_name_that_would_become_another_address_is_refused(string script)
    {
        foreach (string whatIf in (string[])["-WhatIf", ""])
        {
            _shell.Run($"{script} {whatIf}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("is not an e-mail address");
        }
    }

    [Fact]
    public void The_old_name_that_is_removed_with_a_new_one_is_no_last_address()
    {
        _shell.Run("Set-MailPrincipal jane.doe@example.org -NewName jd@example.org -RemoveEmail jane.doe@example.org").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal jd@example.org).Email -join ' '").OutputAs<string>().ShouldHaveSingleItem().ShouldNotContain("jane.doe@example.org");
    }

    [Theory]
    [InlineData("Disable-MailPrincipal admin@example.org")]
    [InlineData("Remove-MailPrincipal admin@example.org -Force")]
    [InlineData("Set-MailPrincipal admin@example.org -Role user")]
    [InlineData("Set-MailPrincipal admin@example.org -AddDisabledPermission sysDomainGet")]
    [InlineData("Set-MailPrincipal admin@example.org -Enabled $false")]
    public void What_the_account_of_the_connection_loses_is_told_before(string script)
    {
        using var own = new HostedShell();
        own.Run("Connect-MailServer -Sandbox -ServerVersion 0.16").ShouldHaveNoErrors();
        own.Run($"{script} -WhatIf").Warnings.ShouldContain(warning => warning.Message.Contains(OwnAccount, StringComparison.Ordinal));
        own.Run($"{script.Replace("admin@example.org", "zoe.lefevre@example.org", StringComparison.Ordinal)} -WhatIf").Warnings.ShouldNotContain(warning => warning.Message.Contains(OwnAccount, StringComparison.Ordinal));
    }

    [Fact]
    public void What_keeps_an_object_is_named_with_what_removes_it()
    {
        _shell.Run("$null = New-MailPrincipal acme.com -Type Domain; $null = New-MailDkimSignature acme.com").ShouldHaveNoErrors();
        ErrorRecord error = _shell.Run("Remove-MailPrincipal acme.com -Force").Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("'acme.com'");
        string advice = error.ErrorDetails.RecommendedAction;
        string removal = advice[..advice.IndexOf(" removes", StringComparison.Ordinal)];
        _shell.Run($"{removal} -Force; Remove-MailPrincipal acme.com -Force").ShouldHaveNoErrors();
    }

    [Theory]
    [InlineData("'*@mül*'")]
    [InlineData("-Text müller.org -Type Individual")]
    [InlineData("'*@xn--mller*'")]
    public void A_domain_of_another_alphabet_is_found_by_its_letters(string search)
    {
        _shell.Run("$null = New-MailPrincipal müller.org -Type Domain; $null = New-MailPrincipal info@müller.org -NoPassword").ShouldHaveNoErrors();
        _shell.Run($"Get-MailPrincipal {search}").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Select(principal => principal.Name).ShouldHaveSingleItem().ShouldStartWith("info@");
    }

    // Lists of names within lists of names are what PowerShell itself writes as nothing.
    [Fact]
    public void What_is_deep_within_an_object_is_written()
    {
        _shell.Run("\"$((Get-MailObject SystemSettings).services)\"").OutputAs<string>().ShouldHaveSingleItem().ShouldStartWith("@{caldav=@{cleartext=");
        _shell.Run("(Get-MailObject SystemSettings).services.caldav.cleartext").OutputAs<bool>().ShouldBe([false]);
    }
}
