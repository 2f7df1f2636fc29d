// Calls and their answers: how they share requests, and that each gets its own.
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Jmap;

public sealed class JmapChannelTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_get_goes_to_the_address_that_the_user_gave_with_what_is_asked_for()
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => """{"accountId":"d","list":[{"id":"c","name":"jane"}],"notFound":["b"]}"""));
        server.Server.BaseUri = new Uri("https://proxy.test");
        using MailClient client = await server.ConnectAsync();
        GetAnswer<string> answer = await client.Jmap!.GetAsync("x:Account", ["b", "c"], item => item.GetProperty("name").GetString()!, s_cancellationToken, ["name"]);

        answer.Items.ShouldBe(["jane"]);
        answer.Missing.ShouldBe(["b"]);
        server.Server.AllRequests.ShouldAllBe(request => request.Uri.Host == "proxy.test");
        JmapRequestBody sent = server.Requests.Single();
        sent.Using.ShouldBe(["urn:ietf:params:jmap:core", "urn:stalwart:jmap"]);
        sent.Calls.Single().Method.ShouldBe("x:Account/get");
        sent.Calls.Single().Arguments.GetRawText().ShouldBe("""{"ids":["b","c"],"properties":["name"]}""");
    }

    [Fact]
    public async Task A_line_of_the_log_that_is_in_neither_list_of_a_get_is_missing_too()
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => """{"accountId":"d","list":[],"notFound":[]}"""));
        using MailClient client = await server.ConnectAsync();
        (await client.Jmap!.GetAsync("x:Log", ["b"], item => item.GetRawText(), s_cancellationToken)).Missing.ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("""{"list":[{"id":"c"},{"id":"c"}],"notFound":[]}""")]
    [InlineData("""{"list":[{"id":"z"}],"notFound":[]}""")]
    [InlineData("""{"list":[{"name":"x"}],"notFound":[]}""")]
    [InlineData("""{"list":null,"notFound":["c"]}""")]
    [InlineData("""{"notFound":["c"]}""")]
    [InlineData("""{"list":[],"notFound":[]}""")]
    [InlineData("""{"list":[]}""")]
    [InlineData("""{"list":[{"id":"c"}],"notFound":["c"]}""")]
    public async Task An_object_that_comes_twice_or_not_at_all_or_was_not_asked_for_is_no_answer(string arguments)
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => arguments));
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Jmap!.GetAsync("x:Account", ["c"], item => item.GetRawText(), s_cancellationToken))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    [Fact]
    public async Task Many_ids_are_asked_for_in_as_many_gets_as_the_session_allows_three_at_once()
    {
        int now = 0, most = 0;
        var server = new FakeJmapServer(request => request.Answer((_, arguments) => $$"""{"list":[{{string.Join(',', arguments.GetProperty("ids").EnumerateArray().Select(id => $$"""{"id":"{{id.GetString()}}"}"""))}}],"notFound":[]}""")) { MaxObjectsInGet = 100 };
        server.Server.Delay = async _ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(5, s_cancellationToken);
            Interlocked.Decrement(ref now);
        };
        using MailClient client = await server.ConnectAsync();
        client.ConcurrencyLimit.ShouldBe(3);
        string[] ids = [.. Enumerable.Range(0, 950).Select(ToId)];
        GetAnswer<string> answer = await client.Jmap!.GetAsync("x:Account", ids, item => item.GetProperty("id").GetString()!, s_cancellationToken);

        answer.Items.ShouldBe(ids, ignoreOrder: true);
        answer.Missing.ShouldBeEmpty();
        server.Requests.Select(request => request.Calls.Single().Arguments.GetProperty("ids").GetArrayLength()).ShouldBe([.. Enumerable.Repeat(100, 9), 50], ignoreOrder: true);
        most.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_after_the_last_id_until_a_page_is_short()
    {
        string[] all = [.. Enumerable.Range(1, 12).Select(ToId)];
        var server = new FakeJmapServer(request => AnswerPage(request, all)) { MaxObjectsInGet = 5 };
        using MailClient client = await server.ConnectAsync();
        List<string> found = await client.Jmap!.ListAsync("x:Domain", item => item.GetProperty("id").GetString()!, filter => filter.WriteString("text", "example"), ["name"], cancellationToken: s_cancellationToken).ToListAsync(s_cancellationToken);

        found.ShouldBe(all);
        server.Requests.Select(request => request.Calls[0].Arguments.GetRawText()).ShouldBe(
        [
            """{"filter":{"text":"example"},"sort":[{"property":"id","isAscending":true}],"limit":5}""",
            $$"""{"filter":{"text":"example"},"sort":[{"property":"id","isAscending":true}],"limit":5,"anchor":"{{all[4]}}"}""",
            $$"""{"filter":{"text":"example"},"sort":[{"property":"id","isAscending":true}],"limit":5,"anchor":"{{all[9]}}"}""",
        ]);
        server.Requests.ShouldAllBe(request => request.Calls[1].Arguments.GetRawText() == """{"#ids":{"resultOf":"0","name":"x:Domain/query","path":"/ids"},"properties":["name"]}""");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(null)]
    public async Task A_page_that_the_server_cut_is_not_the_last_one(int? limit)
    {
        string[] all = [.. Enumerable.Range(1, 12).Select(ToId)];
        var server = new FakeJmapServer(request => AnswerPage(request, all, limit ?? 3)) { QueryMaxResults = limit };
        using MailClient client = await server.ConnectAsync();
        (await client.Jmap!.ListAsync("x:Domain", item => item.GetProperty("id").GetString()!, cancellationToken: s_cancellationToken).ToListAsync(s_cancellationToken)).ShouldBe(all);
        (await client.Jmap!.ListIdsAsync("x:Domain", null, s_cancellationToken)).ShouldBe(all);
    }

    [Fact]
    public async Task The_limit_of_queries_is_asked_for_once_and_only_where_a_page_is_short()
    {
        string[] all = [.. Enumerable.Range(1, 12).Select(ToId)];
        var server = new FakeJmapServer(request => AnswerPage(request, all));
        using MailClient client = await server.ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            (await client.ForBatch(new Batch(TimeSpan.Zero)).Jmap!.ListIdsAsync("x:Domain", null, s_cancellationToken)).ShouldBe(all);
        }
        server.Requests.Count.ShouldBe(3);
        server.Server.AllRequests.Count(request => request.Target == "/jmap").ShouldBe(4);
    }

    [Fact]
    public async Task A_list_of_which_the_first_few_are_taken_asks_for_no_more()
    {
        string[] all = [.. Enumerable.Range(1, 12).Select(ToId)];
        var server = new FakeJmapServer(request => AnswerPage(request, all)) { MaxObjectsInGet = 5 };
        using MailClient client = await server.ConnectAsync();
        (await client.Jmap!.ListAsync("x:Domain", item => item.GetProperty("id").GetString()!, cancellationToken: s_cancellationToken).Take(2).ToListAsync(s_cancellationToken)).ShouldBe(all[..2]);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_whose_pages_do_not_go_on_ends_with_an_error()
    {
        var server = new FakeJmapServer(request => request.Answer((method, _) => method.EndsWith("/query", StringComparison.Ordinal) ? """{"ids":["b"]}""" : """{"list":[{"id":"b"}],"notFound":[]}""")) { MaxObjectsInGet = 1 };
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(async () => await client.Jmap!.ListAsync("x:Domain", item => item.ValueKind, cancellationToken: s_cancellationToken).CountAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Calls_are_put_into_requests_of_so_many_and_what_belongs_together_stays_together()
    {
        var server = new FakeJmapServer(request => request.Answer((method, _) => method.EndsWith("/query", StringComparison.Ordinal) ? """{"ids":[]}""" : """{"list":[],"notFound":[]}""")) { MaxCalls = 5 };
        using MailClient client = await server.ConnectAsync();
        QueryCall[] queries = [.. Enumerable.Range(0, 6).Select(_ => new QueryCall("x:Role") { Limit = 1 })];
        await client.Jmap!.SendAsync([.. queries.SelectMany(query => (JmapCall[])[query, new GetCall<string>("x:Role", item => item.GetRawText()) { Query = query }])], s_cancellationToken);

        server.Requests.Select(request => request.Calls.Count).ShouldBe([4, 4, 4]);
        server.Requests.SelectMany(request => request.Calls.Select(call => call.Id)).ShouldBe(Enumerable.Range(0, 12).Select(number => $"{number}"));
        server.Requests.ShouldAllBe(request => request.Calls.Where(call => call.Method == "x:Role/get")
            .All(call => request.Calls.Any(other => other.Id == call.Arguments.GetProperty("#ids").GetProperty("resultOf").GetString())));
    }

    [Fact]
    public async Task Calls_are_put_into_requests_of_so_many_bytes()
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => """{"ids":[]}""")) { MaxRequestBytes = 2000 };
        using MailClient client = await server.ConnectAsync();
        QueryCall[] queries = [.. Enumerable.Range(0, 10).Select(_ => new QueryCall("x:Domain") { Limit = 1, Filter = filter => filter.WriteString("text", new string('x', 600)) })];
        await client.Jmap!.SendAsync(queries, s_cancellationToken);
        server.Requests.Count.ShouldBe(5);
        server.Requests.ShouldAllBe(request => request.Length <= 2000);
        queries.ShouldAllBe(query => query.Result.Ids.Count == 0);

        int before = server.Requests.Count;
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Jmap!.SendAsync([new QueryCall("x:Domain") { Limit = 1, Filter = filter => filter.WriteString("text", new string('x', 2000)) }], s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.Requests.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Answers_go_to_their_calls_in_whatever_order_they_come()
    {
        var server = new FakeJmapServer(request => FakeJmapServer.Answer(request.Calls.Reverse().Select(call => (call.Method, $$"""{"ids":["{{call.Arguments.GetProperty("filter").GetProperty("name").GetString()}}"]}""", call.Id))));
        using MailClient client = await server.ConnectAsync();
        QueryCall[] queries = [.. "bcd".Select(letter => new QueryCall("x:Domain") { Limit = 1, Filter = filter => filter.WriteString("name", $"{letter}") })];
        await client.Jmap!.SendAsync(queries, s_cancellationToken);
        queries.Select(query => query.Result.Ids.Single()).ShouldBe(["b", "c", "d"]);
    }

    [Theory]
    [InlineData("""[["x:Domain/query",{"ids":["b"]},"7"]]""")]
    [InlineData("""[]""")]
    [InlineData("""[["x:Domain/query",{"ids":["b"]},"0"],["x:Domain/query",{"ids":["c"]},"0"]]""")]
    [InlineData("""[["x:Account/query",{"ids":["b"]},"0"]]""")]
    [InlineData("""[["x:Domain/query",{"ids":["B"]},"0"]]""")]
    [InlineData("""[["x:Domain/query",{"ids":[""]},"0"]]""")]
    [InlineData("""[["x:Domain/query","ids","0"]]""")]
    [InlineData("""[["error",{"description":"?"},"0"]]""")]
    [InlineData("""[["x:Domain/query",{"ids":["b"]}]]""")]
    [InlineData("""{}""")]
    public async Task What_is_no_answer_to_the_call_is_told_and_not_guessed(string responses)
    {
        var server = new FakeJmapServer(_ => TestResponses.Json(HttpStatusCode.OK, $$"""{"methodResponses":{{responses}},"sessionState":"s"}"""));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Jmap!.SendAsync([new QueryCall("x:Domain") { Limit = 5 }], s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        e.MayHaveBeenExecuted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_failed_method_fails_its_own_call_alone()
    {
        var server = new FakeJmapServer(request => FakeJmapServer.Answer([("error", """{"type":"forbidden","description":"…"}""", request.Calls[0].Id), (request.Calls[1].Method, """{"ids":["b"]}""", request.Calls[1].Id)]));
        using MailClient client = await server.ConnectAsync();
        var first = new QueryCall("x:Account") { Limit = 1 };
        var second = new QueryCall("x:Domain") { Limit = 1 };
        await client.Jmap!.SendAsync([first, second], s_cancellationToken);
        MailServerException e = Should.Throw<MailServerException>(() => first.Result);
        (e.Code, e.ServerCode, e.Method, e.MayHaveBeenExecuted).ShouldBe((MailErrorCode.Forbidden, "forbidden", "x:Account/query", false));
        second.Result.Ids.ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("invalidArguments", MailErrorCode.InvalidRequest)]
    [InlineData("requestTooLarge", MailErrorCode.InvalidRequest)]
    [InlineData("invalidResultReference", MailErrorCode.InvalidRequest)]
    [InlineData("unsupportedFilter", MailErrorCode.Unsupported)]
    [InlineData("unsupportedSort", MailErrorCode.Unsupported)]
    [InlineData("unknownMethod", MailErrorCode.Unsupported)]
    [InlineData("anchorNotFound", MailErrorCode.NotFound)]
    [InlineData("accountNotFound", MailErrorCode.NotFound)]
    [InlineData("forbidden", MailErrorCode.Forbidden)]
    [InlineData("serverUnavailable", MailErrorCode.ServerError)]
    [InlineData("serverPartialFail", MailErrorCode.ServerError)]
    [InlineData("somethingNew", MailErrorCode.Unknown)]
    public async Task Each_error_of_a_method_has_its_meaning(string type, MailErrorCode code)
    {
        var server = new FakeJmapServer(request => FakeJmapServer.Answer([("error", $$"""{"type":"{{type}}"}""", request.Calls[0].Id)]));
        using MailClient client = await server.ConnectAsync();
        var query = new QueryCall("x:Account") { Limit = 1 };
        await client.Jmap!.SendAsync([query], s_cancellationToken);
        MailServerException e = Should.Throw<MailServerException>(() => query.Result);
        (e.Code, e.ServerCode, e.Operation).ShouldBe((code, type, Operations.CallJmap));
        e.Message.ShouldEndWith(".");
    }

    // The word is one for all of them: what the account is allowed, it was told when it connected.
    [Theory]
    [InlineData("authenticate,sysTraceGet", "d", "needs the permission sysTraceQuery, which the account lacks.", "sysTraceQuery")]
    [InlineData("authenticate,sysTraceQuery", "d", "though the account had the permission sysTraceQuery when it signed in: it may have lost that since, it may not act for the account that is named, or the server has no licence for it.", "")]
    [InlineData("authenticate", "d333333", "the account lacks the permission sysTraceQuery, may not act for the account that is named, or the server has no licence for it.", "")]
    public async Task What_is_forbidden_names_the_permission_and_where_that_is_not_the_reason_the_others(string permissions, string account, string reason, string missing)
    {
        var server = new FakeJmapServer(request => FakeJmapServer.Answer([("error", """{"type":"forbidden"}""", request.Calls[0].Id)]))
        {
            Permissions = permissions,
            PrimaryAccounts = $$"""{"urn:stalwart:jmap":"{{account}}"}""",
        };
        using MailClient client = await server.ConnectAsync();
        var query = new QueryCall("x:Trace") { Limit = 1 };
        await client.Jmap!.SendAsync([query], s_cancellationToken);
        MailServerException error = Should.Throw<MailServerException>(() => query.Result);
        error.Message.ShouldBe($"The server does not allow x:Trace/query{(reason.StartsWith("needs", StringComparison.Ordinal) ? ": that " : reason.StartsWith("though", StringComparison.Ordinal) ? ", " : ": ")}{reason}");
        error.MissingPermissions.ShouldBe(missing.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("Update")]
    [InlineData("Destroy")]
    public async Task What_a_set_lacks_is_what_it_does(string kind)
    {
        var server = new FakeJmapServer(request => FakeJmapServer.Answer([("error", """{"type":"forbidden"}""", request.Calls[0].Id)]));
        using MailClient client = await server.ConnectAsync();
        SetChange change = kind switch
        {
            "Create" => SetChange.Create("0", _ => { }),
            "Update" => SetChange.Update("b", _ => { }),
            _ => SetChange.Destroy("b"),
        };
        var set = new SetCall("x:Role", [change]);
        await client.Jmap!.SendAsync([set], s_cancellationToken);
        set.Result.ShouldHaveSingleItem().Error.ShouldNotBeNull().MissingPermissions.ShouldBe([$"sysRole{kind}"]);
    }

    // The server does not do a call whose source it refused, and says only that.
    [Theory]
    [InlineData("forbidden", MailErrorCode.Forbidden)]
    [InlineData("unsupportedFilter", MailErrorCode.Unsupported)]
    [InlineData("serverUnavailable", MailErrorCode.ServerError)]
    public async Task Of_a_chain_the_error_of_the_source_is_the_error(string type, MailErrorCode code)
    {
        var server = new FakeJmapServer(request => FakeJmapServer.Answer(
            [("error", """{"type":"invalidResultReference"}""", request.Calls[1].Id), ("error", $$"""{"type":"{{type}}"}""", request.Calls[0].Id)]));
        using MailClient client = await server.ConnectAsync();
        var query = new QueryCall("x:Role") { Limit = 1 };
        var get = new GetCall<string>("x:Role", _ => "") { Query = query };
        await client.Jmap!.SendAsync([query, get], s_cancellationToken);
        MailServerException error = Should.Throw<MailServerException>(() => get.Result);
        (error.Code, error.ServerCode, error.Method).ShouldBe((code, type, "x:Role/query"));
        // Both are missing, so that the second is not learnt when the first is there.
        error.MissingPermissions.ShouldBe(code == MailErrorCode.Forbidden ? ["sysRoleQuery", "sysRoleGet"] : []);
    }

    // The session names another host for all of it.
    [Fact]
    public async Task Everything_goes_to_the_address_that_the_user_gave()
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => """{"list":[],"notFound":["b"]}"""))
        {
            Intercept = request => request.Uri.AbsolutePath.StartsWith("/jmap/download/", StringComparison.Ordinal) ? TestResponses.Create(HttpStatusCode.OK, [1], "application/octet-stream")
                : request.Uri.AbsolutePath.StartsWith("/jmap/upload/", StringComparison.Ordinal) ? TestResponses.Json(HttpStatusCode.OK, """{"accountId":"d","blobId":"e","type":"text/plain","size":1}""")
                : null,
        };
        server.Server.BaseUri = new Uri("https://proxy.test:8443");
        using MailClient client = await server.ConnectAsync();
        await client.Jmap!.GetAsync("x:Account", ["b"], item => item.GetRawText(), s_cancellationToken);
        (await client.Jmap.UploadAsync([1], "text/plain", s_cancellationToken)).ShouldBe("e");
        (await client.Store.GetBlobAsync("e", null, null, s_cancellationToken)).ShouldBe([1]);
        server.Server.AllRequests.Select(request => request.Uri.Authority).Distinct().ShouldBe(["proxy.test:8443"]);
        server.Server.AllRequests.Select(request => request.Uri.AbsolutePath.Split('/')[1]).ShouldContain("jmap");
    }

    [Fact]
    public async Task A_body_that_ends_too_early_is_told()
    {
        var server = new FakeJmapServer(_ => TestResponses.Create(HttpStatusCode.OK, Encoding.UTF8.GetBytes("""{"methodResponses":[["x:Domain/query",{"ids":["""), "application/json"));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Jmap!.SendAsync([new QueryCall("x:Domain") { Limit = 1 }], s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        e.Message.ShouldContain("ends too early");
    }

    [Fact]
    public async Task A_request_refused_for_too_many_at_once_is_sent_again_also_where_it_changes_something()
    {
        int calls = 0;
        var server = new FakeJmapServer(request => ++calls < 4 ? TestResponses.Problem(400, "", "maxConcurrentRequests") : request.Answer((_, _) => """{"destroyed":["b"]}"""));
        using MailClient client = await server.ConnectAsync();
        var set = new SetCall("x:Domain", [SetChange.Destroy("b")]);
        await client.Jmap!.SendAsync([set], s_cancellationToken);
        set.Result.Single().IsDone.ShouldBeTrue();
        calls.ShouldBe(4);
    }

    [Theory]
    [InlineData("maxCallsInRequest")]
    [InlineData("maxSizeRequest")]
    public async Task A_request_beyond_a_limit_is_not_sent_again(string limit)
    {
        int calls = 0;
        var server = new FakeJmapServer(_ =>
        {
            calls++;
            return TestResponses.Problem(400, "", limit);
        });
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Jmap!.SendAsync([new QueryCall("x:Domain") { Limit = 1 }], s_cancellationToken));
        (e.Code, e.Limit).ShouldBe((MailErrorCode.InvalidRequest, limit));
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_as_long_as_the_server_asks()
    {
        int calls = 0;
        var server = new FakeJmapServer(request =>
        {
            if (++calls > 1)
            {
                return request.Answer((_, _) => """{"ids":["b"]}""");
            }
            HttpResponseMessage limited = TestResponses.Problem(429, "Too Many Requests");
            limited.Headers.Add("Retry-After", "2");
            return limited;
        });
        server.Server.Time = new AutoAdvancingTime(DateTimeOffset.UtcNow);
        using MailClient client = await server.ConnectAsync();
        var query = new QueryCall("x:Domain") { Limit = 1 };
        await client.Jmap!.SendAsync([query], s_cancellationToken);
        query.Result.Ids.ShouldBe(["b"]);
        server.Server.Waits.ShouldContain(wait => wait.Kind == WaitKind.RateLimit);
    }

    [Fact]
    public async Task A_request_that_the_server_does_not_understand_did_nothing()
    {
        var server = new FakeJmapServer(_ => TestResponses.Json(HttpStatusCode.BadRequest, """{"type":"urn:ietf:params:jmap:error:notRequest","status":400,"detail":"…"}""", "application/problem+json"));
        using MailClient client = await server.ConnectAsync();
        var set = new SetCall("x:Domain", [SetChange.Destroy("b")]);
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Jmap!.SendAsync([set], s_cancellationToken));
        (e.Code, e.MayHaveBeenExecuted).ShouldBe((MailErrorCode.InvalidRequest, false));
    }

    private static HttpResponseMessage AnswerPage(JmapRequestBody request, string[] all, int most = 5000)
    {
        JsonElement query = request.Calls[0].Arguments;
        IEnumerable<string> rest = query.TryGetProperty("anchor", out JsonElement anchor) ? all.SkipWhile(id => id != anchor.GetString()).Skip(1) : all;
        string[] page = [.. rest.Take(Math.Min(most, query.GetProperty("limit").GetInt32()))];
        return request.Answer((method, _) => method.EndsWith("/query", StringComparison.Ordinal)
            ? $$"""{"ids":{{JsonSerializer.Serialize(page)}}}"""
            : $$"""{"list":[{{string.Join(',', page.Select(id => $$"""{"id":"{{id}}"}"""))}}],"notFound":[]}""");
    }

    private static string ToId(int number) => "b" + string.Concat(number.ToString("D4", CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
