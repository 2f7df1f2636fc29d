using System.Management.Automation.Runspaces;
using System.Reflection;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// Refuses objects of another server than the one that a command goes to: there the same name may be somebody else. Each is an error of its own, and the others are
/// worked on.
/// </summary>
internal sealed class InputCheck
{
    private readonly ConnectedCmdlet _cmdlet;
    private readonly PropertyInfo[] _arguments;
    private readonly PropertyInfo[] _piped;
    private readonly PropertyInfo[] _pipedOfServer;

    /// <summary>Before anything is bound from the pipeline.</summary>
    public InputCheck(ConnectedCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        var parameters = CmdletParameters.Find(cmdlet.GetType());
        _arguments = [.. parameters.OfServer.Where(IsArgument)];
        _piped = [.. parameters.Piped.Where(parameter => !IsArgument(parameter) && parameter.Name != nameof(InputCmdlet.Server))];
        _pipedOfServer = [.. _piped.Intersect(parameters.OfServer)];
    }

    /// <summary>Takes the objects of other servers out of the arguments, and writes their errors.</summary>
    /// <param name="connection">The connection that the command goes to.</param>
    /// <param name="takesTargets">Whether what the command is done to may be of any server.</param>
    /// <returns>Whether there is still something to work on, with whole values.</returns>
    public bool AcceptArguments(MailConnection connection, bool takesTargets) => RemoveForeign(_arguments, connection, takesTargets);

    /// <summary>Whether the cmdlet may work on what was bound from the pipeline; writes the error if not.</summary>
    /// <param name="server">The server that the piped object names; null where it names none.</param>
    /// <param name="connection">The connection that the command goes to; null where an object of any server is taken.</param>
    public bool AcceptPiped(string? server, MailConnection? connection)
    {
        PropertyInfo? bound = Array.Find(_piped, parameter => CmdletParameters.IsBound(parameter, _cmdlet));
        if (bound is null && server is not null)
        {
            // Every object of this module has a Server: bound alone it is nothing to work on, and would look like a call without input.
            _cmdlet.WriteError(ErrorCatalogue.InputNotBound(_cmdlet.MyInvocation.MyCommand.Name));
            return false;
        }
        return connection is null || (!Refuse(server, bound?.GetValue(_cmdlet), connection) && RemoveForeign(_pipedOfServer, connection, takesTargets: false));
    }

    /// <summary>Leaves only the connection of what was bound from the pipeline: a connection has an Id and a Name, and neither is that of a thing on its server.</summary>
    public void KeepConnection()
    {
        foreach (PropertyInfo parameter in _piped.Where(parameter => parameter.Name != nameof(ConnectedCmdlet.Connection)))
        {
            CmdletParameters.Clear(parameter, _cmdlet);
        }
    }

    private bool RemoveForeign(PropertyInfo[] parameters, MailConnection connection, bool takesTargets)
    {
        bool isComplete = true;
        bool IsKept(object item)
        {
            bool isTarget = item is not ServerIdentity { IsTarget: false };
            bool isKept = (isTarget && takesTargets) || !Refuse(ObjectServer.Find(item), item, connection);
            isComplete &= isKept || isTarget;
            return isKept;
        }
        bool hasTargets = Keep(_cmdlet, parameters, IsKept);
        return hasTargets && isComplete;
    }

    /// <summary>Leaves the cmdlet that runs for one of several servers what is of that server, and what is of none of them: an object is of one server, a name is of each.</summary>
    /// <param name="run">The cmdlet that runs.</param>
    /// <param name="server">The server that the piped object names; null where it names none.</param>
    /// <param name="connection">The connection that it runs for.</param>
    /// <param name="all">Those that the command goes to.</param>
    /// <returns>Whether there is anything for it.</returns>
    public static bool KeepOwn(ConnectedCmdlet run, string? server, MailConnection connection, IEnumerable<MailConnection> all)
    {
        bool IsOfAnother(string? other) => other is not null && !IsOf(connection, other) && all.Any(one => IsOf(one, other));
        return !IsOfAnother(server)
            && Keep(run, CmdletParameters.Find(run.GetType()).OfServer, item => item is ServerIdentity { IsTarget: false } || !IsOfAnother(ObjectServer.Find(item)));
    }

    // Takes what is not kept out of the parameters; false where one has nothing left.
    private static bool Keep(ConnectedCmdlet cmdlet, PropertyInfo[] parameters, Predicate<object> isKept)
    {
        bool hasAll = true;
        foreach (PropertyInfo parameter in parameters)
        {
            switch (parameter.GetValue(cmdlet))
            {
                case Array items:
                    object[] kept = [.. items.Cast<object>().Where(item => isKept(item))];
                    if (kept.Length < items.Length)
                    {
                        hasAll &= kept.Length > 0;
                        var left = Array.CreateInstance(parameter.PropertyType.GetElementType()!, kept.Length);
                        kept.CopyTo(left, 0);
                        parameter.SetValue(cmdlet, left);
                    }
                    break;
                case { } item:
                    hasAll &= isKept(item);
                    break;
                default:
                    break;
            }
        }
        return hasAll;
    }

    private bool Refuse(string? server, object? item, MailConnection connection)
    {
        if (server is null || IsOf(connection, server))
        {
            return false;
        }
        MailConnection? own = RunspaceConnections.Find(Runspace.DefaultRunspace)?.OpenConnections.FirstOrDefault(open => IsOf(open, server));
        _cmdlet.WriteError(ErrorCatalogue.ServerMismatch(item is Array { Length: 1 } one ? one.GetValue(0) : item, server, connection, own));
        return true;
    }

    private bool IsArgument(PropertyInfo parameter) => _cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter.Name);

    private static bool IsOf(MailConnection connection, string server) => string.Equals(connection.Server, server, StringComparison.OrdinalIgnoreCase);
}
