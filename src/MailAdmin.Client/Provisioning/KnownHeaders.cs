using System.Collections.Frozen;

namespace MailAdmin.Client.Provisioning;

/// <summary>Which header is which field: ours, and those of the systems that files are exported from.</summary>
/// <remarks>Whether an account may sign in has a list of its own, <see cref="SignInHeaders"/>, which holds for every source.</remarks>
internal static class KnownHeaders
{
    /// <summary>A Windows login that looks like an address and often is one: used where there is no column of addresses.</summary>
    public const string LoginAddress = "userprincipalname";

    /// <summary>Our own headers as they are documented, singular.</summary>
    public static IReadOnlyList<string> Accepted { get; } =
    [
        "Name", "Type", "Description", "GivenName", "Surname", "Password", "PasswordHash", "Email", "PrimaryEmail",
        "MemberOf", "List", "Role", "Quota", "Enabled", "Member", "ExternalMember", "Url", "Tenant", "Picture", "Locale",
        "EnabledPermission", "DisabledPermission", "CatchAll", "Disabled",
    ];

    /// <summary>What a listing has and other cmdlets change: an import does not.</summary>
    private static readonly string[] s_notImported = ["disabledemail", "expires", "allowedip"];

    /// <summary>What a listing has and nobody can change.</summary>
    private static readonly FrozenSet<string> s_readOnly = FrozenSet.Create(StringComparer.Ordinal,
        "id", "created", "usedbytes", "usedquota", "membercount", "passwordscheme", "passwordcount", "otpenabled", "apppassword", "server", "principallimit", "additionaldata",
        // What PowerShell adds to objects of a job or of another computer.
        "pscomputername", "runspaceid", "psshowcomputername", "pssourcejobinstanceid");

    private static readonly string[] s_groupHeaders =
    [
        "group", "groupemail", "groupname", "list", "listname", "listaddress", "mailinglist", "distributiongroup", "distributionlist", "gruppe", "verteiler", "groupe", "liste",
        "grupo", "lista", "gruppo", "groep", "grupa", "skupina",
    ];

    private static readonly string[] s_memberHeaders =
    [
        "member", "memberemail", "membername", "memberaddress", "memberprimarysmtpaddress", "membersamaccountname", "subscriber", "subscriberemail", "email", "mitglied", "membre",
        "miembro", "membro", "lid", "członek", "člen",
    ];

