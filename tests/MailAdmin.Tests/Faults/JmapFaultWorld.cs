using System.Management.Automation;
using System.Net;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

/// <summary>A sandbox from 0.16 on whose clock stands still, an administrator's client that is connected to it, and things to act on.</summary>
internal sealed class JmapFaultWorld : IDisposable
{
    public const string Boss = "boss@example.org";
    private const string Jane = "jane.roe@example.org";
    private const string Secret = "the boss walks a made-up road";
    private const string AdminSecret = "sandbox-admin-secret";

    private JmapFaultWorld(SandboxServer server) => (Server, Transport) = (server, new FaultyJmapTransport(server));

    public SandboxServer Server { get; }

    public FaultyJmapTransport Transport { get; }

    public MailClient Client { get; private set; } = null!;

    public static async Task<JmapFaultWorld> CreateAsync(bool needsSample)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = !needsSample, ServerVersion = "0.16", AdminPassword = AdminSecret, TimeProvider = new FrozenTime(), Seed = 1 });
        var world = new JmapFaultWorld(server);
        using (MailClient admin = await world.ConnectAsync("admin", AdminSecret))
        {
            await admin.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = Boss, Role = ["admin"], Secret = [Secret] }, CancellationToken.None);
            await admin.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = Jane, Role = ["user"], Description = "Jane Roe" }, CancellationToken.None);
        }
        server.Deliver("boss", Boss, ["ann@remote.test"], Encoding.ASCII.GetBytes($"From: {Boss}\r\nTo: ann@remote.test\r\nSubject: Hello\r\n\r\nHello\r\n")).ShouldBeNull();
        // Tried once, and not due.
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        world.Client = await world.ConnectAsync(Boss, Secret);
        return world;
    }

    /// <summary>Makes it what scripts of a shell go to.</summary>
    public void Enter(HostedShell shell, JmapFaultUse use)
    {
        shell.Connect(Client);
        shell.SetVariable("totp", new Func<string, string>(url => OneTimeCode.Compute(url, Server.Clock.GetUtcNow())));
        shell.SetVariable("me", new PSCredential(Boss, new NetworkCredential("", Secret).SecurePassword));
        shell.SetVariable("newPassword", new NetworkCredential("", "walks along a made-up road").SecurePassword);
        shell.SetVariable("message", "From: bill@spam.test\r\nTo: jane.roe@example.org\r\nSubject: Money\r\n\r\nBuy now.\r\n");
        if (use.Preparation.Length > 0)
        {
            shell.Run(use.Preparation).ShouldHaveNoErrors();
        }
    }

    public void Dispose() => Client.Dispose();

    // What the client waits for takes no time of the server's.
    private Task<MailClient> ConnectAsync(string login, string secret) => MailClient.ConnectAsync(
        new MailClientOptions
        {
            BaseUri = new Uri("https://sandbox.example.org"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = Transport.CreateHandler,
            Time = new SteppingTime(new SandboxClock(new FrozenTime())),
            OperationTimeout = Timeout.InfiniteTimeSpan,
        },
        MailAdmin.Client.MailCredential.FromPassword(login, secret),
        CancellationToken.None);
}
