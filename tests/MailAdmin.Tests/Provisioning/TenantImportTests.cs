using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>A row of a tenant with an address in a domain that is not the tenant's is an error of the plan, over both families: the server refuses it.</summary>
public sealed class TenantImportTests : IDisposable
{
    private readonly HostedShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("0.15", "@{ Name = 'zoe'; Email = 'zoe@acme.test'; Tenant = 'acme' }", "Name")]
    [InlineData("0.15", "@{ Name = 'zoe@example.org'; Email = 'zoe@acme.test'; Tenant = 'acme' }", "Name")]
    [InlineData("0.15", "@{ Name = 'zoe@acme.test'; Email = 'zoe@example.org'; Tenant = 'acme' }", "Email")]
    [InlineData("0.15", "@{ Name = 'zoe@acme.test'; Email = 'zoe@acme.test;zoe@example.org'; Tenant = 'acme' }", "Email")]
    [InlineData("0.15", "@{ Name = 'crew'; Type = 'Group'; Tenant = 'acme' }", "Name")]
    [InlineData("0.15", "@{ Name = 'zoe@acme.test'; Email = 'zoe@acme.test'; Tenant = 'acme' }", null)]
    [InlineData("0.15", "@{ Name = 'more.test'; Type = 'Domain'; Tenant = 'acme' }, @{ Name = 'zoe@more.test'; Email = 'zoe@more.test'; Tenant = 'acme' }", null)]
    [InlineData("0.16", "@{ Name = 'zoe@example.org'; Email = 'zoe@example.org'; Tenant = 'acme' }", "Email")]
    [InlineData("0.16", "@{ Name = 'zoe@acme.test'; Email = 'zoe@acme.test;zoe@example.org'; Tenant = 'acme' }", "Email")]
    [InlineData("0.16", "@{ Name = 'crew@example.org'; Type = 'Group'; Tenant = 'acme' }", "Email")]
    [InlineData("0.16", "@{ Name = 'people@example.org'; Type = 'List'; Tenant = 'acme' }", "Email")]
    [InlineData("0.16", "@{ Name = 'zoe@acme.test'; Email = 'zoe@acme.test'; Tenant = 'Acme' }", null)]
    [InlineData("0.16", "@{ Name = 'more.test'; Type = 'Domain'; Tenant = 'acme' }, @{ Name = 'zoe@more.test'; Email = 'zoe@more.test'; Tenant = 'acme' }", null)]
    [InlineData("0.16", "@{ Name = 'more.test'; Type = 'Domain'; Tenant = $null }, @{ Name = 'zoe@more.test'; Email = 'zoe@more.test'; Tenant = 'acme' }", "Email")]
    public void The_plan_says_what_the_server_would(string version, string rows, string? column)
    {
        _shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}; New-MailPrincipal acme -Type Tenant; New-MailPrincipal acme.test -Type Domain -Tenant acme").Errors.ShouldBeEmpty();
        MailImportResult[] planned = Import(rows, " -WhatIf");
        MailImportResult[] done = Import(rows, "");

        planned.Select(result => result.Action).ShouldBe(done.Select(result => result.Action.Replace("Created", "Create", StringComparison.Ordinal)), ignoreOrder: true);
        if (column is null)
        {
            done.ShouldAllBe(result => result.Action == "Created");
            return;
        }

        MailImportResult failed = planned.Single(result => result.Action == "Failed");
        (failed.Column, failed.ErrorId).ShouldBe((column, "TenantDomainMismatch"));
        failed.Error.ShouldNotBeNull().ShouldContain("such as acme.test");
    }

    private MailImportResult[] Import(string rows, string mode) =>
        _shell.Run($"@({string.Join(", ", rows.Split(", @{").Select((row, index) => $"[pscustomobject]{(index == 0 ? row : "@{" + row)}"))}) | Import-MailPrincipal -NoPassword -NoAddress -ErrorAction Ignore{mode}").OutputAs<MailImportResult>();
}
