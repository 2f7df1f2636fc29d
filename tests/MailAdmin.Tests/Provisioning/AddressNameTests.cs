// From 0.16 on the name of an account is its address.
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

public sealed class AddressNameTests
{
    [Theory]
    [InlineData("@{ Email = 'ann@example.org'; Description = 'Ann' }")]
    [InlineData("@{ PrimaryEmail = 'ann@example.org' }")]
    [InlineData("@{ 'First Name [Required]' = 'Ann'; 'Last Name [Required]' = 'B'; 'Email Address [Required]' = 'ann@example.org'; 'Password [Required]' = '****'; 'Org Unit Path [Required]' = '/' }")]
    public void A_table_without_names_needs_none(string row)
    {
        using HostedShell shell = Connect("0.16");
        ScriptResult run = shell.Run($"[pscustomobject]{row} | Import-MailPrincipal -NoPassword -WhatIf -WarningAction SilentlyContinue");
        run.ShouldHaveNoErrors();
        MailImportResult planned = run.OutputAs<MailImportResult>().ShouldHaveSingleItem();
        (planned.Identity, planned.Action).ShouldBe(("ann@example.org", "Create"));
    }

    // A login that is no address can be none: who says where names come from means it.
    [Fact]
    public void A_name_that_is_no_address_gives_way_to_the_address_that_is_asked_for()
    {
        using HostedShell shell = Connect("0.16");
        ScriptResult run = shell.Run("""
            @([pscustomobject]@{ Name = 'jd'; Email = 'john.dough@example.org' }
            [pscustomobject]@{ Name = 'mueller.org'; Type = 'Domain' }) | Import-MailPrincipal -NameFrom Email -NoPassword -WhatIf
            """);
        run.ShouldHaveNoErrors().OutputAs<MailImportResult>().Select(result => result.Identity).ShouldBe(["john.dough@example.org", "mueller.org"], ignoreOrder: true);
    }

    [Fact]
    public void What_is_wrong_with_a_gathered_list_is_told_once()
    {
        using HostedShell shell = Connect("0.16");
        MailImportResult[] failed = [.. shell.Run("1..5 | ForEach-Object { [pscustomobject]@{ Group = 'club'; Member = \"m$_@remote.test\"; Type = 'List' } } | Import-MailPrincipal -WhatIf -ErrorAction Ignore").OutputAs<MailImportResult>()];
        failed.ShouldAllBe(result => result.Action == "Failed");
        failed.Count(result => result.Error!.Contains("'club'", StringComparison.Ordinal)).ShouldBe(1);
        failed.Single(result => result.Error!.Contains("'club'", StringComparison.Ordinal)).Error!.Split("'club'").Length.ShouldBe(2);
    }

    // It is in the row, and so is a password perhaps: what is wrong is said all the same.
    [Fact]
    public void Why_a_domain_is_refused_is_told_also_where_its_cell_is_not_shown()
    {
        using HostedShell shell = Connect("0.16");
        MailImportResult failed = shell.Run("[pscustomobject]@{ Name = 'acme.example'; Type = 'Domain'; Password = ''; Quota = '' } | Import-MailPrincipal -WhatIf -ErrorAction Ignore").OutputAs<MailImportResult>().ShouldHaveSingleItem();
        failed.Error.ShouldNotBeNull().ShouldContain("public suffix list");
    }

    [Theory]
    [InlineData("0.15", "@{ Email = 'ann@example.org'; Description = 'Ann' }")]
    [InlineData("0.16", "@{ Email = 'ann@example.org'; Login = 'ann'; Account = 'x' }")]
    public void Which_name_is_meant_is_asked_where_it_may_be_another(string version, string row)
    {
        using HostedShell shell = Connect(version);
        shell.Run($"try {{ [pscustomobject]{row} | Import-MailPrincipal -NoPassword -WhatIf }} catch {{ $_.Exception.Message }}").Output.ShouldHaveSingleItem().ToString().ShouldContain("-NameFrom");
    }

    [Theory]
    [InlineData("Email", "joe at example.org")]
    [InlineData("Email", "joe@")]
    [InlineData("PrimaryEmail", "joe@@example.org")]
    public void An_address_that_is_none_is_one_error(string column, string address)
    {
        using HostedShell shell = Connect("0.16");
        MailImportResult failed = shell.Run($"[pscustomobject]@{{ Name = 'joe'; {column} = '{address}' }} | Import-MailPrincipal -NoPassword -WhatIf -ErrorAction Ignore")
            .OutputAs<MailImportResult>().ShouldHaveSingleItem();
        failed.Column.ShouldBe(column);
        failed.Error.ShouldNotBeNull().ShouldNotContain("From 0.16 on the name");
    }

    private static HostedShell Connect(string version) => HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { ServerVersion = version, AdminPassword = HostedShell.SandboxPassword }));
}
