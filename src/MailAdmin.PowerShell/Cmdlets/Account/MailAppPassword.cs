using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>A new app password. The server stores it hashed, so it cannot be read again later.</summary>
[ShownInShort(nameof(Name), nameof(Created), nameof(Credential))]
public sealed class MailAppPassword : ServerObject
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }
    /// <summary>When it was created.</summary>
    public required DateTimeOffset? Created { get; init; }
    /// <summary>The name as the server stores it.</summary>
    public required string RawName { get; init; }
    /// <summary>The login and the app password, as Set-Secret takes them.</summary>
    public required PSCredential Credential { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
