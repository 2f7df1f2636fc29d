namespace MailAdmin.Client;

/// <summary>The code of an authenticator app.</summary>
public static class TotpCode
{
    /// <summary>The digits alone: apps show them in two groups, and people copy the space between.</summary>
    public static string Normalize(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
    }
}
