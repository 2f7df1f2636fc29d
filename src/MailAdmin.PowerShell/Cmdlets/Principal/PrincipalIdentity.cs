// What names a principal: its name, an address, or the object itself. Never [string]: a string would swallow any object.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>The identity of a principal: its name (the login), one of its addresses, or a MailPrincipal.</summary>
public sealed class PrincipalIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    /// <summary>By name or address.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    internal PrincipalIdentity(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("An empty name identifies no principal.");
        }
        Name = name.Trim();
    }

    /// <summary>By the object.</summary>
    internal PrincipalIdentity(MailPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Name.Length == 0)
        {
            throw new ArgumentException($"The principal with id {principal.Id} has no name here, and only names address principals. Ask for its name with -Property Name.");
        }
        Name = principal.Name;
        Principal = principal;
    }

    /// <summary>The name or address as given; names are lower-case on the server.</summary>
    public string Name { get; }

    /// <summary>The object, where it was given as one.</summary>
    public MailPrincipal? Principal { get; }

    /// <summary>Whether it may be an address rather than a name.</summary>
    internal bool MayBeAddress => Principal is null && Name.Contains('@', StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Makes identities of names and principals.</summary>
internal sealed class PrincipalIdentityArgumentAttribute : IdentityArgumentAttribute<PrincipalIdentity>
{
    private protected override PrincipalIdentity? CreateIdentity(object value) => value switch
    {
        string name => new PrincipalIdentity(name),
        MailPrincipal principal => new PrincipalIdentity(principal),
        _ => null,
    };
}
