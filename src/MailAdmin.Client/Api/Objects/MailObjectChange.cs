namespace MailAdmin.Client;

/// <summary>What is to be different about an object.</summary>
/// <param name="Path">The property; what is inside of one after a slash.</param>
/// <param name="Before">Its value now, as text.</param>
/// <param name="After">Its value afterwards, as text.</param>
public sealed record MailObjectChange(string Path, string Before, string After)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Before} → {After}";
}
