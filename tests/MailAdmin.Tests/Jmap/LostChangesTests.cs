// What became of many lost changes: asked in few requests, and no more once the server is down.
using System.Globalization;
using System.Net;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Jmap;

public sealed class LostChangesTests
{
    private const int Count = 100;
    private const int MaxCalls = 16;
    private const int MaxAtOnce = 3;
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    public static TheoryData<string> WaysToBeDown => ["Lost", "Refused", "Away", "Rejected"];

    [Fact]
    public async Task The_looks_of_many_orders_share_their_requests()
    {
        int atOnce = 0, most = 0;
        var server = new FakeJmapServer(request => IsSet(request) ? TestResponses.ConnectionLost() : AnswerLook(request));
        server.Server.Delay = async request =>
        {
            int now = Interlocked.Increment(ref atOnce);
            for (int old = most; now > old && Interlocked.CompareExchange(ref most, now, old) != old; old = most)
            {
            }
            await Task.Yield();
            Interlocked.Decrement(ref atOnce);
        };
        using MailClient client = await server.ConnectAsync();

        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await ApplyAsync(client, s_cancellationToken);

        outcomes.Values.Select(outcome => outcome.Change.Key).Order().ShouldBe(Enumerable.Range(0, Count).Select(Key).Order());
        outcomes.Values.ShouldAllBe(outcome => outcome.IsDone && outcome.ObjectId == outcome.Change.Key);
        JmapRequestBody[] looks = [.. server.Requests.Where(request => !IsSet(request))];
        looks.Sum(look => look.Calls.Count).ShouldBe(Count);
        looks.Length.ShouldBeLessThanOrEqualTo(MaxAtOnce + (int)Math.Ceiling(Count / (double)MaxCalls));
        most.ShouldBeLessThanOrEqualTo(MaxAtOnce);
    }

    [Fact]
    public async Task What_was_to_be_destroyed_is_one_question_whoever_wanted_it()
    {
        var server = new FakeJmapServer(request => IsSet(request) ? TestResponses.ConnectionLost() : request.Answer((_, _) => """{"list":[{"id":"c"}],"notFound":["b","d"]}"""));
        using MailClient client = await server.ConnectAsync();
        SetOrder[] orders = [.. "bcd".Select(id => new SetOrder("x:Account", [SetChange.Destroy(id.ToString())]))];

        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await new JmapWrites(client.Jmap!).ApplyAsync(orders, s_cancellationToken);

        outcomes.Values.Where(outcome => outcome.IsDone).Select(outcome => outcome.ObjectId).Order().ShouldBe(["b", "d"]);
        outcomes.Values.Single(outcome => !outcome.IsDone).Error!.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests[^1].Calls.Single().Arguments.GetRawText().ShouldBe("""{"ids":["b","c","d"],"properties":["id"]}""");
    }

    [Theory]
    [MemberData(nameof(WaysToBeDown))]
    public async Task Once_the_server_is_down_nothing_more_is_asked_and_all_is_unknown(string way)
    {
        var server = new FakeJmapServer(request => IsSet(request) ? TestResponses.ConnectionLost() : BeDown(way));
        using MailClient client = await server.ConnectAsync(change: options => options with { MaximumRetryCount = 1 });

        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await ApplyAsync(client, s_cancellationToken);

        outcomes.Count.ShouldBe(Count);
        outcomes.Values.ShouldAllBe(outcome => outcome.Error!.Code == MailErrorCode.OutcomeUnknown);
        // Those that were on their way together, and those that followed in the same moment; each sent twice.
        server.Requests.Count(request => !IsSet(request)).ShouldBeLessThanOrEqualTo(2 * 2 * MaxAtOnce);
    }

    [Fact]
    public async Task A_look_that_is_refused_for_itself_ends_no_other()
    {
        var server = new FakeJmapServer(request => IsSet(request) ? TestResponses.ConnectionLost() : AnswerLook(request, refused: Key(0)));
        using MailClient client = await server.ConnectAsync();

        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await ApplyAsync(client, s_cancellationToken);

        outcomes.Values.Single(outcome => !outcome.IsDone).Change.Key.ShouldBe(Key(0));
    }

    [Fact]
    public async Task Once_the_server_is_down_what_it_failed_to_do_is_not_sent_again_either()
    {
        int sets = 0;
        var server = new FakeJmapServer(request => !IsSet(request) ? request.Answer((_, arguments) => $$"""{"list":[],"notFound":{{arguments.GetProperty("ids").GetRawText()}}}""")
            : sets++ == 0 ? FakeJmapServer.Answer([("error", """{"type":"serverUnavailable"}""", "0")]) : TestResponses.ConnectionRefused());
        using MailClient client = await server.ConnectAsync(change: options => options with { MaximumRetryCount = 0 });

        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await ApplyAsync(client, s_cancellationToken);

        outcomes.Values.ShouldAllBe(outcome => outcome.Error != null && outcome.Error.Code != MailErrorCode.OutcomeUnknown);
        sets.ShouldBe(2);
    }

    [Fact]
    public async Task A_cancellation_ends_the_looks_at_once()
    {
        using var ending = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        var server = new FakeJmapServer(_ => TestResponses.ConnectionLost());
        server.Server.Delay = async request =>
        {
            if (request.Body.Contains("/get", StringComparison.Ordinal))
            {
                await ending.CancelAsync();
                await never.Task;
            }
        };
        using MailClient client = await server.ConnectAsync();

        await Should.ThrowAsync<OperationCanceledException>(ApplyAsync(client, ending.Token).WaitAsync(s_cancellationToken));

        never.SetResult();
    }

    private static HttpResponseMessage BeDown(string way) => way switch
    {
        "Lost" => TestResponses.ConnectionLost(),
        "Refused" => TestResponses.ConnectionRefused(),
        "Away" => new HttpResponseMessage(HttpStatusCode.BadGateway),
        _ => TestResponses.Problem(401, "Unauthorized"),
    };

    private static bool IsSet(JmapRequestBody request) => request.Calls[0].Method.EndsWith("/set", StringComparison.Ordinal);

    // Each has what it was to get.
    private static HttpResponseMessage AnswerLook(JmapRequestBody request, string? refused = null) => FakeJmapServer.Answer(request.Calls.Select(call =>
        call.Arguments.GetProperty("ids")[0].GetString() is var id && id == refused
            ? ("error", """{"type":"forbidden"}""", call.Id)
            : (call.Method, $$"""{"list":[{"id":"{{id}}"}],"notFound":[]}""", call.Id)));

    private static async Task<IReadOnlyDictionary<SetChange, SetOutcome>> ApplyAsync(MailClient client, CancellationToken cancellationToken) =>
        await new JmapWrites(client.Jmap!).ApplyAsync(
            [.. Enumerable.Range(0, Count).Select(number => new SetOrder("x:Account", [SetChange.Update(Key(number), patch => patch.WriteString("description", "x"))])
            {
                FindDoneAsync = (changes, look) => FindAsync(client.Jmap!, changes[0], look),
            })],
            cancellationToken);

    private static async Task<IReadOnlyDictionary<SetChange, string>> FindAsync(JmapChannel channel, SetChange change, CancellationToken cancellationToken)
    {
        GetAnswer<JsonElement> answer = await channel.GetAsync("x:Account", [change.Key], static item => item, cancellationToken);
        return answer.Items.Count == 0 ? new Dictionary<SetChange, string>() : new Dictionary<SetChange, string> { [change] = change.Key };
    }

    private static string Key(int number) => "a" + string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));
}
