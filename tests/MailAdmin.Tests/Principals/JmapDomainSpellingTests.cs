// A server from 0.16 on spells every domain with xn--; people write it in its letters.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapDomainSpellingTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapDomainSpellingTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("New-MailPrincipal müller.test -Type Domain").ShouldHaveNoErrors();
    }

    public static TheoryData<string> Spellings => ["müller.test", "MÜLLER.test", "mu\u0308ller.test", "xn--mller-kva.test", "XN--MLLER-KVA.TEST"];

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Whatever_names_the_domain_finds_it(string domain)
    {
        _shell.Run($"New-MailPrincipal jane -NoAddress:$false -Email 'jane@{domain}' -NoPassword -WhatIf").ShouldHaveNoErrors();
        _shell.Run($"New-MailPrincipal jane -NoAddress:$false -Email 'jane@{domain}' -NoPassword").ShouldHaveNoErrors();
        _shell.Run($"New-MailPrincipal news@{domain} -Type List -Member jane@{domain}; Set-MailPrincipal jane -AddEmail 'info@{domain}', '@{domain}'").ShouldHaveNoErrors();
        Get("jane").Email.ShouldBe(["jane@xn--mller-kva.test", "info@xn--mller-kva.test", "@xn--mller-kva.test"], ignoreOrder: true);
        MailPrincipal list = Get($"news@{domain}");
        (list.Member!.Count, list.ExternalMember!.Count).ShouldBe((1, 0));
        Get($"jane@{domain}").List.ShouldBe([list.Name]);
        Get(domain).Name.ShouldBe("xn--mller-kva.test");
        _shell.Run($"New-MailPrincipal '{domain}' -Type Domain").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("AlreadyExists,");
        _shell.Run($"Set-MailPrincipal jane -RemoveEmail 'info@{domain}', '@{domain}'; Set-MailPrincipal news -RemoveMember 'jane@{domain}'").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        Get("jane").Email.ShouldBe(["jane@xn--mller-kva.test"]);
        Get("news").Member.ShouldBe([]);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void An_import_makes_what_its_plan_says(string domain)
    {
        _shell.Run($"$rows = [pscustomobject]@{{ Type = 'Domain'; Name = '{domain}'; Email = '' }}, [pscustomobject]@{{ Type = 'Individual'; Name = 'ann@{domain}'; Email = 'ann@{domain};a.lee@{domain}' }}").ShouldHaveNoErrors();
        _shell.Run("($rows | Import-MailPrincipal -NoPassword -WhatIf).Action").ShouldHaveNoErrors().OutputAs<object>().Select(action => $"{action}").ShouldBe(["Unchanged", "Create"]);
        _shell.Run("($rows | Import-MailPrincipal -NoPassword).Action").ShouldHaveNoErrors().OutputAs<object>().Select(action => $"{action}").ShouldBe(["Unchanged", "Created"]);
        Get("ann").Email.ShouldBe(["ann@xn--mller-kva.test", "a.lee@xn--mller-kva.test"]);
        _shell.Run("($rows | Import-MailPrincipal -NoPassword).Action").ShouldHaveNoErrors().OutputAs<object>().Select(action => $"{action}").ShouldBe(["Unchanged", "Unchanged"]);
    }

    private MailPrincipal Get(string name) => _shell.Run($"Get-MailPrincipal '{name}'").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
}
