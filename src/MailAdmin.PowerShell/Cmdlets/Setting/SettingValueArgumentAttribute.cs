// Values of settings are texts: what PowerShell would write as True, 1,5 or a type's name is written as the server reads it.
using System.Management.Automation;
using System.Security;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Turns a value into the text of a setting. A SecureString keeps a secret off the command line.</summary>
internal sealed class SettingValueArgumentAttribute : ArgumentTransformationAttribute
{
    public override bool TransformNullOptionalParameters => true;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = inputData.Unwrap();
        return plain switch
        {
            null or string => plain,
            SecureString secure => SecureStringConverter.ToPlainText(secure),
            bool or SwitchParameter => plain.ToString()!.ToLowerInvariant(),
            char letter => letter.ToString(),
            IFormattable number when number.GetType().IsPrimitive || number is decimal => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new ArgumentTransformationMetadataException($"A value of type {plain.GetType().Name} is no setting. Give a text; each item of a list is a setting of its own, with a key such as bind.0000."),
        };
    }
}
