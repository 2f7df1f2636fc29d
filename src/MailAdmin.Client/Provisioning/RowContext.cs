// A row on its way from what it wants to what is sent.
namespace MailAdmin.Client.Provisioning;

internal sealed class RowContext
{
    /// <summary>The list fields that name other principals; others of them may be carried by the other side's row.</summary>
    public static IReadOnlyList<string> ReferenceFields { get; } = [PrincipalField.MemberOf, PrincipalField.Lists, PrincipalField.Roles, PrincipalField.Members];

    private readonly Dictionary<string, List<string>> _requested = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _assigned = new(StringComparer.Ordinal);

    public RowContext(ParsedRow parsedRow, MailPrincipal? existing, PrincipalType defaultType)
    {
        Spec = parsedRow.Spec;
        Existing = existing;
        Errors = [.. parsedRow.Errors];
        Type = existing?.Type ?? Spec.Type ?? defaultType;
        SetRequested(PrincipalField.MemberOf, Spec.MemberOf);
        SetRequested(PrincipalField.Lists, Spec.List);
        SetRequested(PrincipalField.Roles, Spec.Role);
        SetRequested(PrincipalField.Members, Spec.Member);
    }

    public PrincipalSpec Spec { get; }

    public MailPrincipal? Existing { get; }

    public PrincipalType Type { get; }

    public List<RowError> Errors { get; }

    /// <summary>Addresses outside this server that the row gave as members.</summary>
    public List<string> ExternalMembers { get; } = [];

    /// <summary>How many principals of the same kind and file must go before.</summary>
    public int DependencyDepth { get; set; }

    public string Name => Spec.Name;

    public bool IsNew => Existing is null;

    public bool HasErrors => Errors.Count > 0;

    public (int Rank, int Depth) SortKey => (TypeFields.GetRank(Type), DependencyDepth);

    /// <summary>What the row says of a field; null = nothing.</summary>
    public List<string>? GetRequested(string field) => _requested.GetValueOrDefault(field);

    /// <summary>What this row sends of a field, whichever row said it.</summary>
    public IReadOnlyList<string> GetAssigned(string field) => _assigned.TryGetValue(field, out List<string>? items) ? items : [];

    public void Assign(string field, string item)
    {
        if (!_assigned.TryGetValue(field, out List<string>? items))
        {
            _assigned[field] = items = [];
        }

        if (!items.Contains(item))
        {
            items.Add(item);
        }
    }

    public void AddError(ImportField field, string? value, string errorId, string message) =>
        Errors.Add(new RowError(Spec.Row, Spec.GetHeader(field), value, message, errorId));

    private void SetRequested(string field, IReadOnlyList<string>? items)
    {
        if (items is not null)
        {
            _requested[field] = [.. items];
        }
    }
}
