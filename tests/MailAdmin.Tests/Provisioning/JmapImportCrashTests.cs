// Imports to servers from 0.16 on that die, fail or fall silent in the middle: each row is told once, what is told of it is so, and the same import again completes it.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Faults;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

public sealed class JmapImportCrashTests
{
    // Some sets of up to 100, of which the second large one meets the accident.
    private const int RowCount = 300;
    private const int LargeSet = 50;
    private const int Place = 2;
    private const string Password = "sandbox-admin-secret";
    private const string Import = "| Import-MailPrincipal -NoPassword";
    private static readonly string[] s_members = ["create", "update"];

    // The pauses between attempts are shorter, and the time in which the server may come back is longer.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(2);
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    public enum Accident
    {
        /// <summary>The set is done, and the connection ends in the middle of its answer.</summary>
        AnswerCut,

        /// <summary>The set is done, and the connection ends before its answer.</summary>
        AnswerLost,

        /// <summary>The connection ends before the set is done.</summary>
        RequestLost,

        /// <summary>Nothing listens.</summary>
        Refused,

        /// <summary>Half of the set is done, then the server fails.</summary>
        PartDone,

        /// <summary>The server fails with a status, and has done nothing.</summary>
        Failure,

        /// <summary>Too many requests in the time.</summary>
        RateLimit,

        /// <summary>A proxy says that the server is away.</summary>
        Away,

        /// <summary>Too many requests at once.</summary>
        TooManyAtOnce,
    }

    public static TheoryData<Accident> Accidents => [.. Enum.GetValues<Accident>()];

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task An_accident_in_the_middle_is_made_good(Accident accident)
    {
        SandboxServer server = JmapCalls.CreateServer();
        var way = new AccidentHandler(server, "Account", accident, lasts: false, LargeSet);
        using HostedShell shell = await ConnectAsync(server, () => way);

        ScriptResult run = shell.Run($"{MakeRows(RowCount)} {Import}");

        way.Count.ShouldBe(1);
        MailImportResult[] results = run.ShouldHaveNoErrors().OutputAs<MailImportResult>();
        results.Select(result => result.Action).Distinct().ShouldBe(["Created"]);
        await ShouldBeSoAsync(server, results, RowCount);
    }

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task Of_an_accident_that_lasts_nothing_is_told_that_is_not_so_and_the_same_import_completes_it(Accident accident)
    {
        SandboxServer server = JmapCalls.CreateServer();
        var way = new AccidentHandler(server, "Account", accident, lasts: true, LargeSet);
        using HostedShell shell = await ConnectAsync(server, () => way);

        ScriptResult run = shell.Run($"{MakeRows(RowCount)} {Import}");

        // What is done shows, whether its answer comes or not.
        bool isDone = accident is Accident.AnswerCut or Accident.AnswerLost;
        MailImportResult[] results = run.OutputAs<MailImportResult>();
        results.Any(result => result.Action != "Created").ShouldBe(!isDone);
        run.Errors.Any().ShouldBe(!isDone);
        await ShouldBeSoAsync(server, results, RowCount);
        way.IsOver = true;
        await ShouldCompleteAsync(server, shell, MakeRows(RowCount), RowCount);
    }

    [Fact]
    public async Task An_import_survives_a_server_that_is_killed_and_started_again()
    {
        using World world = await World.StartAsync();
        int asked = 0;
        world.Client.Waiting += notice =>
        {
            if (notice.Kind == WaitKind.Outage && Interlocked.Increment(ref asked) == 3)
            {
                world.BeginRestart();
            }
        };

        ScriptResult run = world.Shell.Run($"{MakeRows(RowCount)} {Import}");

        await world.ShouldHaveBeenKilledAsync();
        MailImportResult[] results = run.ShouldHaveNoErrors().OutputAs<MailImportResult>();
        results.Select(result => result.Action).Distinct().ShouldBe(["Created"]);
        await ShouldBeSoAsync(world.Server, results, RowCount);
    }

