using System.Collections.Frozen;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Types whose objects the server alone makes, and some of which nobody changes or removes, whatever he is allowed.</summary>
internal static class ServerMade
{
    private static readonly FrozenSet<string> s_neverCreated = FrozenSet.Create(
        "ArchivedItem", "ArfExternalReport", "ClusterNode", "DmarcExternalReport", "DmarcInternalReport", "Log", "Metric", "QueuedMessage", "TlsExternalReport", "TlsInternalReport", "Trace");

    private static readonly FrozenSet<string> s_neverChanged = FrozenSet.Create("ArfExternalReport", "ClusterNode", "DmarcExternalReport", "Log", "Metric", "TlsExternalReport", "Trace");

    private static readonly FrozenSet<string> s_neverRemoved = FrozenSet.Create("ClusterNode", "Log", "Metric", "Trace");

    /// <summary>Whether nobody can do it.</summary>
    public static bool IsNever(string type, SetKind kind) => kind switch
    {
        SetKind.Create => s_neverCreated.Contains(type),
        SetKind.Update => s_neverChanged.Contains(type),
        _ => s_neverRemoved.Contains(type),
    };

    /// <summary>Refuses what nobody can do.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void ThrowIfNever(TypeSchema type, SetKind kind)
    {
        if (IsNever(type.Name, kind))
        {
            string action = kind switch
            {
                SetKind.Create => "create",
                SetKind.Update => "change",
                _ => "remove",
            };
            throw ObjectWriter.Refuse("Type", $"{type.Name} is what the server itself writes: nobody can {action} one, whatever the permissions.");
        }
    }
}
