namespace MailAdmin.Sandbox.Values;

/// <summary>The parts of a mail address.</summary>
internal static class MailAddress
{
    /// <summary>The domain in lower case; the whole text where there is no @.</summary>
    public static string GetDomain(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    /// <summary>The domain in lower case; empty where there is no @.</summary>
    public static string GetDomainOrEmpty(string address) => address.Contains('@', StringComparison.Ordinal) ? GetDomain(address) : "";
}