    [Theory]
    [InlineData("0.2")]
    [InlineData("0")]
    public async Task Of_an_import_whose_server_stays_dead_each_row_is_told_and_the_same_import_completes_it(string outageTimeout)
    {
        using World world = await World.StartAsync();
        string rows = MakeRows(RowCount);

        ScriptResult run = world.Shell.Run($"{rows} {Import} -OutageTimeout {outageTimeout}");

        await world.ShouldHaveBeenKilledAsync();
        MailImportResult[] results = run.OutputAs<MailImportResult>();
        results.Count(result => result.Action == "Created").ShouldBeGreaterThanOrEqualTo(LargeSet);
        results.Count(result => result.Action == "Unknown").ShouldBeGreaterThan(0);
        await ShouldBeSoAsync(world.Server, results, RowCount);

        world.BeginRestart();
        await ShouldCompleteAsync(world.Server, world.Shell, rows, RowCount);
    }

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task What_is_written_after_an_account_is_made_good_too(Accident accident)
    {
        SandboxServer server = JmapCalls.CreateServer();
        var way = new AccidentHandler(server, "MailingList", accident, lasts: false);
        using HostedShell shell = await ConnectAsync(server, () => way);
        shell.Run("New-MailPrincipal news@example.org -Type List -ExternalMember ann@else.test").ShouldHaveNoErrors();

        ScriptResult run = shell.Run($"{MakeRows(12, "List = 'news'; MemberOf = ''")} {Import}");

        way.Count.ShouldBe(1);
        MailImportResult[] results = run.ShouldHaveNoErrors().OutputAs<MailImportResult>();
        results.Select(result => result.Action).Distinct().ShouldBe(["Created"]);
        await ShouldBeSoAsync(server, results, 12);
        shell.Run("(Get-MailPrincipal news).Member.Count").OutputAs<int>().ShouldBe([12]);
    }

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task So_are_the_members_of_a_group(Accident accident)
    {
        SandboxServer server = JmapCalls.CreateServer();
        var way = new AccidentHandler(server, "Account", accident, lasts: false) { IsOver = true };
        using HostedShell shell = await ConnectAsync(server, () => way);
        shell.Run($"{MakeRows(3)} {Import}").ShouldHaveNoErrors();
        way.Begin();

        ScriptResult run = shell.Run("[pscustomobject]@{ Name = 'staff@example.org'; Type = 'Group'; Member = 'new1;new2;new3' } | Import-MailPrincipal");

        way.Count.ShouldBe(1);
        run.ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Created");
        shell.Run("(Get-MailPrincipal staff).Member.Count").OutputAs<int>().ShouldBe([3]);
    }

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task An_account_that_is_there_is_not_told_not_to_be_sent(Accident accident)
    {
        SandboxServer server = JmapCalls.CreateServer();
        var way = new AccidentHandler(server, "MailingList", accident, lasts: true);
        using HostedShell shell = await ConnectAsync(server, () => way);
        shell.Run("New-MailPrincipal news@example.org -Type List -ExternalMember ann@else.test").ShouldHaveNoErrors();
        string rows = MakeRows(12, "List = 'news'");

        MailImportResult[] results = shell.Run($"{rows} {Import} -ThrottleLimit 4").OutputAs<MailImportResult>();

        HashSet<string> accounts = await ListAsync(server);
        results.Where(result => result.Action == "NotSent" && accounts.Contains(result.Identity)).ShouldBeEmpty();
        results.Where(result => result.Action == "Failed" && accounts.Contains(result.Identity)).ShouldAllBe(result => result.Error!.Contains("was created, but it is not in 'news", StringComparison.Ordinal));
        way.IsOver = true;
        await ShouldCompleteAsync(server, shell, rows, 12);
        shell.Run("(Get-MailPrincipal news).Member.Count").OutputAs<int>().ShouldBe([12]);
    }

    private static string MakeRows(int count, string more = "") => $"1..{count} | ForEach-Object {{ [pscustomobject]@{{ Name = \"new$_@example.org\"; Description = \"Number $_\"; {more} }} }}";

