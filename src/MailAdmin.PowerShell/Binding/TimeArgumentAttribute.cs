// PowerShell alone reads a text in the calendar and order of the culture: 2026-11-30 would be 2648 in Iran, and 3/4 ambiguous everywhere.
using System.Globalization;
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>A time: an object, or a text. An empty value is not a time: an unset variable would mean now, or any time.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Examples = "Write it as 2026-11-30 09:00 or 2026-11-30T09:00:00+01:00.";

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData.Unwrap() switch
    {
        DateTimeOffset time => time,
        DateTime time => FromDateTime(time),
        string text => FromText(text),
        null => throw CreateException($"No time was specified. {Examples}"),
        var other => throw CreateException($"'{InputText.Format(other)}' is not a valid time. {Examples}"),
    };

    // A time of unspecified kind is local.
    private static DateTimeOffset FromDateTime(DateTime time)
    {
        try
        {
            return new DateTimeOffset(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The first or the last possible day, where the time zone of this machine is not UTC.
            return new DateTimeOffset(time, TimeSpan.Zero);
        }
    }

    private static DateTimeOffset FromText(string text) => TimeParser.Parse(text, CultureInfo.CurrentCulture) switch
    {
        [var time] => time,
        [] => throw CreateException($"'{text}' is not a valid time. {Examples}"),
        var meanings => throw CreateException($"'{text}' can mean {string.Join(" or ", meanings.Select(TimeText.Format))}. Specify one of these."),
    };

    private static ArgumentTransformationMetadataException CreateException(string message) => new(message);
}
