using System.Globalization;
using System.Management.Automation;
using System.Security;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>The value of a setting as the server reads it, where PowerShell would write True, 1,5 or the name of a type.</summary>
/// <param name="text">The text.</param>
/// <param name="isSecret">Whether it was passed as a secret.</param>
internal sealed class SettingText(string text, bool isSecret)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it was passed as a secret: then it is not shown, whatever its key.</summary>
    public bool IsSecret { get; } = isSecret;

    /// <summary>Converts an unwrapped value; null stays null.</summary>
    /// <exception cref="ArgumentException">It has no text that a setting can have.</exception>
    public static SettingText? Create(object? value) => value switch
    {
        null => null,
        SettingText known => known,
        string text => new SettingText(text, isSecret: false),
        SecureString secure => new SettingText(SecureStringConverter.ToPlainText(secure), isSecret: true),
        bool or SwitchParameter => new SettingText(value.ToString()!.ToLowerInvariant(), isSecret: false),
        char letter => new SettingText(letter.ToString(), isSecret: false),
        IFormattable number when number.GetType().IsPrimitive || number is decimal => new SettingText(number.ToString(null, CultureInfo.InvariantCulture), isSecret: false),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} cannot be the value of a setting. Specify a text. Each item of a list is a setting of its own, with a key such as bind.0000."),
    };

    /// <summary>Whether it is to be hidden as the value of this key.</summary>
    public bool IsHiddenFor(string key) => IsSecret || SecretSettings.IsSecret(key, Text);

    /// <inheritdoc/>
    public override string ToString() => IsSecret ? "(not shown)" : Text;
}
