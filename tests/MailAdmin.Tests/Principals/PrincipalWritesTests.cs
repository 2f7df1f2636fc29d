// Writes: what is sent, one at a time, and what becomes of an answer that was lost.
using System.Net;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalWritesTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private static readonly NewPrincipal s_jane = new()
    {
        Type = PrincipalType.Individual,
        Name = "Jane",
        Description = "Jürgen \"J\" Müller",
        Email = ["Jane@example.org", "j@example.org"],
        Quota = 5_368_709_120,
        Secret = ["$6$hash"],
        Role = ["user"],
        MemberOf = ["staff"],
    };

    private const string JaneThere = """{"id":7,"type":"individual","name":"jane","description":"Jürgen \"J\" Müller","emails":["jane@example.org","j@example.org"],"quota":5368709120,"secrets":"$6$hash","roles":["user"],"memberOf":["staff"]}""";
    private const string NotThere = """{"error":"notFound","item":"jane"}""";

    [Fact]
    public async Task A_creation_sends_what_is_given_and_nothing_else()
    {
        var server = new FakeServer(_ => TestResponses.Data("4294967294"));
        using MailClient client = await server.ConnectAsync();
        (await client.Principals.CreateAsync(s_jane, s_cancellationToken)).ShouldBe(4294967294u);
        await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Domain, Name = "example.org", Quota = 0, Description = "" }, s_cancellationToken);
        server.Requests.Select(r => r.Body).ShouldBe(
        [
            """{"type":"individual","name":"Jane","description":"Jürgen \"J\" Müller","quota":5368709120,"secrets":["$6$hash"],"emails":["Jane@example.org","j@example.org"],"memberOf":["staff"],"roles":["user"]}""",
            """{"type":"domain","name":"example.org"}""",
        ]);
    }

    [Fact]
    public async Task A_change_is_an_array_of_steps()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        await client.Principals.PatchAsync("Jane", [
            PrincipalChange.Set(PrincipalField.Quota, 5UL),
            PrincipalChange.Set(PrincipalField.Description, ""),
            PrincipalChange.Set(PrincipalField.Urls, []),
            PrincipalChange.Add(PrincipalField.Roles, "user"),
            PrincipalChange.Remove(PrincipalField.MemberOf, "staff")], s_cancellationToken);
        await client.Principals.PatchAsync("jane", [], s_cancellationToken);
        RecordedRequest request = server.Requests.ShouldHaveSingleItem();
        request.RequestLine.ShouldBe("PATCH /api/principal/jane");
        request.Body.ShouldBe("""[{"action":"set","field":"quota","value":5},{"action":"set","field":"description","value":""},{"action":"set","field":"urls","value":[]},{"action":"addItem","field":"roles","value":"user"},{"action":"removeItem","field":"memberOf","value":"staff"}]""");
    }

    [Fact]
    public async Task A_lost_creation_that_is_there_as_sent_was_done()
    {
        var server = new FakeServer(r => r.Method == HttpMethod.Get ? TestResponses.Data(JaneThere) : TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        (await client.Principals.CreateAsync(s_jane, s_cancellationToken)).ShouldBe(7u);
        server.RequestLines.ShouldBe(["POST /api/principal", "GET /api/principal/jane"]);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("timeout")]
    [InlineData("502")]
    [InlineData("504")]
    [InlineData("truncated")]
    public async Task A_lost_creation_that_is_not_there_is_sent_again(string how)
    {
        int posts = 0;
        var server = new FakeServer(r => r.Method == HttpMethod.Get
            ? TestResponses.Json(HttpStatusCode.OK, NotThere)
            : ++posts == 2 ? TestResponses.Data("8") : LoseResponse(how));
        using MailClient client = await server.ConnectAsync();
        (await client.Principals.CreateAsync(s_jane, s_cancellationToken)).ShouldBe(8u);
        server.RequestLines.ShouldBe(["POST /api/principal", "GET /api/principal/jane", "POST /api/principal"]);
    }

    [Fact]
    public async Task A_creation_lost_twice_is_settled_or_unknown()
    {
        bool there = false;
        var server = new FakeServer(r => r.Method == HttpMethod.Get ? (there ? TestResponses.Data(JaneThere) : TestResponses.Json(HttpStatusCode.OK, NotThere)) : TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync(null, o => o with { MaximumRetryCount = 1 });
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.CreateAsync(s_jane, s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.RequestLines.ShouldBe(["POST /api/principal", "GET /api/principal/jane", "POST /api/principal", "GET /api/principal/jane"]);

        int posts = 0;
        server.OnRequest = r =>
        {
            there |= r.Method == HttpMethod.Post && ++posts == 2;
            return r.Method == HttpMethod.Get ? (there ? TestResponses.Data(JaneThere) : TestResponses.Json(HttpStatusCode.OK, NotThere)) : TestResponses.ConnectionLost();
        };
        (await client.Principals.CreateAsync(s_jane, s_cancellationToken)).ShouldBe(7u);
    }

    [Fact]
    public async Task A_creation_that_was_only_slow_is_found_when_its_repetition_meets_it()
    {
        int gets = 0, posts = 0;
        var server = new FakeServer(r => r.Method == HttpMethod.Get
            ? (++gets == 1 ? TestResponses.Json(HttpStatusCode.OK, NotThere) : TestResponses.Data(JaneThere))
            : (++posts == 1 ? TestResponses.ConnectionLost() : TestResponses.Json(HttpStatusCode.OK, """{"error":"fieldAlreadyExists","field":"name","value":"jane"}""")));
        using MailClient client = await server.ConnectAsync();
        (await client.Principals.CreateAsync(s_jane, s_cancellationToken)).ShouldBe(7u);
    }

    [Fact]
    public async Task A_lost_creation_whose_name_another_has_is_taken()
    {
        var server = new FakeServer(r => r.Method == HttpMethod.Get ? TestResponses.Data("""{"id":7,"type":"individual","name":"jane","roles":["user"]}""") : TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.CreateAsync(s_jane, s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.AlreadyExists);
        e.Field.ShouldBe("name");
    }

    [Fact]
    public async Task A_lost_creation_that_nobody_may_look_up_is_unknown()
    {
        var server = new FakeServer(r => r.Method == HttpMethod.Get ? TestResponses.Problem(403, "Forbidden") : TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Principals.CreateAsync(s_jane, s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests.Count(r => r.Method == HttpMethod.Post).ShouldBe(1);
    }

    [Fact]
    public async Task A_creation_that_never_left_is_simply_sent_again()
    {
        int posts = 0;
        var server = new FakeServer(_ => ++posts < 3 ? TestResponses.ConnectionRefused() : TestResponses.Data("9"));
        using MailClient client = await server.ConnectAsync();
        (await client.Principals.CreateAsync(s_jane, s_cancellationToken)).ShouldBe(9u);
        server.RequestLines.ShouldBe(Enumerable.Repeat("POST /api/principal", 3));
    }

    [Fact]
    public async Task A_deletion_whose_answer_was_lost_is_done_when_it_is_gone()
    {
        int calls = 0;
        var server = new FakeServer(_ => ++calls == 1 ? TestResponses.ConnectionLost() : TestResponses.Json(HttpStatusCode.OK, NotThere));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.DeleteAsync("jane", s_cancellationToken);
        calls.ShouldBe(2);
        (await Should.ThrowAsync<MailServerException>(client.Principals.DeleteAsync("jane", s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_deletion_whose_answer_was_lost_is_looked_up_and_not_sent_again_when_it_is_gone(string how)
    {
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Json(HttpStatusCode.OK, NotThere) : LoseResponse(how));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.DeleteAsync("jane", s_cancellationToken);
        server.RequestLines.ShouldBe(["DELETE /api/principal/jane", "GET /api/principal/jane"]);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_lost_deletion_that_was_not_done_is_sent_again(string how)
    {
        int deletions = 0;
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data(JaneThere) : ++deletions == 2 ? TestResponses.Data("null") : LoseResponse(how));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.DeleteAsync("jane", s_cancellationToken);
        server.RequestLines.ShouldBe(["DELETE /api/principal/jane", "GET /api/principal/jane", "DELETE /api/principal/jane"]);
    }

    [Fact]
    public async Task A_deletion_that_is_always_lost_is_unknown_and_says_what_was_seen()
    {
        var server = new FakeServer(_ => TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Principals.DeleteAsync("jane", s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests.Count(request => request.Method == HttpMethod.Delete).ShouldBe(1);

        server.OnRequest = request => request.Method == HttpMethod.Get ? TestResponses.Data(JaneThere) : TestResponses.Html(HttpStatusCode.BadGateway);
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.DeleteAsync("jane", s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        e.Message.ShouldContain("'jane' was still there");
    }

    [Fact]
    public async Task Whoever_may_delete_and_not_read_learns_it_from_a_second_deletion()
    {
        int deletions = 0;
        var server = new FakeServer(request => request.Method == HttpMethod.Get
            ? TestResponses.Problem(403, "Forbidden")
            : ++deletions == 1 ? TestResponses.Html(HttpStatusCode.BadGateway) : TestResponses.Json(HttpStatusCode.OK, NotThere));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.DeleteAsync("jane", s_cancellationToken);
        deletions.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_change_whose_answer_was_lost_is_looked_up_and_not_sent_again_when_it_is_there(string how)
    {
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data("""{"name":"jane","description":"x","emails":"a@x.org"}""") : LoseResponse(how));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.PatchAsync("jane", [PrincipalChange.Set(PrincipalField.Description, "x"), PrincipalChange.Add(PrincipalField.Emails, "a@x.org")], s_cancellationToken);
        server.RequestLines.ShouldBe(["PATCH /api/principal/jane", "GET /api/principal/jane"]);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_lost_change_that_was_not_done_is_sent_again(string how)
    {
        int patches = 0;
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data(JaneThere) : ++patches == 2 ? TestResponses.Data("null") : LoseResponse(how));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.PatchAsync("jane", [PrincipalChange.Set(PrincipalField.Description, "x")], s_cancellationToken);
        server.RequestLines.ShouldBe(["PATCH /api/principal/jane", "GET /api/principal/jane", "PATCH /api/principal/jane"]);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_lost_rename_is_looked_for_under_its_new_name_and_never_repeated(string how)
    {
        bool isRenamed = true;
        var server = new FakeServer(request => request.Method != HttpMethod.Get
            ? LoseResponse(how)
            : request.Target.EndsWith("joan", StringComparison.Ordinal) == isRenamed ? TestResponses.Data($$"""{"name":"{{(isRenamed ? "joan" : "jane")}}"}""") : TestResponses.Json(HttpStatusCode.OK, NotThere));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.PatchAsync("jane", [PrincipalChange.Set(PrincipalField.Name, "Joan")], s_cancellationToken);
        server.RequestLines.ShouldBe(["PATCH /api/principal/jane", "GET /api/principal/jane", "GET /api/principal/joan"]);

        isRenamed = false;
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.PatchAsync("jane", [PrincipalChange.Set(PrincipalField.Name, "Joan")], s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        e.Message.ShouldContain("not as wanted: name");
        server.Requests.Count(request => request.Method == HttpMethod.Patch).ShouldBe(2);
    }

    [Fact]
    public async Task Of_a_change_that_is_always_lost_the_fields_are_told_and_no_value()
    {
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data("""{"name":"jane","description":"x"}""") : TestResponses.Html(HttpStatusCode.BadGateway));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.PatchAsync(
            "jane", [PrincipalChange.Set(PrincipalField.Description, "x"), PrincipalChange.Add(PrincipalField.Emails, "a@x.org"), PrincipalChange.Set(PrincipalField.Secrets, "hunter2hunter2")], s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        e.Message.ShouldContain("as wanted: description; not as wanted: emails; not visible: secrets.");
        e.ToString().ShouldNotContain("hunter2");
        e.ToString().ShouldNotContain("a@x.org");
    }

    [Fact]
    public async Task A_repetition_that_is_refused_says_nothing_about_the_first_one()
    {
        int writes = 0;
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data(JaneThere) : ++writes % 2 == 1 ? TestResponses.Html(HttpStatusCode.BadGateway) : TestResponses.Problem(403, "Forbidden"));
        using MailClient client = await server.ConnectAsync();
        foreach (Task write in new[] { client.Principals.PatchAsync("jane", [PrincipalChange.Set(PrincipalField.Description, "x")], s_cancellationToken), client.Principals.DeleteAsync("jane", s_cancellationToken) })
        {
            MailServerException e = await Should.ThrowAsync<MailServerException>(write);
            e.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
            e.Message.ShouldContain("Sent again, it failed: The account lacks the permission");
        }
    }

    [Fact]
    public async Task A_change_that_loses_a_race_is_repeated_unless_it_renames()
    {
        int calls = 0;
        var server = new FakeServer(_ => ++calls < 6 ? TestResponses.Problem(500, "Internal Server Error") : TestResponses.Data("null")) { Time = new AutoAdvancingTime(DateTimeOffset.UnixEpoch) };
        using MailClient client = await server.ConnectAsync(null, o => o with { OperationTimeout = Timeout.InfiniteTimeSpan });
        await client.Principals.PatchAsync("jane", [PrincipalChange.Add(PrincipalField.Emails, "a@x.org")], s_cancellationToken);
        calls.ShouldBe(6);

        // The look shows that nothing was applied.
        server.OnRequest = request => request.Method == HttpMethod.Get ? TestResponses.Data("""{"id":7,"type":"individual","name":"jane"}""") : TestResponses.Problem(500, "Internal Server Error");
        (await Should.ThrowAsync<MailServerException>(client.Principals.PatchAsync("jane", [PrincipalChange.Add(PrincipalField.Emails, "a@x.org")], s_cancellationToken))).Code.ShouldBe(MailErrorCode.WriteConflict);
        server.Requests.Count(request => request.Method == HttpMethod.Patch).ShouldBe(12);
        (await Should.ThrowAsync<MailServerException>(client.Principals.PatchAsync("jane", [PrincipalChange.Set(PrincipalField.Name, "joan")], s_cancellationToken))).Code.ShouldBe(MailErrorCode.WriteConflict);
        server.Requests.Count(request => request.Method == HttpMethod.Patch).ShouldBe(13);
    }

    [Fact]
    public async Task A_change_that_is_there_after_a_failure_of_the_server_is_done_and_one_that_nobody_can_see_unknown()
    {
        string jane = """{"id":7,"type":"individual","name":"jane","emails":"a@x.org","description":"J"}""";
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data(jane) : TestResponses.Problem(500, "Internal Server Error")) { Time = new AutoAdvancingTime(DateTimeOffset.UnixEpoch) };
        using MailClient client = await server.ConnectAsync(null, o => o with { OperationTimeout = Timeout.InfiniteTimeSpan });
        await client.Principals.PatchAsync("jane", [PrincipalChange.Add(PrincipalField.Emails, "A@x.org"), PrincipalChange.Set(PrincipalField.Description, "J"), PrincipalChange.Set(PrincipalField.Quota, 0UL)], s_cancellationToken);
        (await Should.ThrowAsync<MailServerException>(client.Principals.PatchAsync("jane", [PrincipalChange.Remove(PrincipalField.Secrets, "")], s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        (await Should.ThrowAsync<MailServerException>(client.Principals.DeleteAsync("jane", s_cancellationToken))).Code.ShouldBe(MailErrorCode.ServerError);
        server.OnRequest = request => request.Method == HttpMethod.Get ? TestResponses.Json(HttpStatusCode.OK, NotThere) : TestResponses.Problem(500, "Internal Server Error");
        await client.Principals.DeleteAsync("jane", s_cancellationToken);
        (await Should.ThrowAsync<MailServerException>(client.Principals.CreateAsync(s_jane, s_cancellationToken))).Code.ShouldBe(MailErrorCode.ServerError);
    }

    [Fact]
    public async Task Writes_of_one_principal_wait_for_each_other_and_others_do_not()
    {
        int jane = 0, most = 0, ben = 0;
        var released = new TaskCompletionSource();
        var server = new FakeServer
        {
            Delay = async r =>
            {
                if (r.Target.EndsWith("ben", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref ben);
                    released.SetResult();
                    return;
                }
                most = Math.Max(most, Interlocked.Increment(ref jane));
                // Another principal's write gets through while this one is under way.
                await released.Task.WaitAsync(s_cancellationToken);
                Interlocked.Decrement(ref jane);
            },
        };
        using MailClient client = await server.ConnectAsync();
        Task[] writes =
        [
            .. Enumerable.Range(0, 8).Select(i => client.Principals.PatchAsync(i % 2 == 0 ? "jane" : "JANE", [PrincipalChange.Add(PrincipalField.Emails, $"a{i}@x.org")], s_cancellationToken)),
            client.Principals.SetPasswordAsync("jane", "$6$x", [], s_cancellationToken),
        ];
        await client.Principals.PatchAsync("ben", [PrincipalChange.Set(PrincipalField.Description, "x")], s_cancellationToken);
        await Task.WhenAll(writes);
        most.ShouldBe(1);
        ben.ShouldBe(1);
        server.Requests.Count.ShouldBe(10);
    }

    [Theory]
    [InlineData("0.11.8", """[{"action":"removeItem","field":"secrets","value":""},{"action":"addItem","field":"secrets","value":"$6$new"},{"action":"set","field":"description","value":"x"}]""")]
    [InlineData("0.13.4", """[{"action":"removeItem","field":"secrets","value":""},{"action":"addItem","field":"secrets","value":"$6$new"},{"action":"set","field":"description","value":"x"}]""")]
    [InlineData("0.14.0", """[{"action":"addItem","field":"secrets","value":"$6$new"},{"action":"set","field":"description","value":"x"}]""")]
    [InlineData("0.15.5", """[{"action":"addItem","field":"secrets","value":"$6$new"},{"action":"set","field":"description","value":"x"}]""")]
    public async Task A_new_password_goes_by_the_servers_version(string version, string body)
    {
        var server = new FakeServer { Version = version };
        using MailClient client = await server.ConnectAsync();
        await client.Principals.SetPasswordAsync("jane", "$6$new", [PrincipalChange.Set(PrincipalField.Description, "x")], s_cancellationToken);
        server.Requests.ShouldHaveSingleItem().Body.ShouldBe(body);
    }

    [Fact]
    public async Task Of_an_unknown_version_each_password_is_named_and_nothing_else()
    {
        var server = new FakeServer(r => r.Method == HttpMethod.Get
            ? TestResponses.Data("""{"id":1,"type":"individual","secrets":["otpauth://totp/x","old-1","","$app$phone$h","$6$old2"]}""")
            : TestResponses.Data("null"));
        server.Intercept = r => r.Target == "/api/oauth" ? TestResponses.Problem(403, "Forbidden") : null;
        using MailClient client = await server.ConnectAsync(MailAdmin.Client.MailCredential.FromApiKey("api_eDp5"));
        await client.Principals.SetPasswordAsync("jane", "$6$new", [], s_cancellationToken);
        server.Requests[1].Body.ShouldBe("""[{"action":"removeItem","field":"secrets","value":"old-1"},{"action":"removeItem","field":"secrets","value":"$6$old2"},{"action":"addItem","field":"secrets","value":"$6$new"}]""");
    }

    [Fact]
    public async Task An_error_of_a_password_change_does_not_quote_it()
    {
        var server = new FakeServer(r => TestResponses.Json(HttpStatusCode.OK, JsonSerializer.Serialize(new { error = "other", details = "bad", reason = "in " + r.Body.Replace("\"", "'", StringComparison.Ordinal) })));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.SetPasswordAsync("jane", "hunter2hunter2", [], s_cancellationToken));
        e.ToString().ShouldContain("***");
        e.ToString().ShouldNotContain("hunter2");
    }

    public static TheoryData<string> LostAnswers => ["lost", "timeout", "truncated", "page", "empty", "204", "302", "404", "408", "502", "503", "504", "520"];

    private static HttpResponseMessage LoseResponse(string how) => how switch
    {
        "page" => TestResponses.Html(),
        "empty" => TestResponses.Create(HttpStatusCode.OK, [], "application/json"),
        "204" => TestResponses.Create(HttpStatusCode.NoContent, [], null),
        "302" => TestResponses.Redirect(HttpStatusCode.Found, "https://login.example/"),
        "timeout" => throw new HttpRequestException(HttpRequestError.Unknown, "…", new TimeoutException()),
        "truncated" => TestResponses.Json(HttpStatusCode.OK, """{"dat"""),
        "lost" => TestResponses.ConnectionLost(),
        _ => TestResponses.Html((HttpStatusCode)int.Parse(how, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
