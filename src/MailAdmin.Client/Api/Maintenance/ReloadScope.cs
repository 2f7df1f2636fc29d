namespace MailAdmin.Client;

/// <summary>Which settings a reload applies.</summary>
public enum ReloadScope
{
    /// <summary>All of them (GET /reload).</summary>
    All,
    /// <summary>The lookup lists (GET /reload/lookup).</summary>
    Lookup,
    /// <summary>The certificates (GET /reload/certificate).</summary>
    Certificate,
    /// <summary>The blocked addresses (GET /reload/server.blocked-ip).</summary>
    BlockedIp,
}
