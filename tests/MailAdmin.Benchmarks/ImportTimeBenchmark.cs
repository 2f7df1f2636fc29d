using System.Diagnostics;
using System.Globalization;

namespace MailAdmin.Benchmarks;

/// <summary>The module's import against an empty module's, each time in a fresh process: everything is compiled and loaded again, as for a user.</summary>
internal static class ImportTimeBenchmark
{
    public static Task RunAsync(BenchmarkOptions options, BenchmarkReport report)
    {
        report.Begin("Import-Module in fresh processes");
        using var empty = new EmptyModule();
        Compare("hosted engine", MeasureHosted, empty.Manifest, options.Rounds, report, aim: null);
        Compare("pwsh", MeasurePwsh, empty.Manifest, options.Rounds, report, aim: 1.35);
        return Task.CompletedTask;
    }

    private static void Compare(string where, Func<string, double> measure, string emptyManifest, int rounds, BenchmarkReport report, double? aim)
    {
        var empty = new List<double>();
        var module = new List<double>();
        measure(emptyManifest);
        measure(ProjectFolder.Manifest);
        // Alternating, so that a busy moment of the machine affects both.
        for (int round = 0; round < rounds; round++)
        {
            empty.Add(measure(emptyManifest));
            module.Add(measure(ProjectFolder.Manifest));
        }
        double emptyMedian = report.Add($"empty module, {where}", empty, "ms");
        double moduleMedian = report.Add($"MailAdmin, {where}", module, "ms");
        report.Add($"MailAdmin over it, {where}", moduleMedian - emptyMedian, "ms");
        report.AddRatio($"MailAdmin / empty module, {where}", moduleMedian / emptyMedian, usual: 1.85, aim);
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

    private static double MeasurePwsh(string manifest) => RestoredPowerShell.Measure(
        $"$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}'; $watch.Stop(); $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)",
        figures: 1)[0];
}
