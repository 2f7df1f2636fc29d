using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>The identity of a principal: its name (the login), one of its addresses, or a MailPrincipal.</summary>
public sealed class PrincipalIdentity : ServerIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    /// <summary>By name or address.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    internal PrincipalIdentity(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name of the principal is empty. Specify a name or an address.");
        }
        // star`*user is the one that is called star*user.
        MayMatchSeveral = WildcardPattern.ContainsWildcardCharacters(name);
        IsPattern = name.HasWildcard();
        Pattern = name.Trim();
        Name = IsPattern ? name.Trim() : name.Trim().UnescapeWildcards();
    }

    /// <summary>By the object.</summary>
    internal PrincipalIdentity(MailPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Name.Length == 0)
        {
            throw new ArgumentException($"The principal with id {principal.Id} was read without its name, and the server finds principals only by name. Read it again with -Property Name.");
        }
        Name = Pattern = principal.Name;
        Principal = principal;
    }

    /// <summary>The name or address as specified; names are lower-case on the server.</summary>
    public string Name { get; }

    /// <summary>The object, if it was specified as one.</summary>
    public MailPrincipal? Principal { get; }

    /// <summary>The type that the row of the principal gives; null where it gives none.</summary>
    internal PrincipalType? ExpectedType { get; set; }

    /// <summary>The text as it was specified, with its backticks.</summary>
    internal string Pattern { get; }

    /// <summary>Whether it is a pattern with wildcards rather than a name.</summary>
    internal bool IsPattern { get; }

    /// <summary>The same where brackets make a pattern, too: to read and not to change.</summary>
    internal bool MayMatchSeveral { get; }

    /// <summary>Whether it may be an address rather than a name, or a domain that the server spells otherwise: then it must be looked for.</summary>
    internal bool MayBeAddress => Principal is null
        && (Name.Contains('@', StringComparison.Ordinal) || (Name.Contains('.', StringComparison.Ordinal) && DomainName.GetOtherSpelling(Name) is not null));

    /// <summary>The principal that was found, where it is of the type that the row gives.</summary>
    /// <exception cref="ArgumentException">It is another one.</exception>
    internal MailPrincipal ThrowIfOtherType(MailPrincipal found) => ExpectedType is { } expected && expected != PrincipalType.FromWire(found.Type)
        ? throw new ArgumentException($"'{found}' is of type {found.Type}, and the row says {expected}: it is another principal. Correct the row, or leave its column Type out.")
        : found;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Makes identities from names, principals, and rows and objects of directory services, whose login or address is found as an import finds it.</summary>
internal sealed class PrincipalIdentityArgumentAttribute : IdentityArgumentAttribute<PrincipalIdentity>
{
    /// <summary>The parameter, which a row may have as a property.</summary>
    public string Parameter { get; set; } = "Identity";

    private protected override PrincipalIdentity? CreateIdentity(object value) => value switch
    {
        string name => new PrincipalIdentity(name),
        MailPrincipal principal => new PrincipalIdentity(principal),
        // A login may be made of digits, which PowerShell and JSON take for a number.
        byte or sbyte or short or ushort or int or uint or long or ulong => new PrincipalIdentity(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!),
        _ when PipelineObject.IsOwn(value) => ThrowIfNamed(value),
        _ => PrincipalRows.FindIdentity(value, Parameter) is { } found ? new PrincipalIdentity(found) : null,
    };

    // If it were returned unchanged, it would be bound by its Name: that of a connection is not that of a principal.
    private static PrincipalIdentity? ThrowIfNamed(object value) => value.GetType().GetProperty("Name") is null
        ? null
        : throw new ArgumentException($"'{InputText.Format(value)}' is a {value.GetType().Name}, not a principal.");
}
