using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>What an update did.</summary>
public sealed class MailUpdateResult : ServerObject
{
    /// <summary><c>SpamFilter</c> or <c>WebAdmin</c>.</summary>
    public required string Component { get; init; }
    /// <summary>Whether something new was installed; false when the version in use is the newest; null where the server does not say, as of the web administration from 0.16 on.</summary>
    public required bool? Updated { get; init; }
    /// <summary>The installed version, if the server reports it.</summary>
    public string? Version { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Component;
}
