namespace MailAdmin.Sandbox.SignIn;

/// <summary>The page on which people sign in with a browser, or approve a device: it posts login and password, and sends the browser back with the code.</summary>
internal static class LoginPage
{
    private static readonly byte[] s_page = Load();

    public static SandboxResponse Show() => new(200, "text/html; charset=utf-8", s_page);

    private static byte[] Load()
    {
        using Stream data = typeof(LoginPage).Assembly.GetManifestResourceStream("MailAdmin.Sandbox.SignIn.login.html")!;
        byte[] page = new byte[data.Length];
        data.ReadExactly(page);
        return page;
    }
}
