// PowerShell alone reads a text in the culture's calendar and order: 2026-11-30 would be 2648 in Iran, and 3/4 a guess everywhere.
using System.Globalization;
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>A moment: an object, or a text. Nothing is not a moment: an unset variable would mean now, or ever.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Examples = "Write it as 2026-11-30 09:00 or 2026-11-30T09:00:00+01:00.";

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData.Unwrap() switch
    {
        DateTimeOffset time => time,
        DateTime time => FromDateTime(time),
        string text => FromText(text),
        null => throw CreateException($"No time is given. {Examples}"),
        var other => throw CreateException($"'{other}' is not a time. {Examples}"),
    };

    // A kind that is not told is local.
    private static DateTimeOffset FromDateTime(DateTime time)
    {
        try
        {
            return new DateTimeOffset(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The first and the last day there is, where this machine's clock is not at UTC.
            return new DateTimeOffset(time, TimeSpan.Zero);
        }
    }

    private static DateTimeOffset FromText(string text) => TimeParser.Parse(text, CultureInfo.CurrentCulture) switch
    {
        [var one] => one,
        [] => throw CreateException($"'{text}' is not a time. {Examples}"),
        var several => throw CreateException($"'{text}' can mean {string.Join(" or ", several.Select(TimeText.Format))}. Write the one that is meant in that form."),
    };

    private static ArgumentTransformationMetadataException CreateException(string message) => new(message);
}
