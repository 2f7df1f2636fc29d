namespace MailAdmin.Client.Provisioning;

/// <summary>Finds the server's principals and the rows of the table by name and by address.</summary>
internal sealed class ImportLookup
{
    private readonly Dictionary<string, List<RowContext>> _rowsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RowContext>> _rowsByAddress = new(StringComparer.Ordinal);
    private readonly DirectoryState _state;

    public ImportLookup(IReadOnlyList<ParsedRow> parsedRows, DirectoryState state)
    {
        _state = state;
        Rows = [.. parsedRows.Select(parsedRow => new RowContext(parsedRow, state.Find(parsedRow.Spec.Name)))];
        foreach (RowContext context in Rows)
        {
            if (context.Name.Length > 0)
            {
                AddToIndex(_rowsByName, context.Name, context);
            }

            foreach (string address in context.Spec.Email ?? [])
            {
                AddToIndex(_rowsByAddress, MailAddress.ToComparable(address), context);
            }
        }
    }

    public IReadOnlyList<RowContext> Rows { get; }

    public IEnumerable<List<RowContext>> RowsByName => _rowsByName.Values;

    public IEnumerable<KeyValuePair<string, List<RowContext>>> RowsByAddress => _rowsByAddress;

    public MailPrincipal? FindExisting(string name) => _state.Find(name);

    /// <summary>The server's principal that has an address.</summary>
    public MailPrincipal? FindOwner(string address) => _state.FindOwner(address);

    /// <summary>The row of a name, if there is one.</summary>
    public RowContext? FindRow(string name) => _rowsByName.TryGetValue(name, out List<RowContext>? contexts) ? contexts[0] : null;

    /// <summary>The row that creates a principal.</summary>
    public RowContext? FindNewRow(string name) => FindRow(name) is { IsNew: true } context ? context : null;

    /// <summary>The type of a principal of the server or the table; null if there is none of this name.</summary>
    public PrincipalType? FindType(string name) => FindExisting(name)?.Kind ?? FindNewRow(name)?.Type;

    /// <summary>The name of a member given by name or by address, of the server or the table.</summary>
    public string? ResolveMember(string member)
    {
        if (FindType(member) is { } type && type != PrincipalType.Domain)
        {
            return member;
        }

        if (FindOwner(member) is { } owner)
        {
            return owner.Name;
        }

        return _rowsByAddress.TryGetValue(MailAddress.ToComparable(member), out List<RowContext>? claims) && claims[0].Name.Length > 0 ? claims[0].Name : null;
    }

    /// <summary>Whether mail for a domain stays here. True also where that is unknown.</summary>
    public bool IsLocal(string domain) => !_state.IsListed(PrincipalType.Domain) || FindType(domain) == PrincipalType.Domain;

    private static void AddToIndex(Dictionary<string, List<RowContext>> index, string key, RowContext context)
    {
        if (!index.TryGetValue(key, out List<RowContext>? contexts))
        {
            index[key] = [context];
        }
        else if (!contexts.Contains(context))
        {
            contexts.Add(context);
        }
    }
}
