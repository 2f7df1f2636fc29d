using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>A setting: its key, or a MailSetting.</summary>
public sealed class SettingIdentity : ServerIdentity
{
    // Not public: PowerShell would create an identity from anything that converts to text.
    internal SettingIdentity(string key)
    {
        string normalized = SettingKeyFormat.NormalizeKey(key);
        IsPattern = normalized.HasWildcard();
        Key = IsPattern ? normalized : normalized.UnescapeWildcards();
    }

    internal SettingIdentity(MailSetting setting) => (Key, Setting) = (setting.Key, setting);

    internal SettingIdentity(string key, SettingText value, bool isFromTable)
        : this(key) => (Value, IsFromTable) = (value, isFromTable);

    private SettingIdentity(string label, string invalidReason) => (Key, InvalidReason) = (label, invalidReason);

    /// <summary>The full key.</summary>
    public string Key { get; }

    /// <summary>Why it cannot be a setting; null if it can.</summary>
    internal string? InvalidReason { get; }

    /// <summary>Whether it is a pattern with wildcards rather than a key.</summary>
    internal bool IsPattern { get; }

    /// <summary>The setting, if one was passed.</summary>
    internal MailSetting? Setting { get; }

    /// <summary>The value that was passed with the key, if one was.</summary>
    internal SettingText? Value { get; }

    /// <summary>Whether key and value are an entry of a dictionary.</summary>
    internal bool IsFromTable { get; }

    /// <summary>
    /// Stands for a dictionary that cannot be set. The cmdlet writes the error and knows of it: an argument that is not bound it would not hear of, and
    /// would reload what is left.
    /// </summary>
    internal static SettingIdentity CreateInvalid(string label, string reason) => new(label, invalidReason: reason);

    /// <inheritdoc/>
    public override string ToString() => Key;
}

/// <summary>Creates identities from keys and settings.</summary>
/// <param name="advice">What to do with a key that ends with a dot, where {0} is the prefix in quotes.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingArgumentAttribute(string advice) : IdentityArgumentAttribute<SettingIdentity>
{
    private protected override SettingIdentity? CreateIdentity(object value) => value switch
    {
        string key => CreateFromKey(key, advice),
        MailSetting setting => new SettingIdentity(setting),
        MailSettingProblem problem => new SettingIdentity(problem.Key),
        _ => null,
    };

    /// <summary>The identity of a key; of a prefix, an error that shows the line that is meant.</summary>
    internal static SettingIdentity CreateFromKey(string key, string advice)
    {
        string prefix = key.Trim().TrimEnd('.');
        return prefix.Length > 0 && prefix.Length < key.Trim().Length && prefix[0] != '.'
            ? throw new ArgumentException($"'{key.Trim()}' is not a key: it ends with a dot. {string.Format(System.Globalization.CultureInfo.InvariantCulture, advice, QuotedText.Quote(prefix))}")
            : new SettingIdentity(key);
    }
}
