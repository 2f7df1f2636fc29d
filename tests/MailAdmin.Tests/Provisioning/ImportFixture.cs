using System.Text;
using MailAdmin.Client;
using MailAdmin.Client.Provisioning;
using MailAdmin.Isolated.Csv;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Reads, maps and plans a file against a small directory.</summary>
internal static class ImportFixture
{
    public static DirectoryState SampleDirectory { get; } = new()
    {
        Principals =
        [
            new MailPrincipal { Id = 1, Kind = PrincipalType.Domain, Name = "example.org" },
            new MailPrincipal { Id = 2, Kind = PrincipalType.Role, Name = "helpdesk" },
            new MailPrincipal { Id = 3, Kind = PrincipalType.Group, Name = "sales", Email = List("sales@example.org"), Member = List("old", "hal") },
            new MailPrincipal { Id = 4, Kind = PrincipalType.List, Name = "news", Email = List("news@example.org") },
            new MailPrincipal
            {
                Id = 5, Kind = PrincipalType.Individual, Name = "old", Description = "Old Hand", Quota = 1L << 30,
                Email = List("old@example.org", "veteran@example.org"), MemberOf = List("sales"), Role = List("user"),
            },
            new MailPrincipal { Id = 6, Kind = PrincipalType.Individual, Name = "hal", Email = List("hal@example.org"), MemberOf = List("sales"), Role = List("user") },
        ],
    };

    public static StringList List(params string[] items) => new(items);

    public static FileStream Open(string name) => File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Provisioning", "Files", name));

    public static ImportPlan Plan(string name, ImportOptions? options = null, DirectoryState? state = null)
    {
        using FileStream stream = Open(name);
        return Plan(stream, options, state);
    }

    public static ImportPlan PlanText(string text, ImportOptions? options = null, DirectoryState? state = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Plan(stream, options, state);
    }

    public static List<ParsedRow> Read(Stream stream, ImportOptions options, out ColumnMap map)
    {
        using DelimitedTable table = DelimitedText.Open(stream);
        map = ColumnMap.Create(table.Headers, options);
        ImportRow[] rows = [.. table.Rows.Select(row => new ImportRow(row.RowNumber, row.Cells, row.Error))];
        var reader = new RowReader(map, rows);
        return [.. rows.Select(reader.Read)];
    }

    public static PlannedRow Row(this ImportPlan plan, string identity) => plan.Rows.Single(row => row.Identity == identity);

    public static PlannedRow Row(this ImportPlan plan, int row) => plan.Rows.Single(planned => planned.Row == row);

    public static IEnumerable<string> DescribeChanges(this PlannedRow row) =>
        row.PrincipalChanges.Select(change => $"{change} {change.Text ?? change.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? string.Join(',', change.Items!)}");

    private static ImportPlan Plan(Stream stream, ImportOptions? options, DirectoryState? state)
    {
        options ??= new ImportOptions { NoAddress = true, NoPassword = true };
        List<ParsedRow> rows = Read(stream, options, out ColumnMap map);
        return ImportPlanner.Plan(rows, state ?? SampleDirectory, options, map.UnusedColumns);
    }
}
