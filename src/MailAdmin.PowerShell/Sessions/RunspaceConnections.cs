using System.Collections;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>
/// The open connections of a runspace and which of them is its default. Not a static of the process, since parallel runspaces would
/// change each other's default. Used on the pipeline thread only.
/// </summary>
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

    /// <summary>
    /// The connections of this runspace that were specified, by the objects or their names, each once, or the default if none was specified. Empty only if none was specified and
    /// there is no default.
    /// </summary>
    /// <exception cref="ArgumentException">A value means no connection.</exception>
    public static IReadOnlyList<MailConnection> ResolveAll(object? given) => given.Unwrap() switch
    {
        null => Find(Runspace.DefaultRunspace)?.Default is { } connection ? [connection] : [],
        IList { Count: 0 } => throw new ArgumentException("The list of connections is empty. Omit -Connection to use the default connection."),
        IList list => [.. list.Cast<object?>().Select(ResolveOne).Distinct()],
        var one => [ResolveOne(one)],
    };

    /// <summary>The connections of a runspace, created on first use.</summary>
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

    /// <summary>
    /// The name of a new connection that was given none. One of the same account that nobody holds gives up its name, and is replaced by a new default; where
    /// scripts may hold those of that name, a number is appended.
    /// </summary>
    public string ChooseName(string name, MailClient client, bool makeDefault)
    {
        string chosen = name;
        for (int i = 2; _open.Exists(other => IsNamed(other, chosen) && !(makeDefault && CanReplace(other, client))); i++)
        {
            chosen = $"{name}-{i}";
        }
        return chosen;
    }

    /// <summary>Closes the connections of this name.</summary>
    /// <returns>Those that were closed.</returns>
    public IReadOnlyList<MailConnection> Close(string name)
    {
        MailConnection[] closed = [.. _open.Where(connection => IsNamed(connection, name))];
        foreach (MailConnection connection in closed)
        {
            Remove(connection);
            connection.Dispose();
        }
        return closed;
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

    private static bool IsNamed(MailConnection connection, string name) => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase);

    private static bool CanReplace(MailConnection connection, MailClient client) => !connection.IsHandedOut && connection.Uri == client.BaseUri && connection.UserName == client.UserName;

    private static MailConnection ResolveOne(object? given) => given.Unwrap() switch
    {
        MailConnection connection => connection,
        string name => ResolveName(name),
        null => throw new ArgumentException("One of the connections is null. Get-MailConnection lists the connections."),
        var other => throw new ArgumentException($"'{InputText.Format(other)}' is not a connection. Specify the object that Connect-MailServer -PassThru returns, or its name."),
    };

    private static MailConnection ResolveName(string name)
    {
        MailConnection[] found = Find(Runspace.DefaultRunspace)?._open.Where(connection => IsNamed(connection, name)).ToArray() ?? [];
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentException($"There is no connection named '{name}' in this runspace. Get-MailConnection lists them; Connect-MailServer -Name '{name}' creates one."),
            _ => throw new ArgumentException($"{found.Length} connections are named '{name}'. Pass the object itself, such as (Get-MailConnection)[0]."),
        };
    }
}
