using System.Diagnostics;
using System.Globalization;

namespace MailAdmin.Benchmarks;

/// <summary>The module's import against an empty module's, each time in a fresh process: everything is compiled and loaded again, as for a user.</summary>
internal static class ImportTimeBenchmark
{
    private const int RunsPerRound = 3;

    public static void Run(int rounds)
    {
        BenchmarkReport.WriteHeading("Import-Module in fresh processes");
        using var empty = new EmptyModule();
        int runs = rounds * RunsPerRound;
        Compare("hosted engine", MeasureHosted, empty.Manifest, runs);
        if (InstalledPowerShell.IsInstalled)
        {
            Compare("pwsh", MeasurePwsh, empty.Manifest, runs);
        }
    }

    private static void Compare(string where, Func<string, double> measure, string emptyManifest, int runs)
    {
        var empty = new List<double>();
        var module = new List<double>();
        measure(emptyManifest);
        measure(ProjectFolder.Manifest);
        // Alternating, so that a busy moment of the machine affects both.
        for (int run = 0; run < runs; run++)
        {
            empty.Add(measure(emptyManifest));
            module.Add(measure(ProjectFolder.Manifest));
        }
        (double moduleMedian, double emptyMedian) = (BenchmarkReport.Median(module), BenchmarkReport.Median(empty));
        BenchmarkReport.WriteLine($"{where}: empty module", $"{emptyMedian,7:0.0} ms (fastest {empty.Min():0.0})");
        BenchmarkReport.WriteLine($"{where}: MailAdmin", $"{moduleMedian,7:0.0} ms (fastest {module.Min():0.0}), {moduleMedian - emptyMedian:+0.0;-0.0} ms, {moduleMedian / emptyMedian:0.00} x");
    }

    private static double MeasureHosted(string manifest)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ImportTimeBenchmark).Assembly.Location, "--import", manifest])
        {
            RedirectStandardOutput = true,
        })!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    private static double MeasurePwsh(string manifest) => InstalledPowerShell.Measure(
        $"$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}'; $watch.Stop(); $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)",
        figures: 1)[0];
}
