namespace MailAdmin.Client;

/// <summary>Why a receiver did not follow the policy.</summary>
/// <param name="Type">The kind, such as <c>Forwarded</c> or <c>MailingList</c>.</param>
/// <param name="Comment">Further explanation.</param>
public sealed record DmarcOverride(string Type, string? Comment)
{
    /// <inheritdoc/>
    public override string ToString() => Type;
}
