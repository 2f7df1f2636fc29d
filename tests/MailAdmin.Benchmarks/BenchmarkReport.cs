namespace MailAdmin.Benchmarks;

/// <summary>The results of repeated measurements.</summary>
internal static class BenchmarkReport
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static void WriteHeading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
        Console.WriteLine(new string('-', text.Length));
    }

    public static void WriteLine(string name, string figures) => Console.WriteLine($"{name,-46}{figures}");
}
