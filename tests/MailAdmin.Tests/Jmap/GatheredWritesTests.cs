// Writes of many callers at once: which of them go in one set, and what becomes of each.
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Jmap;

public sealed class GatheredWritesTests : IDisposable
{
    private const string Unavailable = """{"type":"serverUnavailable","description":"…"}""";
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private readonly ConcurrentQueue<string[]> _sets = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _answers = new(0);

    public void Dispose()
    {
        _arrived.Dispose();
        _answers.Dispose();
    }

    [Fact]
    public async Task While_a_set_is_on_its_way_what_comes_gathers_for_the_next()
    {
        using MailClient client = await CreateServer().ConnectAsync();
        var writes = new GatheredWrites(client.Jmap!);
        Task<IReadOnlyList<SetOutcome>> first = writes.ApplyAsync(Create(0), s_cancellationToken);
        await _arrived.WaitAsync(s_cancellationToken);
        Task<IReadOnlyList<SetOutcome>>[] others = [.. Enumerable.Range(1, 250).Select(number => writes.ApplyAsync(Create(number), s_cancellationToken))];
        _answers.Release(4);
        (await first).Single().IsDone.ShouldBeTrue();
        IReadOnlyList<SetOutcome>[] outcomes = await Task.WhenAll(others);

        _sets.Select(set => set.Length).ShouldBe([1, 100, 100, 50]);
        // Each caller has the outcome of its own change.
        outcomes.Select(outcome => outcome.Single().Change.Key).ShouldBe(Enumerable.Range(1, 250).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        outcomes.ShouldAllBe(outcome => outcome[0].Created!.Value.GetProperty("made").GetString() == outcome[0].Change.Key);
    }

    [Fact]
    public async Task Changes_of_one_object_and_of_another_type_stay_in_their_order_in_sets_of_their_own()
    {
        using MailClient client = await CreateServer().ConnectAsync();
        var writes = new GatheredWrites(client.Jmap!);
        Task<IReadOnlyList<SetOutcome>>[] all = await HoldAsync(writes, [Describe("e"), Describe("e"), Describe("f"), Describe("g", "x:MailingList"), Describe("e")]);
        _answers.Release(6);
        await Task.WhenAll(all);
        _sets.Select(set => string.Join(' ', set)).ShouldBe(["0", "x:Account e f", "x:Account e", "x:MailingList g", "x:Account e"], ignoreOrder: false);
    }

    [Fact]
    public async Task Far_from_the_server_a_full_set_goes_while_another_is_on_its_way()
    {
        using MailClient client = await CreateServer().ConnectAsync();
        BeFarAway(client);
        var writes = new GatheredWrites(client.Jmap!);
        Task<IReadOnlyList<SetOutcome>>[] all = await HoldAsync(writes, [.. Enumerable.Range(1, 150).Select(Create)]);
        // No answer has come yet, and what is left is not a full one.
        await _arrived.WaitAsync(s_cancellationToken);
        _sets.Select(set => set.Length).ShouldBe([1, 100]);
        _answers.Release(3);
        await Task.WhenAll(all);
        _sets.Select(set => set.Length).ShouldBe([1, 100, 50]);
    }

    [Fact]
    public async Task Changes_of_one_object_are_never_on_their_way_at_once()
    {
        using MailClient client = await CreateServer().ConnectAsync();
        BeFarAway(client);
        var writes = new GatheredWrites(client.Jmap!);
        Task<IReadOnlyList<SetOutcome>>[] all = await HoldAsync(writes, [Describe("e")], Describe("e"));
        Task<IReadOnlyList<SetOutcome>>[] others = [.. Enumerable.Range(1, 100).Select(number => writes.ApplyAsync(Create(number), s_cancellationToken))];
        await _arrived.WaitAsync(s_cancellationToken);
        string[][] sent = [.. _sets];
        sent.Length.ShouldBe(2);
        sent[1].ShouldNotContain("e");
        _answers.Release(3);
        await Task.WhenAll([.. all, .. others]);
        _sets.Select(set => set.Count(name => name == "e")).ShouldBe([1, 0, 1]);
    }

    [Fact]
    public async Task What_must_not_be_sent_fails_alone()
    {
        using MailClient client = await CreateServer().ConnectAsync();
        var writes = new GatheredWrites(client.Jmap!);
        var masked = new SetOrder("x:Account", [SetChange.Update("e", patch => patch.WriteString("secret", "****"))]);
        Task<IReadOnlyList<SetOutcome>>[] all = await HoldAsync(writes, [Create(1), masked, Create(2)]);
        _answers.Release(4);
        (await Should.ThrowAsync<MailServerException>(all[1])).Code.ShouldBe(MailErrorCode.RejectedByClient);
        (await all[0]).Single().IsDone.ShouldBeTrue();
        (await all[2]).Single().IsDone.ShouldBeTrue();
        _sets.Select(set => string.Join(' ', set)).ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public async Task Who_waits_no_more_is_not_sent_and_ends_no_set_of_others()
    {
        using MailClient client = await CreateServer().ConnectAsync();
        var writes = new GatheredWrites(client.Jmap!);
        using var impatient = new CancellationTokenSource();
        Task<IReadOnlyList<SetOutcome>> sent = writes.ApplyAsync(Create(0), impatient.Token);
        await _arrived.WaitAsync(s_cancellationToken);
        Task<IReadOnlyList<SetOutcome>> waiting = writes.ApplyAsync(Create(1), impatient.Token);
        Task<IReadOnlyList<SetOutcome>> patient = writes.ApplyAsync(Create(2), s_cancellationToken);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sent);
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        _answers.Release(2);
        (await patient).Single().IsDone.ShouldBeTrue();
        _sets.Select(set => string.Join(' ', set)).ShouldBe(["0", "2"]);
    }

    [Fact]
    public async Task What_makes_the_server_fail_takes_no_other_with_it()
    {
        // One object makes the server fail, whatever it is sent with, and nothing of such a set is done.
        using MailClient client = await CreateServer(fails: "13").ConnectAsync();
        var writes = new GatheredWrites(client.Jmap!);
        Task<IReadOnlyList<SetOutcome>>[] all = await HoldAsync(writes, [.. Enumerable.Range(1, 20).Select(Create)]);
        _answers.Release(100);
        foreach ((int index, Task<IReadOnlyList<SetOutcome>> write) in all.Index())
        {
            SetOutcome outcome = (await write).Single();
            outcome.Error?.Code.ShouldBe(MailErrorCode.ServerError);
            outcome.IsDone.ShouldBe(index != 12);
        }
        // Together once, then each alone once.
        _sets.Count.ShouldBe(1 + 1 + 20);
    }

    [Fact]
    public async Task A_server_that_fails_whatever_it_is_sent_gets_no_more()
    {
        var server = new FakeJmapServer(_ => FakeJmapServer.Answer([("error", Unavailable, "0")]));
        using MailClient client = await server.ConnectAsync();
        SetOrder[] orders = [.. Enumerable.Range(1, 20).Select(Create)];
        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await new JmapWrites(client.Jmap!).ApplyAsync(orders, s_cancellationToken);
        outcomes.Values.Select(outcome => outcome.Error!.Code).ShouldAllBe(code => code == MailErrorCode.ServerError);
        server.Requests.Count.ShouldBe(1 + Batch.MaxFailuresInARow);
    }

    // A set takes twice as long as the way.
    private static void BeFarAway(MailClient client)
    {
        SetConcurrency concurrency = client.Jmap!.Session.SetConcurrency;
        concurrency.RecordAnswer(TimeSpan.FromMicroseconds(1), isFullSet: false);
        concurrency.RecordAnswer(TimeSpan.FromMicroseconds(2), isFullSet: true);
        concurrency.Current.ShouldBe(2);
    }

    private async Task<Task<IReadOnlyList<SetOutcome>>[]> HoldAsync(GatheredWrites writes, SetOrder[] orders, SetOrder? first = null)
    {
        _ = writes.ApplyAsync(first ?? Create(0), s_cancellationToken);
        await _arrived.WaitAsync(s_cancellationToken);
        return [.. orders.Select(order => writes.ApplyAsync(order, s_cancellationToken))];
    }

    private static SetOrder Create(int number)
    {
        string key = number.ToString(CultureInfo.InvariantCulture);
        return new SetOrder("x:Account", [SetChange.Create(key, value => value.WriteString("name", $"n{key}"))])
        {
            FindDoneAsync = (_, _) => Task.FromResult<IReadOnlyDictionary<SetChange, string>>(new Dictionary<SetChange, string>()),
        };
    }

    private static SetOrder Describe(string id, string type = "x:Account") => new(type, [SetChange.Update(id, patch => patch.WriteString("description", "x"))]);

    private FakeJmapServer CreateServer(string? fails = null) => new(request =>
    {
        (string method, JsonElement arguments, string id) = (request.Calls.Single().Method, request.Calls.Single().Arguments, request.Calls.Single().Id);
        string[] created = arguments.TryGetProperty("create", out JsonElement creates) ? [.. creates.EnumerateObject().Select(member => member.Name)] : [];
        string[] updated = arguments.TryGetProperty("update", out JsonElement updates) ? [.. updates.EnumerateObject().Select(member => member.Name)] : [];
        _sets.Enqueue(updated.Length > 0 ? [method.Split('/')[0], .. updated] : created);
        _arrived.Release();
        _answers.Wait(s_cancellationToken);
        string made = string.Join(',', created.Select(key => $$"""  "{{key}}":{"id":"k","made":"{{key}}"}  """));
        string changed = string.Join(',', updated.Select(key => $"\"{key}\":null"));
        return created.Contains(fails)
            ? FakeJmapServer.Answer([("error", Unavailable, id)])
            : FakeJmapServer.Answer([(method, $"{{\"created\":{{{made}}},\"updated\":{{{changed}}}}}", id)]);
    });
}
