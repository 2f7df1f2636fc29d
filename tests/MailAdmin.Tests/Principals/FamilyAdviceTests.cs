// Advice that can be followed on the server that is connected.
using System.Management.Automation;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class FamilyAdviceTests : IDisposable
{
    private readonly HostedShell _shell = new();

    public void Dispose() => _shell.Dispose();

    // An example names an account by what both families find it by.
    [Theory]
    [InlineData("Set-MailPrincipal example.org -AddMember jane.doe@example.org")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddMember john.roe@example.org")]
    [InlineData("Set-MailPrincipal example.org -Quota 5GB")]
    [InlineData("Set-MailPrincipal example.org -AddEmail a@example.org")]
    public void An_example_is_an_address(string script)
    {
        foreach (string version in (string[])["0.15", "0.16"])
        {
            Connect(version);
            string advice = _shell.Run(script).Errors.ShouldHaveSingleItem().ToString();
            advice[advice.IndexOf("Set-MailPrincipal ", StringComparison.Ordinal)..].Split(' ')[1].ShouldContain("@");
        }
    }

    [Fact]
    public void A_domain_in_use_is_freed_by_what_is_advised()
    {
        Connect("0.16");
        _shell.Run("$null = New-MailPrincipal free.test -Type Domain; $null = New-MailPrincipal one@free.test -Type List").ShouldHaveNoErrors();
        _shell.Run("Set-MailObject Domain (Get-MailObject Domain -Filter @{ name = 'free.test' }).Id -Property @{ dkimManagement = 'Manual' }");
        _shell.Run("$null = New-MailDkimSignature free.test -Selector sel1").ShouldHaveNoErrors();
        ErrorRecord error = _shell.Run("Remove-MailPrincipal free.test -Force").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("InUse");
        error.ToString().ShouldContain("DkimSignature 'sel1' (");
        error.ToString().ShouldContain("'one@free.test' (list)");
        string advice = error.ErrorDetails.RecommendedAction;
        advice.ShouldContain("Remove-MailPrincipal removes them");
        advice.ShouldContain("Get-MailDkimSignature 'free.test' | Remove-MailObject");
        advice.ShouldNotContain("-RemoveMember");
        _shell.Run("Remove-MailPrincipal one@free.test -Force; Get-MailDkimSignature 'free.test' | Remove-MailObject -Force; Remove-MailPrincipal free.test -Force").ShouldHaveNoErrors();
    }

    [Fact]
    public void Roles_of_one_name_are_told_apart_by_their_ids()
    {
        Connect("0.16");
        _shell.Run("1..2 | ForEach-Object { $null = New-MailObject Role @{ description = 'Twin' } }").ShouldHaveNoErrors();
        string message = _shell.Run("Set-MailPrincipal jane.doe@example.org -AddRole Twin").Errors.ShouldHaveSingleItem().ToString();
        message.ShouldNotContain("address");
        string advice = message[message.IndexOf("Get-MailObject Role ", StringComparison.Ordinal)..].TrimEnd('.');
        _shell.Run(advice).ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("jane.doe/monitor", "jane.doe@example.org/monitor")]
    [InlineData("monitor", "jane@example.org/monitor")]
    [InlineData("/monitor", "jane@example.org/monitor")]
    [InlineData("jane.doe@example.org", "jane.doe@example.org/backup")]
    public void The_example_of_a_key_is_the_name_of_one(string given, string example)
    {
        Connect("0.16");
        _shell.Run($"New-MailPrincipal -Type ApiKey {given}").Errors.ShouldHaveSingleItem().ToString().ShouldContain($"such as {example}.");
    }

    [Theory]
    [InlineData("0.15", "new.test -Type Domain")]
    [InlineData("0.16", "new.test -Type Domain")]
    [InlineData("0.16", "Newrole -Type Role")]
    [InlineData("0.16", "Newtenant -Type Tenant")]
    [InlineData("0.16", "newlist@example.org -Type List")]
    [InlineData("0.16", "newgroup@example.org -Type Group")]
    [InlineData("0.16", "newone@example.org -NoPassword")]
    public void A_new_principal_has_as_many_members_as_the_server_says_afterwards(string version, string use)
    {
        Connect(version);
        _shell.Run($"$new = New-MailPrincipal {use}; $got = Get-MailPrincipal $new.Name").ShouldHaveNoErrors();
        string[] counts = _shell.Run("[string]$new.MemberCount; [string]$got.MemberCount").OutputAs<string>();
        counts[0].ShouldBe(counts[1]);
    }

    [Theory]
    [InlineData("admin", "System Administrator", "admin")]
    [InlineData("System Administrator", "admin", "System Administrator")]
    [InlineData("Tenant Administrator", "tenant-admin", "Tenant Administrator")]
    public void A_role_under_its_other_name_is_named_as_the_account_has_it(string given, string removed, string meant)
    {
        Connect("0.16");
        _shell.Run($"$null = New-MailPrincipal boss@example.org -NoPassword -Role '{given}'").ShouldHaveNoErrors();
        _shell.Run($"Set-MailPrincipal boss@example.org -RemoveRole '{removed}'").ShouldHaveNoErrors().Warnings.Select(warning => warning.ToString()).ShouldContain(warning => warning.Contains($"did you mean '{meant}'?"));
    }

    [Theory]
    [InlineData("nonsense", false)]
    [InlineData("not a url", false)]
    [InlineData("/callback", false)]
    [InlineData("app.example.org/callback", false)]
    [InlineData("https://app.example.org/cb#part", false)]
    [InlineData("https://app.example.org/cb", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("org.example.app:/callback", true)]
    public void The_URL_of_an_OAuth_client_is_one_to_be_sent_back_to(string url, bool isTaken)
    {
        foreach (string version in (string[])["0.15", "0.16"])
        {
            Connect(version);
            _shell.Run("$null = New-MailPrincipal old -Type OauthClient").ShouldHaveNoErrors();
            foreach (string script in (string[])["New-MailPrincipal app -Type OauthClient -Url", "Set-MailPrincipal old -Url", "Set-MailPrincipal old -AddUrl"])
            {
                ScriptResult run = _shell.Run($"$null = {script} '{url}'");
                run.Errors.Select(error => error.ToString().Contains($"'{url}' is not a URL", StringComparison.Ordinal)).ShouldBe(isTaken ? [] : [true]);
            }
        }
    }

    // Up to 0.15 an account has URLs of any form.
    [Fact]
    public void The_page_of_an_account_is_any_text()
    {
        Connect("0.15");
        _shell.Run("Set-MailPrincipal jane.doe -Url www.example.org/jane").ShouldHaveNoErrors();
    }

    [Theory]
    [InlineData("New-MailPrincipal robot -Type ApiKey", true)]
    [InlineData("New-MailPrincipal robot -Type ApiKey -EnabledPermission email-receive", true)]
    [InlineData("New-MailPrincipal robot -Type ApiKey -EnabledPermission email-receive, authenticate", false)]
    [InlineData("New-MailPrincipal robot -Type ApiKey -Role user", false)]
    [InlineData("$null = New-MailPrincipal robot -Type ApiKey -EnabledPermission authenticate; Set-MailPrincipal robot -EnabledPermission email-receive", true)]
    [InlineData("$null = New-MailPrincipal robot -Type ApiKey -EnabledPermission authenticate; Set-MailPrincipal robot -AddEnabledPermission email-receive", false)]
    [InlineData("$null = New-MailPrincipal robot -Type ApiKey -EnabledPermission authenticate; Set-MailPrincipal robot -RemoveEnabledPermission authenticate -WhatIf", true)]
    [InlineData("$null = New-MailPrincipal robot -Type ApiKey -EnabledPermission authenticate; Set-MailPrincipal robot -AddDisabledPermission authenticate", false)]
    [InlineData("[pscustomobject]@{ Name = 'robot'; Type = 'ApiKey'; Password = 'a made-up secret 1' } | Import-MailPrincipal", true)]
    [InlineData("[pscustomobject]@{ Name = 'robot'; Type = 'ApiKey'; Password = 'a made-up secret 1'; Role = 'user' } | Import-MailPrincipal", false)]
    public void A_key_that_cannot_sign_in_is_a_warning_up_to_0_15(string script, bool isWarned)
    {
        Connect("0.15");
        _shell.Run(script).ShouldHaveNoErrors().Warnings.Any(warning => warning.ToString().Contains("cannot sign in", StringComparison.Ordinal)).ShouldBe(isWarned);
    }

    private void Connect(string version) => _shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}").ShouldHaveNoErrors();
}
