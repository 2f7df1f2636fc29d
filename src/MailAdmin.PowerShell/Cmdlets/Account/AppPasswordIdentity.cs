// What names an app password: what a person called it, the stored name, or the object.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>An app password of the signed-in account, by name or as the object.</summary>
public sealed class AppPasswordIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal AppPasswordIdentity(string name, bool isRaw)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("An empty name identifies no app password.");
        }
        if (!isRaw && name.HasWildcard())
        {
            throw new ArgumentException($"'{name}' holds a wildcard. (Get-MailAccountAuth).AppPassword | Where-Object Name -like '{name}' | Remove-MailAppPassword reaches each match.");
        }
        (Name, IsStoredName) = (name, isRaw);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Whether it is the stored name for certain.</summary>
    internal bool IsStoredName { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Makes identities of names and app passwords.</summary>
internal sealed class AppPasswordArgumentAttribute : IdentityArgumentAttribute<AppPasswordIdentity>
{
    private protected override AppPasswordIdentity? CreateIdentity(object value) => value switch
    {
        string name => new AppPasswordIdentity(name.Trim(), isRaw: false),
        MailAppPasswordName held => new AppPasswordIdentity(held.RawName, isRaw: true),
        MailAppPassword made => new AppPasswordIdentity(made.RawName, isRaw: true),
        _ => null,
    };
}
