using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Store;

/// <summary>The blobs of a server from 0.16 on: downloads of JMAP (docs/api-0.16.md §8.12).</summary>
internal sealed class JmapBlobs(ApiChannel channel, JmapSession session) : IBlobs
{
    // The name that a browser would save it under.
    private const string FileName = "blob";

    public Operation Operation => Operations.DownloadBlob;

    public bool TakesRange => false;

    // Without a type that is asked for, the answer has the one of a REST server.
    public Uri GetUri(string blobId, long? offset, long? limit) => channel.Uri.For(Operation, session.AccountId, blobId, FileName);
}
