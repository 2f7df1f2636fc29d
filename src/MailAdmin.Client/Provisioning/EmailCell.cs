using System.Text.RegularExpressions;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Reads addresses as people, mail programs and Exchange write them: <c>a;b</c>, <c>Jane Doe &lt;a&gt;</c>, <c>mailto:a</c>,
/// <c>SMTP:primary;smtp:alias;X500:…;SIP:…</c>.
/// </summary>
internal static partial class EmailCell
{
    // What directories keep beside e-mail addresses, by the word before the colon. None of it receives mail.
    private static readonly HashSet<string> s_byProducts = new(StringComparer.OrdinalIgnoreCase)
    {
        "X500", "X400", "SIP", "SIPS", "SPO", "EUM", "EX", "MS", "CCMAIL", "GWISE", "NOTES", "FAX", "RFAX", "IM", "MSMAIL", "X121", "PROFS", "SNADS", "MRS", "AIRSYNC", "TEL",
    };

    /// <summary>Reads the addresses, lower-case; one marked <c>SMTP:</c> comes first and is the primary one.</summary>
    public static CellError? Read(string cell, out EmailCellContent content)
    {
        content = new EmailCellContent();
        foreach (string part in Split(PrefixGap().Replace(cell, "$1")))
        {
            foreach (string mailbox in SplitMailboxes(part))
            {
                string item = mailbox.Trim();
                if (item.Length > 0 && ReadItem(item, content) is { } error)
                {
                    return error;
                }
            }
        }

        // A catch-all is an address of the account, and never the one it writes from.
        List<string> catchAlls = content.Addresses.FindAll(MailAddress.IsCatchAll);
        content.Addresses.RemoveAll(MailAddress.IsCatchAll);
        content.Addresses.AddRange(catchAlls);
        return null;
    }

    private static CellError? ReadItem(string item, EmailCellContent content)
    {
        string unwrapped = MailAddress.Unwrap(item);
        if (Prefix().Match(unwrapped) is { Success: true } foreign)
        {
            string word = foreign.Groups[1].Value;
            if (!s_byProducts.Contains(word))
            {
                return new CellError("EmailInvalid", $"'{item}' is not an e-mail address: what '{word}:' means here is not known. Write the address alone.");
            }

            content.ByProducts.Add(word.ToUpperInvariant());
            return null;
        }

        string address = unwrapped.ToLowerInvariant();
        if (MailAddress.GetOwnAddressError(address) is { } error)
        {
            return new CellError("EmailInvalid", CellMessage.Quoting(error, address));
        }

        bool marked = item.StartsWith("SMTP:", StringComparison.Ordinal);
        if (content.Addresses.Contains(address))
        {
            return new CellError("EmailDuplicate", $"The cell contains the address '{address}' twice.");
        }

        if (marked && MailAddress.IsCatchAll(address))
        {
            return new CellError("EmailInvalid", $"A catch-all such as '{address}' cannot be the primary address.");
        }

        if (marked && content.Primary is { } primary)
        {
            return new CellError("EmailInvalid", $"The cell marks two addresses as primary (SMTP:): '{primary}' and '{address}'.");
        }

        content.Addresses.Insert(marked ? 0 : content.Addresses.Count, address);
        content.Primary = marked ? address : content.Primary;
        return null;
    }

    // Most cells have no plus, and then nothing but single characters separates.
    private static string[] Split(string cell) => cell.Contains('+', StringComparison.Ordinal) ? Separators().Split(cell) : cell.Split([';', '\r', '\n']);

    /// <summary><c>Jane &lt;a&gt;, Joe &lt;b&gt;</c> is two; a part without brackets is split where another address follows, since X500 addresses contain commas and spaces.</summary>
    private static IEnumerable<string> SplitMailboxes(string part)
    {
        if (!part.Contains('<', StringComparison.Ordinal))
        {
            // What is quoted may hold any character: it is refused as a whole.
            return part.Contains('"', StringComparison.Ordinal) ? [part] : SoftSeparators().Split(part);
        }

        MatchCollection mailboxes = Mailboxes().Matches(part);
        return mailboxes.Count > 0 && mailboxes.Sum(mailbox => mailbox.Length) == part.Length ? mailboxes.Select(mailbox => mailbox.Value.Trim(' ', ',', '\t')) : [part];
    }

    /// <summary>A semicolon or a new line; a plus between two addresses of Entra's download.</summary>
    [GeneratedRegex(@"[;\r\n]|\+(?=(?:smtp|sip|x500|x400|spo|eum):)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Separators();

    /// <summary>A comma or a space only where another address follows, since X500 addresses contain both.</summary>
    [GeneratedRegex(@"(?<![,\s])(?>[,\s]+)(?=[A-Za-z][A-Za-z0-9]*:|[^,;\s@:]*@)", RegexOptions.CultureInvariant)]
    private static partial Regex SoftSeparators();

    [GeneratedRegex(@"((?:mailto|smtp):)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PrefixGap();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]*):", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\G\s*(?:""[^""]*""|[^<>"",]*)\s*<[^<>]+>\s*(?:,|\z)|\G\s*[^<>"",\s]+@[^<>"",\s]+\s*(?:,|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Mailboxes();
}
