using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Verifies certificates as the system does, and says what is wrong with one.</summary>
/// <param name="skip">Accept every certificate.</param>
internal sealed class CertificateValidator(bool skip)
{
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        bool accepted = skip || errors == SslPolicyErrors.None;
        return accepted ? accepted : throw new CertificateRefusedException(Describe(certificate, chain, errors));
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var problems = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            problems.Add("the server sent none");
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            problems.Add($"it is for another name ({certificate?.Subject})");
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            problems.AddRange(chain?.ChainStatus.Select(status => status.Status.ToString()).Distinct() ?? ["its chain cannot be verified"]);
        }
        return string.Join(", ", problems);
    }
}
