using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What a server returned, or what was done there.</summary>
public abstract class ServerObject
{
    /// <summary>
    /// The server: its host, with the port where it is not the usual one, or the name of the connection to an embedded sandbox. Null where the client was called without a
    /// cmdlet.
    /// </summary>
    public string? Server { get; internal set; }

    /// <summary>What of it could not be read.</summary>
    internal IReadOnlyList<UnknownPart> Unknown { get; set; } = [];

    /// <summary>The names of what could not be read.</summary>
    private protected StringList UnknownNames => Unknown.Count == 0 ? StringList.Empty : new StringList(Unknown.Select(part => part.Property).Distinct());

    /// <summary>The same object of a server. One that was piped in keeps its own: then this is a copy.</summary>
    internal ServerObject WithServer(string? server)
    {
        if (Server == server)
        {
            return this;
        }
        ServerObject stamped = Server is null ? this : (ServerObject)MemberwiseClone();
        stamped.Server = server;
        return stamped;
    }
}
