using System.Net;
using MailAdmin.Client.Http;
using MailAdmin.Isolated.Http;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class HttpPipelineTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_callers_rule_decides_what_is_sent_again_and_when()
    {
        var time = new ManualTime();
        var asked = new List<(int Attempt, int Status)>();
        var told = new List<(int Attempt, TimeSpan Delay)>();
        var server = new Script(_ => new HttpResponseMessage((HttpStatusCode)429), _ => new HttpResponseMessage((HttpStatusCode)503), _ => Ok("done"));
        using HttpClient client = Create(Parts(server, time) with
        {
            Delay = (_, response, _, attempt) =>
            {
                asked.Add((attempt, (int)response!.StatusCode));
                return response.IsSuccessStatusCode ? null : TimeSpan.FromSeconds(30 * (attempt + 1));
            },
            OnRetry = (_, attempt, delay) => told.Add((attempt, delay)),
        });

        Task<HttpResponseMessage> call = client.GetAsync(new Uri("http://mail.test/"));
        await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(30));
        await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(60));
        using HttpResponseMessage answer = await call;

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("done");
        asked.ShouldBe([(0, 429), (1, 503), (2, 200)]);
        told.ShouldBe([(0, TimeSpan.FromSeconds(30)), (1, TimeSpan.FromSeconds(60))]);
        client.Dispose();
        server.Disposed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_body_is_sent_whole_each_time_and_the_callers_handlers_run_each_time()
    {
        var marks = new List<string>();
        var server = new Script(_ => throw new HttpRequestException("reset"), _ => Ok("done"));
        using HttpClient client = Create(Parts(server) with
        {
            Handlers = [new Mark("outer", marks), new Mark("inner", marks)],
            Delay = (_, _, exception, _) => exception is HttpRequestException ? TimeSpan.Zero : null,
        });

        using var content = new ByteArrayContent("row"u8.ToArray());
        using HttpResponseMessage answer = await client.PostAsync(new Uri("http://mail.test/"), content);

        server.Bodies.ShouldBe(["row", "row"]);
        marks.ShouldBe(["outer", "inner", "outer", "inner"]);
    }

    [Fact]
    public async Task No_rule_no_retry_and_never_more_than_the_maximum()
    {
        var server = new Script(_ => new HttpResponseMessage(HttpStatusCode.BadGateway));
        using HttpClient never = Create(Parts(server) with { MaxRetries = 0, Delay = (_, _, _, _) => TimeSpan.Zero });
        (await never.GetAsync(new Uri("http://mail.test/"))).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        server.Calls.ShouldBe(1);

        var again = new Script(_ => new HttpResponseMessage(HttpStatusCode.BadGateway));
        using HttpClient thrice = Create(Parts(again) with { Delay = (_, _, _, _) => TimeSpan.Zero });
        (await thrice.GetAsync(new Uri("http://mail.test/"))).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        again.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task A_timed_out_attempt_says_after_how_long_and_the_rule_may_retry_it()
    {
        var time = new ManualTime();
        Exception? seen = null;
        var server = new Script(Script.Hang, Script.Hang);
        using HttpClient client = Create(Parts(server, time) with
        {
            MaxRetries = 1,
            AttemptTimeout = TimeSpan.FromSeconds(30),
            Delay = (_, _, exception, attempt) =>
            {
                seen ??= exception;
                return attempt == 0 ? TimeSpan.Zero : null;
            },
        });

        Task<HttpResponseMessage> call = client.GetAsync(new Uri("http://mail.test/"));
        await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(30));
        await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(30));

        HttpRequestException exception = await Should.ThrowAsync<HttpRequestException>(call);
        exception.Message.ShouldContain("30 seconds");
        exception.InnerException.ShouldBeOfType<TimeoutException>();
        seen.ShouldBeOfType<HttpRequestException>();
        server.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_timeout_and_is_not_retried()
    {
        int asked = 0;
        var server = new Script(Script.Hang);
        using var cancellation = new CancellationTokenSource();
        using HttpClient client = Create(Parts(server) with
        {
            AttemptTimeout = TimeSpan.FromMinutes(5),
            Delay = (_, _, _, _) =>
            {
                asked++;
                return TimeSpan.Zero;
            },
        });

        Task<HttpResponseMessage> call = client.GetAsync(new Uri("http://mail.test/"), cancellation.Token);
        await server.Started;
        await cancellation.CancelAsync();

        OperationCanceledException exception = await Should.ThrowAsync<OperationCanceledException>(() => call);
        exception.InnerException.ShouldNotBeOfType<TimeoutException>();
        asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_wait_for_the_next_attempt_ends_when_the_caller_cancels()
    {
        var time = new ManualTime();
        using var cancellation = new CancellationTokenSource();
        var server = new Script(_ => new HttpResponseMessage((HttpStatusCode)429));
        using HttpClient client = Create(Parts(server, time) with { Delay = (_, _, _, _) => TimeSpan.FromHours(1) });

        Task<HttpResponseMessage> call = client.GetAsync(new Uri("http://mail.test/"), cancellation.Token);
        await time.AdvanceWhenWaitingAsync(s_second);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        server.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_outlasts_the_attempts_timeout_is_read_to_its_end()
    {
        var time = new ManualTime();
        using var body = new MemoryStream("data: 1\n\n"u8.ToArray());
        var server = new Script(_ => new HttpResponseMessage { Content = new StreamContent(body) });
        using HttpClient client = Create(Parts(server, time) with { AttemptTimeout = s_second });

        using HttpResponseMessage answer = await client.GetAsync(new Uri("http://mail.test/"), HttpCompletionOption.ResponseHeadersRead);
        time.Advance(TimeSpan.FromHours(1));

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("data: 1\n\n");
    }

    [Fact]
    public async Task Waiting_in_a_handler_of_the_caller_is_not_timed()
    {
        var time = new ManualTime();
        var gate = new TaskCompletionSource();
        var server = new Script(_ => Ok("done"));
        using HttpClient client = Create(Parts(server, time) with
        {
            AttemptTimeout = s_second,
            Handlers = [new Gate(gate.Task)],
        });

        Task<HttpResponseMessage> call = client.GetAsync(new Uri("http://mail.test/"));
        time.Advance(TimeSpan.FromMinutes(2));
        gate.SetResult();

        (await call).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void The_bridge_shows_nothing_but_the_platform()
    {
        string[] allowed = ["MailAdmin.Isolated", "System.Private.CoreLib", "System.Runtime", "System.Net.Http", "System.Net.Primitives", "System.Collections", "System.Private.Uri"];
        Type[] exported = typeof(RetryHandler).Assembly.GetExportedTypes();
        IEnumerable<Type> used = exported
            .SelectMany(type => type.GetMethods().Cast<System.Reflection.MethodBase>().Concat(type.GetConstructors()))
            .SelectMany(member => member.GetParameters().Select(parameter => parameter.ParameterType)
                .Append(member is System.Reflection.MethodInfo method ? method.ReturnType : typeof(void)))
            .SelectMany(type => type.GetGenericArguments().Append(type))
            .Concat(exported.Select(type => type.BaseType).OfType<Type>());

        used.Select(type => type.Assembly.GetName().Name).Distinct().Except(allowed).ShouldBeEmpty();
    }

    private static PipelineParts Parts(Script server, TimeProvider? time = null) => new(server, time ?? TimeProvider.System);

    private static HttpClient Create(PipelineParts parts)
    {
        List<DelegatingHandler> handlers = [.. parts.Handlers, new AttemptTimeoutHandler(parts.AttemptTimeout, parts.Time)];
        if (parts.MaxRetries > 0)
        {
            handlers.Insert(0, new RetryHandler(parts.MaxRetries, parts.Delay, parts.OnRetry, parts.Time));
        }
        return HttpPipeline.Create(parts.Server, handlers);
    }

    private sealed record PipelineParts(Script Server, TimeProvider Time)
    {
        public IReadOnlyList<DelegatingHandler> Handlers { get; init; } = [];

        public Func<HttpRequestMessage, HttpResponseMessage?, Exception?, int, TimeSpan?> Delay { get; init; } = (_, _, _, _) => null;

        public Action<HttpRequestMessage, int, TimeSpan>? OnRetry { get; init; }

        public int MaxRetries { get; init; } = 3;

        public TimeSpan AttemptTimeout { get; init; } = Timeout.InfiniteTimeSpan;
    }

    private static HttpResponseMessage Ok(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text) };

    /// <summary>A server that gives one answer after another, the last for ever.</summary>
    private sealed class Script(params Func<HttpRequestMessage, HttpResponseMessage?>[] answers) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static Func<HttpRequestMessage, HttpResponseMessage?> Hang { get; } = _ => null;

        public int Calls { get; private set; }

        public List<string> Bodies { get; } = [];

        public bool Disposed { get; private set; }

        public Task Started => _started.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            int call = Calls++;
            _started.TrySetResult();
            if (request.Content is not null)
            {
                Bodies.Add(await request.Content.ReadAsStringAsync(cancellationToken));
            }

            if (answers[Math.Min(call, answers.Length - 1)](request) is { } answer)
            {
                return answer;
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new System.Diagnostics.UnreachableException();
        }

        protected override void Dispose(bool disposing)
        {
            Disposed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class Mark(string name, List<string> marks) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            marks.Add(name);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Gate(Task open) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await open.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