    // What these hold is clear, and not where it belongs: beside a column of addresses there is a second one, and storage may be what is used.
    private static readonly FrozenDictionary<string, ImportField> s_meanings = new[]
    {
        (ImportField.Email, (string[])["alias", "aliases", "emailalias", "emailaliases", "mailalias", "mailaliases", "aliasaddress", "aliasaddresses", "otheraddress", "otheraddresses", "otheremail", "otheremails", "othermails",
            "secondaryemail", "secondaryemails", "secondaryaddress", "secondaryaddresses", "alternateemail", "alternateemails", "alternativeemail", "alternateaddress", "alternateaddresses", "additionalemail", "additionalemails",
            "additionaladdress", "additionaladdresses", "furtheraddresses", "weitereadressen", "weitereemails", "aliasse", "aliasadressen", "autresadresses"]),
        (ImportField.Quota, ["speicherplatz", "speicher", "kontingent", "storage", "mailboxsize", "maxsize", "postfachgröße", "cuota", "espacedisque", "opslag"]),
        (ImportField.Role, ["rolle", "rollen", "rôle", "rôles", "rol", "ruolo"]),
    }.SelectMany(pair => pair.Item2.Select(header => KeyValuePair.Create(header, pair.Item1))).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] s_needed =
    [
        "mail", "alias", "quota", "kontingent", "speicher", "storage", "maxsize", "group", "grupp", "groupe", "grupo", "verteiler", "passw", "kennwort", "motdepasse", "contraseña", "senha",
        "wachtwoord", "hasło", "heslo", "пароль", "hash", "role", "rolle", "member", "mitglied", "permission", "forward", "domain",
    ];

    private static readonly FrozenDictionary<string, ImportField> s_own = CreateOwnHeaders().ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (ImportField Field, string[] Headers)[] s_activeDirectory =
    [
        (ImportField.Name, ["samaccountname"]),
        (ImportField.Type, ["objectclass", "usertype"]),
        (ImportField.GivenName, ["givenname"]),
        (ImportField.Surname, ["surname", "sn"]),
        // The directory's Description is a comment and its Name is the full name, not the login.
        (ImportField.Description, ["displayname", "name", "cn", "description"]),
        (ImportField.Email, ["proxyaddresses"]),
        (ImportField.PrimaryEmail, ["mail", "emailaddress"]),
        (ImportField.MemberOf, ["memberof"]),
        (ImportField.Member, ["members", "member"]),
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
        (ImportField.NewPrimaryEmail, ["newprimaryemail"]),
    ];

    private static readonly (ImportField Field, string[] Headers)[] s_gam =
    [
        (ImportField.GivenName, ["namegivenname"]),
        (ImportField.Surname, ["namefamilyname"]),
        (ImportField.Description, ["namefullname", "namedisplayname"]),
        (ImportField.PrimaryEmail, ["primaryemail"]),
        (ImportField.Email, ["aliases"]),
    ];

    // What is in "name" is shown to people; members write to the address.
    private static readonly (ImportField Field, string[] Headers)[] s_gamGroups =
    [
        (ImportField.Description, ["name", "description"]),
        (ImportField.PrimaryEmail, ["email"]),
        (ImportField.Email, ["aliases"]),
    ];

    private static readonly (ImportField Field, string[] Headers)[] s_ldap =
    [
        (ImportField.Name, ["uid"]),
        (ImportField.GivenName, ["givenname"]),
        (ImportField.Surname, ["sn", "surname"]),
        (ImportField.Description, ["displayname", "cn", "gecos", "description"]),
        (ImportField.Email, ["mail"]),
        (ImportField.Password, ["userpassword"]),
    ];

    // The full name is in "name"; the login is the whole address, as people of these systems are used to.
    private static readonly (ImportField Field, string[] Headers)[] s_postfixAdmin =
    [
        (ImportField.PrimaryEmail, ["username"]),
        (ImportField.Description, ["name", "description"]),
        (ImportField.GivenName, ["firstname"]),
        (ImportField.Surname, ["lastname"]),
        (ImportField.Password, ["password"]),
        (ImportField.Quota, ["quota"]),
        (ImportField.Type, ["kind"]),
        (ImportField.Enabled, ["active"]),
    ];

    private static readonly (ImportField Field, string[] Headers)[] s_groupMembers =
    [
        (ImportField.Name, s_groupHeaders),
        (ImportField.Member, s_memberHeaders),
        (ImportField.MembershipType, ["type"]),
        (ImportField.MembershipStatus, ["status"]),
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

        if (names.Overlaps(["samaccountname", "userprincipalname", "proxyaddresses", "distinguishedname"]))
        {
            return ColumnSource.ActiveDirectory;
        }

        if (names.Contains("primaryemail") && names.Overlaps(["orgunitpath", "namegivenname", "namefullname", "suspended"]))
        {
            return ColumnSource.GamUsers;
        }

        if (names.Contains("email") && names.Contains("directmemberscount"))
        {
            return ColumnSource.GamGroups;
        }

        if (names.Contains("uid") && names.Overlaps(["cn", "dn", "uidnumber"]) && !names.Contains("name"))
        {
            return ColumnSource.Ldap;
        }

        if (names.Contains("username") && names.Overlaps(["maildir", "localpart", "storagebasedirectory"]))
        {
            return ColumnSource.PostfixAdmin;
        }

        return HasMemberRows(names) ? ColumnSource.GroupMembers : ColumnSource.MailAdmin;
    }

    /// <summary>Whether each row is one member of a group: a group and a member, and nobody's name. "Email" alone may also be the account's own.</summary>
    private static bool HasMemberRows(HashSet<string> names) =>
        !names.Contains("name") && names.Overlaps(s_groupHeaders)
        && (names.Overlaps(s_memberHeaders.Where(header => header != "email"))
            || (names.Contains("email") && names.Contains("role") && names.Overlaps(["type", "status"])));

    /// <summary>Whether the headers are a table of forwardings, such as the aliases of PostfixAdmin: no row of it is an account.</summary>
    public static bool AreForwardings(IReadOnlyList<string> headers)
    {
        HashSet<string> names = [.. headers.Select(Normalize)];
        return names.Contains("address") && (names.Overlaps(["goto", "forwarding"]) || (names.Contains("destination") && !names.Contains("name")));
    }

    /// <summary>Headers of other programs that mean a login and nothing else.</summary>
    public static bool IsLogin(string header) => Normalize(header)
        is "username" or "login" or "loginname" or "benutzername" or "anmeldename" or "identifiant" or "nomeutente" or "nomeusuario" or "nombredeusuario" or "gebruikersnaam"
        or "nazwaużytkownika" or "användarnamn" or "brugernavn" or "brukernavn" or "käyttäjätunnus" or "kullanıcıadı" or "логин";

    /// <summary>The same, and those that may be a number, a full name or an address as well. Beside each of them a column "name" is hardly the login.</summary>
    public static bool IsForeignLogin(string header) => IsLogin(header) || Normalize(header)
        is "userid" or "uid" or "user" or "account" or "accountname" or "mailbox" or "mailboxname" or "localpart"
        or "benutzer" or "kennung" or "utilisateur" or "usuario" or "utente" or "utilizador"
        or "gebruiker" or "użytkownik" or "uživatel" or "пользователь";

    /// <summary>Whether a header is one of several that hold an address each: <c>aliases.0</c>, <c>aliases.1</c> of gam.</summary>
    public static bool IsNumberedAlias(string header)
    {
        string name = Normalize(header);
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem.Length < name.Length && stem is "aliases" or "noneditablealiases";
    }

    /// <summary>A foreign system's headers for each field, the best first; none for our own files.</summary>
    public static IReadOnlyList<(ImportField Field, string[] Headers)> GetExportHeaders(ColumnSource source) => source switch
    {
        ColumnSource.ActiveDirectory => s_activeDirectory,
        ColumnSource.Exchange => s_exchange,
        ColumnSource.GoogleWorkspace => s_google,
        ColumnSource.GamUsers => s_gam,
        ColumnSource.GamGroups => s_gamGroups,
        ColumnSource.Ldap => s_ldap,
        ColumnSource.PostfixAdmin => s_postfixAdmin,
        ColumnSource.GroupMembers => s_groupMembers,
        _ => [],
    };

    /// <summary>The field of one of our own headers, or of a column that says whether an account may sign in.</summary>
    public static bool TryGetField(string header, out ImportField field)
    {
        string name = Normalize(header);
        return s_own.TryGetValue(name, out field) || SignInHeaders.TryGetField(header, out field);
    }

    /// <summary>The field that an unknown header means, though it is not read by itself; null where that is not known.</summary>
    public static ImportField? FindMeaning(string header) => s_meanings.TryGetValue(Normalize(header), out ImportField field) ? field : null;

    /// <summary>Whether an unknown header sounds like addresses, quotas, memberships, rights or passwords.</summary>
    public static bool SoundsNeeded(string header)
    {
        string name = Normalize(header);
        return Array.Exists(s_needed, word => name.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Whether a header is in a listing, and what it says is changed by other cmdlets than an import.</summary>
    public static bool IsNotImported(string header) => s_notImported.Contains(Normalize(header));

    /// <summary>Whether a header is in a listing but cannot be changed.</summary>
    public static bool IsReadOnly(string header) => s_readOnly.Contains(Normalize(header)) || IsNotImported(header);

    private static Dictionary<string, ImportField> CreateOwnHeaders()
    {
        var own = new Dictionary<string, ImportField>(StringComparer.Ordinal);
        foreach (string header in Accepted.Where(header => header != "Disabled"))
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
        foreach (string header in (string[])["firstname", "vorname", "prénom", "prenom", "voornaam", "imię", "křestníjméno", "förnamn", "fornavn", "etunimi", "keresztnév", "prenume", "имя", "ім'я"])
        {
            own[header] = ImportField.GivenName;
        }

        foreach (string header in (string[])["lastname", "nachname", "familienname", "nomdefamille", "apellido", "apellidos", "cognome", "apelido", "sobrenome", "achternaam", "nazwisko", "příjmení", "efternamn", "efternavn", "etternavn", "sukunimi", "vezetéknév", "soyadı", "фамилия", "прізвище"])
        {
            own[header] = ImportField.Surname;
        }

        foreach (string header in (string[])["passwort", "kennwort", "motdepasse", "contraseña", "senha", "wachtwoord", "hasło", "heslo", "lösenord", "adgangskode", "passord", "salasana", "jelszó", "parolă", "şifre", "пароль", "密码", "密碼", "パスワード"])
        {
            own[header] = ImportField.Password;
        }

        foreach (string header in (string[])["anzeigename", "nomcomplet", "nomaffiché", "nombrecompleto", "nomecompleto", "weergavenaam", "visningsnamn"])
        {
            own[header] = ImportField.Description;
        }

        foreach (string header in (string[])["gruppen", "groupes", "grupos", "gruppi", "groepen"])
        {
            own[header] = ImportField.MemberOf;
        }

        own["groupcategory"] = own["grouptype"] = own["grouptypes"] = ImportField.GroupKind;
        own["securityenabled"] = ImportField.SecurityEnabled;
        own["unknownparts"] = ImportField.UnknownParts;
        own["catchalls"] = ImportField.CatchAll;
        return own;
    }
}
