using System.Collections.Frozen;

namespace MailAdmin.Client.Provisioning;

/// <summary>Which header is which field: ours, and those of the systems that files are exported from.</summary>
internal static class KnownHeaders
{
    /// <summary>A Windows login that looks like an address and often is one: used where there is no column of addresses.</summary>
    public const string LoginAddress = "userprincipalname";

    /// <summary>Our own headers as they are documented, singular.</summary>
    public static IReadOnlyList<string> Accepted { get; } =
    [
        "Name", "Type", "Description", "GivenName", "Surname", "Password", "PasswordHash", "Email", "PrimaryEmail",
        "MemberOf", "List", "Role", "Quota", "Enabled", "Member", "ExternalMember", "Url", "Tenant", "Picture", "Locale",
        "EnabledPermission", "DisabledPermission",
    ];

    /// <summary>What a listing has and nobody can change.</summary>
    private static readonly FrozenSet<string> s_readOnly = FrozenSet.Create(StringComparer.Ordinal,
        "id", "usedquota", "membercount", "passwordscheme", "passwordcount", "otpenabled", "apppassword", "principallimit", "additionaldata");

    private static readonly FrozenDictionary<string, ImportField> s_own = CreateOwnHeaders().ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (ImportField Field, string[] Headers)[] s_activeDirectory =
    [
        (ImportField.Name, ["samaccountname"]),
        (ImportField.Type, ["objectclass"]),
        (ImportField.GivenName, ["givenname"]),
        (ImportField.Surname, ["surname", "sn"]),
        // The directory's Description is a comment and its Name is the full name, not the login.
        (ImportField.Description, ["displayname", "name", "cn", "description"]),
        (ImportField.Email, ["proxyaddresses"]),
        (ImportField.PrimaryEmail, ["mail", "emailaddress"]),
        (ImportField.MemberOf, ["memberof"]),
        (ImportField.Member, ["members", "member"]),
        (ImportField.Enabled, ["enabled"]),
        (ImportField.PrimaryEmail, [LoginAddress]),
    ];

    private static readonly (ImportField Field, string[] Headers)[] s_exchange =
    [
        (ImportField.Name, ["alias", "samaccountname", "mailnickname"]),
        (ImportField.Type, ["recipienttypedetails", "recipienttype"]),
        (ImportField.GivenName, ["firstname"]),
        (ImportField.Surname, ["lastname"]),
        (ImportField.Description, ["displayname", "name"]),
        (ImportField.Email, ["emailaddresses", "proxyaddresses"]),
        (ImportField.PrimaryEmail, ["primarysmtpaddress", "windowsemailaddress"]),
        (ImportField.Quota, ["prohibitsendreceivequota", "prohibitsendquota"]),
        (ImportField.AccountDisabled, ["accountdisabled"]),
        (ImportField.Member, ["members"]),
        (ImportField.PrimaryEmail, [LoginAddress]),
    ];

    private static readonly (ImportField Field, string[] Headers)[] s_google =
    [
        (ImportField.GivenName, ["firstname"]),
        (ImportField.Surname, ["lastname"]),
        (ImportField.PrimaryEmail, ["emailaddress", "primaryemail"]),
        (ImportField.Email, ["emailaliases", "aliases"]),
        (ImportField.Password, ["password"]),
        (ImportField.PasswordHashFunction, ["passwordhashfunction"]),
        (ImportField.Enabled, ["status"]),
    ];

    /// <summary>Lower-case letters and digits only, and without what Google puts in brackets: <c>First Name [Required]</c> is <c>firstname</c>.</summary>
    public static string Normalize(string header)
    {
        int bracket = header.IndexOf('[', StringComparison.Ordinal);
        ReadOnlySpan<char> text = bracket > 0 ? header.AsSpan(0, bracket) : header;
        Span<char> letters = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        int length = 0;
        foreach (char character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                letters[length++] = char.ToLowerInvariant(character);
            }
        }

        return letters[..length].ToString();
    }

    /// <summary>Which system exported these headers.</summary>
    public static ColumnSource DetectSource(IReadOnlyList<string> headers)
    {
        if (headers.Any(header => header.EndsWith("[Required]", StringComparison.OrdinalIgnoreCase)
            || header.EndsWith("[READ ONLY]", StringComparison.OrdinalIgnoreCase)))
        {
            return ColumnSource.GoogleWorkspace;
        }

        HashSet<string> names = [.. headers.Select(Normalize)];
        if (names.Overlaps(["primarysmtpaddress", "recipienttypedetails", "prohibitsendreceivequota"]))
        {
            return ColumnSource.Exchange;
        }

        return names.Overlaps(["samaccountname", "userprincipalname", "proxyaddresses", "distinguishedname"])
            ? ColumnSource.ActiveDirectory
            : ColumnSource.MailAdmin;
    }

    /// <summary>A foreign system's headers for each field, the best first; none for our own files.</summary>
    public static IReadOnlyList<(ImportField Field, string[] Headers)> GetExportHeaders(ColumnSource source) => source switch
    {
        ColumnSource.ActiveDirectory => s_activeDirectory,
        ColumnSource.Exchange => s_exchange,
        ColumnSource.GoogleWorkspace => s_google,
        _ => [],
    };

    /// <summary>The field of one of our own headers.</summary>
    public static bool TryGetField(string header, out ImportField field) => s_own.TryGetValue(Normalize(header), out field);

    /// <summary>Whether a header is in a listing but cannot be changed.</summary>
    public static bool IsReadOnly(string header) => s_readOnly.Contains(Normalize(header));

    private static Dictionary<string, ImportField> CreateOwnHeaders()
    {
        var own = new Dictionary<string, ImportField>(StringComparer.Ordinal);
        foreach (string header in Accepted)
        {
            own[Normalize(header)] = Enum.Parse<ImportField>(header);
        }

        foreach (string header in (string[])["Email", "List", "Role", "Member", "ExternalMember", "Url", "EnabledPermission", "DisabledPermission"])
        {
            own[Normalize(header) + "s"] = Enum.Parse<ImportField>(header);
        }

        own["group"] = own["groups"] = ImportField.MemberOf;
        own["emailaddress"] = own["emailaddresses"] = own["mail"] = ImportField.Email;
        own["displayname"] = own["fullname"] = ImportField.Description;
        own["firstname"] = ImportField.GivenName;
        own["lastname"] = ImportField.Surname;
        return own;
    }
}
