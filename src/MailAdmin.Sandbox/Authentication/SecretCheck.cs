namespace MailAdmin.Sandbox.Authentication;

/// <summary>Holds a login's secret against the list an account keeps: passwords, app passwords, TOTP secrets.</summary>
internal static class SecretCheck
{
    /// <summary>A code, where one is needed, stands behind the last $ of the secret; app passwords need none.</summary>
    public static SecretVerdict Check(IReadOnlyList<string> secrets, string given, DateTimeOffset now)
    {
        var totps = secrets.Where(SecretKinds.IsTotp).ToArray();
        var code = "";
        var hasCode = totps.Length > 0 && TrySplit(ref given, out code);
        var isVerified = hasCode && totps.Any(url => Totp.Parse(url)?.Accepts(code, now) == true);
        foreach (var secret in secrets.Where(secret => !SecretKinds.IsTotp(secret)))
        {
            if (SecretKinds.IsAppPassword(secret))
            {
                var parts = secret[SecretKinds.AppPrefix.Length..].Split('$', 2);
                if (parts.Length == 2 && PasswordHashes.Matches(parts[1], given))
                    return SecretVerdict.Right;
            }
            else if (PasswordHashes.Matches(secret, given))
            {
                if (totps.Length == 0 || isVerified)
                    return SecretVerdict.Right;
                return hasCode ? SecretVerdict.Wrong : SecretVerdict.TotpMissing;
            }
        }

        return SecretVerdict.Wrong;
    }

    private static bool TrySplit(ref string given, out string code)
    {
        var at = given.LastIndexOf('$');
        code = at < 0 ? "" : given[(at + 1)..];
        if (at < 1 || code.Length is < 6 or > 8 || !code.All(char.IsAsciiDigit))
            return false;
        given = given[..at];
        return true;
    }
}
