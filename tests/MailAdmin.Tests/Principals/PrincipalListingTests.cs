// What a listing asks the server, and what it makes of the answers.
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Text;
using System.Web;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalListingTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_directory_is_asked_for_in_few_pages()
    {
        var server = new FakeServer(Directory(900));
        var totals = new List<long>();
        List<MailPrincipal> all = await ListAsync(server, new PrincipalQuery(), totals.Add);
        all.Select(p => p.Id).ShouldBe(Enumerable.Range(0, 900).Select(i => (uint)i));
        server.RequestLines.ShouldBe(
        [
            "GET /api/principal?page=1&limit=64",
            "GET /api/principal?page=1&limit=512",
            "GET /api/principal?page=2&limit=512",
        ]);
        totals.ShouldBe([900, 900, 900]);
    }

    [Fact]
    public async Task Nothing_but_the_total_is_one_count()
    {
        var totals = new List<long>();
        var server = new FakeServer(_ => TestResponses.Data("""{"items":[],"total":900}"""));
        (await ListAsync(server, new PrincipalQuery { First = 0 }, totals.Add)).ShouldBeEmpty();
        totals.ShouldBe([900]);
        server.RequestLines.ShouldHaveSingleItem().ShouldContain("count=1");
    }

    // The second page begins at the start again, and what the first one held is left out, by number where it is not wanted and by id where it is.
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    public async Task What_is_skipped_stays_out_when_a_page_begins_at_the_start_again(int skip)
    {
        var server = new FakeServer(Directory(1000));
        List<MailPrincipal> all = await ListAsync(server, new PrincipalQuery { Skip = skip });
        all.Select(p => p.Id).ShouldBe(Enumerable.Range(skip, 1000 - skip).Select(i => (uint)i));
        server.RequestLines.ShouldContain(line => line.Contains("page=1&limit=512", StringComparison.Ordinal) || line.Contains("page=1&limit=1600", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_page_is_asked_for_after_the_last()
    {
        var server = new FakeServer(Directory(128));
        (await ListAsync(server, new PrincipalQuery())).Count.ShouldBe(128);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_stops_taking_stops_the_asking()
    {
        var server = new FakeServer(Directory(5000));
        using MailClient client = await server.ConnectAsync();
        await foreach (MailPrincipal principal in client.Principals.ListAsync(new PrincipalQuery(), null, s_cancellationToken))
        {
            if (principal.Id == 2)
            {
                break;
            }
        }
        server.RequestLines.ShouldBe(["GET /api/principal?page=1&limit=64"]);
    }

    [Fact]
    public async Task First_and_skip_ask_for_no_more_than_that()
    {
        var server = new FakeServer(Directory(5000));
        long total = 0;
        (await ListAsync(server, new PrincipalQuery { First = 3, Skip = 100 }, t => total = t)).Select(p => p.Id).ShouldBe([100u, 101, 102]);
        total.ShouldBe(5000);
        (await ListAsync(server, new PrincipalQuery { First = 3 })).Count.ShouldBe(3);
        (await ListAsync(server, new PrincipalQuery { First = 0 })).ShouldBeEmpty();
        (await ListAsync(server, new PrincipalQuery { Skip = 4990 })).Count.ShouldBe(10);
        server.RequestLines.ShouldBe(["GET /api/principal?page=2&limit=100", "GET /api/principal?page=1&limit=3", "GET /api/principal?page=2&limit=4990"]);
    }

    [Fact]
    public async Task Rows_that_shift_between_pages_come_once()
    {
        int page = 0;
        var server = new FakeServer(r => page++ == 0 ? Page(0, 64, 100) : Page(60, 36, 100));
        (await ListAsync(server, new PrincipalQuery())).Select(p => p.Id).ShouldBe(Enumerable.Range(0, 96).Select(i => (uint)i));
    }

    [Fact]
    public async Task One_request_has_no_page()
    {
        var server = new FakeServer(_ => Page(0, 300, 300));
        (await ListAsync(server, new PrincipalQuery { InOneRequest = true, Fields = ["name", "emails"], Filter = "a b" })).Count.ShouldBe(300);
        server.RequestLines.ShouldBe(["GET /api/principal?filter=a%20b&fields=name%2Cemails"]);
    }

    [Fact]
    public async Task A_count_asks_for_no_items()
    {
        var server = new FakeServer(_ => TestResponses.Data("""{"items":[],"total":34}"""));
        using MailClient client = await server.ConnectAsync();
        (await client.Principals.CountAsync(new PrincipalQuery { Types = [PrincipalType.Individual] }, s_cancellationToken)).ShouldBe(34);
        server.RequestLines.ShouldBe(["GET /api/principal?types=individual&count=1"]);
    }

    [Theory]
    [InlineData(FakeServer.AllListPermissions, false, null)]
    [InlineData(FakeServer.AllListPermissions, true, null)]
    [InlineData("individual-list,mailing-list-list,tenant-list", false, "individual%2Clist")]
    [InlineData("individual-list,tenant-list", true, "individual%2Ctenant")]
    [InlineData("principal-list,api-key-list", false, "apiKey%2Cresource%2Clocation")]
    public async Task Without_types_those_are_listed_that_are_permitted(string permissions, bool enterprise, string? types)
    {
        var server = new FakeServer(Directory(0)) { Permissions = permissions, IsEnterprise = enterprise };
        await ListAsync(server, new PrincipalQuery());
        server.RequestLines.ShouldBe([$"GET /api/principal?{(types is null ? "" : $"types={types}&")}page=1&limit=64"]);
    }

    [Fact]
    public async Task Who_may_list_nothing_is_told_without_asking()
    {
        var server = new FakeServer { Permissions = "authenticate" };
        (await Should.ThrowAsync<MailServerException>(ListAsync(server, new PrincipalQuery()))).Code.ShouldBe(MailErrorCode.Forbidden);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kind_that_the_server_would_skip_is_refused()
    {
        var server = new FakeServer();
        (await Should.ThrowAsync<MailServerException>(ListAsync(server, new PrincipalQuery { Types = [PrincipalType.FromWire("other")] }))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \t")]
    public async Task An_empty_filter_is_never_everything(string filter)
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        Should.Throw<ArgumentException>(() => client.Principals.ListAsync(new PrincipalQuery { Filter = filter }, null, s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(() => client.Principals.CountAsync(new PrincipalQuery { Filter = filter }, s_cancellationToken));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Errors_of_every_form_reach_the_reader_of_the_list()
    {
        (HttpResponseMessage Answer, MailErrorCode Code)[] forms =
        [
            (TestResponses.Json(HttpStatusCode.OK, """{"error":"unsupported","details":"Enterprise"}"""), MailErrorCode.Unsupported),
            (TestResponses.Problem(403, "Forbidden"), MailErrorCode.Forbidden),
            (TestResponses.Html(), MailErrorCode.UnexpectedResponse),
            (TestResponses.Html(HttpStatusCode.InternalServerError), MailErrorCode.ServerError),
            (TestResponses.Json(HttpStatusCode.OK, """{"data":{"items":[{"id":1,"type":"individual"},{"id":2,"""), MailErrorCode.UnexpectedResponse),
            (TestResponses.Json(HttpStatusCode.OK, """{"data":{"items":[],"total":0}"""), MailErrorCode.UnexpectedResponse),
            (TestResponses.Json(HttpStatusCode.OK, """{"data":{"total":0}}"""), MailErrorCode.UnexpectedResponse),
            (TestResponses.Json(HttpStatusCode.OK, """{"data":null}"""), MailErrorCode.UnexpectedResponse),
            (TestResponses.Json(HttpStatusCode.OK, """{"data":{"items":[{"type":"individual"}],"total":1}}"""), MailErrorCode.UnexpectedResponse),
            (TestResponses.Json(HttpStatusCode.OK, ""), MailErrorCode.UnexpectedResponse),
            (TestResponses.Create(HttpStatusCode.OK, "<html>"u8.ToArray(), "application/json"), MailErrorCode.UnexpectedResponse),
        ];
        foreach ((HttpResponseMessage answer, MailErrorCode code) in forms)
        {
            var server = new FakeServer(_ => answer);
            (await Should.ThrowAsync<MailServerException>(ListAsync(server, new PrincipalQuery()))).Code.ShouldBe(code);
        }
    }

    [Fact]
    public async Task A_page_whose_connection_dies_is_asked_for_again_and_no_row_comes_twice()
    {
        int calls = 0;
        var server = new FakeServer(_ =>
        {
            HttpResponseMessage page = Page(0, 40, 40);
            if (++calls < 3)
            {
                page.Content = new StreamContent(new DisconnectingStream(page.Content.ReadAsStream(s_cancellationToken), 700 * calls));
                page.Content.Headers.ContentType = new("application/json");
            }
            return page;
        });
        (await ListAsync(server, new PrincipalQuery())).Select(p => p.Id).ShouldBe(Enumerable.Range(0, 40).Select(i => (uint)i));
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task Principals_come_before_the_page_is_whole()
    {
        using var stop = new CancellationTokenSource();
        var server = new FakeServer(_ =>
        {
            var response = new HttpResponseMessage { Content = new StreamContent(new StallingStream("""{"data":{"items":[{"id":7,"type":"individual"},{"id":8,"""u8.ToArray())) };
            response.Content.Headers.ContentType = new("application/json");
            return response;
        });
        using MailClient client = await server.ConnectAsync();
        await using IAsyncEnumerator<MailPrincipal> list = client.Principals.ListAsync(new PrincipalQuery(), null, stop.Token).GetAsyncEnumerator(stop.Token);
        (await list.MoveNextAsync()).ShouldBeTrue();
        list.Current.Id.ShouldBe(7u);
        ValueTask<bool> next = list.MoveNextAsync();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next.AsTask());
    }

    [Fact]
    public async Task An_address_is_found_exactly()
    {
        var server = new FakeServer(r => r.Target.Contains('?', StringComparison.Ordinal)
            ? TestResponses.Data("""{"items":[{"id":1,"type":"individual","name":"a","emails":"xjane@example.org"},{"id":2,"type":"group","name":"b","emails":["x@example.org","Jane@Example.org"]}],"total":2}""")
            : TestResponses.Json(HttpStatusCode.OK, """{"error":"notFound","item":"x"}"""));
        using MailClient client = await server.ConnectAsync();
        (await client.Principals.FindAsync("JANE@example.org", s_cancellationToken))!.Name.ShouldBe("b");
        (await client.Principals.FindAsync("nobody@example.org", s_cancellationToken)).ShouldBeNull();
        (await client.Principals.FindAsync("jane", s_cancellationToken)).ShouldBeNull();
        server.RequestLines.First().ShouldBe("GET /api/principal/jane%40example.org");
        server.RequestLines.Skip(1).First().ShouldBe("GET /api/principal?filter=JANE%40example.org&page=1&limit=64");
    }

    private static async Task<List<MailPrincipal>> ListAsync(FakeServer server, PrincipalQuery query, Action<long>? onTotal = null)
    {
        using MailClient client = await server.ConnectAsync();
        var list = new List<MailPrincipal>();
        await foreach (MailPrincipal principal in client.Principals.ListAsync(query, onTotal, s_cancellationToken))
        {
            list.Add(principal);
        }
        return list;
    }

    // Pages as the server cuts them.
    private static Func<RecordedRequest, HttpResponseMessage> Directory(int total) => request =>
    {
        NameValueCollection query = HttpUtility.ParseQueryString(request.Uri.Query);
        int page = int.Parse(query["page"]!, CultureInfo.InvariantCulture), limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
        int start = (page - 1) * limit;
        return Page(start, Math.Max(0, Math.Min(limit, total - start)), total);
    };

    private static HttpResponseMessage Page(int start, int count, int total)
    {
        var text = new StringBuilder("""{"items":[""");
        text.AppendJoin(',', Enumerable.Range(start, count).Select(i => $$"""{"id":{{i}},"type":"individual","name":"user{{i:00000}}"}"""));
        text.Append(CultureInfo.InvariantCulture, $"],\"total\":{total}}}");
        return TestResponses.Data(text.ToString());
    }
}
