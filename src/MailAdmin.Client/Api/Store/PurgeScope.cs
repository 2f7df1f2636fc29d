namespace MailAdmin.Client;

/// <summary>What a purge goes through when it is not one account.</summary>
public enum PurgeScope
{
    /// <summary>Every account (GET /store/purge/account).</summary>
    AllAccounts,
    /// <summary>Blobs that nothing refers to any more (GET /store/purge/blob).</summary>
    Blob,
    /// <summary>The default data store (GET /store/purge/data).</summary>
    Data,
    /// <summary>Expired entries of the default in-memory store (GET /store/purge/in-memory).</summary>
    InMemory,
}
