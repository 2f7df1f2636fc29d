namespace MailAdmin.Client.Api.Store;

/// <summary>Where the blobs of a server are read.</summary>
internal interface IBlobs
{
    /// <summary>What reads one.</summary>
    Operation Operation { get; }

    /// <summary>Whether the server cuts a part out of a blob; otherwise it gives the whole, and the part is cut out here.</summary>
    bool TakesRange { get; }

    /// <summary>The address of a blob, or of a part of it.</summary>
    Uri GetUri(string blobId, long? offset, long? limit);
}
