using System.Globalization;

namespace MailAdmin.Sandbox.Spam;

/// <summary>The scores of tags, by the settings: without installed rules every score is 0.</summary>
/// <param name="settings">A setting of the filter by its name up to 0.15; null where it is not set.</param>
internal sealed class SpamScores(Func<string, string?> settings)
{
    public const string Discard = "discard";
    public const string Reject = "reject";

    /// <summary>The score from which a message is spam.</summary>
    public double SpamThreshold => GetNumber("score.spam", 5);

    /// <summary>The score from which it is discarded; 0 for never.</summary>
    public double DiscardThreshold => GetNumber("score.discard", 0);

    /// <summary>The score from which it is rejected; 0 for never.</summary>
    public double RejectThreshold => GetNumber("score.reject", 0);

    /// <summary>The score of a tag, or the action that it causes.</summary>
    public TagScore GetScore(string tag) => settings($"list.scores.{tag}") switch
    {
        Discard => new TagScore(Discard, 0),
        Reject => new TagScore(Reject, 0),
        var text => new TagScore(null, Parse(text, 0)),
    };

    /// <summary>Whether anybody has said what a tag means.</summary>
    public bool IsSet(string tag) => settings($"list.scores.{tag}") is not null;

    /// <summary>A number among the filter's settings.</summary>
    public double GetNumber(string key, double defaultValue) => Parse(settings(key), defaultValue);

    private static double Parse(string? text, double defaultValue) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : defaultValue;
}
