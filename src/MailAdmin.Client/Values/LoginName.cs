using System.Text.RegularExpressions;

namespace MailAdmin.Client;

/// <summary>Which names are taken as logins without a question. The server takes any text, also a display name that was read as a login.</summary>
public static partial class LoginName
{
    /// <summary>Why nobody could sign in with a name, whatever is asked for; null if somebody can.</summary>
    /// <param name="name">The name of a new individual, or a new name of one.</param>
    public static string? GetInvalidReason(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains(':', StringComparison.Ordinal) ? "A login cannot contain a colon: the account could not sign in." : null;
    }

    /// <summary>Why a catch-all, <c>@example.org</c>, names no account, group or list; null for any other name.</summary>
    /// <param name="name">The name of a new principal, or a new name of one.</param>
    public static string? GetCatchAllError(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return MailAddress.IsCatchAll(name)
            ? $"'{name}' is a catch-all, which is no name: it is an address beside others. Name the account, group or list that is to get the mail, and give it '{name}' after its own address, such as info{name}, {name}."
            : null;
    }

    /// <summary>Why a name is not taken as a login unless that is asked for; null if it is taken.</summary>
    /// <param name="name">The name of a new individual, or a new name of one.</param>
    /// <param name="isAddress">Whether it is an address, as from 0.16 on: then it has no space, whatever is asked for.</param>
    public static string? GetError(string name, bool isAddress = false) => GetBlankError(name, isAddress) ?? GetTypographicError(name);

    /// <summary>Why a login with a quotation mark or dash of a text processor, or with letters of two scripts, is not taken unless that is asked for; null if it has none.</summary>
    /// <param name="name">The name of a new individual.</param>
    public static string? GetTypographicError(string name) =>
        (NameText.GetTypographicError(name) ?? NameText.GetMixedScriptError(name) ?? GetValueError(name)) is { } error ? $"{error} To have it all the same, specify -AllowUnusualName." : null;

    /// <summary>Why a text is another value than a name, such as <c>true</c>, or what a spreadsheet made of a name, such as <c>1.0E+05</c>; null if it is not.</summary>
    internal static string? GetValueError(string name) => SpreadsheetText().IsMatch(name)
        ? $"'{name}' is not a name, but what a spreadsheet or a script writes in the place of one that it could not keep. Correct the cell, and write the name as text."
        : null;

    // Its errors in any language, numbers, dates, and the words for values.
    [GeneratedRegex(@"^(?:#(?:[\p{L}¡¿0-9/_]+[!?]|N/A|NV)|[+-]?[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{1,2}[.-]?[\p{L}]{3,4}\.?-[0-9]{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2}|TRUE|FALSE|NULL)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SpreadsheetText();

    /// <summary>Why a name with a space is not taken as a login unless that is asked for; null if it is taken.</summary>
    /// <param name="name">The name of a new individual.</param>
    /// <param name="isAddress">Whether it is an address, as from 0.16 on: then it has no space, whatever is asked for.</param>
    public static string? GetBlankError(string name, bool isAddress = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.Any(char.IsWhiteSpace) ? null
            : isAddress ? $"'{name}' contains a space: it looks like a display name, and from 0.16 on the name of an account is its primary address. Give that, such as jane@example.org."
            : $"'{name}' contains a space: it looks like a display name, not like a login. Give the login, or specify -AllowUnusualName if people are to sign in with it.";
    }
}
