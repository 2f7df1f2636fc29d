// What an import must know of the server beforehand, asked for cheaply.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Reads names and addresses of everything, and all of what the file names (GET /principal, GET /principal/{name}).</summary>
internal static class ImportDirectory
{
    // Up to here a GET per known principal costs less than a listing with every field.
    private const int FewKnown = 64;

    private static readonly string[] s_outline = [PrincipalField.Name, PrincipalField.Emails];

    // Everything an import can change. Not the secrets: what is not fetched cannot leak.
    private static readonly string[] s_allButSecrets =
    [
        PrincipalField.Name, PrincipalField.Emails, PrincipalField.Description, PrincipalField.Quota, PrincipalField.MemberOf, PrincipalField.Lists,
        PrincipalField.Roles, PrincipalField.Members, PrincipalField.ExternalMembers, PrincipalField.EnabledPermissions, PrincipalField.DisabledPermissions,
        PrincipalField.Urls, PrincipalField.Tenant, PrincipalField.Picture, PrincipalField.Locale,
    ];

    public static async Task<DirectoryState> ReadAsync(MailClient client, IReadOnlyCollection<RowReading> readings, CancellationToken cancellationToken)
    {
        HashSet<PrincipalType>? listed = Listed(client.Server);
        List<MailPrincipal> outline;
        try
        {
            outline = await ListAsync(client, s_outline, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            // Who may create but not list is told by the server what exists.
            return new DirectoryState { Principals = [], Listed = new HashSet<PrincipalType>(), Permissions = Permissions(client.Server) };
        }
        return new DirectoryState
        {
            Principals = await CompleteAsync(client, outline, Named(readings), cancellationToken).ConfigureAwait(false),
            Listed = listed,
            Permissions = Permissions(client.Server),
        };
    }

    private static HashSet<string> Named(IEnumerable<RowReading> readings)
        => [.. readings.Select(r => r.Principal.Name.ToLowerInvariant())];

    // Of the principals that the file names, every field is needed to tell what differs.
    private static async Task<IReadOnlyCollection<MailPrincipal>> CompleteAsync(
        MailClient client, List<MailPrincipal> outline, HashSet<string> named, CancellationToken cancellationToken)
    {
        int known = outline.Count(p => named.Contains(p.Name));
        if (known > FewKnown)
        {
            return await ListAsync(client, s_allButSecrets, cancellationToken).ConfigureAwait(false);
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
    private static IReadOnlySet<string>? Permissions(ServerInfo? server) => server is { Permissions.Count: > 0 } ? server.Permissions : null;

    private static HashSet<PrincipalType>? Listed(ServerInfo? server) => server is null
        ? null
        : [.. PrincipalType.Known.Where(type => server.Allows(type.PermissionPrefix + "-list") && (type != PrincipalType.Tenant || server.IsEnterprise))];
}
