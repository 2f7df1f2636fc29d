using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// The names and addresses that a command gives to its principals. Each can be one principal's only: with -WhatIf nobody would say so, and of two requests at once
/// for one address the server takes both (docs/api.md §6.1).
/// </summary>
internal sealed class ClaimedValues
{
    private readonly Dictionary<(string Field, string Value), string> _owners = [];

    /// <exception cref="ArgumentException">Another principal gets one of them by the same command.</exception>
    public void ThrowIfTaken(string principal, string? name, IEnumerable<string> addresses)
    {
        foreach ((string Field, string Value) claim in GetClaims(name, addresses))
        {
            if (_owners.TryGetValue(claim, out string? owner) && !string.Equals(owner, principal, StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"The {claim.Field} '{claim.Value}' can be that of one principal only, and this command gives it to '{owner}' already.");
            }
        }
    }

    /// <summary>Notes what a principal gets.</summary>
    public void Add(string principal, string? name, IEnumerable<string> addresses)
    {
        foreach ((string Field, string Value) claim in GetClaims(name, addresses))
        {
            _owners[claim] = principal;
        }
    }

    private static IEnumerable<(string Field, string Value)> GetClaims(string? name, IEnumerable<string> addresses)
    {
        if (name is not null)
        {
            yield return ("name", name.ToLowerInvariant());
        }
        foreach (string address in addresses)
        {
            yield return ("address", MailAddress.ToComparable(address));
        }
    }
}
