using System.Buffers.Text;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Spam;

namespace MailAdmin.Sandbox.Store;

/// <summary><c>/api/store</c>: maintenance of the stores, which in memory need little of it, and counters of accounts.</summary>
internal sealed class StoreEndpoint(
    PrincipalStore store, BlobStore blobs, MessageQueue queue, DeletedItems deleted, SpamModels spamModels, bool enterprise)
{
    private const string DefaultStore = "default";
    private const int DefaultMailboxCount = 5;

    private static readonly string[] s_indexes = ["email", "calendar", "contacts", "file", "tracing"];

    /// <summary>In this version an index stands before the account, or none does.</summary>
    public SandboxResponse Reindex(ApiCall call)
    {
        int accountIndex = call.Dialect.RequiresIndexName ? 3 : 2;
        if (call.Path.Length < accountIndex || call.Path.Length > accountIndex + 1)
        {
            throw ApiException.NoSuchResource();
        }

        call.Caller.Require("fts-reindex");
        if (call.Dialect.RequiresIndexName && !s_indexes.Contains(call.GetSegment(2)))
        {
            throw ApiException.BadParameters();
        }

        if (call.Path.Length > accountIndex)
        {
            GetAccount(call, accountIndex);
        }

        return Responses.Success();
    }

    public SandboxResponse PurgeBlobs(ApiCall call)
    {
        call.Caller.Require("purge-blob-store");
        blobs.Purge(queue.BlobHashes.Concat(deleted.Hashes).ToHashSet(StringComparer.Ordinal));
        return Responses.Success();
    }

    public static SandboxResponse PurgeData(ApiCall call)
    {
        call.Caller.Require("purge-data-store");
        RequireStore(call.GetSegment(3));
        return Responses.Success();
    }

    public SandboxResponse PurgeInMemory(ApiCall call)
    {
        call.Caller.Require("purge-in-memory-store");
        RequireStore(call.GetSegment(3));
        PurgeInMemory(call.GetSegment(4), call.Path.Length > 5 ? GetAccount(call, 5) : null);
        return Responses.Success();
    }

    public SandboxResponse PurgeAccounts(ApiCall call)
    {
        call.Caller.Require("purge-account");
        if (call.Path.Length > 3)
        {
            GetAccount(call, 3);
        }

        return Responses.Success();
    }

    public SandboxResponse GetQuotaUsage(ApiCall call) => Responses.Data(GetAccount(call, 2).UsedQuota);

    /// <summary>Of the in-memory store only the spam training has an effect; an unknown kind means expired entries.</summary>
    private void PurgeInMemory(string kind, Principal? account)
    {
        if (!store.Dialect.KeepsBayesInMemory)
        {
            return;
        }

        if (kind == "bayes-global")
        {
            spamModels.Reset();
        }
        else if (kind == "bayes-account")
        {
            spamModels.ResetAccount(account?.Id);
        }
    }

    private static void RequireStore(string name)
    {
        if (name is not ("" or DefaultStore))
        {
            throw ApiException.NoSuchResource();
        }
    }

    /// <summary>Offset and limit select a part; beyond the end it is empty.</summary>
    public SandboxResponse GetBlob(ApiCall call)
    {
        call.Caller.Require("blob-fetch");
        string hash = call.GetDecodedSegment(2);
        if (!Base64Url.IsValid(hash))
        {
            throw ApiException.BadParameters("Invalid blob id");
        }

        ReadOnlyMemory<byte> content = blobs.Find(hash) ?? throw ApiException.NotFound("");
        ulong offset = call.Query.GetUInt64("offset") ?? 0;
        ReadOnlyMemory<byte> rest = offset < (ulong)content.Length ? content[(int)offset..] : ReadOnlyMemory<byte>.Empty;
        ulong limit = call.Query.GetUInt64("limit") ?? ulong.MaxValue;
        return new SandboxResponse(200, "application/octet-stream", limit < (ulong)rest.Length ? rest[..(int)limit] : rest);
    }

    public SandboxResponse ListDeleted(ApiCall call) => new UndeleteService(store, deleted, blobs).List(call, RequireUndelete(call));

    public SandboxResponse RestoreDeleted(ApiCall call) => new UndeleteService(store, deleted, blobs).Restore(call, RequireUndelete(call));

    private Principal RequireUndelete(ApiCall call)
    {
        call.Caller.Require("undelete");
        if (!enterprise)
        {
            throw ApiException.EnterpriseRequired();
        }

        return store.Find(call.GetDecodedSegment(2)) ?? throw ApiException.NoSuchResource();
    }

    /// <summary>The numbers of mailboxes, in 0.11 without the default ones, and of messages.</summary>
    public SandboxResponse ResetUids(ApiCall call)
    {
        Principal account = GetAccount(call, 2);
        return Responses.Data(json =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(call.Dialect.CountsDefaultMailboxes && account.StoredMessages > 0 ? DefaultMailboxCount : 0);
            json.WriteNumberValue(account.StoredMessages);
            json.WriteEndArray();
        });
    }

    /// <summary>These calls need no permission; an unknown account is <c>notFound</c> without its name.</summary>
    private Principal GetAccount(ApiCall call, int segmentIndex) =>
        store.Find(call.GetDecodedSegment(segmentIndex)) ?? throw ApiException.NotFound("");
}
