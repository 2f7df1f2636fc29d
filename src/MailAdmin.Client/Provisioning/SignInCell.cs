using System.Collections.Frozen;
using System.Globalization;

namespace MailAdmin.Client.Provisioning;

/// <summary>Reads whether an account may sign in, from one of the columns that say so. Several of them agree, or the account is locked.</summary>
internal static class SignInCell
{
    /// <summary>The error of a cell that says something else, or something that cannot be done.</summary>
    public const string ErrorId = "EnabledInvalid";

    private const int AccountDisableFlag = 0x2;

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

    private static readonly string[] s_neverYears = ["0000-", "0001-", "9999-"];

    private static readonly string[] s_noShells = ["nologin", "false", "true", "null"];

    /// <summary>Whether <paramref name="field"/> is one of them.</summary>
    public static bool IsSignInField(ImportField field) => IsPlain(field) || IsDoubtful(field);

    /// <summary>Whether its cells say whether the account may sign in.</summary>
    public static bool IsPlain(ImportField field) => field is ImportField.Enabled or ImportField.AccountDisabled or ImportField.AccountControl or ImportField.AccountExpires;

    /// <summary>Whether its cells may say so.</summary>
    public static bool IsDoubtful(ImportField field) => field is ImportField.MaybeDisabled or ImportField.MaybeEnabled;

    /// <summary>Reads a cell; <paramref name="enabled"/> stays null where it says nothing.</summary>
    public static CellError? Read(ImportField field, string cell, DateTimeOffset now, out bool? enabled)
    {
        enabled = null;
        return field switch
        {
            ImportField.AccountControl => ReadControl(cell, out enabled),
            ImportField.AccountExpires => ReadExpiry(cell, now, out enabled),
            ImportField.MaybeDisabled => LocalWords.ReadTruth(cell) == false || LocalWords.ReadState(cell) == true || IsNever(cell) ? null : CreateDoubt(cell),
            ImportField.MaybeEnabled => LocalWords.ReadTruth(cell) == false || LocalWords.ReadState(cell) == false ? CreateDoubt(cell) : null,
            _ => ReadWord(field, cell, now, out enabled),
        };
    }

    /// <summary>A word for the state of an account means the same in every column; yes and no mean what the column is called. Instead of yes there may be the time.</summary>
    private static CellError? ReadWord(ImportField field, string cell, DateTimeOffset now, out bool? enabled)
    {
        bool isLock = field == ImportField.AccountDisabled;
        // mailcow: 2 = gets mail, may not sign in.
        enabled = cell == "2" && !isLock ? false
            : LocalWords.ReadState(cell) ?? (LocalWords.ReadTruth(cell) is { } isTrue ? isTrue != isLock : isLock && LocalWords.IsNever(cell) ? true : null);
        if (enabled is null && isLock && ReadExpiry(cell, now, out enabled) is null)
        {
            return null;
        }

        return enabled is null
            ? new CellError(ErrorId,
                $"'{cell}' says neither yes nor no, and no state of an account, in {CellMessage.Plain(LocalWords.Languages)}. Write True or False, or ignore the column: -ColumnMap @{{ Header = '' }}.")
            : null;
    }

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
    public static CellError? ReadUnused(string header, string cell) =>
        Array.IndexOf(s_noShells, cell[(cell.LastIndexOf('/') + 1)..]) >= 0 && cell.StartsWith('/')
            || (LocalWords.ReadState(cell) == false && SignInHeaders.MayDescribeAccount(header))
            ? CreateDoubt(cell)
            : null;

    private static CellError CreateDoubt(string cell) => new(ErrorId,
        $"'{cell}' may mean that the account must not sign in, but the column is not known. Assign it with -ColumnMap @{{ Header = 'Disabled' }} or 'Enabled', or ignore it: -ColumnMap @{{ Header = '' }}.");
}
