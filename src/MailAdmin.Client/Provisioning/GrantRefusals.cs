using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>Which planned rows a server would refuse since they give permissions that the signed-in account lacks. Rows that give the same are asked for once; nothing is sent of it.</summary>
internal sealed class GrantRefusals
{
    private static readonly string[] s_giving = [PrincipalField.Roles, PrincipalField.EnabledPermissions, PrincipalField.DisabledPermissions];
    private readonly Dictionary<string, MailServerException> _refused = new(StringComparer.Ordinal);
    private readonly DirectoryState _directory;

    private GrantRefusals(DirectoryState directory) => _directory = directory;

    /// <summary>Whether any row is refused.</summary>
    public bool Any => _refused.Count > 0;

    /// <summary>Asks for what the rows give.</summary>
    /// <param name="dryRun">Fails where the server would; null where nothing can be asked so.</param>
    /// <param name="rows">The planned rows.</param>
    /// <param name="directory">What is on the server.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task<GrantRefusals> ReadAsync(PrincipalResource? dryRun, IEnumerable<PlannedRow> rows, DirectoryState directory, CancellationToken cancellationToken)
    {
        var refusals = new GrantRefusals(directory);
        foreach ((string gift, PlannedRow row) in dryRun is not { KnowsPermissions: true } ? [] : rows.Select(row => (Gift: refusals.Describe(row), row)).Where(each => each.Gift is not null).DistinctBy(each => each.Gift).Select(each => (each.Gift!, each.row)))
        {
            try
            {
                await refusals.TryAsync(dryRun!, row, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (e is { Code: MailErrorCode.Forbidden, ServerCode: not null, MissingPermissions.Count: > 0 })
            {
                refusals._refused[gift] = e;
            }
            catch (MailServerException)
            {
                // It says nothing of what is given: a role that is a row of the same table is not there yet. What cannot be asked is left to the server.
            }
        }
        return refusals;
    }

    /// <summary>Why a planned row would be refused for what it gives; null if it would not.</summary>
    public MailServerException? Find(PlannedRow row) => Any && Describe(row) is { } gift ? _refused.GetValueOrDefault(gift) : null;

    // What is given is looked at with a principal that could be: the domain of this one may be a row of the same table.
    private Task TryAsync(PrincipalResource dryRun, PlannedRow row, CancellationToken cancellationToken)
    {
        if (row.NewPrincipal is not { } made)
        {
            return dryRun.PatchAsync(row.Identity, FindGiving(row), cancellationToken);
        }
        string? home = _directory.Principals.FirstOrDefault(principal => principal.Type == PrincipalType.Domain)?.Name;
        return made.Type != PrincipalType.Role && home is null ? Task.CompletedTask : dryRun.CreateAsync(
            new NewPrincipal
            {
                Type = made.Type,
                Name = made.Type == PrincipalType.Role ? "a role that could be" : $"somebody.who.could.be@{home}",
                Role = made.Role,
                EnabledPermission = made.EnabledPermission,
                DisabledPermission = made.DisabledPermission,
                Tenant = made.Tenant,
            },
            cancellationToken);
    }

    // Null for a row that gives nothing.
    private string? Describe(PlannedRow row)
    {
        if (row.Type != PrincipalType.Individual && row.Type != PrincipalType.Group && row.Type != PrincipalType.Role)
        {
            return null;
        }
        if (row.NewPrincipal is { } made)
        {
            return Join(["new", made.Type.Word, Join(made.Role), Join(made.EnabledPermission), Join(made.DisabledPermission), made.Tenant ?? ""]);
        }
        IReadOnlyList<PrincipalChange> giving = FindGiving(row);
        return giving.Count == 0 || _directory.Find(row.Identity) is not { } known ? null
            : Join([row.Type.Word, .. s_giving.Append(PrincipalField.Tenant).Select(field => Join(StoredFields.GetItems(known, field))), .. giving.Select(change => $"{change.Action} {change.Field} {change.Text} {Join(change.Items ?? [])}")]);
    }

    private static IReadOnlyList<PrincipalChange> FindGiving(PlannedRow row) => [.. row.PrincipalChanges.Where(change => s_giving.Contains(change.Field))];

    private static string Join(IEnumerable<string> parts) => string.Join('\n', parts.Select(part => $"{part.Length} {part}"));
}
