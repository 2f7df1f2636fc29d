// The connections of one runspace. Never a process-wide static: parallel runspaces would trample each other.
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>The open connections of a runspace and which of them is its default. Used on the pipeline thread only.</summary>
internal sealed class RunspaceConnections
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceConnections> s_connections = [];

    private readonly List<MailConnection> _open = [];

    /// <summary>The connection used when none is named.</summary>
    public MailConnection? Default { get; private set; }

    public IReadOnlyList<MailConnection> OpenConnections => _open;

    /// <summary>The connections of a runspace, or null when it never had any.</summary>
    public static RunspaceConnections? Find(Runspace? runspace)
        => runspace is not null && s_connections.TryGetValue(runspace, out RunspaceConnections? found) ? found : null;

    /// <summary>The connections of a runspace, made on first use.</summary>
    public static RunspaceConnections GetOrCreate(Runspace runspace) => s_connections.GetOrCreateValue(runspace);

    /// <summary>Disposes everything a runspace had: it is gone or has removed the module.</summary>
    public static void Release(Runspace runspace)
    {
        if (Find(runspace) is not { } connections)
        {
            return;
        }
        s_connections.Remove(runspace);
        foreach (MailConnection connection in connections._open)
        {
            connection.Dispose();
        }
    }

    public void Add(MailConnection connection, bool makeDefault)
    {
        _open.Add(connection);
        if (makeDefault)
        {
            Default = connection;
        }
    }

    public void Remove(MailConnection connection)
    {
        _open.Remove(connection);
        if (ReferenceEquals(Default, connection))
        {
            Default = null;
        }
    }

    public IEnumerable<MailConnection> FindByName(string name)
        => _open.Where(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
}
