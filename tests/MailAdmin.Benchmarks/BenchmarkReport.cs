using System.Globalization;
using System.Text.Json;

namespace MailAdmin.Benchmarks;

/// <summary>The figures of a run: a table that a person reads while it grows, and JSON for programs.</summary>
internal sealed class BenchmarkReport
{
    // So much worse than usual is no noise of the machine.
    private const double AbsurdFactor = 3;

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<BenchmarkFigure> _figures = [];
    private string _part = "";

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public void Begin(string part)
    {
        _part = part;
        Console.WriteLine();
        Console.WriteLine(part);
        Console.WriteLine(new string('-', part.Length));
    }

    /// <summary>A figure by itself.</summary>
    public void Add(string name, double value, string unit) => Add(new BenchmarkFigure(_part, name, value, unit));

    /// <summary>Repeated measurements, of which the median counts.</summary>
    public double Add(string name, IReadOnlyCollection<double> values, string unit)
    {
        double median = Median(values);
        Add(new BenchmarkFigure(_part, name, median, unit) { Least = values.Min(), Most = values.Max() });
        return median;
    }

    /// <summary>How one figure is to another.</summary>
    /// <param name="name">Which ones.</param>
    /// <param name="ratio">The one divided by the other.</param>
    /// <param name="usual">What it is on a quiet machine.</param>
    /// <param name="aim">What it should be; null where nothing is aimed at.</param>
    /// <param name="isLessBetter">Whether it should be at most that, and not at least.</param>
    public void AddRatio(string name, double ratio, double usual, double? aim = null, bool isLessBetter = true) =>
        Add(new BenchmarkFigure(_part, name, ratio, "x") { Usual = usual, Aim = aim, IsLessBetter = isLessBetter });

    /// <summary>Whether a ratio is so far from what is usual that something is broken.</summary>
    public bool HasAbsurdRatio()
    {
        BenchmarkFigure[] absurd = [.. _figures.Where(figure => figure.Usual is { } usual && (figure.IsLessBetter ? figure.Value > usual * AbsurdFactor : figure.Value < usual / AbsurdFactor))];
        foreach (BenchmarkFigure figure in absurd)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Absurd, since {figure.Usual:0.##} is usual: {figure}"));
        }
        return absurd.Length > 0;
    }

    public string ToJson() => JsonSerializer.Serialize(_figures, s_json);

    private void Add(BenchmarkFigure figure)
    {
        _figures.Add(figure);
        Console.WriteLine(figure.ToString());
    }
}

/// <summary>One figure.</summary>
internal sealed record BenchmarkFigure(string Part, string Name, double Value, string Unit)
{
    /// <summary>The least of the measurements.</summary>
    public double? Least { get; init; }

    /// <summary>The largest of the measurements.</summary>
    public double? Most { get; init; }

    /// <summary>What it is on a quiet machine.</summary>
    public double? Usual { get; init; }

    /// <summary>What it should be.</summary>
    public double? Aim { get; init; }

    /// <summary>Whether it should be at most that.</summary>
    public bool IsLessBetter { get; init; }

    public override string ToString()
    {
        string range = Least is { } least && Most is { } most ? string.Create(CultureInfo.InvariantCulture, $"  ({Format(least)} to {Format(most)})") : "";
        string aim = Aim is { } wanted ? string.Create(CultureInfo.InvariantCulture, $"  aim {(IsLessBetter ? "at most" : "at least")} {wanted:0.##}{((IsLessBetter ? Value <= wanted : Value >= wanted) ? "" : ", missed")}") : "";
        return $"{Name,-58}{Format(Value),10} {Unit}{range}{aim}";
    }

    private string Format(double value) => value.ToString(Unit == "x" ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
