using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Names things as servers from 0.16 on do: accounts, groups and lists by their addresses, roles and permissions in their own letters. A row of jane with the address jane@example.org means that one, and so does a
/// row that puts jane into a group.
/// </summary>
internal sealed class AddressNames
{
    /// <summary>The id of the error of a name that is not the primary address.</summary>
    public const string NameNotAddress = "NameNotAddress";

    private readonly ILookup<string, string> _addresses;
    private readonly HashSet<string> _stored;
    private readonly DirectoryState _state;
    private readonly Dictionary<(PrincipalType Type, string LowerName), string> _names = [];
    private readonly Dictionary<string, string> _permissions = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="rows">All rows, named by <see cref="Name"/>.</param>
    /// <param name="state">What is on the server.</param>
    public AddressNames(IReadOnlyList<ParsedRow> rows, DirectoryState state)
    {
        _state = state;
        _stored = new HashSet<string>(state.Principals.Select(principal => principal.Name), MailAddress.Comparer);
        _addresses = state.Principals.Select(principal => principal.Name).Concat(rows.Select(row => row.Spec.Name))
            .Where(name => name.Contains('@', StringComparison.Ordinal) && !JmapKeyName.IsOfKey(name)).Distinct()
            .ToLookup(name => MailAddress.GetLocalPart(name), StringComparer.Ordinal);
        foreach (string permission in (state.Permissions ?? new HashSet<string>())
            .Concat(state.Principals.SelectMany(principal => (principal.EnabledPermission ?? StringList.Empty).Concat(principal.DisabledPermission ?? StringList.Empty))))
        {
            _permissions.TryAdd(permission, permission);
        }
        foreach (MailPrincipal principal in state.Principals)
        {
            AddName(principal.Kind, principal.Name);
        }
        foreach (PrincipalSpec spec in rows.Select(row => row.Spec))
        {
            AddName(spec.Type ?? PrincipalSpec.DefaultType, JmapName.Respell(spec.WrittenName ?? spec.Name));
        }
    }

    /// <summary>The row with the address among its own that has its name before the <c>@</c>; as it is where there is none.</summary>
    public static ParsedRow Name(ParsedRow row)
    {
        row = row with { Spec = Respell(row.Spec) };
        PrincipalSpec spec = row.Spec;
        if (!IsNamedByAddress(row) || spec.Name.Length == 0)
        {
            return row;
        }
        string? address = spec.Name.Contains('@', StringComparison.Ordinal) ? spec.Name
            : row.IsNameDerived || row.Columns.NameFrom == NameFrom.Email ? spec.Email?.FirstOrDefault(own => !MailAddress.IsCatchAll(own))
            : spec.Email?.FirstOrDefault(own => !MailAddress.IsCatchAll(own) && MailAddress.GetLocalPart(own) == spec.Name);
        return address is null ? row : row with { Spec = spec with { Name = address, Email = PutFirst(spec, address) } };
    }

    /// <summary>The row with addresses and roles as the server has them, and with an error where its name is not its primary address.</summary>
    public ParsedRow Apply(ParsedRow row)
    {
        PrincipalSpec spec = row.Spec;
        string name = GetName(row);
        ParsedRow named = row with
        {
            Spec = spec with
            {
                Name = name,
                Email = spec.Email ?? (IsNewAddress(row, name) ? [name] : null),
                Role = spec.Role is null ? null : [.. JmapRoles.GetNames(spec.Type ?? PrincipalSpec.DefaultType, spec.Role).Select(role => JmapRoles.GetWord(GetName(PrincipalType.Role, role)))],
                Tenant = spec.Tenant is { } tenant ? GetName(PrincipalType.Tenant, tenant) : null,
                MemberOf = GetAddresses(spec.MemberOf),
                List = GetAddresses(spec.List),
                Member = GetAddresses(spec.Member),
                EnabledPermission = GetPermissions(spec.EnabledPermission),
                DisabledPermission = GetPermissions(spec.DisabledPermission),
            },
        };
        // What is wrong with an address is told already.
        return !HasAddressError(named) && FindError(named) is { } error
            ? named with { Errors = [.. named.Errors, named.CreateError(named.Number, named.Columns.GetHeader(error.Field), error.Value, error.Error, named.Errors)] }
            : named;
    }

    // A row of one member names a group that is there.
    private static bool IsNamedByAddress(ParsedRow row) => JmapName.HasAddress(row.Spec.Type ?? PrincipalSpec.DefaultType) && !row.Columns.HasMemberRows;

