using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>A row while it is planned: beside what already exists, with what it sends of the memberships, and with its errors.</summary>
internal sealed class RowContext
{
    private static readonly string[] s_memberships = [PrincipalField.MemberOf, PrincipalField.Lists, PrincipalField.Roles, PrincipalField.Members];

    // By their place among the memberships.
    private readonly List<string>?[] _requested = new List<string>?[s_memberships.Length];
    private readonly List<string>?[] _assigned = new List<string>?[s_memberships.Length];
    private HashSet<string>? _assignedMembers;
    private readonly ParsedRow _row;

    public RowContext(ParsedRow parsedRow, MailPrincipal? existing)
    {
        _row = existing is null ? parsedRow : StoredValues.Apply(parsedRow, existing);
        Existing = existing;
        Errors = [.. _row.Errors];
        Type = existing?.Kind ?? Spec.Type ?? PrincipalSpec.DefaultType;
        SetRequested(PrincipalField.MemberOf, Spec.MemberOf);
        SetRequested(PrincipalField.Lists, Spec.List);
        SetRequested(PrincipalField.Roles, Spec.Role);
        SetRequested(PrincipalField.Members, Spec.Member);
    }

    public int Number => _row.Number;

    public PrincipalSpec Spec => _row.Spec;

    /// <summary>The rows of which this one was gathered; none for a row of its own.</summary>
    public IReadOnlyList<ParsedRow> Parts => _row.Parts;

    /// <summary>Whether the name was made from the address.</summary>
    public bool IsNameDerived => _row.IsNameDerived;

    /// <summary>The field whose column gives the addresses.</summary>
    public ImportField AddressField => _row.Columns.AddressField;

    /// <summary>The field whose column gives the name.</summary>
    public ImportField NameField => _row.Columns.NameField;

    /// <summary>The character between the items of a cell.</summary>
    public char ListSeparator => _row.Columns.ListSeparator;

    public MailPrincipal? Existing { get; }

    public PrincipalType Type { get; }

    public List<RowError> Errors { get; }

    /// <summary>What is done and perhaps not meant.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Whether addresses of the row were left out.</summary>
    public bool HadOtherAddresses => _row.LeftOutCount > 0;

    /// <summary>Whether the row is one member of a group, which must exist.</summary>
    public bool IsMembership => _row.Columns.HasMemberRows;

    /// <summary>Addresses outside this server that the row gave as members.</summary>
    public List<string> ExternalMembers { get; } = [];

    /// <summary>How many levels of rows of the same type must go before.</summary>
    public int DependencyDepth { get; set; }

    public string Name => Spec.Name;

    /// <summary>The name as it may be shown: empty where it is wrong and may be the password.</summary>
    public string DisplayName => Errors.Exists(error => error.IsHidden && error.Column == _row.Columns.GetHeader(NameField)) ? "" : Name;

    public bool IsNew => Existing is null;

    public bool HasErrors => Errors.Count > 0;

    public (int Rank, int Depth) SortKey => (TypeFields.GetRank(Type), DependencyDepth);

    /// <summary>What the row asks of a field; null = nothing.</summary>
    public List<string>? GetRequested(string field) => _requested[Array.IndexOf(s_memberships, field)];

    /// <summary>What this row sends of a field, whichever row asks for it.</summary>
    public IReadOnlyList<string> GetAssigned(string field) => _assigned[Array.IndexOf(s_memberships, field)] ?? [];

    public void Assign(string field, string item)
    {
        List<string> items = _assigned[Array.IndexOf(s_memberships, field)] ??= [];
        // A group may have very many members; what one belongs to is few.
        if (field == PrincipalField.Members ? (_assignedMembers ??= new(StringComparer.Ordinal)).Add(item) : !items.Contains(item))
        {
            items.Add(item);
        }
    }

    /// <summary>Forgets what this row would send of memberships.</summary>
    public void ClearAssigned()
    {
        Array.Clear(_assigned);
        _assignedMembers = null;
    }

    /// <summary>Whether the cell of a field is not likely to be the password.</summary>
    public bool IsQuotable(ImportField field) => _row.IsQuotable(_row.Columns.GetHeader(field));

    public void AddError(ImportField field, string? value, string errorId, CellMessage message, bool isSpread = false) =>
        Errors.Add(_row.CreateError(FindRowNumber(field, value), _row.Columns.GetHeader(field), value, new CellError(errorId, message), Errors) with { IsSpread = isSpread });

    /// <summary>Of a row that was gathered from several, the one that holds the value.</summary>
    private int FindRowNumber(ImportField field, string? value) => value is null ? Number : (_row.Parts.FirstOrDefault(part => (field switch
    {
        ImportField.Member => part.Spec.Member,
        ImportField.ExternalMember => part.Spec.ExternalMember,
        ImportField.MemberOf => part.Spec.MemberOf,
        ImportField.List => part.Spec.List,
        ImportField.Role => part.Spec.Role,
        _ => null,
    })?.Contains(value) == true)?.Number ?? Number);

    private void SetRequested(string field, IReadOnlyList<string>? items)
    {
        if (items is not null)
        {
            _requested[Array.IndexOf(s_memberships, field)] = [.. items];
        }
    }
}
