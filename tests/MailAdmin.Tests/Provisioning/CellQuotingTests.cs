// A separator too many or too few puts the password under another header, and what is said of that column must not quote it.
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

public sealed class CellQuotingTests : IDisposable
{
    private const string Secret = "hunter2-x9";
    private static readonly Dictionary<string, string> s_cells = new()
    {
        ["Name"] = "jane",
        ["Email"] = "jane@example.org",
        ["Password"] = Secret,
        ["Quota"] = "5GB",
        ["MemberOf"] = "staff",
        ["Role"] = "user",
        ["Type"] = "Individual",
        ["Enabled"] = "True",
        ["Description"] = "Jane Doe",
        ["Locale"] = "",
    };

    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-quoting-");

    public CellQuotingTests() => _shell = HostedShell.CreateConnected(_server);

    /// <summary>Orders of the columns, the password at each place.</summary>
    public static TheoryData<string> Headers
    {
        get
        {
            string[][] orders = [["Name", "Email", "Quota", "MemberOf"], ["Name", "Description", "MemberOf", "Role", "Quota"], ["Type", "Name", "Email", "MemberOf", "Enabled", "Locale"], ["Name", "MemberOf", "Description", "Locale"]];
            return [.. orders.SelectMany(order => Enumerable.Range(0, order.Length + 1).Select(at => string.Join(',', order[..at].Append("Password").Concat(order[at..]))))];
        }
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void No_error_of_a_shifted_row_quotes_the_password(string headers)
    {
        string[] row = [.. headers.Split(',').Select(header => s_cells[header])];
        int password = Array.IndexOf(row, Secret);
        var shifted = new List<string[]>();
        for (int i = 0; i < row.Length; i++)
        {
            foreach (string extra in new[] { "", " Jane", "Jane", "staff", "5GB", "jane@example.org" })
            {
                shifted.Add([.. row[..i], extra, .. row[i..^1]]);
                shifted.Add([.. row[..i], extra, .. row[i..]]);
                shifted.Add([.. row[..i], extra, extra, .. row[i..].SkipLast(2)]);
            }
            shifted.Add([.. row[..i], .. row[(i + 1)..], ""]);
            shifted.Add([.. row[..i], .. row[(i + 1)..]]);
        }
        int invalid = 0;
        foreach (string[] cells in shifted)
        {
            foreach (PlannedRow planned in ImportFixture.PlanText($"{headers}\n{string.Join(',', cells)}\n").Rows.Where(planned => planned.Errors.Count > 0))
            {
                invalid++;
                planned.Errors.SelectMany(error => new[] { error.ToString(), error.Value }).ShouldAllBe(text => text == null || !text.Contains(Secret), $"{headers}: {string.Join(',', cells)}");
            }
        }
        invalid.ShouldBeGreaterThan(password == 0 ? row.Length : 2 * row.Length);
    }

    // Then it is certainly no password, and whoever reads the error need not look it up.
    [Theory]
    [InlineData("Name,Email,Password,Quota,MemberOf\njane,jane@example.org,Raven-7923,5GB,nosuch", "nosuch")]
    [InlineData("Name,Email,MemberOf,Password\njane,jane@example.org,nosuch,Raven-7923", "nosuch")]
    [InlineData("Name,Email,MemberOf,Password\njane,jane@nowhere.test,,$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEOfaS35inz1", "nowhere.test")]
    [InlineData("Name,Type,Password,Member,Quota\nteam,Group,,nosuch,5GB", "nosuch")]
    [InlineData("Name,Email,Quota\njane,jane@example.org,5 gigs", "5 gigs")]
    public void A_cell_that_cannot_be_the_password_is_quoted(string table, string quoted) =>
        ImportFixture.PlanText(table).Rows.Single().Errors.ShouldContain(error => error.Message.Contains($"'{quoted}'", StringComparison.Ordinal));

    [Fact]
    public void Neither_error_nor_result_nor_reason_has_it()
    {
        string file = Path.Combine(_folder.FullName, "people.csv"), failed = Path.Combine(_folder.FullName, "failed.csv");
        File.WriteAllText(file, $"Name,Description,Password,Quota\njane,Doe, Jane,{Secret}\nben,Ben,{Secret},5GB\n");
        ScriptResult run = _shell.Run($"Import-MailPrincipal '{file}' -NoAddress -FailedPath '{failed}' -Verbose");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldStartWith("Row 2, column 'Quota': The cell is not a size such as 5GB. The cell is not shown");
        run.OutputAs<MailImportResult>()[0].Error!.ShouldNotContain(Secret);
        string.Join(' ', run.Errors.Select(error => $"{error} {error.ErrorDetails} {error.Exception}").Concat(run.Warnings.Select(w => w.Message)).Concat(run.Verbose.Select(v => v.ToString()))).ShouldNotContain(Secret);
        // The file has the row, so that it can be corrected; once.
        File.ReadAllText(failed).Split(Secret).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData($"Name = 'jane'; Email = '{Secret}'; Password = '5GB'; Quota = ''")]
    [InlineData($"Name = 'jane'; Password = '5GB'; suspended = '{Secret}'")]
    [InlineData($"Login = 'jane'; Password = ''; Disabled = '{Secret}'")]
    public void A_piped_row_is_treated_alike(string cells)
    {
        ScriptResult run = _shell.Run($"[pscustomobject]@{{ {cells} }} | New-MailPrincipal");
        System.Management.Automation.ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        $"{error} {error.Exception} {error.TargetObject}".ShouldNotContain(Secret);
        _server.RequestLog.ShouldNotContain(line => line.StartsWith("POST /api/principal", StringComparison.Ordinal) && line.Contains("jane", StringComparison.Ordinal));
    }
}
