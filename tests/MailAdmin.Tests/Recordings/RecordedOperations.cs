using MailAdmin.Client;

namespace MailAdmin.Tests.Recordings;

/// <summary>Finds the operation that a recorded request calls.</summary>
internal static class RecordedOperations
{
    // In these places the server was also asked with a last word that it does not know. It answers as in their neighbors.
    private static readonly Operation[] s_neighbors = [Operations.ReloadLookups, Operations.ResumeQueue, Operations.PurgeData];

    /// <summary>The operation of a method and a path with or without a query; null when there is none.</summary>
    public static Operation? Find(string method, string target)
    {
        string path = target.Split('?')[0];
        return Operations.Find(method, path)
            ?? s_neighbors.FirstOrDefault(known => known.Method.Method == method && GetParent(known.Path) == GetParent(path));
    }

    private static string GetParent(string path) => path[..(path.LastIndexOf('/') + 1)];
}
