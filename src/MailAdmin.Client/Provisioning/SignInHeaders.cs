using System.Collections.Frozen;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Which headers speak of the sign-in. A header all of whose words do is read, whatever the order and the language. One with a word such as "locked" among
/// others is a doubt: only where no cell says so, it is of no account. One that could hold a remark on the account is looked at where nothing else says whether
/// it may sign in. Every other column is not used.
/// </summary>
internal static class SignInHeaders
{
    // Written as one word, and known by name only.
    private static readonly FrozenDictionary<string, ImportField> s_names = new Dictionary<string, ImportField>(StringComparer.Ordinal)
    {
        ["useraccountcontrol"] = ImportField.AccountControl,
        ["exchangeuseraccountcontrol"] = ImportField.AccountControl,
        ["sambaacctflags"] = ImportField.AccountControl,
        ["nsaccountlock"] = ImportField.AccountDisabled,
        ["isinactivemailbox"] = ImportField.AccountDisabled,
        ["inetuserstatus"] = ImportField.Enabled,
        ["mailuserstatus"] = ImportField.Enabled,
        ["krbprincipalexpiration"] = ImportField.AccountExpires,
        ["kerberosprincipalexpiration"] = ImportField.AccountExpires,
        ["shadowexpire"] = ImportField.AccountExpires,
        ["sambakickofftime"] = ImportField.AccountExpires,
        ["pwdendtime"] = ImportField.AccountExpires,
        ["pwdaccountlockedtime"] = ImportField.MaybeDisabled,
        // After wrong passwords, for some minutes: nothing to keep.
        ["lockedout"] = ImportField.MaybeDisabled,
        ["islockedout"] = ImportField.MaybeDisabled,
        ["accountlockedout"] = ImportField.MaybeDisabled,
        ["accountislockedout"] = ImportField.MaybeDisabled,
        ["isaccountlockedout"] = ImportField.MaybeDisabled,
        ["archive"] = ImportField.MaybeDisabled,
        ["preserved"] = ImportField.MaybeDisabled,
        ["hold"] = ImportField.MaybeDisabled,
        ["onhold"] = ImportField.MaybeDisabled,
        ["accounthold"] = ImportField.MaybeDisabled,
        ["hasmailbox"] = ImportField.MaybeEnabled,
        ["mailenabled"] = ImportField.MaybeEnabled,
        ["smtpenabled"] = ImportField.MaybeEnabled,
        ["licensestatus"] = ImportField.MaybeEnabled,
        ["licencestatus"] = ImportField.MaybeEnabled,
        ["former"] = ImportField.MaybeDisabled,
        ["exemployee"] = ImportField.MaybeDisabled,
        ["formeremployee"] = ImportField.MaybeDisabled,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Beginnings of words within a longer header, from which it may follow that the column locks people out.
    private static readonly string[] s_doubtfulStems =
    [
        "suspen", "terminat", "deprovision", "offboard", "deactivat", "lockout", "revoke", "resign", "dismiss", "sperr", "gesperr", "deaktiv", "inaktiv", "austritt", "ausgeschied", "kundigung",
        "desactiv", "bloqu", "disattiv", "disabilit", "sospen", "bloccat", "desativ", "geblokkeer", "uitgeschakel", "zablok", "blokad", "zawiesz", "wylacz", "zwolnien", "blokov", "uzamc", "sparr",
        "letilt", "zarol", "felfugg", "dezactiv", "engellen", "blocag", "verrou", "congel", "zamroz", "dondur", "eingefror", "bevror", "fryst", "avstang", "utesteng", "заморо", "заблок", "блокир", "отключ", "приостан", "увольн", "блокув", "вимкн", "призупин", "звільн",
    ];

    private static readonly string[] s_doubtfulSigns = ["無効", "停用", "禁用", "凍結", "冻结", "锁定", "鎖定", "封禁", "封号", "封號", "暂停", "暫停", "ロック"];

    // What people write about an account, beside the words for the account and its state.
    private static readonly FrozenSet<string> s_remarks = FrozenSet.Create(StringComparer.Ordinal,
        "attribute", "attributes", "extensionattribute", "customattribute", "remark", "remarks", "note", "notes", "comment", "comments", "info", "flag", "flags", "condition", "bemerkung", "bemerkungen", "kommentar", "anmerkung", "anmerkungen", "hinweis", "notiz",
        "notizen", "zustand", "remarque", "remarques", "commentaire", "commentaires", "observaciones", "comentario", "comentarios", "observacoes", "nota", "notas", "opmerking",
        "opmerkingen", "uwagi", "komentarz", "poznamka", "poznamky", "komentar", "anteckning", "bemærkning", "huomautus", "megjegyzes", "observatii", "aciklama", "not",
        "примечание", "примечания", "комментарии", "коментар", "примітка", "备注", "備考");

    // Where directories keep an account: people who left are moved to another unit.
    private static readonly FrozenSet<string> s_places = FrozenSet.Create(StringComparer.Ordinal,
        "ou", "orgunit", "orgunitpath", "organizationalunit", "organisationalunit", "organizationalunitpath", "organisationseinheit", "organizationalunitname", "distinguishedname", "dn", "canonicalname", "container", "parentcontainer", "adspath");

    private static readonly char[] s_placeSigns = [.. ",/\\=;>"];

    // extensionAttribute1 to 15.
    private static readonly char[] s_digits = [.. "0123456789"];

    // What can be locked or enabled and is not the account.
    private static readonly FrozenSet<string> s_otherThings = FrozenSet.Create(StringComparer.Ordinal,
        "password", "passwords", "passwort", "kennwort", "passwd", "sender", "senders", "recipient", "recipients", "spam", "antispam", "junk", "virus", "antivirus", "attachment", "attachments", "file",
        "files", "item", "items", "folder", "folders", "message", "messages", "feature", "pref", "vacation", "autoreply", "autoresponder", "reply", "forward", "forwarding", "forwards",
        "signature", "calendar", "contact", "contacts", "device", "devices", "license", "licence", "licenses", "vpn", "wifi", "wlan", "phone", "telephone", "fax", "archive", "hold", "retention",
        "quota", "list", "lists", "card", "badge", "door", "doors", "locker", "closet", "banner", "rule", "rules", "filter", "mfa", "2fa", "totp", "otp", "twofactor", "panel", "cp", "sync", "portal",
        "moderation", "attempts", "repair", "location", "locations", "database", "session", "sessions", "marital", "price", "order", "orders", "invoice", "civil", "tax", "family",
        "actie", "acties");

    private static readonly FrozenSet<string> s_passwords = FrozenSet.Create(StringComparer.Ordinal, "password", "passwort", "kennwort", "passwd");

    // Of passwd, and of systems for the staff: locked, disabled, inactive, suspended, terminated, blocked.
    private static readonly FrozenSet<string> s_lockCodes = FrozenSet.Create(StringComparer.Ordinal, "L", "LK", "D", "I", "S", "T", "B", "X");

    private static readonly FrozenSet<string> s_marks = FrozenSet.Create(StringComparer.Ordinal, "x", "X", "✓", "✔");

    /// <summary>The field of a header that speaks of the sign-in and of nothing else.</summary>
    /// <param name="header">The header as it is in the table.</param>
    /// <param name="field">What its cells say.</param>
    public static bool TryGetField(string header, out ImportField field)
    {
        IReadOnlyList<string> words = SignInWords.SplitHeader(header);
        ImportField? found = s_names.TryGetValue(string.Concat(words), out ImportField named) ? named : SignInWords.FindAll(words) is { } roles ? Decide(roles) : null;
        field = found ?? default;
        return found is not null;
    }

    private static ImportField? Decide(SignInRole roles)
    {
        bool isAccount = Has(SignInRole.Account);
        bool isService = !isAccount && Has(SignInRole.Service);
        bool isWork = !isAccount && Has(SignInRole.Work);
        bool isLocked = Has(SignInRole.Locked) || (isAccount && Has(SignInRole.Denies));
        return roles switch
        {
            _ when isWork && (Has(SignInRole.Expiry) || Has(SignInRole.End)) => ImportField.MaybeExpired,
            _ when Has(SignInRole.Expiry) => isService ? null : ImportField.AccountExpires,
            _ when Has(SignInRole.End) && (isAccount || Has(SignInRole.Active)) => ImportField.AccountExpires,
            _ when Has(SignInRole.End) && Has(SignInRole.Time) => ImportField.MaybeDisabled,
            _ when Has(SignInRole.Active) => Has(SignInRole.Time) || isService ? null : isWork ? ImportField.MaybeEnabled : ImportField.Enabled,
            _ when isLocked && (isService || isWork) => ImportField.MaybeDisabled,
            _ when isLocked => Has(SignInRole.Time) ? ImportField.AccountExpires : ImportField.AccountDisabled,
            _ when Has(SignInRole.Denies) && isService => ImportField.MaybeDisabled,
            _ when Has(SignInRole.Allows) => isAccount ? ImportField.Enabled : isService ? ImportField.MaybeEnabled : null,
            _ when Has(SignInRole.Time) || isService || isWork => null,
            _ when isAccount && Has(SignInRole.Service) && !Has(SignInRole.State) => ImportField.MaybeEnabled,
            _ when Has(SignInRole.State) || (isAccount && Has(SignInRole.StateOrPlace)) => ImportField.Enabled,
            _ => null,
        };

        bool Has(SignInRole role) => (roles & role) != 0;
    }

    /// <summary>Whether a header that nothing else knows may say that an account is locked.</summary>
    /// <param name="header">The header as it is in the table.</param>
    public static bool IsDoubtful(string header)
    {
        IReadOnlyList<string> words = SignInWords.SplitHeader(header);
        return !words.Any(s_otherThings.Contains) && words.Any(word => SignInWords.Find(word) is { } role && (role & SignInRole.Locked) != 0
            || Array.Exists(s_doubtfulStems, stem => word.StartsWith(stem, StringComparison.Ordinal)) || Array.Exists(s_doubtfulSigns, sign => word.Contains(sign, StringComparison.Ordinal)));
    }

    /// <summary>Whether a cell of a header that nothing else knows may take the sign-in away: "suspended" in "Remarks", "L" in "EmployeeStatus", "no" in "Access".</summary>
    /// <param name="header">The header as it is in the table.</param>
    /// <param name="cell">The cell, which is not empty.</param>
    public static bool MayTakeSignInAway(string header, string cell)
    {
        const SignInRole Topics = SignInRole.Account | SignInRole.State | SignInRole.StateOrPlace;
        IReadOnlyList<string> words = SignInWords.SplitHeader(header);
        return s_places.Contains(string.Concat(words))
            ? cell.Split(s_placeSigns).Any(part => SignInWords.FindAll(SignInWords.SplitHeader(part)) is { } role && (role & SignInRole.Locked) != 0)
            : !AreOfOtherThings(words)
            && ((LocalWords.ReadState(cell) == false && words.Any(word => s_remarks.Contains(word.TrimEnd(s_digits)) || HasRole(word, Topics)))
                || (IsLockCode(cell) && words.Any(word => HasRole(word, SignInRole.State)))
                || SignInWords.FindAll(words) switch
                {
                    SignInRole.Account => LocalWords.ReadTruth(cell) == false || LocalWords.IsNothing(cell),
                    SignInRole.Denies => LocalWords.ReadTruth(cell) == true || s_marks.Contains(cell),
                    _ => false,
                });
    }

    /// <summary>What the column speaks of, where a cell of it may take the sign-in away.</summary>
    /// <param name="header">The header as it is in the table.</param>
    public static SignInScope FindScope(string header)
    {
        IReadOnlyList<string> words = SignInWords.SplitHeader(header);
        SignInRole? all = SignInWords.FindAll(words);
        return s_places.Contains(string.Concat(words)) ? SignInScope.Place
            : string.Concat(words) is var name && (name == "pwdaccountlockedtime" || name.Contains("lockedout", StringComparison.Ordinal) || name.Contains("lockout", StringComparison.Ordinal)) ? SignInScope.While
            : all is { } roles && (roles & SignInRole.Service) != 0 ? SignInScope.Service
            : SignInScope.Account;
    }

    /// <summary>Whether a cell is a letter for a state, beside which there are letters for other states.</summary>
    public static bool IsLockCode(string cell) => s_lockCodes.Contains(cell);

    /// <summary>Whether a header that nothing else knows has a word of the sign-in, beside those of a remark or a place.</summary>
    /// <param name="header">The header as it is in the table.</param>
    public static bool MaySpeakOfSignIn(string header)
    {
        const SignInRole Topics = SignInRole.Active | SignInRole.Locked | SignInRole.Denies | SignInRole.State | SignInRole.Expiry | SignInRole.End;
        IReadOnlyList<string> words = SignInWords.SplitHeader(header);
        return !AreOfOtherThings(words) && (words.Any(word => HasRole(word, Topics)) || SignInWords.FindAll(words) == SignInRole.Account);
    }

    // The state of a password, as passwd shows it, is that of the account.
    private static bool AreOfOtherThings(IReadOnlyList<string> words) =>
        words.Any(s_otherThings.Contains) && !(words is [var thing, var state] && s_passwords.Contains(thing) && HasRole(state, SignInRole.State));

    private static bool HasRole(string word, SignInRole roles) => SignInWords.Find(word) is { } role && (role & roles) != 0;

    /// <summary>The header that a misspelt one was meant to be, one letter or one swap away; null for none.</summary>
    /// <param name="header">The header as it is in the table.</param>
    public static string? FindMisspelt(string header)
    {
        IReadOnlyList<string> words = SignInWords.SplitHeader(header);
        return words.Any(s_otherThings.Contains) ? null
            : words.SelectMany((word, index) => FindNear(word).Select(near => string.Join(' ', words.Select((other, i) => i == index ? near : other))))
                .FirstOrDefault(meant => TryGetField(meant, out _));
    }

    // "Actve" is "active"; a word that ends in another way, such as "actie", is another word.
    private static IEnumerable<string> FindNear(string word) => word.Length < 5 || SignInWords.Find(word) is not null and not SignInRole.Allows ? []
        : SignInWords.Decisive.Where(known => known.Length >= 6 && (word.Length >= 6 || (word[0] == known[0] && word[^1] == known[^1])) && NearestName.GetDistance(word, known) == 1).Order(StringComparer.Ordinal);
}
