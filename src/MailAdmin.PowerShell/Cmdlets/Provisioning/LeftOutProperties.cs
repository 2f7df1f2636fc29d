using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>What principals have and a file of them does not: an import could not make it.</summary>
internal sealed class LeftOutProperties
{
    private static readonly (string Name, string Meaning, Func<MailPrincipal, bool> IsThere)[] s_properties =
    [
        (nameof(MailPrincipal.DisabledEmail), "addresses that are switched off", principal => principal.DisabledEmail is { Count: > 0 }),
        (nameof(MailPrincipal.Expires), "the end of API keys", principal => principal.Expires is not null),
        (nameof(MailPrincipal.AllowedIp), "where API keys may be used from", principal => principal.AllowedIp is { Count: > 0 }),
    ];

    private readonly Dictionary<string, (int Count, string First)> _found = [];

    /// <summary>The same principals; what they have is noted as they pass.</summary>
    public IEnumerable<MailPrincipal> Watch(IEnumerable<MailPrincipal> principals)
    {
        foreach (MailPrincipal principal in principals)
        {
            foreach ((string name, _, _) in s_properties.Where(property => property.IsThere(principal)))
            {
                (int count, string first) = _found.GetValueOrDefault(name, (0, principal.Name));
                _found[name] = (count + 1, first);
            }
            yield return principal;
        }
    }

    /// <summary>A sentence for each property that one of them has.</summary>
    public IEnumerable<string> Describe(string path) =>
        from property in s_properties
        where _found.ContainsKey(property.Name)
        let found = _found[property.Name]
        select $"{path} does not hold {property.Meaning} ({property.Name}), which '{found.First}'{(found.Count > 1 ? $" and {found.Count - 1} more" : "")} {(found.Count > 1 ? "have" : "has")}.";
}
