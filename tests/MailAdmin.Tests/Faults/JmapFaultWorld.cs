using System.Management.Automation;
using System.Net;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Demonstration;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

/// <summary>A sandbox from 0.16 on whose clock stands still, an administrator's client that is connected to it, and things to act on.</summary>
internal sealed class JmapFaultWorld : IDisposable
{
    public const string Boss = "boss@example.org";
    private const string Jane = "jane.roe@example.org";
    private const string Jack = "jack.roe@example.org";
    private const string Secret = "the boss walks a made-up road";
    private const string AdminSecret = "sandbox-admin-secret";

    // Longer ones than the pauses are limits: five minutes for a server that is away.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(2);
    private readonly SandboxServer _server;

    // What the client waits for takes no time of the server's.
    private readonly SandboxClock _clock = new(new FrozenTime());

    private JmapFaultWorld(SandboxServer server) => (_server, Transport) = (server, new FaultyJmapTransport(server));

    public FaultyJmapTransport Transport { get; }

    public MailClient Client { get; private set; } = null!;

    public static async Task<JmapFaultWorld> CreateAsync(bool needsSample)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = !needsSample, ServerVersion = "0.16", Edition = SandboxEdition.Enterprise, AdminPassword = AdminSecret, TimeProvider = new FrozenTime(), Seed = 1 });
        var world = new JmapFaultWorld(server);
        using (MailClient admin = await world.ConnectAsync("admin", AdminSecret))
        {
            await admin.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = Boss, Role = ["admin"], Secret = [Secret] }, CancellationToken.None);
            await admin.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = Jane, Role = ["user"], Description = "Before" }, CancellationToken.None);
            await admin.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = Jack, Role = ["user"], Description = "Before" }, CancellationToken.None);
        }
        world.Deliver();
        // Tried once, and not due.
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        world.Archive();
        world.FillReports();
        world.Client = await world.ConnectAsync(Boss, Secret);
        return world;
    }

    /// <summary>Makes it what scripts of a shell go to.</summary>
    public void Enter(HostedShell shell, JmapFaultUse use)
    {
        shell.Connect(Client);
        shell.SetVariable("totp", new Func<string, string>(url => OneTimeCode.Compute(url, _server.Clock.GetUtcNow())));
        shell.SetVariable("me", new PSCredential(Boss, new NetworkCredential("", Secret).SecurePassword));
        shell.SetVariable("newPassword", new NetworkCredential("", "walks along a made-up road").SecurePassword);
        shell.SetVariable("message", "From: bill@spam.test\r\nTo: jane.roe@example.org\r\nSubject: Money\r\n\r\nBuy now.\r\n");
        shell.SetVariable("deliver", new Action(Deliver));
        shell.SetVariable("archive", new Action(Archive));
        shell.SetVariable("fill", new Action(FillReports));
        if (use.Preparation.Length > 0)
        {
            shell.Run(use.Preparation).ShouldHaveNoErrors();
        }
    }

    /// <summary>Connects anew, so that nothing is known of the server.</summary>
    public async Task ReconnectAsync(HostedShell shell)
    {
        Client.Dispose();
        Client = await ConnectAsync(Boss, Secret);
        shell.Connect(Client);
    }

    public void Dispose() => Client.Dispose();

    private void Deliver() =>
        _server.Deliver("boss", Boss, ["ann@remote.test"], Encoding.ASCII.GetBytes($"From: {Boss}\r\nTo: ann@remote.test\r\nSubject: Hello\r\n\r\nHello\r\n")).ShouldBeNull();

    private void Archive() => ArchivedMail.Add(_server, "jane.roe", "Old");

    private void FillReports() => SampleReports.FillOnFirstUse(_server.Jmap.IncomingReports, _server.Jmap.OutgoingReports, _server.Clock);

    private Task<MailClient> ConnectAsync(string login, string secret) => MailClient.ConnectAsync(
        new MailClientOptions
        {
            BaseUri = new Uri("https://sandbox.example.org"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = Transport.CreateHandler,
            Time = new SteppingTime(_clock, s_longestWait),
            OperationTimeout = Timeout.InfiniteTimeSpan,
        },
        MailAdmin.Client.MailCredential.FromPassword(login, secret),
        CancellationToken.None);
}
