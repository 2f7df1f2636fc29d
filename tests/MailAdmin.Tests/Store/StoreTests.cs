// The store resource: both forms of deleted items, and what is never sent.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Store;

public sealed class StoreTests
{
    private const string Old = """{"items":[{"hash":"aGE","size":3072,"deletedAt":"2025-01-05T14:50:13Z","expiresAt":"2025-02-04T14:50:13Z","collection":"email"}],"total":1}""";

    private const string New = """
        {"items":[
        {"hash":"aGE","size":3072,"deletedAt":"2025-01-05T14:50:13Z","expiresAt":"2025-02-04T14:50:13Z","item":{"type":"email","from":"joe@example.com","subject":"Hello","received_at":"2025-01-01T10:00:00Z"}},
        {"hash":"aGI","size":10,"deletedAt":"2025-01-06T14:50:13Z","expiresAt":"2025-02-04T14:50:13Z","item":{"type":"calendarEvent","title":"Party","start_time":"2025-03-01T10:00:00Z"},"news":7}
        ],"total":2}
        """;

    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_forms_of_deleted_items_are_read()
    {
        var server = new FakeServer(_ => TestResponses.Data(Old));
        using MailClient client = await server.ConnectAsync();
        MailDeletedItem old = (await client.Store.ListDeletedAsync("Jane+x", s_cancellationToken)).ShouldHaveSingleItem();
        (old.Account, old.BlobId, old.Kind, old.Size, old.Deleted).ShouldBe(("jane+x", "aGE", "email", 3072, new DateTimeOffset(2025, 1, 5, 14, 50, 13, default)));
        server.RequestLines.ShouldBe(["GET /api/store/undelete/jane%2Bx"]);

        server.OnRequest = _ => TestResponses.Data(New);
        IReadOnlyList<MailDeletedItem> items = await client.Store.ListDeletedAsync("jane", s_cancellationToken);
        (items[0].Kind, items[0].From, items[0].Subject, items[0].Received).ShouldBe(("email", "joe@example.com", "Hello", new DateTimeOffset(2025, 1, 1, 10, 0, 0, default)));
        (items[1].Kind, items[1].Subject, items[1].IsRestorable).ShouldBe(("calendarEvent", "Party", false));
        items[1].AdditionalData.Keys.Order(StringComparer.Ordinal).ShouldBe(["news", "start_time"]);
    }

    [Fact]
    public async Task Items_are_always_named_and_each_has_its_outcome()
    {
        var server = new FakeServer(_ => TestResponses.Data("""[{"type":"success"},{"type":"notFound"},{"type":"error","reason":"Full"}]"""));
        using MailClient client = await server.ConnectAsync();
        MailDeletedItem[] items = [.. "abc".Select(c => Item($"{c}"))];
        IReadOnlyList<MailRestoreResult> results = await client.Store.RestoreAsync("jane", items, s_cancellationToken);
        results.Select(r => (r.BlobId, r.Status)).ShouldBe([("a", MailRestoreStatus.Restored), ("b", MailRestoreStatus.NotFound), ("c", MailRestoreStatus.Failed)]);
        results[2].Reason.ShouldBe("Full");
        server.Requests.Single().Body.ShouldStartWith("""[{"hash":"a","collection":"email","restoreTime":"2025-01-05T14:50:13Z","cancelDeletion":"2025-02-04T14:50:13Z"},""");
    }

    [Fact]
    public async Task No_items_too_many_and_unrestorable_ones_are_refused()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        await Should.ThrowAsync<ArgumentException>(client.Store.RestoreAsync("jane", [], s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(client.Store.RestoreAsync("jane", [.. Enumerable.Repeat(Item("a"), 1001)], s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(client.Store.RestoreAsync("jane", [Item("a").With(("Kind", "fileNode"))], s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(client.Store.RestoreAsync(" ", [Item("a")], s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(() => client.Store.PurgeAccountAsync("", s_cancellationToken));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => client.Store.PurgeAsync((PurgeScope)9, s_cancellationToken));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_answer_to_a_restoration_is_said_and_a_purge_is_not_sent_twice()
    {
        var server = new FakeServer(_ => TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Store.RestoreAsync("jane", [Item("a")], s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        await Should.ThrowAsync<MailServerException>(client.Store.PurgeAsync(PurgeScope.Blob, s_cancellationToken));
        await Should.ThrowAsync<MailServerException>(client.Store.ResetUidsAsync("jane", s_cancellationToken));
        server.Requests.Count.ShouldBe(3);
    }

    private static MailDeletedItem Item(string id) => new()
    {
        Account = "jane",
        BlobId = id,
        Kind = "email",
        Deleted = new DateTimeOffset(2025, 1, 5, 14, 50, 13, default),
        Expires = new DateTimeOffset(2025, 2, 4, 14, 50, 13, default),
    };
}