    // Every row once; none done that is not, and none failed that is.
    private static async Task ShouldBeSoAsync(SandboxServer server, MailImportResult[] results, int count)
    {
        results.Select(result => result.Row).Order().ShouldBe(Enumerable.Range(1, count));
        HashSet<string> accounts = await ListAsync(server);
        results.Where(result => result.Action == "Created" && !accounts.Contains(result.Identity)).ShouldBeEmpty();
        results.Where(result => result.Action is "Failed" or "NotSent" && accounts.Contains(result.Identity)).ShouldBeEmpty();
        results.Select(result => result.Action).Except(["Created", "Failed", "Unknown", "NotSent"]).ShouldBeEmpty();
    }

    private static async Task ShouldCompleteAsync(SandboxServer server, HostedShell shell, string rows, int count)
    {
        shell.Run($"{rows} {Import}").ShouldHaveNoErrors().OutputAs<MailImportResult>().Select(result => result.Action).Except(["Created", "Updated", "Unchanged"]).ShouldBeEmpty();
        shell.Run($"{rows} {Import}").ShouldHaveNoErrors().OutputAs<MailImportResult>().Count(result => result.Action == "Unchanged").ShouldBe(count);
        (await ListAsync(server)).Count.ShouldBe(count);
    }

    private static async Task<HashSet<string>> ListAsync(SandboxServer server)
    {
        using MailClient client = await server.ConnectAsync();
        List<MailPrincipal> accounts = await client.Principals.ListAsync(new PrincipalQuery { Types = [PrincipalType.Individual] }, null, s_cancellationToken).ToListAsync(s_cancellationToken);
        return [.. accounts.Select(account => account.Name).Where(name => name.StartsWith("new", StringComparison.Ordinal))];
    }

    private static async Task<HostedShell> ConnectAsync(SandboxServer server, Func<HttpMessageHandler> transport)
    {
        var shell = new HostedShell();
        shell.Connect(await MailClient.ConnectAsync(
            new MailClientOptions { BaseUri = new Uri("https://sandbox.example.org"), RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, Transport = transport, Time = new SteppingTime(server.Clock, s_longestWait) },
            MailCredential.FromPassword("admin", Password), s_cancellationToken));
        return shell;
    }

    // The set of a request, where it is one of the type, with so many objects at least.
    private static JsonNode? FindSet(string body, string type, int minObjects) =>
        body.Contains($"\"x:{type}/set\"", StringComparison.Ordinal) && JsonNode.Parse(body)!["methodCalls"]![0] is { } call
        && s_members.Sum(member => (call[1]![member] as JsonObject)?.Count ?? 0) >= minObjects ? call : null;

    /// <summary>A sandbox that listens, and is killed while it is at work on the second set.</summary>
    private sealed class World : IDisposable
    {
        private readonly TaskCompletionSource _isBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private RunningSandbox _running;
        private Task? _kill;

        private World(SandboxServer server, RunningSandbox running) => (Server, _running) = (server, running);

        public SandboxServer Server { get; }

        public MailClient Client { get; private set; } = null!;

        public HostedShell Shell { get; } = new();

        public static async Task<World> StartAsync()
        {
            SandboxServer server = JmapCalls.CreateServer();
            var world = new World(server, await SandboxHost.StartAsync(server, cancellationToken: s_cancellationToken));
            world.Client = await MailClient.ConnectAsync(
                new MailClientOptions
                {
                    BaseUri = world._running.BaseUri,
                    RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
                    RetryInterval = TimeSpan.FromMilliseconds(5),
                    Transport = () => new KillingHandler(world),
                },
                MailCredential.FromPassword("admin", Password), s_cancellationToken);
            world.Shell.Connect(world.Client);
            return world;
        }

        public void BeginRestart() => _ = Task.Run(async () =>
        {
            await _kill!;
            _running = await SandboxHost.StartAsync(Server, _running.BaseUri.ToString());
            _isBack.SetResult();
        });

        public async Task ShouldHaveBeenKilledAsync() => await _kill.ShouldNotBeNull();

