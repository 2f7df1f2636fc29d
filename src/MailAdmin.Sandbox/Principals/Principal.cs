namespace MailAdmin.Sandbox.Principals;

/// <summary>
/// A record of the directory. It is never changed once it is in the store: a change replaces the record, so that a reader keeps what
/// it read and a batch that fails leaves nothing behind. A null list is absent on the wire, an empty one is <c>[]</c>.
/// </summary>
internal sealed class Principal
{
    public uint Id { get; init; }

    public PrincipalType Type { get; init; }

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string? Picture { get; set; }

    public string? Locale { get; set; }

    public PrincipalValue? Quota { get; set; }

    /// <summary>Bytes of stored mail.</summary>
    public ulong UsedQuota { get; set; }

    public int StoredMessages { get; set; }

    public string[]? Secrets { get; set; }

    public string[]? Emails { get; set; }

    public string[]? Urls { get; set; }

    public string[]? ExternalMembers { get; set; }

    public int[]? EnabledPermissions { get; set; }

    public int[]? DisabledPermissions { get; set; }

    public uint? Tenant { get; set; }

    /// <summary>The ids of groups, lists and roles, ascending: one table for all three.</summary>
    public uint[] Memberships { get; set; } = [];

    /// <summary>Increases with every change that affects permissions or sign-in.</summary>
    public int Revision { get; set; }

    public Principal Copy() => (Principal)MemberwiseClone();

    public bool IsVisibleTo(uint? tenant) => tenant is null || Tenant == tenant;

    /// <summary>Whether a lower-case word occurs in any stored string; groups and roles are stored as ids.</summary>
    public bool ContainsText(string word) =>
        Contains(Name, word)
        || Contains(Description, word)
        || Contains(Picture, word)
        || (Quota is PrincipalValue.Text quota && Contains(quota.Value, word))
        || Contains(Emails, word)
        || Contains(Secrets, word)
        || Contains(Urls, word)
        || Contains(ExternalMembers, word);

    /// <summary>Whether a lower-case word is one of the words of name, description or addresses.</summary>
    public bool ContainsWord(string word) =>
        ContainsWord(Name, word) || ContainsWord(Description, word) || (Emails ?? []).Any(address => ContainsWord(address, word));

    private static bool ContainsWord(string? text, string word)
    {
        for (int at = 0; text is not null && (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string? text, string word) => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string[]? texts, string word)
    {
        foreach (string text in texts ?? [])
        {
            if (Contains(text, word))
            {
                return true;
            }
        }

        return false;
    }
}
