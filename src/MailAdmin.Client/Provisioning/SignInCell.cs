using System.Collections.Frozen;
using System.Globalization;

namespace MailAdmin.Client.Provisioning;

/// <summary>Reads whether an account may sign in, from one of the columns that say so. Several of them agree, or the account is locked.</summary>
internal static class SignInCell
{
    private const int AccountDisableFlag = 0x2;

    // Without underscores and the prefix ADS_UF_, in the spellings of Exchange, of System.DirectoryServices and of the documentation.
    private static readonly FrozenSet<string> s_controlFlags = FrozenSet.Create(StringComparer.Ordinal,
        "NONE", "SCRIPT", "ACCOUNTDISABLE", "ACCOUNTDISABLED", "HOMEDIRREQUIRED", "HOMEDIRECTORYREQUIRED", "LOCKOUT", "LOCKEDOUT", "PASSWDNOTREQD", "PASSWORDNOTREQUIRED",
        "PASSWDCANTCHANGE", "PASSWORDCANNOTCHANGE", "CANNOTCHANGEPASSWORD", "ENCRYPTEDTEXTPWDALLOWED", "ENCRYPTEDTEXTPASSWORDALLOWED", "ENCRYPTEDTEXTPASSWORD",
        "TEMPDUPLICATEACCOUNT", "TEMPORARYDUPLICATEACCOUNT", "NORMALACCOUNT", "INTERDOMAINTRUSTACCOUNT", "WORKSTATIONTRUSTACCOUNT", "SERVERTRUSTACCOUNT",
        "DONTEXPIREPASSWORD", "DONTEXPIREPASSWD", "DONOTEXPIREPASSWORD", "PASSWORDDOESNOTEXPIRE", "MNSLOGONACCOUNT", "SMARTCARDREQUIRED", "TRUSTEDFORDELEGATION", "NOTDELEGATED",
        "ACCOUNTNOTDELEGATED", "USEDESKEYONLY", "DONTREQPREAUTH", "DONTREQUIREPREAUTH", "DONOTREQUIREKERBEROSPREAUTHENTICATION", "PASSWORDEXPIRED",
        "TRUSTEDTOAUTHFORDELEGATION", "TRUSTEDTOAUTHENTICATEFORDELEGATION", "NOAUTHDATAREQUIRED", "PARTIALSECRETSACCOUNT");

    /// <summary>Whether <paramref name="field"/> is one of them.</summary>
    public static bool IsSignInField(ImportField field) => field
        is ImportField.Enabled or ImportField.AccountDisabled or ImportField.AccountControl or ImportField.AccountExpires or ImportField.MaybeDisabled;

    /// <summary>Reads a cell; <paramref name="enabled"/> stays null where it says nothing.</summary>
    public static CellError? Read(ImportField field, string cell, DateTimeOffset now, out bool? enabled)
    {
        enabled = null;
        return field switch
        {
            ImportField.AccountControl => ReadControl(cell, out enabled),
            ImportField.AccountExpires => ReadExpiry(cell, now, out enabled),
            ImportField.MaybeDisabled => ReadUnknownColumn(cell),
            _ => ReadWord(field, cell, out enabled),
        };
    }

    /// <summary>A word for the state of an account means the same in every column; yes and no mean what the column is called.</summary>
    private static CellError? ReadWord(ImportField field, string cell, out bool? enabled)
    {
        // mailcow: 2 = gets mail, may not sign in.
        enabled = cell == "2" && field == ImportField.Enabled
            ? false
            : LocalWords.ReadState(cell) ?? (LocalWords.ReadTruth(cell) is { } isTrue ? isTrue == (field == ImportField.Enabled) : null);
        return enabled is null
            ? new CellError("EnabledInvalid",
                $"'{cell}' says neither yes nor no, and no state of an account, in {LocalWords.Languages}. Write True or False, or ignore the column: -ColumnMap @{{ Header = '' }}.")
            : null;
    }

    /// <summary>The flags of Active Directory as a number, also a hexadecimal one, or their names as Exchange, .NET and the documentation write them.</summary>
    private static CellError? ReadControl(string cell, out bool? enabled)
    {
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
        return new CellError("EnabledInvalid", $"'{cell}' is not a userAccountControl: that is a number such as 512, or 514 for a disabled account, or the names of its flags. Write the number, or ignore the column: -ColumnMap @{{ Header = '' }}.");
    }

    private static string NormalizeFlag(string name)
    {
        string letters = name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        return letters.StartsWith("ADSUF", StringComparison.Ordinal) ? letters["ADSUF".Length..] : letters.StartsWith("UF", StringComparison.Ordinal) ? letters["UF".Length..] : letters;
    }

    /// <summary>0 and the largest number mean never; a number is a Windows file time. The server itself knows no end of an account.</summary>
    private static CellError? ReadExpiry(string cell, DateTimeOffset now, out bool? enabled)
    {
        enabled = null;
        DateTimeOffset end;
        if (long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out long fileTime))
        {
            if (fileTime == 0 || fileTime > DateTime.MaxValue.ToFileTimeUtc())
            {
                return null;
            }

            end = DateTimeOffset.FromFileTime(fileTime);
        }
        else if (cell.Equals("never", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        else if (!DateTimeOffset.TryParseExact(cell, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out end))
        {
            return new CellError("EnabledInvalid", $"'{cell}' is not read as a time, since day and month change places with the language: write 2026-11-30, or ignore the column: -ColumnMap @{{ Header = '' }}.");
        }

        enabled = end <= now ? false : null;
        return end <= now
            ? null
            : new CellError("EnabledInvalid", $"The account expires on {end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, and accounts of this server do not expire. Disable it then, and ignore the column now: -ColumnMap @{{ Header = '' }}.");
    }

    /// <summary>A column that is not read must not say that the account is locked, whatever it is called.</summary>
    /// <param name="header">The header.</param>
    /// <param name="cell">The cell, which is not empty.</param>
    public static CellError? ReadUnused(string header, string cell)
    {
        bool isLocked = LocalWords.ReadState(cell) == false && !cell.Equals("maintenance", StringComparison.OrdinalIgnoreCase);
        bool isDenied = SignInHeaders.IsPermission(KnownHeaders.Normalize(header)) && LocalWords.ReadTruth(cell) == false;
        return isLocked || isDenied
            ? new CellError("EnabledInvalid",
                $"'{cell}' may mean that the account must not sign in, but the column is not known. Assign it with -ColumnMap @{{ Header = 'Enabled' }}, or ignore it: -ColumnMap @{{ Header = '' }}.")
            : null;
    }

    private static CellError? ReadUnknownColumn(string cell) => LocalWords.ReadTruth(cell) == false || LocalWords.ReadState(cell) == true
        ? null
        : new CellError("EnabledInvalid",
            $"'{cell}' may mean that the account must not sign in, but the column is not known. Assign it with -ColumnMap @{{ Header = 'Disabled' }} or 'Enabled', or ignore it: -ColumnMap @{{ Header = '' }}.");
}
