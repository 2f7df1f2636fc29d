using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Client.Provisioning;

/// <summary>Reads whether an account may sign in, from one of the columns that say so. Several of them agree, or the account is locked.</summary>
internal static partial class SignInCell
{
    /// <summary>The error of a cell that says something else, or something that cannot be done.</summary>
    public const string ErrorId = "EnabledInvalid";

    private const int AccountDisableFlag = 0x2;

    // Older dates are those of other calendars.
    private const int FirstYear = 1900;

    // Access and Visual Basic write True as -1, other programs write never so.
    private const string AccessTrue = "-1";

    // Without underscores and the prefix ADS_UF_, in the spellings of Exchange, of System.DirectoryServices and of the documentation.
    private static readonly FrozenSet<string> s_controlFlags = FrozenSet.Create(StringComparer.Ordinal,
        "NONE", "SCRIPT", "ACCOUNTDISABLE", "ACCOUNTDISABLED", "HOMEDIRREQUIRED", "HOMEDIRECTORYREQUIRED", "LOCKOUT", "LOCKEDOUT", "PASSWDNOTREQD", "PASSWORDNOTREQUIRED",
        "PASSWDCANTCHANGE", "PASSWORDCANNOTCHANGE", "CANNOTCHANGEPASSWORD", "ENCRYPTEDTEXTPWDALLOWED", "ENCRYPTEDTEXTPASSWORDALLOWED", "ENCRYPTEDTEXTPASSWORD",
        "TEMPDUPLICATEACCOUNT", "TEMPORARYDUPLICATEACCOUNT", "NORMALACCOUNT", "INTERDOMAINTRUSTACCOUNT", "WORKSTATIONTRUSTACCOUNT", "SERVERTRUSTACCOUNT",
        "DONTEXPIREPASSWORD", "DONTEXPIREPASSWD", "DONOTEXPIREPASSWORD", "PASSWORDDOESNOTEXPIRE", "MNSLOGONACCOUNT", "SMARTCARDREQUIRED", "TRUSTEDFORDELEGATION", "NOTDELEGATED",
        "ACCOUNTNOTDELEGATED", "USEDESKEYONLY", "DONTREQPREAUTH", "DONTREQUIREPREAUTH", "DONOTREQUIREKERBEROSPREAUTHENTICATION", "PASSWORDEXPIRED",
        "TRUSTEDTOAUTHFORDELEGATION", "TRUSTEDTOAUTHENTICATEFORDELEGATION", "NOAUTHDATAREQUIRED", "PARTIALSECRETSACCOUNT");

