// PowerShell alone takes a number for ticks, of which ten million are a second, and the text '300' for days.
using System.Globalization;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>A duration: a time span, or a number of seconds. Not negative, a day at most.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Examples = "Write it in seconds, such as 300, or as hours, minutes and seconds, such as 00:05:00. The longest is a day.";
    private static readonly TimeSpan s_max = TimeSpan.FromDays(1);

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        TimeSpan? duration = inputData.Unwrap() switch
        {
            TimeSpan span => span,
            string text => FromText(text.Trim()),
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => FromSeconds(LanguagePrimitives.ConvertTo<double>(inputData)),
            _ => null,
        };
        return duration is { } valid && valid >= TimeSpan.Zero && valid <= s_max
            ? valid
            : throw new ArgumentTransformationMetadataException($"'{InputText.Format(inputData)}' is not a valid duration. {Examples}");
    }

    private static TimeSpan? FromText(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
        {
            return FromSeconds(seconds);
        }
        // '5:00' would be five hours, and people mean five minutes.
        return text.Count(character => character == ':') == 2 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) ? span : null;
    }

    private static TimeSpan? FromSeconds(double seconds) => seconds >= 0 && seconds <= s_max.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
}
