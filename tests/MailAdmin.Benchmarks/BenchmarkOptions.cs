using System.Globalization;

namespace MailAdmin.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record BenchmarkOptions(int Rows = 5000, int Rounds = 5, int Delay = 5)
{
    public static BenchmarkOptions Parse(string[] args)
    {
        var options = new BenchmarkOptions();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            int value = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--rows" => options with { Rows = value },
                "--rounds" => options with { Rounds = value },
                "--delay" => options with { Delay = value },
                _ => throw new ArgumentException($"Unknown option '{args[i]}'."),
            };
        }
        return options;
    }
}
