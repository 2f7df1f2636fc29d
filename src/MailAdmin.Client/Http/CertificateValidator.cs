using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Verifies certificates as the system does, and says what is wrong with one.</summary>
/// <param name="skip">The user knows the host: every certificate will do.</param>
internal sealed class CertificateValidator(bool skip)
{
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        bool accepted = skip || errors == SslPolicyErrors.None;
        return accepted ? accepted : throw new CertificateRefusedException(Describe(certificate, chain, errors));
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var faults = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            faults.Add("it sends none");
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            faults.Add($"it is for another name ({certificate?.Subject})");
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            faults.AddRange(chain?.ChainStatus.Select(status => status.Status.ToString()).Distinct() ?? ["its chain does not verify"]);
        }
        return string.Join(", ", faults);
    }
}
