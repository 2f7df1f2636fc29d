using System.Collections.Concurrent;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// The principals that a command has named: by name in any case, or by address. Each is acted on once, and -WhatIf and the real run, which no longer finds what it
/// has deleted, say the same.
/// </summary>
internal sealed class NamedPrincipals
{
    // To the text that named it first.
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _goneAddresses = new(MailAddress.Comparer);

    /// <summary>Whether this text comes for the first time.</summary>
    public bool IsFirst(PrincipalIdentity identity) => _names.TryAdd(identity.Name, identity.Name);

    /// <summary>Whether nothing else has named the principal that an identity was found to be. Any thread may ask.</summary>
    public bool IsFirst(PrincipalIdentity identity, string name) => _names.GetOrAdd(name, identity.Name) == identity.Name;

    /// <summary>Notes that a principal is deleted: nobody finds it by its addresses any more.</summary>
    public void AddGone(MailPrincipal principal)
    {
        _goneAddresses.UnionWith(principal.Email ?? StringList.Empty);
        if (DomainName.GetOtherSpelling(principal.Name) is { } other)
        {
            _goneAddresses.Add(other);
        }
    }

    /// <summary>Whether it was an address of a principal that this command has deleted.</summary>
    public bool WasGone(PrincipalIdentity identity) => _goneAddresses.Contains(identity.Name);
}
