using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Isolated.Mime;

/// <summary>Tells the line that begins a message, <c>From ann@example.org Mon Jan  1 10:00:00 2024</c>, from a sentence that begins with the same word.</summary>
internal sealed partial class MboxMarker
{
    private const string Weekday = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private const string Month = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private const string Time = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?";
    private const string Zone = @"([+-][0-9]{4}|[A-Z]{1,5})";
    private const string ByCtime = $@"{Weekday}\s+{Month}\s+[0-9]{{1,2}}\s+{Time}(\s+{Zone}){{0,2}}\s+[0-9]{{4}}(\s+{Zone})?";
    private const string ByHeader = $@"{Weekday},?\s+[0-9]{{1,2}}\s+{Month}\s+[0-9]{{4}}\s+{Time}(\s+\(?{Zone}\)?){{0,2}}";
    private const string ByNumbers = $@"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{Time}\S*(\s+{Zone})?";

    private bool _isDated = true;

    /// <summary>How the line begins.</summary>
    public static ReadOnlySpan<byte> Start => "From "u8;

    /// <summary>Learns from the first line of the file how its writer marks messages.</summary>
    public void Learn(ReadOnlySpan<byte> line) => _isDated = DatedPattern().IsMatch(GetText(line));

    /// <summary>Whether a line begins a message.</summary>
    /// <param name="line">The line.</param>
    /// <param name="follows">Whether it is where the format puts it, after a blank line. Some writers omit that, but not the sender and the date.</param>
    public bool IsMarker(ReadOnlySpan<byte> line, bool follows)
    {
        if (!line.StartsWith(Start) && !MboxReader.IsMbox(line))
        {
            return false;
        }
        string text = GetText(line);
        // Where the first line has no date that is known, what any marker has is enough: a time.
        return follows ? (_isDated ? DatedPattern() : TimePattern()).IsMatch(text) : CompletePattern().IsMatch(text);
    }

    private static string GetText(ReadOnlySpan<byte> line) => Encoding.Latin1.GetString(line);

    // The date ends the line: a sentence goes on.
    [GeneratedRegex($@"From\s.*\b({ByCtime}|{ByHeader}|{ByNumbers})(\s+remote\s+from\s+\S+)?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DatedPattern();

    [GeneratedRegex($@"^(\xEF\xBB\xBF)?From \S+\s+{ByCtime}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex CompletePattern();

    [GeneratedRegex("[0-9]:[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();
}