    // The last ones are those of LDAP.
    private static readonly string[] s_timeForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss", "yyyyMMdd",
        "yyyyMMddHHmmss", "yyyyMMddHHmmssK", "yyyyMMddHHmmss.FFFK",
    ];

    // The first and last years of programs, and the first day of Windows.
    private static readonly string[] s_neverYears = ["0000-", "0001-", "9999-", "1601-01-01"];

    private static readonly string[] s_noShells = ["nologin", "false", "true", "null"];

    // Of a contract; in a column that says whether an account is locked, "permanent" would be a lock.
    private static readonly FrozenSet<string> s_endless = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "permanent", "indefinite", "open-ended", "unbefristet", "indéterminé", "CDI", "indefinido", "indeterminado", "indeterminato", "onbepaald", "nieokreślony", "бессрочный");

    /// <summary>Whether <paramref name="field"/> is one of them.</summary>
    public static bool IsSignInField(ImportField field) => IsPlain(field) || IsDoubtful(field);

    /// <summary>Whether its cells say whether the account may sign in.</summary>
    public static bool IsPlain(ImportField field) => field is ImportField.Enabled or ImportField.AccountDisabled or ImportField.AccountControl or ImportField.AccountExpires;

    /// <summary>Whether its cells may say so.</summary>
    public static bool IsDoubtful(ImportField field) => field is ImportField.MaybeDisabled or ImportField.MaybeEnabled or ImportField.MaybeExpired;

    /// <summary>Reads a cell; <paramref name="enabled"/> stays null where it says nothing.</summary>
    /// <param name="source">The program that wrote it.</param>
    /// <param name="column">The column.</param>
    /// <param name="cell">The cell, which is not empty.</param>
    /// <param name="now">The time by which an end has passed.</param>
    /// <param name="enabled">Whether the account may sign in.</param>
    public static CellError? Read(ColumnSource source, MappedColumn column, string cell, DateTimeOffset now, out bool? enabled)
    {
        enabled = null;
        ImportField field = column.Field;
        if (IsDoubtful(field))
        {
            return MayTakeSignInAway(field, cell, now) ? CreateDoubt(column.Header, cell, now) : null;
        }

        // mailcow: it gets mail and may not sign in.
        if (field == ImportField.Enabled && cell == "2" && source == ColumnSource.PostfixAdmin)
        {
            enabled = false;
            return null;
        }

        return field switch
        {
            ImportField.AccountControl => ReadControl(cell, out enabled),
            ImportField.AccountExpires => ReadExpiry(cell, now, out enabled),
            _ => ReadWord(field, cell, now, out enabled),
        };
    }

    private static bool MayTakeSignInAway(ImportField field, string cell, DateTimeOffset now) => field switch
    {
        ImportField.MaybeEnabled => LocalWords.ReadTruth(cell) == false || LocalWords.ReadState(cell) == false,
        ImportField.MaybeExpired => MayHaveEnded(cell, now),
        _ => LocalWords.ReadTruth(cell) != false && LocalWords.ReadState(cell) != true && (cell == AccessTrue || !IsNever(cell)),
    };

    /// <summary>A word for the state of an account means the same in every column, and so does a shell; yes and no mean what the column is called. Instead of yes there may be the time.</summary>
    private static CellError? ReadWord(ImportField field, string cell, DateTimeOffset now, out bool? enabled)
    {
        bool isLock = field == ImportField.AccountDisabled;
        enabled = ReadShell(cell) ?? LocalWords.ReadState(cell)
            ?? (LocalWords.ReadTruth(cell) is { } isTrue ? isTrue != isLock : isLock && cell != AccessTrue && LocalWords.IsNever(cell) ? true : null);
        if (enabled is null && isLock && (IsNever(cell) || ReadTime(cell) is not null) && cell != AccessTrue)
        {
            return ReadExpiry(cell, now, out enabled);
        }

        return enabled is null
            ? new CellError(ErrorId,
                $"'{cell}' says neither yes nor no, and no state of an account, in {CellMessage.Plain(LocalWords.Languages)}. Write True or False, or ignore the column: -ColumnMap @{{ Header = '' }}.")
            : null;
    }

    /// <summary>Whether somebody with this shell may sign in; null for what is no path to a shell.</summary>
    private static bool? ReadShell(string cell)
    {
        string program = cell[(cell.LastIndexOf('/') + 1)..];
        return !cell.StartsWith('/') ? null
            : Array.IndexOf(s_noShells, program) >= 0 ? false
            : program.EndsWith("sh", StringComparison.Ordinal) || program.EndsWith("shell", StringComparison.Ordinal) ? true : null;
    }

    /// <summary>Whether the end of a contract may have passed: of a date in another order the year is enough, unless it is this one.</summary>
    private static bool MayHaveEnded(string cell, DateTimeOffset now)
    {
        if (IsNever(cell) || LocalWords.ReadTruth(cell) == false || s_endless.Contains(cell))
        {
            return false;
        }

        int? year = ReadTime(cell)?.Year ?? (Year().Match(cell) is { Success: true } match ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) : null);
        return year is null or < FirstYear || IsBuddhist(year.Value) || (ReadTime(cell) is { } end ? end <= now : year <= now.Year);
    }

    // 2563 is 2020 in Thailand.
    private static bool IsBuddhist(int year) => year is >= 2400 and < 2700;

    /// <summary>The flags of Active Directory as a number, also a hexadecimal one, or their names as Exchange, .NET and the documentation write them; or those of Samba, <c>[DU ]</c>.</summary>
    private static CellError? ReadControl(string cell, out bool? enabled)
    {
        if (cell is ['[', .. var letters, ']'] && letters.All(letter => letter == ' ' || char.IsAsciiLetterUpper(letter)))
        {
            enabled = !letters.Contains('D', StringComparison.Ordinal);
            return null;
        }

        bool isHexadecimal = cell.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (isHexadecimal
            ? long.TryParse(cell.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long flags)
            : long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out flags))
        {
            enabled = (flags & AccountDisableFlag) == 0;
            return null;
        }

        string[] names = [.. cell.Split([',', ';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(NormalizeFlag)];
        enabled = !names.Contains("ACCOUNTDISABLED") && !names.Contains("ACCOUNTDISABLE");
        if (names.Length > 0 && Array.TrueForAll(names, s_controlFlags.Contains))
        {
            return null;
        }

        enabled = null;
        return new CellError(ErrorId, $"'{cell}' is not a userAccountControl: that is a number such as 512, or 514 for a disabled account, or the names of its flags. Write the number, or ignore the column: -ColumnMap @{{ Header = '' }}.");
    }

    private static string NormalizeFlag(string name)
    {
        string letters = name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        return letters.StartsWith("ADSUF", StringComparison.Ordinal) ? letters["ADSUF".Length..] : letters.StartsWith("UF", StringComparison.Ordinal) ? letters["UF".Length..] : letters;
    }

    /// <summary>The server itself knows no end of an account.</summary>
    private static CellError? ReadExpiry(string cell, DateTimeOffset now, out bool? enabled)
    {
        enabled = null;
        if (IsNever(cell) || LocalWords.ReadTruth(cell) == false)
        {
            return null;
        }

        if (ReadTime(cell) is not { } end)
        {
            return new CellError(ErrorId, $"'{cell}' is not read as a time, since day and month change places with the language: write 2026-11-30, or ignore the column: -ColumnMap @{{ Header = '' }}.");
        }

        if (end.Year < FirstYear)
        {
            return new CellError(ErrorId, $"'{cell}' is a date of another calendar, or a mistake. Write the date of the Gregorian calendar, such as 2026-11-30, or ignore the column: -ColumnMap @{{ Header = '' }}.");
        }

        enabled = end <= now ? false : null;
        return end <= now
            ? null
            : new CellError(ErrorId, $"The account expires on {end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, and accounts of this server do not expire. Disable it then, and ignore the column now: -ColumnMap @{{ Header = '' }}.");
    }

    /// <summary>0, the largest number and the first and last years of programs mean never.</summary>
    private static bool IsNever(string cell) => LocalWords.IsNever(cell)
        || s_neverYears.Any(year => cell.StartsWith(year, StringComparison.Ordinal))
        || (long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out long fileTime) && fileTime > DateTime.MaxValue.ToFileTimeUtc());

    /// <summary>A number is a Windows file time, or the seconds or milliseconds of Unix: which one, its length says. A short one may be days, of several calendars: it is none.</summary>
    private static DateTimeOffset? ReadTime(string cell)
    {
        if (DateTimeOffset.TryParseExact(cell, s_timeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time))
        {
            return time;
        }

        return !long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? null : cell.Length switch
        {
            >= 17 => DateTimeOffset.FromFileTime(number),
            13 => DateTimeOffset.FromUnixTimeMilliseconds(number),
            9 or 10 => DateTimeOffset.FromUnixTimeSeconds(number),
            _ => null,
        };
    }

    /// <summary>A column that is not read must not say that the account is locked, where it may speak of the account. No shell may mean that it only gets mail, or nothing.</summary>
    /// <param name="header">The header.</param>
    /// <param name="cell">The cell, which is not empty.</param>
    /// <param name="now">The time by which an end has passed.</param>
    public static CellError? ReadUnused(string header, string cell, DateTimeOffset now) =>
        ReadShell(cell) == false || SignInHeaders.MayTakeSignInAway(header, cell) ? CreateDoubt(header, cell, now) : null;

    // To assign a column of a part of the account, or of a while, would lock all of it for good.
    private static CellError CreateDoubt(string header, string cell, DateTimeOffset now) => new(ErrorId, SignInHeaders.FindScope(header) switch
    {
        SignInScope.Service => $"'{cell}' may mean that the account must not sign in, or that one of its services is off. Ignore the column: -ColumnMap @{{ Header = '' }}. "
            + $"What is to be off belongs into a column DisabledPermission, such as pop3-authenticate or imap-authenticate; who must not sign in at all, into Enabled.",
        SignInScope.While => $"'{cell}' may mean that the account is locked for a while, as after wrong passwords. Ignore the column: -ColumnMap @{{ Header = '' }}. Who must not sign in at all belongs into a column Enabled.",
        SignInScope.Place => $"'{cell}' may mean that the account must not sign in: it names a place for accounts of that kind. Write False into a column Enabled, or ignore this one: -ColumnMap @{{ Header = '' }}.",
        _ => $"'{cell}' may mean that the account must not sign in, but the column is not known. {CellMessage.Plain(Advise(cell, now))}, or ignore it: -ColumnMap @{{ Header = '' }}.",
    });

    /// <summary>The field that reads the cell as it may be meant; where none does, what to write.</summary>
    private static string Advise(string cell, DateTimeOffset now)
    {
        if (ReadTime(cell) is not null)
        {
            return "Assign it with -ColumnMap @{ Header = 'AccountExpires' }";
        }

        ReadWord(ImportField.AccountDisabled, cell, now, out bool? asDisabled);
        ReadWord(ImportField.Enabled, cell, now, out bool? asEnabled);
        return (asDisabled, asEnabled) switch
        {
            (false, _) when !SignInHeaders.IsLockCode(cell) => "Assign it with -ColumnMap @{ Header = 'Disabled' }",
            (_, false) => "Assign it with -ColumnMap @{ Header = 'Enabled' }",
            _ when Year().IsMatch(cell) => "Write its dates as 2026-11-30 and assign it with -ColumnMap @{ Header = 'AccountExpires' }",
            _ => "Write True or False into it and assign it with -ColumnMap @{ Header = 'Disabled' }",
        };
    }

    [GeneratedRegex(@"(?<![0-9])[0-9]{4}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
