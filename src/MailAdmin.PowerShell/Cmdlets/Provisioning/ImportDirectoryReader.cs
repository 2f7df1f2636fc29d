// What an import must know of the server beforehand, asked for cheaply.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Reads names and addresses of everything, and all of what the file names (GET /principal, GET /principal/{name}).</summary>
internal static class ImportDirectoryReader
{
    // Up to here a GET per known principal costs less than a listing with every field.
    private const int MaxSingleRequests = 64;

    private static readonly string[] s_outlineFields = [PrincipalField.Name, PrincipalField.Emails];

    // Everything an import can change. Not the secrets: what is not fetched cannot leak.
    private static readonly string[] s_importableFields =
    [
        PrincipalField.Name, PrincipalField.Emails, PrincipalField.Description, PrincipalField.Quota, PrincipalField.MemberOf, PrincipalField.Lists,
        PrincipalField.Roles, PrincipalField.Members, PrincipalField.ExternalMembers, PrincipalField.EnabledPermissions, PrincipalField.DisabledPermissions,
        PrincipalField.Urls, PrincipalField.Tenant, PrincipalField.Picture, PrincipalField.Locale,
    ];

    public static async Task<DirectoryState> ReadAsync(MailClient client, IReadOnlyCollection<ParsedRow> readings, CancellationToken cancellationToken)
    {
        HashSet<PrincipalType>? listed = GetListableTypes(client.Server);
        List<MailPrincipal> outline;
        try
        {
            outline = await ListAsync(client, s_outlineFields, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            // Who may create but not list is told by the server what exists.
            return new DirectoryState { Principals = [], ListedTypes = new HashSet<PrincipalType>(), Permissions = GetKnownPermissions(client.Server) };
        }
        return new DirectoryState
        {
            Principals = await FetchNamedAsync(client, outline, GetNames(readings), cancellationToken).ConfigureAwait(false),
            ListedTypes = listed,
            Permissions = GetKnownPermissions(client.Server),
        };
    }

    private static HashSet<string> GetNames(IEnumerable<ParsedRow> readings)
        => [.. readings.Select(r => r.Spec.Name.ToLowerInvariant())];

    // Of the principals that the file names, every field is needed to tell what differs.
    private static async Task<IReadOnlyCollection<MailPrincipal>> FetchNamedAsync(
        MailClient client, List<MailPrincipal> outline, HashSet<string> named, CancellationToken cancellationToken)
    {
        int known = outline.Count(p => named.Contains(p.Name));
        if (known > MaxSingleRequests)
        {
            return await ListAsync(client, s_importableFields, cancellationToken).ConfigureAwait(false);
        }
        return await Task.WhenAll(outline.Select(p => named.Contains(p.Name)
            ? client.Principals.GetAsync(p.Name, cancellationToken)
            : Task.FromResult(p))).ConfigureAwait(false);
    }

    private static async Task<List<MailPrincipal>> ListAsync(MailClient client, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var found = new List<MailPrincipal>();
        var query = new PrincipalQuery { Fields = fields, InOneRequest = true };
        await foreach (MailPrincipal principal in client.Principals.ListAsync(query, null, cancellationToken).ConfigureAwait(false))
        {
            found.Add(principal);
        }
        return found;
    }

    // None reported is not none known: the server decides then.
    private static IReadOnlySet<string>? GetKnownPermissions(ServerInfo? server) => server is { Permissions.Count: > 0 } ? server.Permissions : null;

    private static HashSet<PrincipalType>? GetListableTypes(ServerInfo? server) => server is null
        ? null
        : [.. PrincipalType.Known.Where(type => server.HasPermission(type.PermissionPrefix + "-list") && (type != PrincipalType.Tenant || server.IsEnterprise))];
}
