using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

/// <summary>What is said of a write to a server from 0.16 on whose answer does not come, or is a failure: done where a look shows it, else unknown.</summary>
public sealed class JmapLostAnswerTests
{
    public enum Loss
    {
        /// <summary>The server does it, and its answer is lost.</summary>
        Answer,

        /// <summary>The request is lost before the server does anything.</summary>
        Request,

        /// <summary>The server fails, and has done nothing.</summary>
        Failure,
    }

    [Theory]
    [InlineData(Loss.Answer, true)]
    [InlineData(Loss.Request, false)]
    [InlineData(Loss.Failure, true)]
    public async Task A_creation(Loss loss, bool isDone)
    {
        using World world = await World.CreateAsync();
        world.Lose(loss);
        await JudgeAsync(isDone, () => world.Client.Principals.CreateAsync(New("john@example.org"), TestContext.Current.CancellationToken));
        (await world.FindAsync("john@example.org") is not null).ShouldBe(isDone);
        (await world.CountAsync()).ShouldBe(isDone ? 3 : 2);
    }

    [Theory]
    [InlineData(Loss.Answer, true)]
    [InlineData(Loss.Request, false)]
    [InlineData(Loss.Failure, true)]
    public async Task A_change(Loss loss, bool isDone)
    {
        using World world = await World.CreateAsync();
        world.Lose(loss);
        await JudgeAsync(isDone, () => world.Client.Principals.PatchAsync("jane@example.org", [PrincipalChange.Set(PrincipalField.Description, "Jane"), PrincipalChange.Add(PrincipalField.Emails, "j@example.org")], TestContext.Current.CancellationToken));
        MailPrincipal jane = (await world.FindAsync("jane@example.org")).ShouldNotBeNull();
        (jane.Description, jane.Email!.Count).ShouldBe(isDone ? ("Jane", 2) : (null, 1));
    }

    [Theory]
    [InlineData(Loss.Answer, true)]
    [InlineData(Loss.Request, false)]
    [InlineData(Loss.Failure, true)]
    public async Task A_deletion(Loss loss, bool isDone)
    {
        using World world = await World.CreateAsync();
        world.Lose(loss);
        await JudgeAsync(isDone, () => world.Client.Principals.DeleteAsync("jane@example.org", TestContext.Current.CancellationToken));
        (await world.FindAsync("jane@example.org") is null).ShouldBe(isDone);
    }

    [Fact]
    public async Task A_password_does_not_show_and_stays_unknown()
    {
        using World world = await World.CreateAsync();
        world.Lose(Loss.Answer);
        await JudgeAsync(isDone: false, () => world.Client.Principals.SetPasswordAsync("jane@example.org", "walks along a made-up road", [], TestContext.Current.CancellationToken));
    }

    // Nobody may be told that something failed which was done, or the other way round: where no look can tell, it is said to be unknown.
    private static async Task JudgeAsync(bool isDone, Func<Task> write)
    {
        if (isDone)
        {
            await write();
        }
        else
        {
            (await Should.ThrowAsync<MailServerException>(write)).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        }
    }

    private static NewPrincipal New(string name) => new() { Type = PrincipalType.Individual, Name = name, Role = ["user"] };

    private sealed class World : IDisposable
    {
        private readonly LossyHandler _handler;

        private World(LossyHandler handler, MailClient client) => (_handler, Client) = (handler, client);

        public MailClient Client { get; }

        public static async Task<World> CreateAsync()
        {
            var server = new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.16" });
            var handler = new LossyHandler(server.CreateHandler());
            MailClient client = await MailClient.ConnectAsync(
                new MailClientOptions { BaseUri = new Uri("http://localhost:8080"), RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, Transport = () => handler, Time = new SteppingTime(server.Clock), MaximumRetryCount = 1 },
                MailAdmin.Client.MailCredential.FromPassword("admin", "sandbox-admin-secret"),
                TestContext.Current.CancellationToken);
            await client.Principals.CreateAsync(New("jane@example.org"), TestContext.Current.CancellationToken);
            return new World(handler, client);
        }

        public void Lose(Loss loss) => _handler.Loss = loss;

        public Task<MailPrincipal?> FindAsync(string name) => Client.Principals.FindAsync(name, TestContext.Current.CancellationToken);

        public Task<long> CountAsync() => Client.Principals.CountAsync(new PrincipalQuery { Types = [PrincipalType.Individual] }, TestContext.Current.CancellationToken);

        public void Dispose() => Client.Dispose();
    }

    /// <summary>Loses one request that writes.</summary>
    private sealed class LossyHandler(HttpMessageHandler server) : DelegatingHandler(server)
    {
        public Loss? Loss { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Loss is not { } loss || request.Content is null || !(await request.Content.ReadAsStringAsync(cancellationToken)).Contains("/set\"", StringComparison.Ordinal))
            {
                return await base.SendAsync(request, cancellationToken);
            }
            Loss = null;
            if (loss == JmapLostAnswerTests.Loss.Failure)
            {
                return FakeJmapServer.Answer(("error", """{"type":"serverUnavailable"}""", "0"));
            }
            if (loss == JmapLostAnswerTests.Loss.Answer)
            {
                (await base.SendAsync(request, cancellationToken)).Dispose();
            }
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was cut.");
        }
    }
}
