using System.Management.Automation;
using System.Security;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Converts a value to the text that the server reads, where PowerShell would write True, 1,5 or the name of a type. A SecureString keeps a secret off the command line.</summary>
internal sealed class SettingValueArgumentAttribute : ArgumentTransformationAttribute
{
    public override bool TransformNullOptionalParameters => true;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Unwrap();
        return value switch
        {
            null or string => value,
            SecureString secure => SecureStringConverter.ToPlainText(secure),
            bool or SwitchParameter => value.ToString()!.ToLowerInvariant(),
            char letter => letter.ToString(),
            IFormattable number when number.GetType().IsPrimitive || number is decimal => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new ArgumentTransformationMetadataException($"A value of type {value.GetType().Name} cannot be the value of a setting. Specify a text. Each item of a list is a setting of its own, with a key such as bind.0000."),
        };
    }
}
