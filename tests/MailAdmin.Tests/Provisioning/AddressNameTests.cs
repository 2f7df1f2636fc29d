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
