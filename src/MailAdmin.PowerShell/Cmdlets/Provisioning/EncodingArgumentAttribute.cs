using System.Management.Automation;
using System.Text;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Files;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Takes an encoding by its name, its code page, or as the object.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EncodingArgumentAttribute : ArgumentTransformationAttribute
{
    public override Encoding Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return FileEncoding.Parse(inputData.Unwrap());
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
