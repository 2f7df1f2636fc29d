using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Apostrophes are taken back in files of Export-MailPrincipal, and not in those of Export-Csv, of this version or an earlier one.</summary>
public sealed class FormulaCellsTests
{
    [Theory]
    [InlineData(null, "=1+1")]
    [InlineData("UsedBytes", "'=1+1")]
    [InlineData("UsedQuota", "'=1+1")]
    [InlineData("usedquota", "'=1+1")]
    public void An_apostrophe_is_taken_back_where_it_was_written(string? moreThanOurs, string read)
    {
        string[] headers = [.. PrincipalFileWriter.Headers, .. moreThanOurs is null ? Array.Empty<string>() : [moreThanOurs]];
        string?[] cells = [.. headers.Select(header => header == nameof(MailPrincipal.Description) ? "'=1+1" : "x")];

        ImportTable table = FormulaCells.Unprotect(new ImportTable(headers, [new ImportRow(2, cells, null)]), PrincipalFileWriter.Headers);

        table.Rows[0].Cells[Array.IndexOf(headers, nameof(MailPrincipal.Description))].ShouldBe(read);
    }
}
