using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>A setting: its key, or a MailSetting.</summary>
public sealed class SettingIdentity
{
    // Not public: PowerShell would create an identity from anything that converts to text.
    internal SettingIdentity(string key) => Key = SettingKeyFormat.NormalizeKey(key);

    internal SettingIdentity(MailSetting setting) => (Key, Setting) = (setting.Key, setting);

    /// <summary>The full key.</summary>
    public string Key { get; }

    /// <summary>The setting, if one was passed.</summary>
    internal MailSetting? Setting { get; }

    /// <inheritdoc/>
    public override string ToString() => Key;
}

/// <summary>Creates identities from keys and settings.</summary>
internal sealed class SettingArgumentAttribute : IdentityArgumentAttribute<SettingIdentity>
{
    private protected override SettingIdentity? CreateIdentity(object value) => value switch
    {
        string key => new SettingIdentity(key),
        MailSetting setting => new SettingIdentity(setting),
        MailSettingProblem problem => new SettingIdentity(problem.Key),
        _ => null,
    };
}
