using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Requests;

namespace MailAdmin.PesterRunner;

/// <summary>What the test platform is told of the tests of a file.</summary>
internal static class TestNodes
{
    public static IEnumerable<TestNode> From(TestFile file, IReadOnlyList<TestRecord> records, string output, bool discovers)
    {
        if (records.Count == 0 && !discovers)
        {
            records = [TestRecord.OfFile("The file ended without a test.")];
        }
        // The tests of one It with -ForEach have one name before they run: their order tells them apart, when they are listed and when they run.
        Dictionary<string, int> seen = [];
        foreach (TestRecord record in records)
        {
            string path = $"/{Escape(file.Name)}/{string.Join('/', record.Path.Select(Escape))}";
            int number = seen[path] = seen.GetValueOrDefault(path) + 1;
            TestNodeStateProperty state = State(record, discovers);
            var properties = new PropertyBag(state, new TestFileLocationProperty(file.Path, new LinePositionSpan(new LinePosition(record.Line, 0), new LinePosition(record.Line, 0))));
            if (!discovers)
            {
                DateTimeOffset start = record.StartedAt ?? DateTimeOffset.UtcNow;
                var duration = TimeSpan.FromMilliseconds(record.Milliseconds);
                properties.Add(new TimingProperty(new TimingInfo(start, start + duration, duration)));
            }
            if (output.Length > 0 && state is FailedTestNodeStateProperty)
            {
                properties.Add(new StandardOutputProperty(output));
            }
            yield return new TestNode { Uid = number == 1 ? path : $"{path}#{number}", DisplayName = $"{file.Name}: {record.Name}", Properties = properties };
        }
    }

    /// <summary>Whether the filter of the command line, if there is one, lets it through.</summary>
    public static bool IsChosen(TestNode node, ITestExecutionFilter filter) => filter switch
    {
        TestNodeUidListFilter list => list.TestNodeUids.Contains(node.Uid),
        TreeNodeFilter tree => tree.MatchesFilter(node.Uid.Value, node.Properties),
        _ => true,
    };

    public static int Line(TestNode node) => node.Properties.Single<TestFileLocationProperty>().LineSpan.Start.Line;

    // A slash parts the levels of a path.
    private static string Escape(string name) => Uri.EscapeDataString(name);

    private static TestNodeStateProperty State(TestRecord record, bool discovers) => record.Result switch
    {
        "Failed" => new FailedTestNodeStateProperty(new PesterFailure(record.Error, record.StackTrace)),
        _ when discovers => DiscoveredTestNodeStateProperty.CachedInstance,
        "Passed" => PassedTestNodeStateProperty.CachedInstance,
        "Skipped" or "NotRun" or "Inconclusive" => new SkippedTestNodeStateProperty(record.Error ?? ""),
        _ => new ErrorTestNodeStateProperty($"Pester said '{record.Result}'."),
    };
}

/// <summary>Why a test failed, and where in the script.</summary>
internal sealed class PesterFailure(string? message, string? stackTrace) : Exception(string.IsNullOrEmpty(message) ? "It did not run: a block around it failed." : message)
{
    public override string? StackTrace => stackTrace;
}
