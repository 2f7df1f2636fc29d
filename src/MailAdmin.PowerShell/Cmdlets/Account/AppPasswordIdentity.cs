using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>An app password of the signed-in account: by the name that a person gave it, by its stored name or its id, or as the object.</summary>
public sealed class AppPasswordIdentity : ServerIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal AppPasswordIdentity(string name, bool isStoredName, string? id = null)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name of the app password is empty. (Get-MailAccountAuth).AppPassword lists the names.");
        }
        if (!isStoredName && name.HasWildcard())
        {
            throw new ArgumentException($"'{name}' contains a wildcard, which is not accepted here. "
                + WildcardExtensions.FormatAdvice($"Remove-MailAppPassword {WildcardExtensions.QuoteLiterally(name)}", $"(Get-MailAccountAuth).AppPassword | Where-Object Name -like {QuotedText.Quote(name)}"));
        }
        (Name, IsStoredName, Id) = (isStoredName ? name : name.UnescapeWildcards(), isStoredName, id);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Its id, where an object says so.</summary>
    internal string? Id { get; }

    /// <summary>Whether it is known to be the stored name.</summary>
    internal bool IsStoredName { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Makes identities from names and app passwords.</summary>
internal sealed class AppPasswordArgumentAttribute : IdentityArgumentAttribute<AppPasswordIdentity>
{
    private protected override AppPasswordIdentity? CreateIdentity(object value) => value switch
    {
        string name => new AppPasswordIdentity(name.Trim(), isStoredName: false),
        MailAppPasswordName existing => new AppPasswordIdentity(existing.RawName, isStoredName: true, existing.Id),
        MailAppPassword created => new AppPasswordIdentity(created.RawName, isStoredName: true, created.Id),
        _ => null,
    };
}
