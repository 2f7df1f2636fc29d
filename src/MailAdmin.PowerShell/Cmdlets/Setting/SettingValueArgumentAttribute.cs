using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Converts a value to the text that the server reads. A SecureString keeps a secret off the command line.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingValueArgumentAttribute : ArgumentTransformationAttribute
{
    public override bool TransformNullOptionalParameters => true;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return SettingText.Create(inputData.Unwrap());
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