        public void Dispose()
        {
            Shell.Dispose();
            Client.Dispose();
            _running.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        /// <summary>Sends a request that the server takes up and does not answer before it is killed.</summary>
        public async Task<HttpResponseMessage> KillAsync(Func<Task<HttpResponseMessage>> send)
        {
            Server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Delay, Path = "/jmap", Delay = TimeSpan.FromMinutes(1), Count = 1 });
            int before = Server.RequestCount;
            Task<HttpResponseMessage> answer = send();
            while (Server.RequestCount == before && !answer.IsCompleted)
            {
                await Task.Yield();
            }
            _kill = Task.Run(async () => await _running.DisposeAsync());
            return await answer;
        }
    }

    private sealed class KillingHandler(World world) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _sets;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool isLarge = request.Content is { } content && FindSet(await content.ReadAsStringAsync(cancellationToken), "Account", LargeSet) is not null;
            return isLarge && Interlocked.Increment(ref _sets) == Place ? await world.KillAsync(() => base.SendAsync(request, cancellationToken)) : await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>The way to a sandbox on which something happens to the second set of a type, or to all from the second on.</summary>
    private sealed class AccidentHandler(SandboxServer server, string type, Accident accident, bool lasts, int minObjects = 1) : DelegatingHandler(server.CreateHandler())
    {
        private int _sets;

        public bool IsOver { get; set; }

        /// <summary>How often it happened.</summary>
        public int Count { get; private set; }

        /// <summary>Counts the sets from here.</summary>
        public void Begin() => (_sets, IsOver) = (0, false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            if (IsOver || FindSet(body, type, lasts && Count > 0 ? 1 : minObjects) is not { } set || !IsHit(Interlocked.Increment(ref _sets)))
            {
                return await base.SendAsync(request, cancellationToken);
            }
            Count++;
            if (accident is Accident.AnswerCut or Accident.AnswerLost)
            {
                (await base.SendAsync(request, cancellationToken)).Dispose();
            }
            else if (accident == Accident.PartDone)
            {
                using HttpRequestMessage part = CreatePart(request, body);
                (await base.SendAsync(part, cancellationToken)).Dispose();
            }
            // A real transport answers later, on another thread.
            await Task.Yield();
            HttpResponseMessage response = Answer(set[2]!.GetValue<string>());
            response.RequestMessage = request;
            return response;
        }

        private bool IsHit(int set) => lasts ? set >= Place : set == Place;

        private HttpResponseMessage Answer(string callId) => accident switch
        {
            Accident.AnswerCut => new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StreamContent(new BrokenStream(new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            },
            Accident.AnswerLost or Accident.RequestLost => TestResponses.ConnectionLost(),
            Accident.Refused => TestResponses.ConnectionRefused(),
            Accident.PartDone => FakeJmapServer.Answer(("error", """{"type":"serverUnavailable"}""", callId)),
            Accident.Failure => TestResponses.Problem(500, "Internal Server Error"),
            Accident.RateLimit => WithRetryAfter(TestResponses.Problem(429, "Too Many Requests")),
            Accident.Away => TestResponses.Html(HttpStatusCode.ServiceUnavailable),
            _ => TestResponses.Problem(400, "", "maxConcurrentRequests"),
        };

        private static HttpResponseMessage WithRetryAfter(HttpResponseMessage response)
        {
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1));
            return response;
        }

        // The same request with the first half of its objects.
        private static HttpRequestMessage CreatePart(HttpRequestMessage whole, string body)
        {
            JsonNode request = JsonNode.Parse(body)!;
            foreach (string member in s_members)
            {
                if (request["methodCalls"]![0]![1]![member] is JsonObject objects)
                {
                    foreach (string key in objects.Select(each => each.Key).Skip(objects.Count / 2).ToArray())
                    {
                        objects.Remove(key);
                    }
                }
            }
            var part = new HttpRequestMessage(whole.Method, whole.RequestUri) { Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json") };
            part.Headers.Authorization = whole.Headers.Authorization;
            return part;
        }
    }
}
