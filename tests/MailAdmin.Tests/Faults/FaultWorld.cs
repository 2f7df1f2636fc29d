using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using OtpNet;

namespace MailAdmin.Tests.Faults;

/// <summary>A sandbox with a client that is connected to it, and things to act on.</summary>
internal sealed class FaultWorld : IDisposable
{
    public const string Account = "jane.doe";
    public const string Secret = "sandbox-jane.doe";
    public const string OtpUrl = "otpauth://totp/Stalwart:jane.doe?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Stalwart&algorithm=SHA1&digits=6&period=30";
    private const string AdminSecret = "sandbox-admin-secret";

    private FaultWorld(SandboxServer server) => (Server, Transport) = (server, new FaultyTransport(server));

    public SandboxServer Server { get; }

    public FaultyTransport Transport { get; }

    public MailClient Client { get; private set; } = null!;

    /// <summary>What the preparation has found out: an id, a code.</summary>
    public string Item { get; set; } = "";

    /// <summary>The same, where it is a number.</summary>
    public ulong Id => ulong.Parse(Item, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The account, with a code where it needs one.</summary>
    public MailCredential Self => MailCredential.FromPassword(
        Account, Secret, _ => ValueTask.FromResult<string?>(new Totp(Base32Encoding.ToBytes(OtpUrl.Split("secret=")[1].Split('&')[0])).ComputeTotp(Server.Clock.GetUtcNow().UtcDateTime)));

    /// <summary>When a message is to be tried again: not when it would be anyhow.</summary>
    public DateTimeOffset At { get; private set; }

    public static async Task<FaultWorld> CreateAsync(FaultUse use)
    {
        var server = new SandboxServer(new SandboxOptions
        {
            Empty = !use.NeedsSample,
            AdminPassword = AdminSecret,
            Edition = SandboxEdition.Enterprise,
            ServerVersion = use.Version,
            TimeProvider = new FrozenTime(),
        });
        var world = new FaultWorld(server);
        if (!use.NeedsSample)
        {
            await server.AddUserAsync(Account, Secret);
            await server.SendAsync("POST", "/api/principal", """{"type":"group","name":"staff"}""");
        }
        await use.PrepareAsync(world);
        world.Client = await world.ConnectAsync(use.RunsAsAccount ? world.Self : MailCredential.FromPassword("admin", AdminSecret));
        world.At = DateTimeOffset.FromUnixTimeSeconds(server.Clock.GetUtcNow().AddHours(6).ToUnixTimeSeconds());
        return world;
    }

    public Task<MailClient> ConnectAsync(MailCredential credential) => MailClient.ConnectAsync(
        new MailClientOptions
        {
            BaseUri = new Uri("https://sandbox.example.org"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = Transport.CreateHandler,
            Time = new SteppingTime(Server.Clock),
            OperationTimeout = Timeout.InfiniteTimeSpan,
        },
        credential,
        CancellationToken.None);

    /// <summary>The answer of the server itself, as its administrator gets it.</summary>
    public async Task<JsonElement> ReadAsync(string path) => (await Server.SendAsync("GET", path)).Json;

    /// <summary>Whether the server has it.</summary>
    public async Task<bool> ExistsAsync(string path) => (await ReadAsync(path)).TryGetProperty("data", out JsonElement data) && data.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the answer of the server holds a text.</summary>
    public async Task<bool> HoldsAsync(string path, string text) => (await ReadAsync(path)).GetRawText().Contains(text, StringComparison.Ordinal);

    /// <summary>Changes something before the cell.</summary>
    public async Task SendAsync(string method, string path, string? body = null, string? authorization = SandboxServerExtensions.AdminAuthorization)
    {
        CapturedResponse response = await Server.SendAsync(method, path, body, authorization);
        response.Json.TryGetProperty("data", out _).ShouldBeTrue($"{method} {path}: {response.Text}");
    }

    /// <summary>Puts mail into the queue that has been tried once and is not due; the first one is the item.</summary>
    public async Task QueueAsync(params string[] recipients)
    {
        foreach (string recipient in recipients)
        {
            Server.Deliver(Account, $"{Account}@example.org", recipient.Split(','), Encoding.ASCII.GetBytes("Subject: hello\r\n\r\nhello\r\n")).ShouldBeNull();
        }
        Server.Clock.Advance(TimeSpan.FromSeconds(10));
        Item = (await ReadAsync("/api/queue/messages")).GetProperty("data").GetProperty("items")[0].GetRawText();
    }

    public void Dispose() => Client.Dispose();
}
