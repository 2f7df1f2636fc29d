// What became of each object of a set, also where the server does not say.
using System.Net;
using System.Text;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Jmap;

public sealed class JmapWritesTests
{
    private const string Unavailable = """{"type":"serverUnavailable","description":"…"}""";
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_change_gets_its_own_outcome()
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => """
            {"accountId":"d","created":{"2":{"id":"k","secret":"API_x"}},"notCreated":{"1":{"type":"primaryKeyViolation","properties":["email"],"objectId":{"object":"Account","id":"d"}}},
            "updated":{"e":null},"notUpdated":{"f":{"type":"notFound"}},"destroyed":["g"],"notDestroyed":{"h":{"type":"objectIsLinked","objectId":{"object":"Domain","id":"h"},
            "linkedObjects":[{"object":"Account","id":"b"},{"object":"MailingList","id":"c"}]}}}
            """));
        using MailClient client = await server.ConnectAsync();
        SetChange[] changes =
        [
            SetChange.Create("1", value => value.WriteString("name", "jane")),
            SetChange.Create("2", value => value.WriteString("name", "john")),
            SetChange.Destroy("g"),
            SetChange.Update("e", patch => patch.WriteNull("aliases/0")),
            SetChange.Update("f", patch => patch.WriteString("description", "x")),
            SetChange.Destroy("h"),
        ];
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(client, changes);

        server.Requests.Single().Calls.Single().Arguments.GetRawText().ShouldBe(
            """{"create":{"1":{"name":"jane"},"2":{"name":"john"}},"update":{"e":{"aliases/0":null},"f":{"description":"x"}},"destroy":["g","h"]}""");
        outcomes.Select(outcome => outcome.Change).ShouldBe(changes);
        outcomes.Select(outcome => outcome.IsDone).ShouldBe([false, true, true, true, false, false]);
        outcomes.Select(outcome => outcome.ObjectId).ShouldBe([null, "k", "g", "e", null, null]);
        outcomes[1].Created!.Value.GetProperty("secret").GetString().ShouldBe("API_x");
        (outcomes[0].Error!.Code, outcomes[0].Error!.Field, outcomes[0].Error!.ConflictingObject).ShouldBe((MailErrorCode.AlreadyExists, "email", new ObjectReference("Account", "d")));
        outcomes[4].Error!.Code.ShouldBe(MailErrorCode.NotFound);
        outcomes[5].Error!.Code.ShouldBe(MailErrorCode.InUse);
        outcomes[5].Error!.LinkedObjects.ShouldBe([new ObjectReference("Account", "b"), new ObjectReference("MailingList", "c")]);
    }

    [Theory]
    [InlineData("""{"updated":{}}""")]
    [InlineData("""{"updated":null}""")]
    [InlineData("""{"updated":{"e":null},"notUpdated":{"e":{"type":"notFound"}}}""")]
    [InlineData("""{"updated":{"e":null,"e":null}}""")]
    [InlineData("""{"destroyed":["e"]}""")]
    [InlineData("""{"updated":{"E":null}}""")]
    [InlineData("""{"created":{"e":{"id":"e"}}}""")]
    public async Task A_change_that_is_not_in_exactly_one_list_has_an_unknown_outcome(string arguments)
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => arguments));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = (await ApplyAsync(client, [Describe("e")])).Single().Error!;
        e.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        e.MayHaveBeenExecuted.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_is_left_out_says_nothing_about_the_others()
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => """{"updated":{"e":null}}"""));
        using MailClient client = await server.ConnectAsync();
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(client, [Describe("e"), Describe("f")]);
        outcomes[0].IsDone.ShouldBeTrue();
        outcomes[1].Error!.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
    }

    [Fact]
    public async Task What_a_failed_set_has_done_is_read_back_and_only_what_is_missing_is_sent_again()
    {
        var server = new FakeJmapServer(request => request.Calls[0].Arguments.GetProperty("create").EnumerateObject().Count() > 1
            ? FakeJmapServer.Answer([("error", Unavailable, "0")])
            : AnswerCreated(request, "m"));
        using MailClient client = await server.ConnectAsync();
        SetChange[] changes = [Create("1"), Create("2"), Create("3")];
        var asked = new List<string>();
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(client, changes, (unknown, _) =>
        {
            asked.AddRange(unknown.Select(change => change.Key));
            return Task.FromResult<IReadOnlyDictionary<SetChange, string>>(new Dictionary<SetChange, string> { [changes[0]] = "k", [changes[1]] = "l" });
        });
        outcomes.Select(outcome => outcome.ObjectId).ShouldBe(["k", "l", "m"]);
        asked.ShouldBe(["1", "2", "3"]);
        server.Requests.Count.ShouldBe(2);
        server.Requests[1].Calls.Single().Arguments.GetRawText().ShouldBe("""{"create":{"3":{"name":"n3"}}}""");
    }

    [Fact]
    public async Task A_set_that_fails_again_is_not_sent_a_third_time_and_what_the_server_does_not_have_is_not_done()
    {
        var server = new FakeJmapServer(_ => FakeJmapServer.Answer([("error", Unavailable, "0")]));
        using MailClient client = await server.ConnectAsync();
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(client, [Create("1")], (_, _) => Task.FromResult<IReadOnlyDictionary<SetChange, string>>(new Dictionary<SetChange, string>()));
        (outcomes.Single().Error!.Code, outcomes.Single().Error!.ServerCode).ShouldBe((MailErrorCode.ServerError, "serverUnavailable"));
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_nobody_can_look_a_failed_set_is_unknown_and_not_sent_again()
    {
        var server = new FakeJmapServer(_ => FakeJmapServer.Answer([("error", Unavailable, "0")]));
        using MailClient client = await server.ConnectAsync();
        (await ApplyAsync(client, [Create("1")])).Single().Error!.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        (await ApplyAsync(client, [Create("1")], (_, _) => throw new MailServerException(MailErrorCode.Unreachable, Operations.CallJmap, "Away."))).Single().Error!.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_set_whose_answer_was_lost_is_looked_up_and_not_sent_again()
    {
        var server = new FakeJmapServer(_ => TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        SetChange[] changes = [Create("1"), Create("2")];
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(client, changes, (_, _) => Task.FromResult<IReadOnlyDictionary<SetChange, string>>(new Dictionary<SetChange, string> { [changes[1]] = "l" }));
        outcomes[0].Error!.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        (outcomes[1].IsDone, outcomes[1].ObjectId, outcomes[1].Created).ShouldBe((true, "l", null));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_truncated_answer_to_a_set_is_a_lost_one()
    {
        var server = new FakeJmapServer(_ => TestResponses.Create(HttpStatusCode.OK, Encoding.UTF8.GetBytes("""{"methodResponses":[["x:Account/set",{"updated":{"e":nu"""), "application/json"));
        using MailClient client = await server.ConnectAsync();
        (await ApplyAsync(client, [Describe("e")])).Single().Error!.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_to_be_destroyed_is_looked_for_without_being_told_how()
    {
        int sets = 0;
        var server = new FakeJmapServer(request => request.Calls[0].Method.EndsWith("/get", StringComparison.Ordinal)
            ? request.Answer((_, _) => sets == 1 ? """{"list":[{"id":"f"}],"notFound":["e"]}""" : """{"list":[],"notFound":["f"]}""")
            : ++sets == 1 ? FakeJmapServer.Answer([("error", Unavailable, "0")]) : request.Answer((_, _) => """{"destroyed":["f"]}"""));
        using MailClient client = await server.ConnectAsync();
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(client, [SetChange.Destroy("e"), SetChange.Destroy("f")]);
        outcomes.ShouldAllBe(outcome => outcome.IsDone);
        server.Requests.Select(request => request.Calls.Single().Arguments.GetRawText()).ShouldBe(["""{"destroy":["e","f"]}""", """{"ids":["e","f"],"properties":["id"]}""", """{"destroy":["f"]}"""]);
    }

    [Theory]
    [InlineData("forbidden", MailErrorCode.Forbidden)]
    [InlineData("requestTooLarge", MailErrorCode.InvalidRequest)]
    public async Task A_set_that_is_refused_as_a_whole_did_nothing(string type, MailErrorCode code)
    {
        var server = new FakeJmapServer(_ => FakeJmapServer.Answer([("error", $$"""{"type":"{{type}}"}""", "0")]));
        using MailClient client = await server.ConnectAsync();
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(client, [Create("1"), Describe("e")]);
        outcomes.ShouldAllBe(outcome => outcome.Error!.Code == code && !outcome.Error.MayHaveBeenExecuted);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Many_changes_go_in_sets_of_so_many_and_so_large_as_the_session_allows()
    {
        var server = new FakeJmapServer(request => AnswerCreated(request, "k")) { MaxObjectsInSet = 10, MaxRequestBytes = 6000 };
        using MailClient client = await server.ConnectAsync();
        SetChange[] small = [.. Enumerable.Range(0, 25).Select(number => Create($"{number}"))];
        (await ApplyAsync(client, small)).ShouldAllBe(outcome => outcome.IsDone);
        server.Requests.Select(request => request.Calls.Single().Arguments.GetProperty("create").EnumerateObject().Count()).ShouldBe([10, 10, 5]);

        SetChange[] large = [.. Enumerable.Range(0, 9).Select(number => SetChange.Create($"{number}", value => value.WriteString("description", new string('é', 500))))];
        (await ApplyAsync(client, large)).ShouldAllBe(outcome => outcome.IsDone);
        server.Requests.Skip(3).Count().ShouldBeGreaterThan(1);
        server.Requests.ShouldAllBe(request => request.Length <= 6000);
    }

    [Fact]
    public async Task After_a_request_that_failed_the_rest_is_not_sent()
    {
        var server = new FakeJmapServer(_ => TestResponses.Problem(403, "Forbidden")) { MaxObjectsInSet = 1 };
        using MailClient client = await server.ConnectAsync();
        (await ApplyAsync(client, [Create("1"), Create("2"), Create("3")])).Select(outcome => outcome.Error!.Code).ShouldBe([MailErrorCode.Forbidden, MailErrorCode.NotSent, MailErrorCode.NotSent]);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_changes_of_one_object_are_not_sent()
    {
        var server = new FakeJmapServer();
        using MailClient client = await server.ConnectAsync();
        await Should.ThrowAsync<ArgumentException>(ApplyAsync(client, [Describe("e"), SetChange.Destroy("e")]));
        await Should.ThrowAsync<ArgumentException>(ApplyAsync(client, [Create("1"), Create("1")]));
    }

    [Fact]
    public async Task Nothing_is_sent_of_changes_one_of_which_must_not_be()
    {
        var server = new FakeJmapServer { MaxObjectsInSet = 1 };
        using MailClient client = await server.ConnectAsync();
        foreach (SetChange bad in (SetChange[])
            [
                SetChange.Update("e", patch => patch.WriteString("secret", "****")),
                SetChange.Create("9", value =>
                {
                    value.WriteStartObject("credentials");
                    value.WriteStartObject("0");
                    value.WriteString("secret", "****");
                    value.WriteEndObject();
                    value.WriteEndObject();
                }),
                SetChange.Update("e", patch => patch.WriteString("domainId", "")),
                SetChange.Update("e", patch => patch.WriteString("description", "")),
                SetChange.Update("e", patch => patch.WriteBoolean("", true)),
                SetChange.Update("e", patch => patch.WriteString("credentials//secret", "x")),
                SetChange.Update("e", patch => patch.WriteBoolean("memberGroupIds/", true)),
                SetChange.Update("", patch => patch.WriteNull("description")),
                SetChange.Update("#g", patch => patch.WriteNull("description")),
                SetChange.Update("B", patch => patch.WriteNull("description")),
                SetChange.Update("not an id!", patch => patch.WriteNull("description")),
                SetChange.Destroy(""),
                SetChange.Destroy("jane@example.org"),
            ])
        {
            MailServerException e = await Should.ThrowAsync<MailServerException>(ApplyAsync(client, [Create("1"), bad]));
            e.Code.ShouldBe(MailErrorCode.RejectedByClient);
            e.Message.ShouldStartWith("Nothing was sent");
        }
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reference_to_a_new_object_of_the_same_request_is_a_value_like_another()
    {
        var server = new FakeJmapServer(request => AnswerCreated(request, "k"));
        using MailClient client = await server.ConnectAsync();
        var groups = new SetCall("x:Account", [SetChange.Create("g", value => value.WriteString("name", "staff"))]);
        var members = new SetCall("x:Account", [SetChange.Create("m", value =>
        {
            value.WriteStartObject("memberGroupIds");
            value.WriteBoolean("#g", true);
            value.WriteEndObject();
        })]);
        await client.Jmap!.SendAsync([groups, members], s_cancellationToken);
        groups.Result.Concat(members.Result).ShouldAllBe(outcome => outcome.IsDone);
        server.Requests.Single().Calls[1].Arguments.GetRawText().ShouldBe("""{"create":{"m":{"memberGroupIds":{"#g":true}}}}""");
    }

    [Fact]
    public async Task No_message_holds_a_secret_that_the_server_quotes()
    {
        var server = new FakeJmapServer(request => request.Answer((_, _) => """{"notUpdated":{"e":{"type":"invalidProperties","description":"hunter2hunter2 is too weak.","properties":["secret"]}}}"""));
        using MailClient client = await server.ConnectAsync();
        var order = new SetOrder("x:Account", [SetChange.Update("e", patch => patch.WriteString("secret", "hunter2hunter2"))]) { Secrets = ["hunter2hunter2"] };
        MailServerException e = (await new JmapWrites(client.Jmap!).ApplyAsync(order, s_cancellationToken)).Single().Error!;
        (e.Code, e.Field, e.Details).ShouldBe((MailErrorCode.InvalidRequest, "secret", "*** is too weak."));
        e.ToString().ShouldNotContain("hunter2");
    }

    private static HttpResponseMessage AnswerCreated(JmapRequestBody request, string id) => request.Answer((_, arguments) =>
        "{\"created\":{" + string.Join(',', arguments.GetProperty("create").EnumerateObject().Select(member => $$"""  "{{member.Name}}":{"id":"{{id}}"}  """)) + "}}");

    private static SetChange Create(string creationId) => SetChange.Create(creationId, value => value.WriteString("name", $"n{creationId}"));

    private static SetChange Describe(string id) => SetChange.Update(id, patch => patch.WriteString("description", "x"));

    private static Task<IReadOnlyList<SetOutcome>> ApplyAsync(
        MailClient client, IReadOnlyList<SetChange> changes, Func<IReadOnlyList<SetChange>, CancellationToken, Task<IReadOnlyDictionary<SetChange, string>>>? findDone = null) =>
        new JmapWrites(client.Jmap!).ApplyAsync(new SetOrder("x:Account", changes) { FindDoneAsync = findDone }, s_cancellationToken);
}
