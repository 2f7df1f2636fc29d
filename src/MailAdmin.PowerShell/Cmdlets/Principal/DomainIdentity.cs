using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A mail domain: its name, or an object of this module that is or names one.</summary>
public sealed class DomainIdentity : ServerIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal DomainIdentity(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name of the domain is empty. Specify a name such as example.org.");
        }
        Name = name.Trim();
    }

    internal DomainIdentity(object value, string actualKind) => (Name, ActualKind) = (value.ToString() ?? "", actualKind);

    /// <summary>The name as specified.</summary>
    public string Name { get; }

    /// <summary>What it is, if it is not a domain.</summary>
    internal string? ActualKind { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Makes identities from names and from this module's objects.</summary>
internal sealed class DomainArgumentAttribute : IdentityArgumentAttribute<DomainIdentity>
{
    private protected override DomainIdentity? CreateIdentity(object value) => value switch
    {
        string name => new DomainIdentity(name),
        MailPrincipal principal => principal.Type == PrincipalType.Domain ? new DomainIdentity(principal.Name) : new DomainIdentity(principal, $"of type {principal.Type}"),
        _ when IsModuleType(value) => value.GetType().GetProperty("Domain")?.GetValue(value) is string domain ? new DomainIdentity(domain) : new DomainIdentity(value, $"a {value.GetType().Name}"),
        _ => null,
    };

    // If it were returned unchanged, an object of ours would be bound by its Name: a connection's name is not a domain, and a key would be created for it.
    private static bool IsModuleType(object value) => value.GetType().Namespace?.StartsWith("MailAdmin.", StringComparison.Ordinal) == true;
}
