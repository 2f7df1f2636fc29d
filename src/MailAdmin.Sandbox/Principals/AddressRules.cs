using System.Text;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>What the server accepts as an address, which is not the same in every place.</summary>
internal static class AddressRules
{
    /// <summary>Top-level domains that are not registered: an external member under them is refused.</summary>
    private static readonly HashSet<string> s_unregisteredSuffixes = new(StringComparer.Ordinal)
    {
        "test", "example", "invalid", "localhost", "local", "localdomain", "lan", "home", "corp", "internal", "intranet", "private", "mail",
    };

    /// <summary>The part after the first @ has to be a domain of the server; without an @ there is nothing to check.</summary>
    /// <returns>Whether there was a domain.</returns>
    public static bool RequireDomain(PrincipalStore store, string address, uint? tenant)
    {
        string[] parts = address.Split('@');
        if (parts.Length < 2)
        {
            return false;
        }

        if (store.Find(parts[1]) is not { Type: PrincipalType.Domain } domain || !domain.IsVisibleTo(tenant))
        {
            throw ApiException.NotFound(parts[1]);
        }

        return true;
    }

    /// <summary>What belongs to a tenant is named like an address in one of the tenant's domains.</summary>
    public static void RequireNameInTenant(PrincipalStore store, string name, uint? tenant)
    {
        string[] parts = name.Split('@');
        if (parts.Length < 2 || store.Find(parts[1]) is not { Type: PrincipalType.Domain } domain || !domain.IsVisibleTo(tenant))
        {
            throw ApiException.Other("Invalid principal name", "The name has to end with a domain of the tenant.");
        }
    }

    /// <summary>The checks of PATCH: the address is unused, and in a domain of the server.</summary>
    public static void RequireUnused(PrincipalStore store, string address, uint? tenant)
    {
        if (store.Addresses.FindOwner(address) is not null)
        {
            throw ApiException.AlreadyExists("emails", address);
        }

        if (!RequireDomain(store, address, tenant))
        {
            throw ApiException.Other("Invalid email", "Email address is invalid");
        }
    }

    /// <summary>An external address in lower case and without white space; throws where it is invalid.</summary>
    public static string NormalizeExternal(string address)
    {
        var result = new StringBuilder(address.Length);
        bool hasAt = false;
        bool hasDot = false;
        char last = '\0';
        foreach (char c in address.Where(c => !char.IsWhiteSpace(c)))
        {
            if (c == '@')
            {
                if (result.Length == 0 || hasAt)
                {
                    throw CreateInvalidAddress(address);
                }

                hasAt = true;
            }
            else if (c == '.')
            {
                if (!char.IsLetterOrDigit(last) && last is not ('-' or '_'))
                {
                    throw CreateInvalidAddress(address);
                }

                hasDot |= hasAt;
            }

            last = c;
            result.Append(char.ToLowerInvariant(c));
        }

        string text = result.ToString();
        return hasDot && HasRegisteredSuffix(text) ? text : throw CreateInvalidAddress(address);
    }

    /// <summary>Whether a domain could be registered.</summary>
    public static bool IsRegistrable(string domain) => domain.IndexOf('.', StringComparison.Ordinal) > 0 && HasRegisteredSuffix(domain);

    private static bool HasRegisteredSuffix(string name)
    {
        string ending = name[(name.LastIndexOf('.') + 1)..];
        return ending.Length > 1 && ending.All(char.IsLetter) && !s_unregisteredSuffixes.Contains(ending);
    }

    private static ApiException CreateInvalidAddress(string address) => ApiException.Other("Invalid email address", $"Invalid value \"{address}\"");
}
