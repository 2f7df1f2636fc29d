namespace MailAdmin.Client.Provisioning;

/// <summary>Says which columns that are not used may be missed: they hold addresses, or their headers mean a property that has no column.</summary>
internal static class UnusedColumnAdvice
{
    /// <summary>The sentences, each after a blank; null where nothing may be missed.</summary>
    public static string? Describe(ColumnMap map, ImportTable table, IReadOnlyList<UnusedColumn> unused)
    {
        UnusedColumn[] columns = [.. unused.Where(column => !column.IsReadOnly)];
        string[] addresses = map.Source == ColumnSource.MailAdmin ? [.. columns.Where(column => HoldsAddresses(table, column.Header)).Select(column => column.Header)] : [];
        string held = addresses is [] ? "" : $" {string.Join(", ", addresses.Select(header => $"'{header}'"))} {(addresses.Length == 1 ? "holds" : "hold")} addresses, which no account gets.";
        return columns.Select(column => map.AdviseUnused(column.Header)).FirstOrDefault(advice => advice is not null) is { } columnMap ? $"{held} To read one, name its property: {columnMap}."
            : held.Length > 0 ? $"{held} If they are addresses of the accounts, name the property with -ColumnMap."
            : null;
    }

    private static bool HoldsAddresses(ImportTable table, string header)
    {
        int place = table.Headers.Index().First(each => each.Item == header).Index;
        string[] cells = [.. table.Rows.Where(row => place < row.Cells.Count).Select(row => row.Cells[place]).OfType<string>().Where(cell => !string.IsNullOrWhiteSpace(cell))];
        return cells.Length > 0 && cells.All(cell => EmailCell.Read(cell, out EmailCellContent content) is null && content.Addresses.Count > 0);
    }
}
