using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace MailAdmin.Benchmarks;

/// <summary>Accounts a second: the module, a bare HttpClient loop, an Invoke-RestMethod loop.</summary>
internal static class ProvisioningBenchmark
{
    // What the module keeps in flight for an account with unlimited-requests, which the administrator is.
    private const int Concurrency = 16;

    private const string Bare = "HttpClient loop, 16 at once";
    private const string Sequential = "HttpClient loop, one at a time";
    private const string Import = "Import-MailPrincipal (hosted engine)";
    private const string New = "rows | New-MailPrincipal (hosted engine)";
    private const string PwshImport = "Import-MailPrincipal (pwsh)";
    private const string PwshImportFirst = "Import-MailPrincipal (pwsh, the first one)";
    private const string PwshNew = "Import-Csv | New-MailPrincipal (pwsh)";
    private const string PwshRest = "Invoke-RestMethod loop (pwsh)";

    public static async Task RunAsync(BenchmarkOptions options, int rows, int delay, BenchmarkReport report)
    {
        report.Begin(FormattableString.Invariant($"{rows} accounts over a socket, {(delay == 0 ? "on loopback" : $"{delay} ms away")} (ready hashes), created a second"));
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay).ConfigureAwait(false);
        using var accounts = BenchmarkAccounts.Create(rows);
        using var engine = new HostedEngine(sandbox, accounts);
        var seconds = new Dictionary<string, List<double>>();
        // The first round warms everything up and does not count.
        for (int round = 0; round <= options.Rounds; round++)
        {
            foreach ((string name, double elapsed) in await RoundAsync(sandbox, accounts, engine).ConfigureAwait(false))
            {
                if (round > 0)
                {
                    (seconds.TryGetValue(name, out List<double>? list) ? list : seconds[name] = []).Add(elapsed);
                }
            }
        }
        foreach ((string name, List<double> list) in MeasurePwsh(sandbox, accounts, options.Rounds))
        {
            seconds[name] = list;
        }
        Print(seconds, rows, delay, report);
    }

    private static async Task<List<(string Name, double Seconds)>> RoundAsync(SandboxProcess sandbox, BenchmarkAccounts accounts, HostedEngine engine)
    {
        int count = accounts.Names.Length;
        var round = new List<(string, double)>
        {
            (Bare, await TimeAsync(() => PostAllAsync(sandbox.Client, accounts, Concurrency)).ConfigureAwait(false)),
        };
        await sandbox.ClearAsync(count).ConfigureAwait(false);
        round.Add((Import, await TimeAsync(() => Task.Run(engine.ImportPrincipals)).ConfigureAwait(false)));
        await sandbox.ClearAsync(count).ConfigureAwait(false);
        round.Add((New, await TimeAsync(() => Task.Run(engine.CreatePrincipals)).ConfigureAwait(false)));
        await sandbox.ClearAsync(count).ConfigureAwait(false);
        round.Add((Sequential, await TimeAsync(() => PostAllAsync(sandbox.Client, accounts, 1)).ConfigureAwait(false)));
        await sandbox.ClearAsync(count).ConfigureAwait(false);
        return round;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static Task PostAllAsync(HttpClient client, BenchmarkAccounts accounts, int concurrency) => Parallel.ForEachAsync(
        accounts.Names,
        new ParallelOptions { MaxDegreeOfParallelism = concurrency },
        async (name, cancellation) =>
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync(new Uri("/api/principal", UriKind.Relative), BenchmarkAccounts.CreateBody(name), cancellation).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation).ConfigureAwait(false);
            if (!body.TryGetProperty("data", out _))
            {
                throw new InvalidOperationException($"{name} was rejected: {body}");
            }
        });

    // One process for all rounds, as for the others. Its very first import is what an administrator sees: it compiles as it goes.
    private static Dictionary<string, List<double>> MeasurePwsh(SandboxProcess sandbox, BenchmarkAccounts accounts, int rounds)
    {
        string[] ways = [PwshImport, PwshNew, PwshRest];
        double[] measured = RestoredPowerShell.Measure(
            $$"""
            Import-Module '{{ProjectFolder.Manifest}}'
            $uri = '{{sandbox.Address}}'
            $secret = ConvertTo-SecureString '{{SandboxProcess.Password}}' -AsPlainText -Force
            $credential = [pscredential]::new('{{SandboxProcess.User}}', $secret)
            Connect-MailServer $uri -Credential $credential
            function Clear-Account {
                $null = Invoke-RestMethod "${uri}api/principal?type=individual&confirm=true" -Method Delete -Authentication Basic -Credential $credential -AllowUnencryptedAuthentication
                while ((Invoke-RestMethod "${uri}api/principal?types=individual&count=1" -Authentication Basic -Credential $credential -AllowUnencryptedAuthentication).data.total) { Start-Sleep -Milliseconds 5 }
            }
            function Invoke-RestLoop($File) {
                foreach ($row in Import-Csv $File) {
                    $body = @{ type = 'individual'; name = $row.Name; description = $row.Description; emails = $row.Email.Split(';'); quota = 5GB; secrets = @($row.PasswordHash); roles = @($row.Role) }
                    $response = Invoke-RestMethod "${uri}api/principal" -Method Post -Body ($body | ConvertTo-Json) -ContentType 'application/json' -Authentication Basic -Credential $credential -AllowUnencryptedAuthentication
                    if ($response.PSObject.Properties['error']) { throw $response.error }
                }
            }
            $ways = { $null = Import-MailPrincipal $args[0] }, { $null = Import-Csv $args[0] | New-MailPrincipal }, { Invoke-RestLoop $args[0] }
            foreach ($round in 0..{{rounds}}) {
                foreach ($way in $ways) {
                    Clear-Account
                    $watch = [Diagnostics.Stopwatch]::StartNew()
                    & $way '{{accounts.CsvPath}}'
                    $watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
                }
            }
            """,
            figures: ways.Length * (rounds + 1));
        var byWay = ways.Index().ToDictionary(way => way.Item, way => measured.Where((_, index) => index % ways.Length == way.Index).Skip(1).ToList());
        byWay[PwshImportFirst] = [measured[0]];
        return byWay;
    }

    private static void Print(Dictionary<string, List<double>> seconds, int rows, int delay, BenchmarkReport report)
    {
        var rates = seconds.ToDictionary(pair => pair.Key, pair => report.Add(pair.Key, [.. pair.Value.Select(elapsed => rows / elapsed)], "a second"));
        bool isNear = delay == 0;
        report.AddRatio("Import-MailPrincipal (pwsh) / HttpClient loop", rates[PwshImport] / rates[Bare], usual: isNear ? 0.5 : 2, isNear ? 0.8 : 1.2, isLessBetter: false);
        report.AddRatio("Import-MailPrincipal (pwsh, the first one) / HttpClient loop", rates[PwshImportFirst] / rates[Bare], usual: isNear ? 0.15 : 0.5, isLessBetter: false);
        report.AddRatio("Import-Csv | New-MailPrincipal (pwsh) / HttpClient loop", rates[PwshNew] / rates[Bare], usual: isNear ? 0.35 : 2, isNear ? 0.7 : null, isLessBetter: false);
        report.AddRatio("Import-MailPrincipal (pwsh) / Invoke-RestMethod loop", rates[PwshImport] / rates[PwshRest], usual: isNear ? 5 : 30, isNear ? 15 : null, isLessBetter: false);
    }
}
