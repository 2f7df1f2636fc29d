using System.Globalization;

namespace MailAdmin.Tests.Recordings;

/// <summary>Lines of a recording that are not expected to agree.</summary>
/// <param name="Section">The section of the recording.</param>
/// <param name="Ids">The ids: single ones and ranges of numbers, such as <c>298-324 326 594b</c>.</param>
/// <param name="Count">How many lines that are.</param>
/// <param name="Reason">Why they differ.</param>
internal sealed record ReplayExclusion(string Section, string Ids, int Count, string Reason)
{
    public bool Covers(RecordedLine line) => line.Section == Section && Ids.Split(' ').Any(range => IsIn(range, line.Id));

    private static bool IsIn(string range, string id)
    {
        if (range == id)
        {
            return true;
        }

        string[] ends = range.Split('-');
        return ends.Length == 2
            && int.TryParse(id, CultureInfo.InvariantCulture, out int number)
            && number >= int.Parse(ends[0], CultureInfo.InvariantCulture)
            && number <= int.Parse(ends[1], CultureInfo.InvariantCulture);
    }
}
