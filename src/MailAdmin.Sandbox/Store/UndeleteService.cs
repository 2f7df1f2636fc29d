using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Store;

/// <summary><c>/api/store/undelete/{account}</c>: lists what can still be restored, and restores it.</summary>
internal sealed class UndeleteService(PrincipalStore store, DeletedItems deleted, BlobStore blobs)
{
    private const string Email = "email";

    public SandboxResponse List(ApiCall call, Principal account)
    {
        DeletedItem[] items = deleted.GetForAccount(account.Id);
        int limit = call.Query.GetInt32("limit");
        int offset = limit > 0 ? Math.Max(call.Query.GetInt32("page") - 1, 0) * limit : 0;
        IEnumerable<DeletedItem> page = limit > 0 ? items.Skip(offset).Take(limit) : items;
        return Responses.Page(page, items.Length, (json, item) => WriteItem(json, item, call.Dialect.DescribesDeletedItems));
    }

    private void WriteItem(Utf8JsonWriter json, DeletedItem item, bool withDescription)
    {
        json.WriteStartObject();
        json.WriteString("hash"u8, item.Hash);
        json.WriteNumber("size"u8, item.Size);
        json.WriteString("deletedAt"u8, Timestamp.Format(item.DeletedAt));
        json.WriteString("expiresAt"u8, Timestamp.Format(item.ExpiresAt));
        if (withDescription)
        {
            WriteDescription(json, item);
        }
        else
        {
            json.WriteString("collection"u8, Email);
        }

        json.WriteEndObject();
    }

    private void WriteDescription(Utf8JsonWriter json, DeletedItem item)
    {
        using var message = MimeMessage.Load(new MemoryStream(blobs.Find(item.Hash)!));
        json.WriteStartObject("item"u8);
        json.WriteString("type"u8, Email);
        json.WriteString("from"u8, message.From.ToString());
        json.WriteString("subject"u8, message.Subject);
        json.WriteString("received_at"u8, Timestamp.Format(message.Date));
        json.WriteEndObject();
    }

    /// <summary>Restores everything where the body is <c>null</c>; one malformed item refuses the whole request.</summary>
    public SandboxResponse Restore(ApiCall call, Principal account)
    {
        using JsonDocument body = call.ParseBody();
        (string Hash, string Collection, bool Cancel)[] requests = body.RootElement.ValueKind == JsonValueKind.Null
            ? [.. deleted.GetForAccount(account.Id).Select(item => (item.Hash, Collection: Email, Cancel: true))]
            : [.. body.RootElement.EnumerateArray().Select(item => (item.GetText("hash"), item.GetText("collection"), item.FindText("cancelDeletion") is not null))];
        string[] outcomes = requests.Select(item => RestoreItem(account.Id, item.Hash, item.Collection, keep: !item.Cancel)).ToArray();
        return Responses.Data(json =>
        {
            json.WriteStartArray();
            foreach (string outcome in outcomes)
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
                store.AddStoredMessage(owner, item.Size);
            }
        }

        return "success";
    }
}
