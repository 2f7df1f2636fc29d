namespace MailAdmin.Client;

/// <summary>Stands for a secret that the server has and does not show. It cannot be written: sent back, it would become the secret.</summary>
public sealed class HiddenSecret
{
    private HiddenSecret()
    {
    }

    /// <summary>The one there is.</summary>
    public static HiddenSecret Value { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "(hidden)";
}
