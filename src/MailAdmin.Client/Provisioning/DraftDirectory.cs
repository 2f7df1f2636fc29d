// Who is who once the file is in: the server's principals and the file's rows, by name and by address.
namespace MailAdmin.Client.Provisioning;

internal sealed class DraftDirectory
{
    private readonly Dictionary<string, MailPrincipal> _existing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MailPrincipal> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Draft>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Draft>> _claims = new(StringComparer.Ordinal);
    private readonly DirectoryState _state;

    public DraftDirectory(IReadOnlyList<RowReading> readings, DirectoryState state, ImportOptions options)
    {
        _state = state;
        foreach (MailPrincipal principal in state.Principals)
        {
            _existing.TryAdd(principal.Name, principal);
            foreach (string address in principal.Email)
            {
                _owners.TryAdd(address.ToLowerInvariant(), principal);
            }
        }

        Drafts = [.. readings.Select(reading => new Draft(reading, _existing.GetValueOrDefault(reading.Principal.Name), options.DefaultType))];
        foreach (Draft draft in Drafts)
        {
            if (draft.Name.Length > 0)
            {
                Index(_rows, draft.Name, draft);
            }

            foreach (string address in draft.Desired.Email ?? [])
            {
                Index(_claims, address, draft);
            }
        }
    }

    public IReadOnlyList<Draft> Drafts { get; }

    public IEnumerable<List<Draft>> RowsOfOneName => _rows.Values;

    public IEnumerable<KeyValuePair<string, List<Draft>>> ClaimsOfAddresses => _claims;

    public MailPrincipal? Existing(string name) => _existing.GetValueOrDefault(name);

    /// <summary>The server's principal that has an address.</summary>
    public MailPrincipal? OwnerOf(string address) => _owners.GetValueOrDefault(address);

    /// <summary>The row of a name, if there is one.</summary>
    public Draft? RowOf(string name) => _rows.TryGetValue(name, out List<Draft>? drafts) ? drafts[0] : null;

    /// <summary>The row that creates a principal.</summary>
    public Draft? Created(string name) => RowOf(name) is { IsCreated: true } draft ? draft : null;

    /// <summary>The kind of a principal of the server or the file; null if there is none of this name.</summary>
    public PrincipalType? TypeOf(string name) => Existing(name)?.Type ?? Created(name)?.Type;

    /// <summary>The name of a member given by name or by address, of the server or the file.</summary>
    public string? Resolve(string member)
    {
        if (TypeOf(member) is { } type && type != PrincipalType.Domain)
        {
            return member;
        }

        if (OwnerOf(member) is { } owner)
        {
            return owner.Name;
        }

        return _claims.TryGetValue(member, out List<Draft>? claims) && claims[0].Name.Length > 0 ? claims[0].Name : null;
    }

    /// <summary>Whether mail for a domain stays here. True also where that is unknown.</summary>
    public bool IsLocal(string domain) => !_state.Knows(PrincipalType.Domain) || TypeOf(domain) == PrincipalType.Domain;

    private static void Index(Dictionary<string, List<Draft>> index, string key, Draft draft)
    {
        if (!index.TryGetValue(key, out List<Draft>? drafts))
        {
            index[key] = drafts = [];
        }

        if (!drafts.Contains(draft))
        {
            drafts.Add(draft);
        }
    }
}
