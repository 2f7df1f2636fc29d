using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Refuses what was hardly meant, by the rules of an import: names and addresses that are specified here. What a principal has already is left alone.</summary>
internal static class PrincipalChecks
{
    /// <summary>Checks the name of a new principal, or the new name of one.</summary>
    /// <exception cref="ArgumentException">It cannot be the name of a principal of this type.</exception>
    public static void ThrowIfInvalidName(PrincipalType type, string name, bool allowUnusual, bool isAddress)
    {
        if (type == PrincipalType.Domain && !MailAddress.IsDomain(name))
        {
            throw new ArgumentException($"'{name}' is not a valid domain name. Specify one such as example.org.");
        }
        if (type.Word is "individual" or "group" or "list" && LoginName.GetCatchAllError(name) is { } catchAll)
        {
            throw new ArgumentException(catchAll);
        }
        if (type == PrincipalType.Individual && (LoginName.GetInvalidReason(name) ?? (allowUnusual ? null : LoginName.GetError(name, isAddress))) is { } error)
        {
            throw new ArgumentException(error);
        }
        if (isAddress && name.Contains('@', StringComparison.Ordinal) && type.Word is "individual" or "group" or "list" && MailAddress.GetOwnAddressError(name) is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }

    /// <summary>Checks addresses that a principal is to have.</summary>
    /// <exception cref="ArgumentException">One of them is no address.</exception>
    public static void ThrowIfInvalidAddress(IEnumerable<string> addresses, IReadOnlyCollection<string> existing)
    {
        foreach (string address in existing.Count > 0 ? addresses.Except(existing, StringComparer.OrdinalIgnoreCase) : addresses)
        {
            if (MailAddress.GetOwnAddressError(address) is { } error)
            {
                throw new ArgumentException(error);
            }
        }
    }

    /// <summary>Checks that a list does not send its mail to itself.</summary>
    /// <exception cref="ArgumentException">One of its external members is its own address.</exception>
    public static void ThrowIfOwnAddress(IReadOnlyCollection<string> externalMembers, IEnumerable<string> own)
    {
        if (externalMembers.Count > 0 && externalMembers.Select(MailAddress.ToComparable).Intersect(own.Select(MailAddress.ToComparable)).FirstOrDefault() is { } address)
        {
            throw new ArgumentException($"'{address}' is an address of the list itself: as its external member, each mail would come back to it.");
        }
    }

    /// <summary>Checks that what says who may sign in does not say both.</summary>
    /// <exception cref="ArgumentException">The account would be enabled and denied the sign-in.</exception>
    public static void ThrowIfContradictory(bool? enabled, IEnumerable<string> denied)
    {
        if (enabled == true && denied.Contains(MailPrincipal.AuthenticatePermission, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"-Enabled $true contradicts the denied permission '{MailPrincipal.AuthenticatePermission}', without which nobody signs in. Specify one of them.");
        }
    }
}
