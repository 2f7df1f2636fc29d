namespace MailAdmin.Sandbox.SignIn;

/// <summary>What of an answer may be kept.</summary>
internal static class Caching
{
    private static readonly KeyValuePair<string, string>[] s_never = [KeyValuePair.Create("Cache-Control", "no-store, no-cache, must-revalidate")];

    /// <summary>The answer is for this request only.</summary>
    public static SandboxResponse Forbid(SandboxResponse response) => response.WithHeaders(s_never);
}
