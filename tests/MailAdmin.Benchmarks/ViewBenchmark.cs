namespace MailAdmin.Benchmarks;

/// <summary>What the view of accounts costs, beside that of plain objects with a table of the same columns.</summary>
internal static class ViewBenchmark
{
    private const int Objects = 10_000;

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkReport report)
    {
        int count = options.IsShort ? Objects / 10 : Objects;
        report.Begin(FormattableString.Invariant($"{count} objects as a table (pwsh)"));
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay: 0).ConfigureAwait(false);
        using var accounts = BenchmarkAccounts.Create(count);
        await sandbox.FillAsync(accounts).ConfigureAwait(false);
        double[] figures = RestoredPowerShell.Measure(
            $$"""
            {{SandboxProcess.FormatConnect(sandbox.Address)}}
            $all = Get-MailPrincipal -Type Individual
            $view = Join-Path ([IO.Path]::GetTempPath()) "plain-$([guid]::NewGuid()).format.ps1xml"
            $columns = 'Name', 'Type', 'PrimaryEmail', 'Quota', 'UsedBytes', 'Description', 'MemberOf'
            Set-Content $view "<Configuration><ViewDefinitions><View><Name>Plain</Name><ViewSelectedBy><TypeName>Plain</TypeName></ViewSelectedBy><TableControl><TableHeaders>$(-join ($columns | ForEach-Object { '<TableColumnHeader><Width>20</Width></TableColumnHeader>' }))</TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>$(-join ($columns | ForEach-Object { "<TableColumnItem><PropertyName>$_</PropertyName></TableColumnItem>" }))</TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>"
            Update-FormatData -AppendPath $view
            Remove-Item $view
            $plain = $all | ForEach-Object { [pscustomobject]@{ PSTypeName = 'Plain'; Name = $_.Name; Type = $_.Type; PrimaryEmail = $_.PrimaryEmail; Quota = $_.Quota; UsedBytes = $_.UsedBytes; Description = $_.Description; MemberOf = $_.MemberOf -join ';' } }
            $watch = [Diagnostics.Stopwatch]::new()
            $times = foreach ($round in 0..{{options.Rounds}}) {
                $watch.Restart(); $text = $plain | Out-String; $one = $watch.Elapsed.TotalMilliseconds
                $watch.Restart(); $text = $all | Out-String; $other = $watch.Elapsed.TotalMilliseconds
                if ($round) { [pscustomobject]@{ Plain = $one; Own = $other } }
            }
            foreach ($name in 'Plain', 'Own') { $sorted = @($times.$name | Sort-Object); $sorted[[Math]::Floor($sorted.Count / 2)].ToString([cultureinfo]::InvariantCulture) }
            """,
            figures: 2);
        report.Add("plain objects | Out-String", figures[0], "ms");
        report.Add("accounts | Out-String", figures[1], "ms");
        report.AddRatio("accounts / plain objects", figures[1] / figures[0], usual: 1.45, aim: 1.5);
    }
}
