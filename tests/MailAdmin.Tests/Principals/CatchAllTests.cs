using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

/// <summary>Catch-alls through the commands, members by address, domains of two spellings, and quotas without a unit.</summary>
public sealed class CatchAllTests : IDisposable
{
    private readonly HostedShell _shell;
    private MailClient _client = null!;

    public CatchAllTests() =>
        _shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword }), onConnected: client => _client = client);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("New-MailPrincipal carl.catch -Email carl.catch@example.org, '@example.org' -NoPassword")]
    [InlineData("New-MailPrincipal carl.catch -Email carl.catch@example.org -NoPassword; Set-MailPrincipal carl.catch -AddEmail '@example.org'")]
    [InlineData("New-MailPrincipal carl.catch -Email first@example.org, '@example.org' -NoPassword; Set-MailPrincipal carl.catch -PrimaryEmail carl.catch@example.org; Set-MailPrincipal carl.catch -RemoveEmail first@example.org")]
    [InlineData("New-MailPrincipal carl.catch -Email x@example.org -NoPassword; Set-MailPrincipal carl.catch -Email carl.catch@example.org, '@example.org'")]
    [InlineData("@{ Name = 'carl.catch'; Email = 'carl.catch@example.org;@example.org' } | Import-MailPrincipal -NoPassword")]
    public void An_account_can_have_one(string commands)
    {
        _shell.Run(commands).ShouldHaveNoErrors();

        MailPrincipal carl = _shell.Run("Get-MailPrincipal carl.catch").OutputAs<MailPrincipal>().Single();
        carl.Email.ShouldBe(["carl.catch@example.org", "@example.org"], ignoreOrder: true);
        carl.PrimaryEmail.ShouldBe("carl.catch@example.org");
        carl.CatchAll.ShouldBe(["example.org"]);
    }

    [Theory]
    [InlineData("New-MailPrincipal carl.catch -Email '@example.org', carl.catch@example.org -NoPassword", "cannot be that")]
    [InlineData("Set-MailPrincipal jane.doe -PrimaryEmail '@example.org'", "cannot be that")]
    [InlineData("Set-MailPrincipal jane.doe -AddEmail '@elsewhere.example'", "elsewhere.example")]
    [InlineData("Set-MailPrincipal jane.doe -AddEmail '@example.org'; Set-MailPrincipal john.roe -AddEmail '@example.org'", "@example.org")]
    public void Not_as_the_primary_address_and_one_for_each_domain(string commands, string named) => _shell.Run(commands).Errors.ShouldHaveSingleItem().ToString().ShouldContain(named);

    [Fact]
    public void The_primary_address_is_the_first_that_is_none()
    {
        var principal = new MailPrincipal { Id = 1, Kind = PrincipalType.Individual, Email = new StringList(["@example.org", "jane@example.org"]) };

        principal.PrimaryEmail.ShouldBe("jane@example.org");
        (principal.With(("Email", new StringList(["@example.org"])))).PrimaryEmail.ShouldBeNull();
        (principal.With(("Email", new StringList(["jane@example.org"])))).CatchAll.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("jane.doe", "jane.doe", null)]
    [InlineData("jane@example.org", "jane.doe", null)]
    [InlineData("Jane Doe <JANE@example.org>", "jane.doe", null)]
    [InlineData("mailto:sales@example.org", "sales", null)]
    [InlineData("partner@elsewhere.example", null, "partner@elsewhere.example")]
    public async Task A_member_is_a_name_an_address_here_or_an_address_elsewhere(string member, string? name, string? external) =>
        (await _client.Principals.ResolveMemberAsync(member, TestContext.Current.CancellationToken)).ShouldBe(new MemberReference(name, external));

    [Theory]
    [InlineData("nobody")]
    [InlineData("nobody@example.org")]
    [InlineData("example.org")]
    public async Task Else_it_is_nobody(string member) =>
        (await Should.ThrowAsync<MailServerException>(_client.Principals.ResolveMemberAsync(member, TestContext.Current.CancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);

    [Fact]
    public void A_domain_is_found_by_either_spelling()
    {
        _shell.Run("New-MailPrincipal 'xn--mller-kva.example' -Type Domain; New-MailPrincipal info -Email 'info@xn--mller-kva.example' -NoPassword").ShouldHaveNoErrors();

        _shell.Run("(Get-MailPrincipal müller.example).Name; (Get-MailPrincipal info@MÜLLER.example).Name; (Get-MailPrincipal -Domain müller.example).Name").ShouldHaveNoErrors()
            .OutputAs<string>().ShouldBe(["xn--mller-kva.example", "info", "info"]);
        _shell.Run("(Get-MailDnsRecord müller.example)[0].Domain; Set-MailPrincipal müller.example -Description 'Beer'; (Get-MailPrincipal 'xn--mller-kva.example').Description").ShouldHaveNoErrors()
            .OutputAs<string>().ShouldBe(["xn--mller-kva.example", "Beer"]);
    }

    [Theory]
    [InlineData("New-MailPrincipal ann -Email ann@example.org -NoPassword -Quota 5", false)]
    [InlineData("Set-MailPrincipal jane.doe -Quota 1000", false)]
    [InlineData("Set-MailPrincipal jane.doe -Quota '1024'", false)]
    [InlineData("Set-MailPrincipal jane.doe -Quota '1,500 GB'", false)]
    [InlineData("Set-MailPrincipal jane.doe -Quota '5 bytes'", true)]
    [InlineData("Set-MailPrincipal jane.doe -Quota '1,5 GB'", true)]
    [InlineData("Set-MailPrincipal jane.doe -Quota none", true)]
    [InlineData("Set-MailPrincipal jane.doe -Quota 1MB", true)]
    [InlineData("Set-MailPrincipal jane.doe -Quota 0", true)]
    public void A_quota_below_1_MB_needs_its_unit(string command, bool isTaken) => _shell.Run(command).Errors.Count.ShouldBe(isTaken ? 0 : 1);

    [Theory]
    [InlineData("New-MailPrincipal ann -Email ann@example.org -NoPassword -Quota 5,5GB")]
    [InlineData("Set-MailPrincipal jane.doe -Quota 5,5GB")]
    [InlineData("Set-MailPrincipal jane.doe -Quota 1, 2, 3")]
    public void A_size_with_a_comma_is_a_list_to_PowerShell(string command)
    {
        string error = _shell.Run(command).Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain("PowerShell reads a comma as a list");
        error.ShouldContain("5.5GB, or '5,5 GB'");
    }

    [Fact]
    public void A_list_within_a_list_is_its_items()
    {
        _shell.Run("$list = 'j1@example.org', 'j2@example.org'; Set-MailPrincipal jane.doe -AddEmail @(, $list)").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal jane.doe).Email").OutputAs<string>().ShouldBe(["jane.doe@example.org", "jane@example.org", "j1@example.org", "j2@example.org"]);

        string error = _shell.Run("Set-MailPrincipal jane.doe -AddEmail 'System.Object[]'").Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain("name of a type");
        error.ShouldNotContain("The cell");
    }
}
