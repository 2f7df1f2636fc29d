using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Store;

/// <summary>
/// Reads the answers of /store/undelete (docs/api.md §6.9, §9) in both forms: 0.11 sends a collection, 0.15 an object that describes the item; and the objects of a server
/// from 0.16 on (docs/api-0.16.md §8.12).
/// </summary>
internal static class DeletedItemReader
{
    private static readonly string[] s_known = ["hash", "size", "deletedAt", "expiresAt", "collection", "item"];

    /// <summary>The items of a list, and how many there should be.</summary>
    public static (IReadOnlyList<MailDeletedItem> Items, long? Total) ReadList(ref Utf8JsonReader reader, string account)
    {
        var data = JsonElement.ParseValue(ref reader);
        long? total = data.TryGetProperty("total", out JsonElement member) && member.TryGetInt64(out long count) ? count : null;
        return ([.. data.GetProperty("items").EnumerateArray().Select(item => ReadItem(item, account))], total);
    }

    /// <summary>The outcomes of a restoration, in the order of the request.</summary>
    public static IReadOnlyList<(MailRestoreStatus Status, string? Reason)> ReadOutcomes(ref Utf8JsonReader reader)
    {
        var data = JsonElement.ParseValue(ref reader);
        return [.. data.EnumerateArray().Select(ReadOutcome)];
    }

    /// <summary>An object of the type <c>x:ArchivedItem</c>.</summary>
    public static MailDeletedItem ReadObject(JsonElement item, string account) => new()
    {
        Account = account,
        Id = item.GetText("id"),
        BlobId = item.GetText("blobId") ?? throw new JsonException("A deleted item has no content."),
        Kind = item.GetText("@type") is { Length: > 0 } type ? char.ToLowerInvariant(type[0]) + type[1..] : throw new JsonException("A deleted item has no kind."),
        Size = GetSize(item),
        Deleted = GetTime(item, "archivedAt"),
        Expires = GetTime(item, "archivedUntil"),
        From = item.GetText("from"),
        Subject = GetSubject(item),
        Received = GetTime(item, "receivedAt"),
        AdditionalData = item.GetUnknownMembers("id", "@type", "accountId", "blobId", "size", "archivedAt", "archivedUntil", "from", "subject", "title", "name", "receivedAt", "status"),
    };

    private static (MailRestoreStatus Status, string? Reason) ReadOutcome(JsonElement answer) => answer.GetText("type") switch
    {
        "success" => (MailRestoreStatus.Restored, null),
        "notFound" => (MailRestoreStatus.NotFound, "The content of the item is gone."),
        var word => (MailRestoreStatus.Failed, answer.GetText("reason") ?? word),
    };

    private static MailDeletedItem ReadItem(JsonElement wire, string account)
    {
        JsonElement item = wire.TryGetProperty("item", out JsonElement detail) && detail.ValueKind == JsonValueKind.Object ? detail : default;
        return new MailDeletedItem
        {
            Account = account,
            BlobId = wire.GetText("hash") ?? throw new JsonException("A deleted item has no hash."),
            Kind = item.GetText("type") ?? wire.GetText("collection") ?? MailDeletedItem.EmailKind,
            Size = GetSize(wire),
            Deleted = GetTime(wire, "deletedAt"),
            Expires = GetTime(wire, "expiresAt"),
            From = item.GetText("from"),
            Subject = GetSubject(item),
            Received = GetTime(item, "received_at"),
            AdditionalData = new(wire.EnumerateObject().Where(member => Array.IndexOf(s_known, member.Name) < 0)
                .Concat(item.ValueKind == JsonValueKind.Object ? item.EnumerateObject().Where(IsUnknownMember) : [])
                .GroupBy(member => member.Name, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => NamedValues.FromJson(group.First().Value.EnsureReadable()), StringComparer.Ordinal)),
        };
    }

    private static bool IsUnknownMember(JsonProperty member) => member.Name is not ("type" or "from" or "subject" or "title" or "name" or "received_at");

    private static long? GetSize(JsonElement item) => item.TryGetProperty("size", out JsonElement size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out long bytes) ? bytes : null;

    // Of what is no mail, its title or its name.
    private static string? GetSubject(JsonElement item) => item.GetText("subject") ?? item.GetText("title") ?? item.GetText("name");

    private static DateTimeOffset? GetTime(JsonElement parent, string name) =>
        DateTimeOffset.TryParse(parent.GetText(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
