using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Verifies certificates as the system does, or accepts exactly one; says what is wrong with any other.</summary>
/// <param name="skip">Accept every certificate.</param>
/// <param name="pinned">The SHA-256 fingerprint of the only certificate to accept, whatever its name, issuer and dates; null = as the system does.</param>
internal sealed class CertificateValidator(bool skip, string? pinned)
{
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (skip)
        {
            return true;
        }
        string? fingerprint = certificate is null ? null : CertificateFingerprint.Get(certificate);
        if (pinned is null)
        {
            return errors == SslPolicyErrors.None ? true : throw new CertificateRefusedException(Describe(certificate, chain, errors), fingerprint);
        }
        // A valid certificate is not enough: who pins one expects this one.
        return fingerprint == pinned ? true : throw new CertificateRefusedException(fingerprint is null ? "the server sent none" : "it is not the pinned one", fingerprint, pinned);
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
