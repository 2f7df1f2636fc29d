using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>
/// A connection made by Connect-MailServer; it never shows a secret. Thread-safe: pass it to <c>ForEach-Object -Parallel</c> as <c>-Connection $using:connection</c>.
/// </summary>
[ShownInShort(nameof(Name), nameof(Uri), nameof(UserName), nameof(VersionRange), nameof(Edition), nameof(TokenExpires), nameof(IsDefault))]
public sealed class MailConnection : IDisposable
{
    private static int s_lastId;
    private bool _disposed;

    /// <summary>Wraps a signed-in client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isSandbox">Whether it talks to the embedded sandbox.</param>
    internal MailConnection(MailClient client, string name, bool isSandbox)
    {
        Id = Interlocked.Increment(ref s_lastId);
        Client = client;
        Name = name;
        IsSandbox = isSandbox;
        Server = isSandbox ? name : ServerAddress.Format(client.BaseUri);
        Permission = client.Server is { } server ? new StringList(server.Permissions.Order(StringComparer.Ordinal)) : StringList.Empty;
    }

    /// <summary>A number unique in the process.</summary>
    public int Id { get; }
    /// <summary>The name specified at connect, or the host.</summary>
    public string Name { get; }
    /// <summary>The server's base address.</summary>
    public Uri Uri => Client.BaseUri;
    /// <summary>What the objects of this server have in <c>Server</c>: its host, with the port where it is not the usual one; of an embedded sandbox, the connection's name.</summary>
    public string Server { get; }
    /// <summary>Who signed in, where that is known.</summary>
    public string? UserName => Client.UserName;
    /// <summary>The server's version, from 0.16 on the oldest that it can be; null for an API key that may not read it.</summary>
    public Version? Version => Client.Server?.Version;
    /// <summary>The versions that the server can be: from 0.16 on it tells them by the schema of its objects alone, which several may share. Null when unknown.</summary>
    public string? VersionRange => Client.Server?.VersionRange;
    /// <summary>How the server is administered: <c>Rest</c> up to 0.15, <c>Jmap</c> from 0.16 on.</summary>
    public string Family => Client.Family.ToString();
    /// <summary><c>Enterprise</c>, <c>Community</c>, <c>OpenSource</c> (told apart from 0.16 on), or null when unknown.</summary>
    public string? Edition => Client.Server?.Edition;
    /// <summary>The caller's effective permissions; empty when unknown.</summary>
    public StringList Permission { get; }
    /// <summary>When the access token expires; it is renewed before that.</summary>
    public DateTimeOffset? TokenExpires => Client.TokenExpires;
    /// <summary>Whether it is the embedded sandbox.</summary>
    public bool IsSandbox { get; }
    /// <summary>Whether this runspace's cmdlets use it when -Connection is not specified.</summary>
    public bool IsDefault => ReferenceEquals(RunspaceConnections.Find(Runspace.DefaultRunspace)?.Default, this);
    /// <summary>Whether it has not been disconnected.</summary>
    public bool IsOpen => !_disposed;

    /// <summary>Whether Connect-MailServer returned it: a script may hold it in a variable.</summary>
    [Hidden]
    internal bool IsHandedOut { get; set; }

    [Hidden]
    internal MailClient Client { get; }

    /// <summary>Forgets the tokens and closes the sockets.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        Client.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
