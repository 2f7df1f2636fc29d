using System.Globalization;

namespace MailAdmin.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record BenchmarkOptions
{
    private static readonly string[] s_parts = ["import", "first", "bulk", "network", "list", "large", "grow", "view", "hash", "jmap", "jmap-network", "jmap-key", "jmap-list"];

    /// <summary>What is measured, in this order.</summary>
    public IReadOnlyList<string> Parts { get; private init; } = s_parts;

    /// <summary>Accounts of the bulk part.</summary>
    public int Rows { get; private init; } = 5000;

    /// <summary>Accounts of the list part.</summary>
    public int Accounts { get; private init; } = 100_000;

    /// <summary>Measurements of each.</summary>
    public int Rounds { get; private init; } = 7;

    /// <summary>What every call takes longer in the network part, in milliseconds.</summary>
    public int Delay { get; private init; } = 10;

    /// <summary>Whether only absurd ratios are looked for.</summary>
    public bool IsShort { get; private init; }

    /// <summary>The file for other programs.</summary>
    public string? JsonPath { get; private init; }

    public static BenchmarkOptions Parse(string[] args)
    {
        var options = new BenchmarkOptions();
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--short" => options with { IsShort = true, Rows = 2000, Accounts = 10_000, Rounds = 3, Parts = ["import", "first", "bulk", "network", "list", "large", "view", "jmap-network", "jmap-list"] },
                "--parts" => options with { Parts = Value().Split(',') },
                "--rows" => options with { Rows = Number() },
                "--accounts" => options with { Accounts = Number() },
                "--rounds" => options with { Rounds = Number() },
                "--delay" => options with { Delay = Number() },
                "--json" => options with { JsonPath = Value() },
                _ => throw new ArgumentException($"Unknown option '{args[i]}'."),
            };

            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"Option '{args[i - 1]}' requires a value.");
            int Number() => int.Parse(Value(), CultureInfo.InvariantCulture);
        }
        return options;
    }
}
