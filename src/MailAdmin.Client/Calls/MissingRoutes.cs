using System.Collections.Frozen;

namespace MailAdmin.Client.Calls;

/// <summary>
/// Says what a 404 of the server means: a thing that does not exist, a call that this version or build does not have, or an address that never
/// reached the management API. The server's own words are the same for all three; what the connection knows tells them apart (docs/api.md §2.3, §11).
/// </summary>
internal static class MissingRoutes
{
    // All other operations say in a 200 that a thing does not exist.
    private static readonly FrozenSet<Operation> s_missingThings = FrozenSet.Create(
        Operations.GetQueueMessage, Operations.RescheduleQueueMessage, Operations.CancelQueueMessage,
        Operations.GetQueueReport, Operations.DeleteQueueReport,
        Operations.GetReport, Operations.DeleteReport, Operations.DeleteReports,
        Operations.GetDkimPublicKey,
        Operations.DownloadBlob,
        Operations.PurgeDataStore, Operations.PurgeInMemoryStore, Operations.PurgeInMemoryKind, Operations.PurgeInMemoryKindOfAccount,
        Operations.ListDeletedItems, Operations.RestoreDeletedItems);

    private static readonly FrozenSet<Operation> s_known = Operations.All.ToFrozenSet();

    /// <summary>Whether the operation answers 404 where the thing that it names does not exist.</summary>
    public static bool MeansMissingThing(Operation operation) => s_missingThings.Contains(operation);

    /// <summary>The code and the sentence of a 404 in the server's own form.</summary>
    /// <param name="operation">The operation that was called.</param>
    /// <param name="server">Version and edition; null where the connection does not know them.</param>
    public static (MailErrorCode Code, string Message) Explain(Operation operation, ServerInfo? server)
    {
        if (!s_known.Contains(operation))
        {
            return (MailErrorCode.NotFound, $"The server has nothing at {operation}: the call does not exist in this version or build of the server, or what the path names does not.");
        }
        if (operation.IsEnterprise && server is not { IsEnterprise: true })
        {
            // Without a licence the vendor's build says "unsupported", whatever is named: a 404 comes from a build without the code.
            return server is null && MeansMissingThing(operation)
                ? (MailErrorCode.NotFound, $"The server does not say what is missing: the account, or {operation} itself, which is part of Stalwart Enterprise. This connection does not know the server's edition.")
                : (MailErrorCode.Unsupported, FormatMissingEnterprise(operation));
        }
        var dialect = new ServerDialect(server?.Version);
        // A server that is administered over JMAP has what came with it, whatever its version.
        if (MeansMissingThing(operation) && (dialect.HasOperation(operation) == true || server is { Family: ServerFamily.Jmap }))
        {
            return (MailErrorCode.NotFound, "The requested item does not exist on the server.");
        }
        if (dialect.HasOperation(operation) != true)
        {
            return (MailErrorCode.Unsupported, $"This version of the server{(dialect.HasOperation(operation) is null ? "" : $" ({server!.Version})")} does not have {operation}: the call exists {ServerDialect.DescribeVersions(operation)}.");
        }
        return (MailErrorCode.UnexpectedResponse, FormatUnknownRoute(operation, server));
    }

    /// <summary>Refuses a call of the management API to a server that is known to have none, before it is sent.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    public static void ThrowIfOfManagementApi(Operation operation, ServerInfo? server)
    {
        if (server is { Family: ServerFamily.Jmap } && new ServerDialect(server.Version).HasOperation(operation) == false)
        {
            throw new MailServerException(
                MailErrorCode.Unsupported,
                operation,
                $"Nothing was sent: the server is Stalwart {server.VersionRange}, which has no management REST API, and this needs it ({operation}).");
        }
    }

    /// <summary>The error where the server has neither the older nor the later form of a call.</summary>
    public static MailServerException CreateUnknownRoute(MailServerException e) =>
        new(MailErrorCode.UnexpectedResponse, e.Operation, FormatUnknownRoute(e.Operation, null), e) { Status = e.Status, Title = e.Title, Details = e.Details };

    /// <summary>The error of an operation whose code was left out of the server's build.</summary>
    public static MailServerException CreateMissingEnterprise(MailServerException e) =>
        new(MailErrorCode.Unsupported, e.Operation, FormatMissingEnterprise(e.Operation), e) { Status = e.Status, Title = e.Title, Details = e.Details };

    private static string FormatUnknownRoute(Operation operation, ServerInfo? server) => $"The server does not know {operation}, which a server of its version has: "
        + (server is { Family: ServerFamily.Jmap } ? "a proxy in front of it changes the address." : "a proxy in front of it changes the address, or the server was upgraded to 0.16 or later.");

    private static string FormatMissingEnterprise(Operation operation) => $"{GetFeature(operation)} part of Stalwart Enterprise; this build has none of it.";

    private static string GetFeature(Operation operation) =>
        operation == Operations.ListDeletedItems || operation == Operations.RestoreDeletedItems ? "Restoring deleted mail is"
        : operation == Operations.ListMetrics || operation == Operations.WatchMetrics || operation == Operations.WatchMetricsLive || operation == Operations.RequestMetricsToken ? "Metrics are"
        : "Traces are";
}
