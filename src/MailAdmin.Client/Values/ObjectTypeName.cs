namespace MailAdmin.Client.Values;

/// <summary>The name of a type of objects as methods of a server from 0.16 on have it (<c>x:Account</c>), and as people do (<c>Account</c>).</summary>
internal static class ObjectTypeName
{
    // The types of the management have it; others are those of mail, contacts and calendars.
    private const string Prefix = "x:";

    /// <summary>Whether it is one, or begins with one as a method does.</summary>
    public static bool IsOne(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The name as people have it; the same where it is so already.</summary>
    public static string Trim(string name) => IsOne(name) ? name[Prefix.Length..] : name;

    /// <summary>The name as methods have it.</summary>
    public static string ToWire(string name) => Prefix + name;
}
