namespace MailAdmin.Client;

/// <summary>What a server returned, or what was done there.</summary>
public abstract record ServerObject
{
    /// <summary>
    /// The server: its host, with the port where it is not the usual one, or the name of the connection to an embedded sandbox. Null where the client was called without a
    /// cmdlet.
    /// </summary>
    public string? Server { get; init; }
}
