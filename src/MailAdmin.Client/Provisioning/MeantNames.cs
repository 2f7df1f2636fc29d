using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Provisioning;

/// <summary>What a name of a row may have been meant to be that is neither on the server nor in the file. A name of the file that no error may quote is not suggested.</summary>
internal sealed class MeantNames(ImportLookup directory, DirectoryState state)
{
    // Each is compared with all names. Where more are missing, it is not for a slip of the pen.
    private const int MaxSearches = 100;

    private readonly Dictionary<(string Name, string Types), string?> _found = [];

    /// <summary>The nearest name of a principal or, of an address, the nearest address, as the end of a sentence; empty where none is near.</summary>
    /// <param name="name">The name or address.</param>
    /// <param name="types">The types that the principal can be of.</param>
    public CellMessage Suggest(string name, params PrincipalType[] types)
    {
        (string, string) key = (name, string.Join(',', types));
        if (!_found.TryGetValue(key, out string? nearest))
        {
            nearest = _found.Count < MaxSearches ? NearestName.Find(name, name.Contains('@', StringComparison.Ordinal) ? FindAddresses(types) : FindNames(types)) : null;
            _found[key] = nearest;
        }

        return CellMessage.Either(nearest is null ? "" : $" (did you mean '{nearest}'?)", "");
    }

    private IEnumerable<string> FindNames(PrincipalType[] types) =>
    [
        .. FindExisting(types).Select(principal => principal.Name),
        .. types.Contains(PrincipalType.Role) ? state.BuiltInRoles : [],
        .. FindNew(types).Where(row => row.Name.Length > 0 && row.IsQuotable(row.NameField)).Select(row => row.Name),
    ];

    private IEnumerable<string> FindAddresses(PrincipalType[] types) =>
    [
        .. FindExisting(types).SelectMany(principal => StoredFields.GetItems(principal, PrincipalField.Emails)),
        .. FindNew(types).Where(row => row.IsQuotable(row.AddressField)).SelectMany(row => row.Spec.Email ?? []),
    ];

    private IEnumerable<MailPrincipal> FindExisting(PrincipalType[] types) => state.Principals.Where(principal => types.Contains(principal.Kind));

    private IEnumerable<RowContext> FindNew(PrincipalType[] types) => directory.Rows.Where(row => row is { IsNew: true, IsMembership: false } && types.Contains(row.Type));
}
