// What names a domain: its name, or an object that has one.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A mail domain: its name, or an object of this module that is or names one.</summary>
public sealed class DomainIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal DomainIdentity(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("An empty name identifies no domain.");
        }
        Name = name.Trim();
    }

    internal DomainIdentity(object value, string wrongKind) => (Name, ActualKind) = (value.ToString() ?? "", wrongKind);

    /// <summary>The name as given.</summary>
    public string Name { get; }

    /// <summary>What it is, where it is no domain.</summary>
    internal string? ActualKind { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Makes identities of names and of this module's objects.</summary>
internal sealed class DomainArgumentAttribute : IdentityArgumentAttribute<DomainIdentity>
{
    private protected override DomainIdentity? CreateIdentity(object value) => value switch
    {
        string name => new DomainIdentity(name),
        MailPrincipal principal => principal.Type == PrincipalType.Domain ? new DomainIdentity(principal.Name) : new DomainIdentity(principal, $"of type {principal.Type}"),
        _ when IsModuleType(value) => value.GetType().GetProperty("Domain")?.GetValue(value) is string domain ? new DomainIdentity(domain) : new DomainIdentity(value, $"a {value.GetType().Name}"),
        _ => null,
    };

    // Handed back, one of ours would be taken by its Name: a connection of that name is no domain, and a key would be made for it.
    private static bool IsModuleType(object value) => value.GetType().Namespace?.StartsWith("MailAdmin.", StringComparison.Ordinal) == true;
}
