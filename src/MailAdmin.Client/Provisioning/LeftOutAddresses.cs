using System.Collections.Frozen;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Leaves out the addresses that belong to the system a file comes from, and counts them: those of its own tenant domain, of networks without a name of
/// their own, and what is no e-mail address. Mail for them does not come here, and their domains would make every row invalid.
/// </summary>
internal sealed class LeftOutAddresses(PlannedDomains domains, DirectoryState state)
{
    private static readonly string[] s_tenantSuffixes =
        [".onmicrosoft.com", ".onmicrosoft.us", ".onmicrosoft.de", ".onmschina.cn", ".microsoftonline.com", ".test-google-a.com"];

    private static readonly FrozenSet<string> s_privateSuffixes = FrozenSet.Create(StringComparer.Ordinal,
        "local", "localdomain", "localhost", "lan", "internal", "intra", "intranet", "corp", "home", "private", "invalid");

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The row without them.</summary>
    public ParsedRow Apply(ParsedRow row)
    {
        foreach (string word in row.Spec.ByProducts)
        {
            Count($"of the kind {word}");
        }

        if (row.Spec.Email is not { } email || !state.IsListed(PrincipalType.Domain) || !email.Any(IsForeign))
        {
            return row;
        }

        StringList held = state.Find(row.Spec.Name)?.Email ?? StringList.Empty;
        string[] left = [.. email.Where(address => held.Contains(address) || !IsForeign(address))];
        if (left.Length == email.Count)
        {
            return row;
        }

        foreach (string address in email.Except(left))
        {
            Count($"in {MailAddress.GetDomain(address)}");
        }

        PrincipalSpec spec = row.Spec with { Email = left.Length == 0 ? null : left, PrimaryEmail = left.Contains(row.Spec.PrimaryEmail) ? row.Spec.PrimaryEmail : null };
        return row with
        {
            Spec = row.IsNameDerived && left.Length > 0 ? spec with { Name = RowReader.DeriveName(row.Columns, left[0]) } : spec,
            LeftOutCount = email.Count - left.Length,
        };
    }

    /// <summary>What was left out, in one sentence; null for nothing.</summary>
    public string? Describe() => _counts.Count == 0
        ? null
        : $"Addresses that belong to the system the file comes from are left out: {string.Join(", ", _counts.Select(count => $"{count.Value} {count.Key}"))} ({_counts.Values.Sum()} in all)."
            + (_counts.Keys.Any(what => what.StartsWith("in ", StringComparison.Ordinal)) ? " To keep those of a domain, create the domain first." : "");

    private bool IsForeign(string address)
    {
        ReadOnlySpan<char> domain = address.AsSpan(address.LastIndexOf('@') + 1);
        return (Array.Exists(s_tenantSuffixes, suffix => address.EndsWith(suffix, StringComparison.Ordinal))
                || s_privateSuffixes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain[(domain.LastIndexOf('.') + 1)..]))
            && !domains.IsKnown(domain.ToString());
    }

    private void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;
}
