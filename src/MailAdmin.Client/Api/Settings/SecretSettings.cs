namespace MailAdmin.Client;

/// <summary>Recognises settings whose value is a secret: by the key, or by the value where the key does not show it.</summary>
public static class SecretSettings
{
    private static readonly string[] s_secretWords = ["secret", "secrets", "password", "passwd", "passphrase", "passcode", "pwd", "hmac", "token", "tokens", "credential", "credentials"];

    /// <summary>Whether the value is to be hidden: secrets, passwords, tokens, keys that are not public, and what holds one inside.</summary>
    public static bool IsSecret(string key, string? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return IsSecretKey(key) || (value is not null && ContainsSecret(value));
    }

    /// <summary>Whether the key alone shows it.</summary>
    public static bool IsSecretKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        // oauth.expiry.token is how long a token lives.
        string[] segments = key.ToLowerInvariant().Split('.');
        return !segments.Contains("expiry") && (segments.Any(IsSecretSegment) || segments is ["oauth" or "cluster", "key"]);
    }

    /// <summary>The same setting without its value, if that is a secret.</summary>
    public static MailSetting Hide(MailSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.IsSecret ? new MailSetting(setting.Key, null) { IsSecret = true } : setting;
    }

    /// <summary>The same group without its secrets.</summary>
    public static MailSettingGroup Hide(MailSettingGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new MailSettingGroup { Id = group.Id, Prefix = group.Prefix, Setting = new(group.Setting.Select(Hide)) };
    }

    // "key" alone is what a rate limiter counts by.
    private static bool IsSecretSegment(string segment)
    {
        string[] words = segment.Split('-', '_');
        return words.Any(s_secretWords.Contains) || (words is [var first, .., "key" or "keys"] && first != "public");
    }

    // A key in PEM form, a header with a credential, an address with a password in front of the host.
    private static bool ContainsSecret(string value) =>
        value.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
        || value.Contains("Authorization:", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal));
}
