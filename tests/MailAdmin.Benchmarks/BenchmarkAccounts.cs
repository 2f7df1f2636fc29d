using System.Globalization;
using System.Text;

namespace MailAdmin.Benchmarks;

/// <summary>The accounts of a measurement: the same for every competitor, with a ready hash, so that hashing is not measured.</summary>
internal sealed class BenchmarkAccounts : IDisposable
{
    public const string Hash = "$6$benchmarksalt$fQuFR1jYS8TbZFXTh5oyikMg5LBgkVusk7bJIM/zcFu/CDreZgBVK1b5ZUw8GbnVfrmNPvrUhMGYIKnSO.9UN1";
    public const long Quota = 5L << 30;
    public const string Description = "Person of the benchmark";

    private BenchmarkAccounts(int count)
    {
        Names = [.. Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"person{i:000000}"))];
        CsvPath = Path.Combine(Path.GetTempPath(), $"mailadmin-benchmark-{Guid.NewGuid():n}.csv");
        var text = new StringBuilder("Name,Description,Email,Quota,PasswordHash,Role\n");
        foreach (string name in Names)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name},{Description},{name}@example.org;{name}.alias@example.org,5GB,{Hash},user\n");
        }
        File.WriteAllText(CsvPath, text.ToString());
    }

    public string[] Names { get; }

    public string CsvPath { get; }

    public static BenchmarkAccounts Create(int count) => new(count);

    /// <summary>The body of one POST, as a hand-written program would send it.</summary>
    public static object CreateBody(string name) => new Dictionary<string, object>
    {
        ["type"] = "individual",
        ["name"] = name,
        ["description"] = Description,
        ["emails"] = new[] { $"{name}@example.org", $"{name}.alias@example.org" },
        ["quota"] = Quota,
        ["secrets"] = new[] { Hash },
        ["roles"] = new[] { "user" },
    };

    public void Dispose() => File.Delete(CsvPath);
}
