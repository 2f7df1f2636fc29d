// A row on its way from what it wants to what is sent.
namespace MailAdmin.Client.Provisioning;

internal sealed class Draft
{
    /// <summary>The list fields that name other principals; others of them may be carried by the other side's row.</summary>
    public static IReadOnlyList<string> References { get; } = [PrincipalField.MemberOf, PrincipalField.Lists, PrincipalField.Roles, PrincipalField.Members];

    private readonly Dictionary<string, List<string>> _wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _sent = new(StringComparer.Ordinal);

    public Draft(RowReading reading, MailPrincipal? existing, PrincipalType defaultType)
    {
        Desired = reading.Principal;
        Existing = existing;
        Faults = [.. reading.Faults];
        Type = existing?.Type ?? Desired.Type ?? defaultType;
        Want(PrincipalField.MemberOf, Desired.MemberOf);
        Want(PrincipalField.Lists, Desired.List);
        Want(PrincipalField.Roles, Desired.Role);
        Want(PrincipalField.Members, Desired.Member);
    }

    public DesiredPrincipal Desired { get; }

    public MailPrincipal? Existing { get; }

    public PrincipalType Type { get; }

    public List<RowFault> Faults { get; }

    /// <summary>Addresses outside this server that the row gave as members.</summary>
    public List<string> ForeignMembers { get; } = [];

    /// <summary>How many principals of the same kind and file must go before.</summary>
    public int Depth { get; set; }

    public string Name => Desired.Name;

    public bool IsCreated => Existing is null;

    public bool Failed => Faults.Count > 0;

    public (int Rank, int Depth) Order => (TypeFields.RankOf(Type), Depth);

    /// <summary>What the row says of a field; null = nothing.</summary>
    public List<string>? Wanted(string field) => _wanted.GetValueOrDefault(field);

    /// <summary>What this row sends of a field, whichever row said it.</summary>
    public IReadOnlyList<string> Sent(string field) => _sent.TryGetValue(field, out List<string>? items) ? items : [];

    public void Send(string field, string item)
    {
        if (!_sent.TryGetValue(field, out List<string>? items))
        {
            _sent[field] = items = [];
        }

        if (!items.Contains(item))
        {
            items.Add(item);
        }
    }

    public void Fault(ImportField field, string? value, string errorId, string message) =>
        Faults.Add(new RowFault(Desired.Row, Desired.HeaderOf(field), value, message, errorId));

    private void Want(string field, IReadOnlyList<string>? items)
    {
        if (items is not null)
        {
            _wanted[field] = [.. items];
        }
    }
}
