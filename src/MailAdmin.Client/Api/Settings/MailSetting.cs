namespace MailAdmin.Client;

/// <summary>A setting (GET /settings/keys, GET /settings/list).</summary>
public sealed class MailSetting : ServerObject
{
    /// <summary>A setting; whether it is a secret shows in key and value.</summary>
    public MailSetting(string key, string? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        (Key, Value, IsSecret) = (key, value, SecretSettings.IsSecret(key, value));
    }

    /// <summary>The full key, such as <c>server.hostname</c>. Items of a list have a number at the end: <c>bind.0000</c>.</summary>
    public string Key { get; }
    /// <summary>The value, always a text; null when it is a secret and hidden.</summary>
    public string? Value { get; private init; }
    /// <summary>Whether the value is a password, a token, a private key or the like.</summary>
    public bool IsSecret { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Key;
}
