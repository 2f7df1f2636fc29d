namespace MailAdmin.Client.Provisioning;

/// <summary>Reads several items in one cell.</summary>
internal static class ListCell
{
    /// <summary>Reads names, lower-case unless told otherwise, each once.</summary>
    public static CellError? Read(string cell, char separator, bool lowerCase, out List<string> items)
    {
        items = [];
        foreach (string part in Split(cell, separator))
        {
            string item = part.Trim();
            if (item.Length == 0)
            {
                continue;
            }

            if (lowerCase)
            {
                item = item.ToLowerInvariant();
            }

            items.Add(item);
        }

        if (items.Count > 1)
        {
            items = [.. items.Distinct(StringComparer.Ordinal)];
        }

        return null;
    }

    /// <summary>Reads names of principals. A distinguished name has no counterpart on this server: it is an error.</summary>
    public static CellError? ReadNames(string cell, char separator, out List<string> items)
    {
        if (IsDistinguishedName(cell))
        {
            items = [];
            return new CellError("DistinguishedNameNotSupported",
                $"'{Truncate(cell)}' is a distinguished name of another directory. Write the names that this server uses, "
                + $"separated by '{separator}', or ignore the column (-ColumnMap @{{ Header = '' }}).");
        }

        return Read(cell, separator, lowerCase: true, out items);
    }

    private static string[] Split(string cell, char separator) => cell.Split([separator, '\r', '\n']);

    private static bool IsDistinguishedName(string cell)
    {
        string start = cell.TrimStart();
        return (start.StartsWith("CN=", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("OU=", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("UID=", StringComparison.OrdinalIgnoreCase))
            && start.Contains(',', StringComparison.Ordinal);
    }

    private static string Truncate(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");
}
