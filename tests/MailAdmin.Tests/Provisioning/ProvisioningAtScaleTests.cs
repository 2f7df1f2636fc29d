// Many rows over a real socket that misbehaves, and under the minute limit: order kept, each exactly once, nothing lost.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

public sealed class ProvisioningAtScaleTests
{
    private const string MakeRows = "param($count) 1..$count | ForEach-Object { [pscustomobject]@{ Name = 'user{0:00000}' -f $_; Email = 'user{0:00000}@example.org' -f $_ } }";

    [Fact]
    public async Task A_thousand_rows_over_a_socket_with_delays_and_429s_arrive_in_order_each_exactly_once()
    {
        SandboxServer server = HostedShell.CreateServer();
        await using RunningSandbox running = await SandboxHost.StartAsync(server);
        using var shell = new HostedShell();
        ConnectBySocket(shell, running);
        server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Delay, Path = "/api/principal", Delay = TimeSpan.Zero, MaxDelay = TimeSpan.FromMilliseconds(8), Seed = 1 });
        server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 429, Path = "/api/principal", Probability = 0.05, Seed = 2 });

        // Row 500 is wrong, and so is row 700: its domain does not exist.
        ScriptResult run = shell.Run($$"""
            $rows = & { {{MakeRows}} } 1000
            $rows[499].Email = 'no address'
            $rows[699].Email = 'user@elsewhere.test'
            $rows | New-MailPrincipal -NoPassword
            """);

        string[] expected = [.. Enumerable.Range(1, 1000).Where(i => i is not (500 or 700)).Select(i => $"user{i:00000}")];
        run.OutputAs<MailPrincipal>().Select(p => p.Name).ShouldBe(expected);
        run.Errors.Select(e => e.TargetObject).ShouldBe(["user00500", "user00700"]);
        server.Faults.Clear();
        shell.Run("Get-MailPrincipal -Type Individual").OutputAs<MailPrincipal>().Select(p => p.Name).ShouldBe(expected);
    }

    [Fact]
    public async Task Rows_beyond_the_minute_limit_wait_and_none_is_lost()
    {
        SandboxServer server = HostedShell.CreateServer();
        using var admin = HostedShell.CreateConnected(server);
        admin.Run("[pscustomobject]@{ Name = 'clerk'; Password = 'clerk secret'; Role = 'admin'; DisabledPermission = 'unlimited-requests' } | New-MailPrincipal").ShouldHaveNoErrors();
        var waits = new List<WaitNotice>();
        using var clerk = HostedShell.CreateConnected(server, "clerk", "clerk secret", client => client.Waiting += notice =>
        {
            lock (waits)
            {
                waits.Add(notice);
            }
        });
        using var ended = new CancellationTokenSource();
        Task passing = AdvanceTimeAsync(server, ended.Token);

        ScriptResult run = clerk.Run($"& {{ {MakeRows} }} 2500 | New-MailPrincipal -NoPassword -Verbose");

        await ended.CancelAsync();
        await passing;
        run.ShouldHaveNoErrors().OutputAs<MailPrincipal>().Select(p => p.Name).ShouldBe(Enumerable.Range(1, 2500).Select(i => $"user{i:00000}"));
        waits.ShouldNotBeEmpty();
        run.Verbose.Select(v => v.Message).ShouldContain(waits[0].Reason);
        server.Clock.Offset.ShouldBeGreaterThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Two_runspaces_hold_two_default_connections()
    {
        using var one = HostedShell.CreateConnected(HostedShell.CreateServer());
        using var other = HostedShell.CreateConnected(HostedShell.CreateServer());
        one.Run("New-MailPrincipal ann -NoPassword").ShouldHaveNoErrors();
        other.Run("New-MailPrincipal ben -NoPassword").ShouldHaveNoErrors();
        one.Run("Get-MailPrincipal -Type Individual").OutputAs<MailPrincipal>().Single().Name.ShouldBe("ann");
        other.Run("Get-MailPrincipal -Type Individual").OutputAs<MailPrincipal>().Single().Name.ShouldBe("ben");
    }

    private static void ConnectBySocket(HostedShell shell, RunningSandbox running)
    {
        shell.SetVariable("address", running.BaseUri.ToString());
        shell.SetVariable("credential", new System.Management.Automation.PSCredential("admin", new System.Net.NetworkCredential("", HostedShell.SandboxPassword).SecurePassword));
        shell.Run("Connect-MailServer $address -Credential $credential").ShouldHaveNoErrors();
    }

    // The virtual clock moves on only while nothing else does, so that no request times out by it.
    private static async Task AdvanceTimeAsync(SandboxServer server, CancellationToken ended)
    {
        int last = -1;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(10, CancellationToken.None);
            int now = server.RequestCount;
            if (now == last)
            {
                server.Clock.Advance(TimeSpan.FromSeconds(1));
            }
            last = now;
        }
    }
}
