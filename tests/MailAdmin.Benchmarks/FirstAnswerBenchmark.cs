namespace MailAdmin.Benchmarks;

/// <summary>From nothing to the first account on the screen, beside the same by Invoke-RestMethod: the whole process, and what it needs inside a running one.</summary>
internal static class FirstAnswerBenchmark
{
    public static async Task RunAsync(BenchmarkOptions options, BenchmarkReport report)
    {
        report.Begin("The first answer, in fresh processes of pwsh");
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay: 0).ConfigureAwait(false);
        using var accounts = BenchmarkAccounts.Create(10);
        await sandbox.FillAsync(accounts).ConfigureAwait(false);
        string module = Format(sandbox, $"Import-Module '{ProjectFolder.Manifest}'; Connect-MailServer {sandbox.Address} -Credential $credential; Get-MailPrincipal -Type Individual -First 1 | Out-Host");
        string rest = Format(sandbox, $"(Invoke-RestMethod '{sandbox.Address}api/principal?types=individual&page=1&limit=1' -Authentication Basic -Credential $credential -AllowUnencryptedAuthentication).data.items | Out-Host");
        var whole = (Module: new List<double>(), Script: new List<double>());
        var inside = (Module: new List<double>(), Script: new List<double>());
        // The first round warms the disk up and does not count.
        for (int round = 0; round <= options.Rounds; round++)
        {
            double restInside = RestoredPowerShell.Run(rest, figures: 1, out double restWhole)[0];
            double moduleInside = RestoredPowerShell.Run(module, figures: 1, out double moduleWhole)[0];
            if (round > 0)
            {
                whole.Module.Add(moduleWhole);
                whole.Script.Add(restWhole);
                inside.Module.Add(moduleInside);
                inside.Script.Add(restInside);
            }
        }
        double restProcess = report.Add("Invoke-RestMethod, whole process", whole.Script, "ms");
        double moduleProcess = report.Add("MailAdmin, whole process", whole.Module, "ms");
        double restAlone = report.Add("Invoke-RestMethod, inside", inside.Script, "ms");
        double moduleAlone = report.Add("Import-Module, Connect-, Get-, inside", inside.Module, "ms");
        report.AddRatio("MailAdmin / Invoke-RestMethod, whole process", moduleProcess / restProcess, usual: 1.2, aim: 1.1);
        report.AddRatio("MailAdmin / Invoke-RestMethod, inside", moduleAlone / restAlone, usual: 1.7, aim: 1.3);
    }

    private static string Format(SandboxProcess sandbox, string commands) =>
        $$"""
        $credential = [pscredential]::new('{{SandboxProcess.User}}', (ConvertTo-SecureString '{{SandboxProcess.Password}}' -AsPlainText -Force))
        $watch = [Diagnostics.Stopwatch]::StartNew()
        {{commands}}
        $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
        """;
}
