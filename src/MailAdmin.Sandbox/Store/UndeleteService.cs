using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MimeKit;

namespace MailAdmin.Sandbox.Store;

/// <summary><c>/api/store/undelete/{account}</c>: lists what can still be restored, and restores it.</summary>
internal sealed class UndeleteService(PrincipalStore store, DeletedItems deleted, BlobStore blobs)
{
    private const string Email = "email";
    private static readonly string[] s_otherCollections =
        ["mailbox", "thread", "identity", "emailSubmission", "sieveScript", "pushSubscription", "principal", "calendar", "calendarEvent", "addressBook", "contactCard", "fileNode"];

    public SandboxResponse List(ApiCall call, Principal account)
    {
        DeletedItem[] items = deleted.GetForAccount(account.Id);
        int limit = call.Query.GetInt32("limit");
        int offset = limit > 0 ? Math.Max(call.Query.GetInt32("page") - 1, 0) * limit : 0;
        IEnumerable<DeletedItem> page = limit > 0 ? items.Skip(offset).Take(limit) : items;
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (DeletedItem? item in page)
            {
                json.WriteStartObject();
                json.WriteString("hash"u8, item.Hash);
                json.WriteNumber("size"u8, item.Size);
                json.WriteString("deletedAt"u8, FormatTime(item.DeletedAt));
                json.WriteString("expiresAt"u8, FormatTime(item.ExpiresAt));
                if (call.Dialect.DescribesDeletedItems)
                {
                    WriteItem(json, item);
                }
                else
                {
                    json.WriteString("collection"u8, Email);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("total"u8, items.Length);
            json.WriteEndObject();
        });
    }

    private void WriteItem(Utf8JsonWriter json, DeletedItem item)
    {
        using var message = MimeMessage.Load(new MemoryStream(blobs.Find(item.Hash)!));
        json.WriteStartObject("item"u8);
        json.WriteString("type"u8, Email);
        json.WriteString("from"u8, message.From.ToString());
        json.WriteString("subject"u8, message.Subject);
        json.WriteString("received_at"u8, FormatTime(message.Date));
        json.WriteEndObject();
    }

    /// <summary>All of it where the body is <c>null</c>; one malformed item refuses the whole.</summary>
    public SandboxResponse Restore(ApiCall call, Principal account)
    {
        using JsonDocument body = call.ParseBody();
        (string Hash, string Collection, bool Cancel)[] wanted = body.RootElement.ValueKind switch
        {
            JsonValueKind.Null => [.. deleted.GetForAccount(account.Id).Select(item => (item.Hash, Collection: Email, Cancel: true))],
            JsonValueKind.Array => body.RootElement.EnumerateArray().Select(Parse).ToArray(),
            _ => throw ApiException.BadParameters(),
        };
        string[] outcomes = wanted.Select(item => RestoreItem(account.Id, item.Hash, item.Collection, keep: !item.Cancel)).ToArray();
        return Responses.Data(json =>
        {
            json.WriteStartArray();
            foreach (string? outcome in outcomes)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, outcome);
                if (outcome == "error")
                {
                    json.WriteString("reason"u8, "This collection cannot be restored.");
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private string RestoreItem(uint account, string hash, string collection, bool keep)
    {
        if (collection != Email)
        {
            return "error";
        }

        if (deleted.FindForRestore(account, hash, keep) is not { } item)
        {
            return "notFound";
        }

        lock (store.Gate)
        {
            if (store.Find(account) is { } owner)
            {
                Principal changed = owner.Copy();
                changed.UsedQuota += item.Size;
                changed.StoredMessages++;
                store.Replace(owner, changed);
            }
        }

        return "success";
    }

    private static (string Hash, string Collection, bool Cancel) Parse(JsonElement item)
    {
        string hash = GetString(item, "hash");
        string collection = GetString(item, "collection");
        bool isKnown = collection == Email || s_otherCollections.Contains(collection);
        if (!Base64Url.IsValid(hash) || !isKnown || !IsTime(GetString(item, "restoreTime")))
        {
            throw ApiException.BadParameters();
        }

        bool cancels = item.TryGetProperty("cancelDeletion", out JsonElement until) && until.ValueKind != JsonValueKind.Null;
        if (cancels && !IsTime(until.ValueKind == JsonValueKind.String ? until.GetString()! : ""))
        {
            throw ApiException.BadParameters();
        }

        return (hash, collection, cancels);
    }

    private static string GetString(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw ApiException.BadParameters();

    private static bool IsTime(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
