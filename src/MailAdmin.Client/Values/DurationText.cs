using System.Globalization;

namespace MailAdmin.Client;

/// <summary>Writes durations for people, the same in every culture.</summary>
public static class DurationText
{
    /// <summary>In minutes from two on, else in seconds, to one digit after the point: <c>2.5 minutes</c>, <c>90 seconds</c>.</summary>
    /// <param name="duration">The duration.</param>
    public static string Format(TimeSpan duration) => duration.TotalMinutes >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0.#} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} seconds");
}
