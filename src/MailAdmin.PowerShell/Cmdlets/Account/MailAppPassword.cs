using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>A new app password. The server stores it hashed, so it cannot be read again later.</summary>
[ShownInShort(nameof(Name), nameof(Created), nameof(Expires), nameof(AllowedIp), nameof(Credential))]
public sealed class MailAppPassword : ServerObject
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }
    /// <summary>When it was created.</summary>
    public required DateTimeOffset? Created { get; init; }
    /// <summary>The name as the server stores it.</summary>
    public required string RawName { get; init; }
    /// <summary>Its id, by which it can be removed; null before server 0.16.</summary>
    public string? Id { get; init; }
    /// <summary>When it ends; null = never, and before server 0.16.</summary>
    public DateTimeOffset? Expires { get; init; }
    /// <summary>The IP addresses and networks that it may be used from; empty = all; null before server 0.16.</summary>
    public StringList? AllowedIp { get; init; }
    /// <summary>The login and the app password, as Set-Secret takes them.</summary>
    public required PSCredential Credential { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
