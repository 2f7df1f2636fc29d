namespace MailAdmin.Client;

/// <summary>A group of settings, such as the listener <c>smtp</c> (GET /settings/group with a suffix).</summary>
public sealed class MailSettingGroup : ServerObject
{
    /// <summary>The group's name, such as <c>smtp</c>.</summary>
    public required string Id { get; init; }
    /// <summary>What its keys begin with, such as <c>server.listener.smtp</c>.</summary>
    public required string Prefix { get; init; }
    /// <summary>Its settings, with full keys, in the order of their keys.</summary>
    public ItemList<MailSetting> Setting { get; init; } = ItemList<MailSetting>.Empty;

    /// <summary>The value of a setting by the rest of its key, such as <c>protocol</c>; null when it is absent or hidden.</summary>
    public string? this[string key] => Setting.FirstOrDefault(s => s.Key.Length == Prefix.Length + 1 + key.Length && s.Key.EndsWith("." + key, StringComparison.Ordinal))?.Value;

    /// <inheritdoc/>
    public override string ToString() => Id;
}
