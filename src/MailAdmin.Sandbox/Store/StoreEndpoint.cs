using System.Buffers.Text;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Spam;

namespace MailAdmin.Sandbox.Store;

/// <summary><c>/api/store</c>: upkeep of the stores, of which there is little to do in memory, and counters of accounts.</summary>
internal sealed class StoreEndpoint(
    PrincipalStore store, BlobStore blobs, MessageQueue queue, DeletedItems deleted, SpamModels spamModels, bool enterprise) : IEndpoint
{
    private const string DefaultStore = "default";
    private const int UsualMailboxes = 5;

    private static readonly string[] s_indexes = ["email", "calendar", "contacts", "file", "tracing"];

    public SandboxResponse Answer(ApiCall call) => (call.Method, call.Element(1), call.Path.Length) switch
    {
        ("GET", "reindex", 3 or 4) when call.Dialect.NamesIndexes => Reindex(call),
        ("GET", "reindex", 2 or 3) when !call.Dialect.NamesIndexes => Reindex(call),
        ("GET", "purge", >= 3) => Purge(call),
        ("GET", "blobs", >= 3) => Blob(call),
        ("GET" or "POST", "undelete", 3) => Undelete(call),
        ("DELETE", "uids", 3) => ResetUids(call),
        ("GET" or "DELETE", "quota", 3) => Answers.Data(Account(call, 2).UsedQuota),
        _ => throw Refusal.NoSuchResource(),
    };

    private SandboxResponse Reindex(ApiCall call)
    {
        call.Caller.Require("fts-reindex");
        if (call.Dialect.NamesIndexes && !s_indexes.Contains(call.Element(2)))
        {
            throw Refusal.BadParameters();
        }

        int account = call.Dialect.NamesIndexes ? 3 : 2;
        if (call.Path.Length > account)
        {
            Account(call, account);
        }

        return Answers.Done();
    }

    private SandboxResponse Purge(ApiCall call)
    {
        switch (call.Element(2))
        {
            case "blob":
                call.Caller.Require("purge-blob-store");
                blobs.Purge(queue.Blobs.Concat(deleted.Hashes).ToHashSet(StringComparer.Ordinal));
                return Answers.Done();
            case "data":
                call.Caller.Require("purge-data-store");
                RequireStore(call.Element(3));
                return Answers.Done();
            case "in-memory":
                call.Caller.Require("purge-in-memory-store");
                RequireStore(call.Element(3));
                PurgeMemory(call.Element(4), call.Path.Length > 5 ? Account(call, 5) : null);
                return Answers.Done();
            case "account":
                call.Caller.Require("purge-account");
                if (call.Path.Length > 3)
                {
                    Account(call, 3);
                }

                return Answers.Done();
            default:
                throw Refusal.NoSuchResource();
        }
    }

    /// <summary>Of what lies in memory only what was learnt from spam is missed; a word that the server does not know means expired entries.</summary>
    private void PurgeMemory(string what, Principal? account)
    {
        if (!store.Dialect.KeepsLearningInMemory)
        {
            return;
        }

        if (what == "bayes-global")
        {
            spamModels.Forget();
        }
        else if (what == "bayes-account")
        {
            spamModels.ForgetAccount(account?.Id);
        }
    }

    private static void RequireStore(string name)
    {
        if (name is not ("" or DefaultStore))
        {
            throw Refusal.NoSuchResource();
        }
    }

    /// <summary>A part of it, if asked so; beyond its end there is nothing.</summary>
    private SandboxResponse Blob(ApiCall call)
    {
        call.Caller.Require("blob-fetch");
        string hash = call.Decoded(2);
        if (!Base64Url.IsValid(hash))
        {
            throw Refusal.BadParameters("Invalid blob id");
        }

        ReadOnlyMemory<byte> content = blobs.Find(hash) ?? throw Refusal.NotFound("");
        ulong offset = call.Query.LongNumber("offset") ?? 0;
        ReadOnlyMemory<byte> rest = offset < (ulong)content.Length ? content[(int)offset..] : ReadOnlyMemory<byte>.Empty;
        ulong limit = call.Query.LongNumber("limit") ?? ulong.MaxValue;
        return new SandboxResponse(200, "application/octet-stream", limit < (ulong)rest.Length ? rest[..(int)limit] : rest);
    }

    private SandboxResponse Undelete(ApiCall call)
    {
        call.Caller.Require("undelete");
        if (!enterprise)
        {
            throw Refusal.Enterprise();
        }

        Principal account = store.Find(call.Decoded(2)) ?? throw Refusal.NoSuchResource();
        return new UndeleteDesk(store, deleted, blobs).Answer(call, account);
    }

    /// <summary>Mailboxes, in 0.11 only those that people made, and messages.</summary>
    private SandboxResponse ResetUids(ApiCall call)
    {
        Principal account = Account(call, 2);
        return Answers.Data(json =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(call.Dialect.CountsUsualMailboxes && account.StoredMessages > 0 ? UsualMailboxes : 0);
            json.WriteNumberValue(account.StoredMessages);
            json.WriteEndArray();
        });
    }

    /// <summary>No permission guards these; an unknown account is <c>notFound</c> without its name.</summary>
    private Principal Account(ApiCall call, int element) =>
        store.Find(call.Decoded(element)) ?? throw Refusal.NotFound("");
}