    private string GetName(ParsedRow row)
    {
        string name = row.Spec.Name;
        bool isAddress = JmapName.HasAddress(row.Spec.Type ?? PrincipalSpec.DefaultType) || row.Columns.HasMemberRows;
        return isAddress ? GetAddress(name) : GetName(row.Spec.Type!.Value, name);
    }

    // Accounts, groups, lists and domains have no capitals.
    private void AddName(PrincipalType type, string name)
    {
        if (type.Word is "role" or "tenant" or "oauthClient" or "apiKey")
        {
            _names.TryAdd((type, name.ToLowerInvariant()), name);
        }
    }

    private string GetName(PrincipalType type, string name) => _names.GetValueOrDefault((type, name.ToLowerInvariant()), name);

    // The server has no other spelling of a domain.
    private static PrincipalSpec Respell(PrincipalSpec spec) => spec with
    {
        Name = spec.Type == PrincipalType.Domain ? DomainName.ToAscii(spec.Name) : JmapName.Respell(spec.Name),
        Email = RespellAll(spec.Email),
        PrimaryEmail = spec.PrimaryEmail is { } primary ? JmapName.Respell(primary) : null,
        MemberOf = RespellAll(spec.MemberOf),
        List = RespellAll(spec.List),
        Member = RespellAll(spec.Member),
    };

    private static IReadOnlyList<string>? RespellAll(IReadOnlyList<string>? names) =>
        names?.Any(DomainName.MayHaveOtherSpelling) == true ? [.. names.Select(JmapName.Respell).Distinct()] : names;

    // Who is there keeps the further addresses that a row without addresses says nothing of.
    private bool IsNewAddress(ParsedRow row, string name) =>
        IsNamedByAddress(row) && row.Spec.PrimaryEmail is null && MailAddress.GetValidationError(name) is null && !_stored.Contains(name);

    // Of several with the same beginning nobody can tell which is meant.
    private string GetAddress(string name) => !name.Contains('@', StringComparison.Ordinal) && _addresses[name].ToArray() is [var only] ? only : name;

    private string[]? GetAddresses(IReadOnlyList<string>? names) => names is null ? null : [.. names.Select(GetAddress)];

    // They are the server's words, in its own letters.
    private string[]? GetPermissions(IReadOnlyList<string>? permissions) =>
        permissions is null ? null : [.. permissions.Select(permission => _permissions.GetValueOrDefault(permission, permission))];

    private static IReadOnlyList<string>? PutFirst(PrincipalSpec spec, string address) =>
        spec.Email is null || spec.PrimaryEmail is not null || !spec.Email.Contains(address) ? spec.Email : [address, .. spec.Email.Where(own => own != address)];

    private static bool HasAddressError(ParsedRow row) =>
        row.Errors.Any(error => error.Column == row.Columns.GetHeader(ImportField.Email) || error.Column == row.Columns.GetHeader(ImportField.PrimaryEmail));

    private (ImportField Field, string Value, CellError Error)? FindError(ParsedRow row)
    {
        PrincipalSpec spec = row.Spec;
        if (!IsNamedByAddress(row) || spec.Name.Length == 0)
        {
            return null;
        }
        var kind = CellMessage.Plain(spec.Type?.Word switch
        {
            "group" => "a group",
            "list" => "a list",
            _ => "an account",
        });
        string? primary = spec.PrimaryEmail ?? (spec.Email is [var first, ..] ? first : null);
        if (LoginName.GetValueError(spec.Name) is { } value)
        {
            return (row.Columns.NameField, spec.Name, new CellError(NameNotAddress, CellMessage.Quoting(value, spec.Name)));
        }
        if (!spec.Name.Contains('@', StringComparison.Ordinal))
        {
            return (row.Columns.NameField, spec.Name, primary is null
                ? new CellError(NameNotAddress, $"'{spec.Name}' has no domain: from 0.16 on the name of {kind} is its primary address. Give the row an address, or write the name whole, such as {spec.Name}@example.org.")
                : new CellError(NameNotAddress, $"From 0.16 on the name of {kind} is its primary address, and '{spec.Name}' is not what stands before the '@' of '{primary}'. To take the names from the addresses, specify -NameFrom Email."));
        }
        return primary is null || MailAddress.Comparer.Equals(primary, spec.Name) ? null
            : (row.Columns.AddressField, primary, new CellError(NameNotAddress, $"From 0.16 on the name of {kind} is its primary address: '{primary}' cannot be that of '{spec.Name}'. Put '{spec.Name}' first{(_stored.Contains(primary) || _state.FindOwner(primary) is not null ? CellMessage.Plain("") : CellMessage.Either($", or name the row '{primary}'", ", or name the row so"))}."));
    }
}
