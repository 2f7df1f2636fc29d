using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What would be refused when it is sent is refused by the plan, before the first write.</summary>
public sealed class PlannedRefusalTests
{
    [Theory]
    [InlineData("@{ Name = 'ann'; Email = 'ann@example.org'; Description = 'x' * 600 }", "512 bytes")]
    [InlineData("@{ Name = 'ann'; Email = '@example.org' }", "primary")]
    [InlineData("@{ Name = 'old'; Description = 'x' * 600 }", "512 bytes")]
    public void A_row_that_would_be_refused_fails_in_the_plan(string row, string reason)
    {
        SandboxServer server = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(server);
        shell.Run("New-MailPrincipal old -NoPassword -Email old@example.org").ShouldHaveNoErrors();
        int before = server.RequestLog.Count(line => !line.StartsWith("GET", StringComparison.Ordinal));
        foreach (string whatIf in (string[])[" -WhatIf", ""])
        {
            ScriptResult run = shell.Run($"[pscustomobject]{row} | Import-MailPrincipal -NoPassword{whatIf}");
            run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(reason);
            MailImportResult failed = run.OutputAs<MailImportResult>().Single(result => result.Action == "Failed");
            failed.Error.ShouldNotBeNull().ShouldContain(reason);
        }
        server.RequestLog.Count(line => !line.StartsWith("GET", StringComparison.Ordinal)).ShouldBe(before);
    }

    // From 0.16 on a group is in no other, and an account has no picture.
    [Theory]
    [InlineData("@{ Name = 'night@example.org'; Type = 'Group'; Team = 'staff@example.org' }", "MemberOf", "Team")]
    [InlineData("@{ Name = 'ann@example.org'; Email = 'ann@example.org'; Photo = 'x' }", "Picture", "Photo")]
    [InlineData("@{ Name = 'ann@example.org'; Email = 'ann@example.org'; Web = 'https://example.org' }", "Url", "Web")]
    public void The_refusal_of_a_server_from_0_16_on_names_the_column_as_it_is_in_the_file(string row, string field, string column)
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));
        ScriptResult run = shell.Run($"[pscustomobject]{row} | Import-MailPrincipal -NoPassword -WhatIf -ColumnMap @{{ {column} = '{field}' }} -ErrorAction Ignore");
        MailImportResult failed = run.OutputAs<MailImportResult>().ShouldHaveSingleItem();
        failed.Column.ShouldBe(column);
        failed.Error.ShouldNotBeNull().ShouldContain($"has no {field}");
    }
}
