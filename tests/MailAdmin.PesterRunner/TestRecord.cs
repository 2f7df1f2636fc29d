using System.Text.Json.Serialization;

namespace MailAdmin.PesterRunner;

/// <summary>What Worker.ps1 writes about one test, or about a block or a file that failed.</summary>
/// <param name="Path">The names of the blocks around it and its own, as they are written in the file.</param>
/// <param name="Name">The same as one text, with the values of -ForEach once it has run.</param>
/// <param name="Line">The line it begins at.</param>
/// <param name="Result">The word of Pester.</param>
/// <param name="StartedAt">When it began; null where it did not.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Error">Why it failed, or why it was skipped.</param>
/// <param name="StackTrace">Where it failed.</param>
internal sealed record TestRecord(string[] Path, string Name, int Line, string Result, DateTimeOffset? StartedAt, double Milliseconds, string? Error, string? StackTrace)
{
    /// <summary>A file as a whole that failed.</summary>
    public static TestRecord OfFile(string error) => new(["(file)"], "(file)", 1, "Failed", null, 0, error, null);
}

/// <summary>What Worker.ps1 is told to do.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">The lines of the tests to run; none for all.</param>
/// <param name="DiscoverOnly">Whether the tests are only listed.</param>
internal sealed record WorkOrder(string Path, int[] Lines, bool DiscoverOnly);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TestRecord))]
[JsonSerializable(typeof(WorkOrder))]
internal sealed partial class WorkerJson : JsonSerializerContext;
