using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>The way of rows through the client: planned against a server, and sent to it.</summary>
public sealed class ProvisionerTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outcomes_keep_the_order_of_the_rows_and_no_more_are_in_flight_than_allowed()
    {
        var three = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int inFlight = 0, most = 0, arrived = 0, answered = 0;
        var server = new FakeServer(Respond)
        {
            // The first three wait for each other, and the first of them is answered last.
            Delay = async request =>
            {
                if (request.Method != HttpMethod.Post)
                {
                    return;
                }
                InterlockedMax(ref most, Interlocked.Increment(ref inFlight));
                if (Interlocked.Increment(ref arrived) == 3)
                {
                    three.SetResult();
                }
                await three.Task.WaitAsync(s_cancellationToken);
                if (NameOf(request) == "p1")
                {
                    await others.Task.WaitAsync(s_cancellationToken);
                }
                else if (Interlocked.Increment(ref answered) == 2)
                {
                    others.SetResult();
                }
                Interlocked.Decrement(ref inFlight);
            },
        };
        using MailClient client = await server.ConnectAsync();
        ImportPlan plan = await PlanAsync(client, People(12));

        List<ImportOutcome> outcomes = await ApplyAsync(client, plan, 3);

        outcomes.Select(outcome => outcome.Row.Row).ShouldBe(Enumerable.Range(1, 12));
        outcomes.ShouldAllBe(outcome => outcome.Error == null);
        most.ShouldBe(3);
    }

    [Fact]
    public async Task A_level_begins_when_the_one_before_is_complete()
    {
        int finishedGroups = 0;
        var tooEarly = new List<string>();
        var server = new FakeServer(request =>
        {
            if (request.Method == HttpMethod.Post && NameOf(request) is { } name)
            {
                if (name[0] == 'g')
                {
                    Interlocked.Increment(ref finishedGroups);
                }
                else if (Volatile.Read(ref finishedGroups) < 3)
                {
                    tooEarly.Add(name);
                }
            }
            return Respond(request);
        })
        { Permissions = "unlimited-requests" };
        using MailClient client = await server.ConnectAsync();
        ImportPlan plan = await PlanAsync(client, new ImportTable(
            ["Name", "Type", "MemberOf"],
            [Row(1, "p1", "", "g1"), Row(2, "g1", "Group", ""), Row(3, "p2", "", "g3"), Row(4, "g2", "Group", ""), Row(5, "g3", "Group", "")]));

        List<ImportOutcome> outcomes = await ApplyAsync(client, plan, 16);

        outcomes.Select(outcome => outcome.Row.Identity).ShouldBe(["g1", "g2", "g3", "p1", "p2"]);
        tooEarly.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_fails_is_an_outcome_and_the_others_go_on()
    {
        var server = new FakeServer(request => request.Method == HttpMethod.Post && NameOf(request) == "p2" ? TestResponses.Json(System.Net.HttpStatusCode.OK, """{"error":"other","details":"no"}""") : Respond(request));
        using MailClient client = await server.ConnectAsync();
        ImportPlan plan = await PlanAsync(client, new ImportTable(["Name", "Quota"], [Row(1, "p1", ""), Row(2, "p2", ""), Row(3, "p3", "lots"), Row(4, "p4", "")]));

        List<ImportOutcome> outcomes = await ApplyAsync(client, plan, 2);

        outcomes.Select(outcome => (outcome.Row.Row, outcome.Row.Action, outcome.Error is MailServerException)).ShouldBe(
            [(1, PlannedAction.Create, false), (2, PlannedAction.Create, true), (3, PlannedAction.Failed, false), (4, PlannedAction.Create, false)]);
        server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBe(3);
    }

    [Fact]
    public async Task Of_rows_that_a_server_that_is_down_leaves_unknown_one_more_look_is_taken_and_not_one_each()
    {
        const int Rows = 20;
        int looks = 0;
        bool isDown = false;
        var server = new FakeServer(request =>
        {
            if (request.Method == HttpMethod.Post)
            {
                isDown = true;
                return TestResponses.ConnectionLost();
            }
            if (isDown)
            {
                Interlocked.Increment(ref looks);
                return TestResponses.ConnectionRefused();
            }
            return Respond(request);
        });
        using MailClient client = (await server.ConnectAsync(change: options => options with { MaximumRetryCount = 0 })).ForBatch(new Batch(TimeSpan.Zero));
        ImportPlan plan = await PlanAsync(client, People(Rows));

        List<ImportOutcome> outcomes = await ApplyAsync(client, plan, 4);

        outcomes.Select(outcome => outcome.Row.Row).Order().ShouldBe(Enumerable.Range(1, Rows));
        outcomes.ShouldAllBe(outcome => outcome.IsUnknown);
        // One for each as it was lost, and not as many again when all were.
        looks.ShouldBeInRange(Rows, Rows + 4);
    }

    [Fact]
    public async Task A_password_goes_to_the_hash_function_as_it_is_in_the_row_and_to_the_server_only_hashed()
    {
        var hashed = new List<string>();
        var server = new FakeServer(Respond);
        using MailClient client = await server.ConnectAsync();
        var options = new ImportOptions { NoAddress = true, GeneratePassword = true };
        ImportPlan plan = await client.Provisioning.PlanAsync(new ImportTable(["Name", "Password"], [Row(1, "p1", "Hunter2 geheim"), Row(2, "p2", "")]), options, s_cancellationToken);

        List<ImportOutcome> outcomes = await ApplyAsync(client, plan, 1, password =>
        {
            hashed.Add(password);
            return $"hash {hashed.Count}";
        });

        hashed.ShouldBe(["Hunter2 geheim", outcomes[1].GeneratedPassword!]);
        outcomes[0].GeneratedPassword.ShouldBeNull();
        string sent = string.Join('\n', server.Requests.Select(request => request.Body));
        sent.ShouldContain("hash 1");
        sent.ShouldContain("hash 2");
        string printed = sent + string.Join('\n', outcomes) + plan.Rows[0] + new ImportRow(1, ["p1", "Hunter2 geheim"], null);
        hashed.ShouldAllBe(password => !printed.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_stops_taking_outcomes_stops_the_import()
    {
        var server = new FakeServer(Respond);
        using MailClient client = await server.ConnectAsync();
        ImportPlan plan = await PlanAsync(client, People(10));

        await using (IAsyncEnumerator<ImportOutcome> outcomes = client.Provisioning.ApplyAsync(plan, password => password, 2, cancellationToken: s_cancellationToken).GetAsyncEnumerator(s_cancellationToken))
        {
            (await outcomes.MoveNextAsync()).ShouldBeTrue();
        }

        server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_generated_password_is_handed_over_before_its_account_is_sent_and_an_account_whose_password_is_not_kept_is_not_made()
    {
        var kept = new List<string>();
        var early = new List<string>();
        var server = new FakeServer(request =>
        {
            if (request.Method == HttpMethod.Post && !kept.Contains(NameOf(request)))
            {
                early.Add(NameOf(request));
            }
            return request.Method == HttpMethod.Get ? TestResponses.Data("""{"items":[{"id":1,"type":"domain","name":"example.org"}],"total":1}""") : TestResponses.Data("7");
        });
        using MailClient client = await server.ConnectAsync();
        var people = new ImportTable(["Name", "Email"], [.. Enumerable.Range(1, 3).Select(i => Row(i, $"p{i}", $"p{i}@example.org"))]);
        ImportPlan plan = await client.Provisioning.PlanAsync(people, new ImportOptions { GeneratePassword = true }, s_cancellationToken);

        var outcomes = new List<ImportOutcome>();
        await foreach (ImportOutcome outcome in client.Provisioning.ApplyAsync(plan, password => password, 1, Keep, s_cancellationToken))
        {
            outcomes.Add(outcome);
        }

        early.ShouldBeEmpty();
        kept.ShouldBe(["p1", "p3"]);
        outcomes.Select(outcome => outcome.Error?.GetType()).ShouldBe([null, typeof(IOException), null]);
        server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBe(2);

        void Keep(PlannedRow row, string password)
        {
            password.ShouldNotBeNullOrEmpty();
            if (row.Identity == "p2")
            {
                throw new IOException("The disk is full.");
            }
            kept.Add(row.Identity);
        }
    }

    [Fact]
    public async Task A_cancelled_import_ends_with_that_also_where_no_row_is_to_be_sent()
    {
        var server = new FakeServer(Respond);
        using MailClient client = await server.ConnectAsync();
        ImportPlan plan = await client.Provisioning.PlanAsync(new ImportTable(["Name", "Quota"], [.. Enumerable.Range(1, 9).Select(i => Row(i, $"p{i}", "lots"))]), new ImportOptions(), s_cancellationToken);
        using var ending = new CancellationTokenSource();
        int seen = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (ImportOutcome outcome in client.Provisioning.ApplyAsync(plan, password => password, 2, cancellationToken: ending.Token))
            {
                seen++;
                await ending.CancelAsync();
            }
        });

        seen.ShouldBe(1);
    }

    [Fact]
    public async Task A_rejected_plan_is_not_sent()
    {
        var server = new FakeServer(Respond);
        using MailClient client = await server.ConnectAsync();
        ImportPlan plan = await client.Provisioning.PlanAsync(new ImportTable(["Name", "Quota"], [Row(1, "p1", "lots")]), new ImportOptions { NoAddress = true, Strict = true }, s_cancellationToken);

        Should.Throw<InvalidOperationException>(() => client.Provisioning.ApplyAsync(plan, password => password, 1, cancellationToken: s_cancellationToken));
        server.Requests.ShouldAllBe(request => request.Method == HttpMethod.Get);
    }

    private static ImportTable People(int count) => new(["Name"], [.. Enumerable.Range(1, count).Select(i => Row(i, $"p{i}"))]);

    private static ImportRow Row(int number, params string[] cells) => new(number, cells, null);

    private static Task<ImportPlan> PlanAsync(MailClient client, ImportTable table) =>
        client.Provisioning.PlanAsync(table, new ImportOptions { NoAddress = true, NoPassword = true }, s_cancellationToken);

    private static async Task<List<ImportOutcome>> ApplyAsync(MailClient client, ImportPlan plan, int maxConcurrency, Func<string, string>? hash = null)
    {
        var outcomes = new List<ImportOutcome>();
        await foreach (ImportOutcome outcome in client.Provisioning.ApplyAsync(plan, hash ?? (password => password), maxConcurrency, cancellationToken: s_cancellationToken))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    // An empty directory that takes everything.
    private static HttpResponseMessage Respond(RecordedRequest request) =>
        request.Method == HttpMethod.Get ? TestResponses.Data("""{"items":[],"total":0}""") : TestResponses.Data("7");

    private static string NameOf(RecordedRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("name").GetString()!;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (seen < value)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
