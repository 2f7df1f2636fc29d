using System.Management.Automation;
using System.Security;

namespace MailAdmin.PowerShell.Binding;

/// <summary>A password in plain text, which only a row may contain. Its text form does not show it.</summary>
internal sealed class PlainPassword(string text)
{
    public string Text { get; } = text;

    public override string ToString() => "(a password)";
}

/// <summary>Takes a SecureString, a PSCredential, or plain text (kept apart as <see cref="PlainPassword"/>). Never names the value in an error.</summary>
internal sealed class PasswordArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        SecureString or PlainPassword => value,
        PSCredential credential => credential.Password,
        string text => new PlainPassword(text),
        _ => throw new FormatException($"The password must be a SecureString or a PSCredential, not a {value.GetType().Name}."),
    };
}
