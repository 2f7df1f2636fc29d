namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Spells domains as the server has them, or else as the row that creates them: the server compares bytes, and <c>müller.example</c> and
/// <c>xn--mller-kva.example</c> are one domain.
/// </summary>
internal sealed class PlannedDomains
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly DirectoryState _state;

    public PlannedDomains(IReadOnlyList<ParsedRow> rows, DirectoryState state)
    {
        _state = state;
        foreach (MailPrincipal domain in state.Principals.Where(principal => principal.Type == PrincipalType.Domain))
        {
            _known.TryAdd(DomainName.ToAscii(domain.Name), domain.Name);
        }

        foreach (ParsedRow row in rows.Where(row => row.Spec.Type == PrincipalType.Domain && row.Spec.Name.Length > 0))
        {
            _known.TryAdd(DomainName.ToAscii(row.Spec.Name), row.Spec.Name);
        }
    }

    /// <summary>Whether a domain is one of the server or of the table.</summary>
    public bool IsKnown(string domain) => _known.ContainsKey(DomainName.ToAscii(domain));

    /// <summary>The row with its domains so spelt.</summary>
    public ParsedRow Apply(ParsedRow row)
    {
        PrincipalSpec spec = row.Spec;
        string name = RespellName(row);
        return name == spec.Name && !HasOtherSpellings(spec) ? row : row with
        {
            Spec = spec with
            {
                Name = name,
                Email = Respell(spec.Email),
                PrimaryEmail = spec.PrimaryEmail is { } primary ? RespellAddress(primary) : null,
                Member = Respell(spec.Member),
                MemberOf = Respell(spec.MemberOf),
                List = Respell(spec.List),
            },
        };
    }

    private string RespellName(ParsedRow row)
    {
        string name = row.Spec.Name;
        if (row.Spec.Type == PrincipalType.Domain)
        {
            return _known.GetValueOrDefault(DomainName.ToAscii(name), name);
        }

        // A login is what people type: it is spelt as it is given, unless the account is there under the other spelling.
        string respelled = RespellAddress(name);
        return row.IsNameDerived || _state.Find(respelled) is not null ? respelled : name;
    }

    private static bool HasOtherSpellings(PrincipalSpec spec) =>
        HaveOtherSpellings(spec.Email) || HaveOtherSpellings(spec.Member) || HaveOtherSpellings(spec.MemberOf) || HaveOtherSpellings(spec.List);

    private static bool HaveOtherSpellings(IReadOnlyList<string>? items) => items?.Any(DomainName.MayHaveOtherSpelling) == true;

    private IReadOnlyList<string>? Respell(IReadOnlyList<string>? items) => items is null ? null : [.. items.Select(RespellAddress)];

    private string RespellAddress(string address)
    {
        int at = address.LastIndexOf('@');
        return at >= 0 && DomainName.MayHaveOtherSpelling(address) && _known.TryGetValue(DomainName.ToAscii(address[(at + 1)..]), out string? spelling)
            ? address[..(at + 1)] + spelling
            : address;
    }
}
