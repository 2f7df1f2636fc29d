using System.Text.RegularExpressions;

namespace MailAdmin.Client.Provisioning;

/// <summary>Reads addresses as people and Exchange write them: <c>a;b</c> or <c>SMTP:primary;smtp:alias;X500:…;SIP:…</c>.</summary>
internal static partial class EmailCell
{
    /// <summary>Reads the addresses, lower-case; one marked <c>SMTP:</c> comes first and is the primary one.</summary>
    public static CellError? Read(string cell, out List<string> addresses, out string? primary)
    {
        addresses = [];
        primary = null;
        foreach (string part in Separators().Split(cell))
        {
            string item = part.Trim();
            if (item.Length == 0 || !TryStripPrefix(ref item, out bool marked))
            {
                continue;
            }

            string address = item.ToLowerInvariant();
            if (MailAddress.GetValidationError(address) is { } error)
            {
                return new CellError("EmailInvalid", error);
            }

            if (addresses.Contains(address))
            {
                return new CellError("EmailDuplicate", $"The cell contains the address '{address}' twice.");
            }

            if (marked && primary is not null)
            {
                return new CellError("EmailInvalid", $"The cell marks two addresses as primary (SMTP:): '{primary}' and '{address}'.");
            }

            addresses.Insert(marked ? 0 : addresses.Count, address);
            if (marked)
            {
                primary = address;
            }
        }

        return null;
    }

    /// <summary>False for an address that is not an e-mail address (X500, SIP, SPO and the like).</summary>
    private static bool TryStripPrefix(ref string item, out bool primary)
    {
        primary = item.StartsWith("SMTP:", StringComparison.Ordinal);
        Match prefix = Prefix().Match(item);
        if (!prefix.Success)
        {
            return true;
        }

        if (!prefix.Groups[1].Value.Equals("smtp", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        item = item[prefix.Length..].Trim();
        return true;
    }

    /// <summary>A semicolon or a new line; a comma or a space only where another address follows, since X500 addresses contain both.</summary>
    [GeneratedRegex(@"[;\r\n]|(?<![,\s])(?>[,\s]+)(?=[A-Za-z][A-Za-z0-9]*:|[^,;\s@:]+@)", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]*):", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
