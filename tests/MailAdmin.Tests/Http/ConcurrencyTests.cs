// The account's window: four calls at once, or sixteen.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class ConcurrencyTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("authenticate", 4)]
    [InlineData("authenticate,unlimited-requests", 16)]
    public async Task No_more_calls_are_under_way_than_the_server_allows(string permissions, int limit)
    {
        using var full = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        int now = 0, most = 0;
        var server = new FakeServer
        {
            Permissions = permissions,
            Delay = async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                full.Release();
                await go.WaitAsync(s_cancellationToken);
                Interlocked.Decrement(ref now);
            },
        };
        using MailClient client = await server.ConnectAsync();
        client.ConcurrencyLimit.ShouldBe(limit);

        Task[] calls = [.. Enumerable.Range(0, 40).Select(i => Task.Run(() => client.Raw.SendAsync(HttpMethod.Get, $"x/{i}", null, null, s_cancellationToken)))];
        for (int i = 0; i < limit; i++)
        {
            await full.WaitAsync(s_cancellationToken);
        }
        go.Release(40);
        await Task.WhenAll(calls);
        most.ShouldBe(limit);
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
}
