// The account's window: four calls at once, or sixteen.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class ConcurrencyTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("authenticate", 40, 4)]
    [InlineData("authenticate,unlimited-requests", 500, 64)]
    public async Task No_more_calls_are_under_way_than_the_server_allows(string permissions, int calls, int limit)
    {
        int now = 0, most = 0;
        var server = new FakeServer
        {
            Permissions = permissions,
            OnRequest = _ => TestResponses.Data("true"),
            // No call takes any time: whatever takes long is on the wire.
            Time = new FrozenTime(),
            Delay = async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await Task.Delay(2, s_cancellationToken);
                Interlocked.Decrement(ref now);
            },
        };
        using MailClient client = await server.ConnectAsync();
        client.ConcurrencyLimit.ShouldBe(limit);

        await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(() => client.Queue.GetStatusAsync(s_cancellationToken))));
        most.ShouldBe(limit);
    }

    [Theory]
    [InlineData("group")]
    [InlineData("list")]
    [InlineData("role")]
    [InlineData("tenant")]
    [InlineData("domain")]
    public async Task What_the_server_expands_is_asked_for_two_at_a_time(string type)
    {
        int now = 0, most = 0;
        var server = new FakeServer(request => TestResponses.Data(request.Method == HttpMethod.Patch ? "null" : $$"""{"id":7,"type":"{{type}}","name":"x"}"""))
        {
            Delay = async request =>
            {
                // The list of the names alone costs the server next to nothing.
                if (request.Uri.AbsolutePath == "/api/principal")
                {
                    return;
                }
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await Task.Delay(2, s_cancellationToken);
                Interlocked.Decrement(ref now);
            },
        };
        using MailClient client = await server.ConnectAsync();
        Task[] reads = [.. Enumerable.Range(0, 40).Select(i => (Task)client.Principals.GetAsync($"g{i % 8}", s_cancellationToken))];
        Task[] writes = [.. Enumerable.Range(0, 8).Select(i => client.Principals.PatchAsync($"g{i}", [PrincipalChange.Set(PrincipalField.Description, "x")], s_cancellationToken))];
        await Task.WhenAll([.. reads, .. writes]);
        most.ShouldBe(2);
    }

    [Fact]
    public async Task Accounts_are_read_more_than_two_at_a_time_once_the_names_of_the_others_are_known()
    {
        int now = 0, most = 0;
        var server = new FakeServer(request => request.Uri.AbsolutePath == "/api/principal"
            ? TestResponses.Data("""{"items":[{"id":1,"type":"group","name":"staff"}],"total":1}""")
            : TestResponses.Data("""{"id":7,"type":"individual","name":"x"}"""))
        {
            Delay = async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await Task.Delay(2, s_cancellationToken);
                Interlocked.Decrement(ref now);
            },
            Time = new FrozenTime(),
        };
        using MailClient client = await server.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => client.Principals.GetAsync($"p{i}", s_cancellationToken)));
        most.ShouldBeGreaterThan(4);
        server.Requests.Count(request => request.Uri.AbsolutePath == "/api/principal").ShouldBe(1);
        server.Requests.Single(request => request.Uri.AbsolutePath == "/api/principal").Target.ShouldContain("fields=name");
    }

    [Fact]
    public async Task A_read_of_what_the_server_expands_is_not_sent_again_when_no_answer_came_in_time()
    {
        var server = new FakeServer(_ => throw new HttpRequestException(HttpRequestError.Unknown, "late", new TimeoutException()));
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Principals.GetAsync("staff", s_cancellationToken))).Code.ShouldBe(MailErrorCode.TimedOut);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_refused_for_the_limit_was_not_executed_and_is_sent_again()
    {
        int calls = 0;
        var server = new FakeServer(_ => ++calls < 4 ? TestResponses.Problem(400, "", "maxConcurrentRequests") : TestResponses.Data("5"));
        using MailClient client = await server.ConnectAsync();
        (await client.Raw.SendAsync(HttpMethod.Post, "principal", "{}"u8.ToArray(), "application/json", s_cancellationToken)).Data!.Value.GetInt32().ShouldBe(5);
        calls.ShouldBe(4);
    }

    [Fact]
    public async Task Another_400_is_not_sent_again()
    {
        var server = new FakeServer(_ => TestResponses.Problem(400, "Invalid parameters"));
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Raw.SendAsync(HttpMethod.Post, "x", null, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.InvalidRequest);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_that_is_still_being_read_holds_no_slot()
    {
        var server = new FakeServer(r =>
        {
            var response = new HttpResponseMessage { Content = new StreamContent(new StallingStream("""{"data":{"items":[{"id":7,"type":"individual"},"""u8.ToArray())) };
            response.Content.Headers.ContentType = new("application/json");
            return r.Target.Contains("principal", StringComparison.Ordinal) ? response : TestResponses.Data("null");
        })
        { Permissions = FakeServer.AllListPermissions };
        using MailClient client = await server.ConnectAsync();
        var lists = new List<IAsyncEnumerator<MailAdmin.Client.MailPrincipal>>();
        for (int i = 0; i < 6; i++)
        {
            lists.Add(client.Principals.ListAsync(new(), null, s_cancellationToken).GetAsyncEnumerator(s_cancellationToken));
            (await lists[i].MoveNextAsync()).ShouldBeTrue();
        }
        await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
        foreach (IAsyncEnumerator<MailPrincipal> list in lists)
        {
            await list.DisposeAsync();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen; seen = Interlocked.CompareExchange(ref target, value, seen))
        {
            // Another one was faster.
        }
    }
}
