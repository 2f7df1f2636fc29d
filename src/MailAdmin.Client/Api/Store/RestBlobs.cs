using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Store;

/// <summary>The blobs of a server with the REST API: <c>/store/blobs</c> (docs/api.md §6.8).</summary>
internal sealed class RestBlobs(ApiChannel channel) : IBlobs
{
    public Operation Operation => Operations.GetBlob;

    public bool TakesRange => true;

    public Uri GetUri(string blobId, long? offset, long? limit) =>
        channel.Uri.ForQuery(Operation, [new("offset", WireNumber.Format(offset)), new("limit", WireNumber.Format(limit))], blobId);
}
