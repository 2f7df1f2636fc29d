namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// How an API key of a server from 0.16 on is named: by the address of the account that it belongs to and what it is for, such as
/// <c>jane@example.org/Backup</c>. The server calls the latter a description. No domain has a slash.
/// </summary>
internal static class JmapKeyName
{
    private const char Separator = '/';
    private const char IdMark = '#';

    /// <summary>Whether a name is one of a key.</summary>
    public static bool IsOfKey(string name) => FindSeparator(name) > 0;

    /// <summary>The name of a key.</summary>
    public static string Combine(string owner, string description) => owner + Separator + description;

    /// <summary>What tells keys of one account apart that have the same description. The id alone would not do: the server gives that of a key that was removed to the next.</summary>
    public static string AddId(string description, string id) => description + IdMark + id;

    /// <summary>The address of the account, in lower case, and the description.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> where it is no name of a key.</exception>
    public static (string Owner, string Description) Split(string name)
    {
        int separator = FindSeparator(name);
        string description = separator < 0 ? "" : name[(separator + 1)..].Trim();
        return description.Length > 0
            ? (name[..separator].ToLowerInvariant(), description)
            : throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Name,
                $"'{name}' cannot be the name of an API key: from 0.16 on a key belongs to an account. Name it by the address of the account and what the key is for, such as {GetExample(name)}.");
    }

    private static string GetExample(string name)
    {
        int separator = name.IndexOf(Separator, StringComparison.Ordinal);
        return name.Contains('@', StringComparison.Ordinal) ? $"{name.TrimEnd(Separator)}/backup"
            : separator > 0 ? $"{name[..separator]}@example.org{name[separator..]}"
            : $"jane@example.org/{name.TrimStart(Separator)}";
    }

    // What stands before the @ may have a slash, too.
    private static int FindSeparator(string name)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal);
        int separator = at > 0 ? name.IndexOf(Separator, at) : -1;
        return separator > at + 1 ? separator : -1;
    }
}
