using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Verifies the secret of a login against those of the account: passwords, app passwords, TOTP secrets.</summary>
internal static class SecretVerifier
{
    /// <summary>A TOTP code, where one is required, follows the last $ of the password; app passwords need none.</summary>
    public static SecretVerificationResult Verify(IReadOnlyList<string> secrets, string password, DateTimeOffset now)
    {
        string[] totps = secrets.Where(SecretKinds.IsTotp).ToArray();
        string code = "";
        bool hasCode = totps.Length > 0 && TrySplitTotpCode(ref password, out code);
        foreach (string secret in secrets.Where(secret => !SecretKinds.IsTotp(secret)))
        {
            switch (PasswordHashes.Matches(SecretKinds.SplitAppPassword(secret)?.Hash ?? secret, password))
            {
                // One unreadable secret refuses the login, whatever comes after it.
                case null:
                    return SecretVerificationResult.Unreadable;
                case true when totps.Length == 0 || SecretKinds.IsAppPassword(secret):
                    return SecretVerificationResult.Valid;
                case true when !hasCode:
                    return SecretVerificationResult.TotpMissing;
                case true:
                    return totps.Any(url => Totp.Parse(url)?.Accepts(code, now) == true) ? SecretVerificationResult.Valid : SecretVerificationResult.Invalid;
                default:
                    break;
            }
        }

        return SecretVerificationResult.Invalid;
    }

    private static bool TrySplitTotpCode(ref string password, out string code)
    {
        int at = password.LastIndexOf('$');
        code = at < 0 ? "" : password[(at + 1)..];
        if (at < 1 || code.Length is < 6 or > 8 || !code.All(char.IsAsciiDigit))
        {
            return false;
        }

        password = password[..at];
        return true;
    }
}
