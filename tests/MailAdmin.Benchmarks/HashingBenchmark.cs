using System.Diagnostics;
using System.Management.Automation.Runspaces;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Benchmarks;

/// <summary>Milliseconds for a hash of each kind. Measured alone: it costs the same for every competitor, and more than all the rest.</summary>
internal static class HashingBenchmark
{
    private const int Repetitions = 20;
    private static readonly string[] s_algorithms = ["Sha512Crypt", "Bcrypt", "Argon2id"];

    public static Task RunAsync(BenchmarkReport report)
    {
        report.Begin("Hashing one password (ConvertTo-MailPasswordHash)");
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using (var shell = PS.Create(runspace))
        {
            shell.AddScript("param($manifest) Import-Module $manifest; $secret = [securestring]::new(); foreach ($letter in 'a generated password'.ToCharArray()) { $secret.AppendChar($letter) }")
                .AddArgument(ProjectFolder.Manifest).Invoke();
        }
        foreach (string algorithm in s_algorithms)
        {
            MeasureHash(runspace, algorithm);
            report.Add(algorithm, [.. Enumerable.Range(0, Repetitions).Select(_ => MeasureHash(runspace, algorithm))], "ms");
        }
        return Task.CompletedTask;
    }

    private static double MeasureHash(Runspace runspace, string algorithm)
    {
        using var shell = PS.Create(runspace);
        shell.AddScript($"$secret | ConvertTo-MailPasswordHash -Algorithm {algorithm}");
        long start = Stopwatch.GetTimestamp();
        if (shell.Invoke().Count != 1)
        {
            throw new InvalidOperationException($"{algorithm}: {shell.Streams.Error[0]}");
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
