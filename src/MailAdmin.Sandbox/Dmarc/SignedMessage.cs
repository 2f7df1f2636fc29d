using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Security;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>A message whose signatures are to be verified.</summary>
internal sealed class SignedMessage
{
    private readonly MimeMessage _message;

    public SignedMessage(MimeMessage message) => _message = message;

    /// <summary>The domain of the author.</summary>
    public string AuthorDomain => _message.From.Mailboxes.FirstOrDefault()?.Domain?.ToLowerInvariant() ?? "";

    /// <summary>Reads a message; null where there is no header field.</summary>
    public static SignedMessage? Load(string text)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)));
            return message.Headers.Count > 0 ? new SignedMessage(message) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public IReadOnlyList<DkimResult> VerifyDkim(IDkimPublicKeyLocator keys) =>
        [.. _message.Headers.Where(header => header.Id == HeaderId.DkimSignature).Select(header => new DkimResult(GetTag(header.Value, "d"), Verify(header, keys)))];

    public AuthResult VerifyArc(IDkimPublicKeyLocator keys)
    {
        try
        {
            return new ArcVerifier(keys).Verify(_message).Chain switch
            {
                ArcSignatureValidationResult.None => AuthResult.None,
                ArcSignatureValidationResult.Pass => AuthResult.Pass,
                _ => new AuthResult("fail"),
            };
        }
        catch (Exception broken) when (broken is FormatException or KeyNotFoundException or GeneralSecurityException or ArgumentException)
        {
            return new AuthResult("permError", "The ARC chain cannot be verified");
        }
    }

    private AuthResult Verify(Header signature, IDkimPublicKeyLocator keys)
    {
        try
        {
            return new DkimVerifier(keys).Verify(_message, signature) ? AuthResult.Pass : new AuthResult("fail", "Signature does not match");
        }
        catch (KeyNotFoundException)
        {
            return new AuthResult("permError", "DNS record not found");
        }
        catch (Exception broken) when (broken is FormatException or GeneralSecurityException or ArgumentException)
        {
            return new AuthResult("permError", "The signature cannot be read");
        }
    }

    private static string GetTag(string signature, string name) => signature
        .Split(';', StringSplitOptions.TrimEntries)
        .Select(tag => tag.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(tag => tag.Length == 2 && tag[0] == name)?[1].ToLowerInvariant() ?? "";
}
