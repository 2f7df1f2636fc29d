using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Takes the SHA-256 fingerprint of the server's certificate as people have it, and refuses what is none.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CertificateThumbprintArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (inputData.Unwrap() is not string text)
        {
            return inputData;
        }
        try
        {
            return CertificateFingerprint.Parse(text);
        }
        catch (ArgumentException e)
        {
            // Invoke-RestMethod has a parameter of this name for the certificate that the client shows.
            throw new ArgumentTransformationMetadataException(
                $"{e.Message} -CertificateThumbprint is about the server's certificate; to show a certificate of your own, use -Certificate (Get-Item Cert:\\CurrentUser\\My\\<thumbprint>).", e);
        }
    }
}
