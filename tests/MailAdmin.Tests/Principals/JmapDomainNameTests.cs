// Domains of servers from 0.16 on, which take the alias of another domain as a name without a word.
using System.Management.Automation;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapDomainNameTests : IDisposable
{
    private readonly HostedShell _shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));

    public JmapDomainNameTests() =>
        _shell.Run("$null = New-MailObject Domain @{ name = 'example.net'; aliases = 'alias.test', 'xn--mller-kva.test'; dkimManagement = 'Manual' }; New-MailPrincipal other.test -Type Domain").ShouldHaveNoErrors();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("New-MailPrincipal alias.test -Type Domain")]
    [InlineData("New-MailPrincipal ALIAS.test -Type Domain -WhatIf")]
    [InlineData("New-MailPrincipal müller.test -Type Domain")]
    [InlineData("Set-MailPrincipal other.test -NewName alias.test")]
    [InlineData("Set-MailPrincipal other.test -NewName alias.test -WhatIf")]
    public void An_alias_of_another_domain_is_no_name(string script)
    {
        int before = CountDomainSets();
        ErrorRecord error = _shell.Run(script).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("AlreadyExists");
        error.Exception.Message.ShouldContain("is an alias of the domain 'example.net'");
        CountDomainSets().ShouldBe(before);
    }

    [Fact]
    public void Nor_in_an_import()
    {
        MailImportResult[] results = _shell.Run("[pscustomobject]@{ Name = 'alias.test'; Type = 'Domain' }, [pscustomobject]@{ Name = 'free.test'; Type = 'Domain' } | Import-MailPrincipal -ErrorAction Ignore").OutputAs<MailImportResult>();
        results.Select(result => (result.Action, result.ErrorId)).ShouldBe([("Failed", "AlreadyExists"), ("Created", null)]);
    }

    [Fact]
    public void Its_own_alias_is_no_hindrance_and_a_name_that_is_taken_is_told_as_ever()
    {
        _shell.Run("Set-MailPrincipal example.net -NewName renamed.test; Set-MailPrincipal renamed.test -Description x").ShouldHaveNoErrors();
        _shell.Run("New-MailPrincipal other.test -Type Domain").Errors.ShouldHaveSingleItem().Exception.Message.ShouldNotContain("alias");
    }

    private int CountDomainSets() => _shell.JmapRequests.Count(request => request.Calls.Any(call => call.Method == "x:Domain/set"));
}
