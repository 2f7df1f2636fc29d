using System.Management.Automation;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>A new app password: the one time that it can be had.</summary>
public sealed class MailAppPassword
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }
    /// <summary>The name as the server stores it.</summary>
    public required string RawName { get; init; }
    /// <summary>The login and the app password, fit for Set-Secret.</summary>
    public required PSCredential Credential { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
