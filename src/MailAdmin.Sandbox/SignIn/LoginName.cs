namespace MailAdmin.Sandbox.SignIn;

/// <summary>A name that somebody signs in by, in lower case, without a domain where none was given.</summary>
internal sealed record LoginName(string Local, string? Domain)
{
    public static LoginName Parse(string text)
    {
        string name = text.Trim().ToLowerInvariant();
        int at = name.LastIndexOf('@');
        return at < 0 ? new LoginName(name, null) : new LoginName(name[..at], name[(at + 1)..]);
    }

    /// <summary>The account, and who signs in for it: <c>account%master</c>. Null where it is the account itself.</summary>
    public static (LoginName Account, LoginName? Master) ParsePair(string text)
    {
        string[] parts = text.Split('%');
        LoginName account = Parse(parts[0]);
        LoginName? master = parts.Length > 1 ? Parse(parts[^1]) : null;
        return (account, master == account ? null : master);
    }

    public LoginName WithDomain(string defaultDomain) => Domain is null ? this with { Domain = defaultDomain } : this;

    public override string ToString() => Domain is null ? Local : $"{Local}@{Domain}";
}
