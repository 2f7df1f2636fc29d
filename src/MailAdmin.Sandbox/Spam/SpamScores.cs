using System.Globalization;
using MailAdmin.Sandbox.Configuration;

namespace MailAdmin.Sandbox.Spam;

/// <summary>What the tags count, by the settings: without rules installed nothing counts anything.</summary>
internal sealed class SpamScores(RunningConfiguration configuration)
{
    public const string Discard = "discard";
    public const string Reject = "reject";

    /// <summary>From which score on a message is spam.</summary>
    public double SpamThreshold => GetNumber("score.spam", 5);

    /// <summary>From which score on it is thrown away; 0 for never.</summary>
    public double DiscardThreshold => GetNumber("score.discard", 0);

    /// <summary>From which score on it is refused; 0 for never.</summary>
    public double RejectThreshold => GetNumber("score.reject", 0);

    /// <summary>What a tag adds to the score, or the action that it stands for.</summary>
    public TagScore GetScore(string tag) => configuration.GetSpamFilterSetting($"list.scores.{tag}") switch
    {
        Discard => new TagScore(Discard, 0),
        Reject => new TagScore(Reject, 0),
        var text => new TagScore(null, Parse(text, 0)),
    };

    /// <summary>A number among the filter's settings.</summary>
    public double GetNumber(string key, double defaultValue) => Parse(configuration.GetSpamFilterSetting(key), defaultValue);

    private static double Parse(string? text, double defaultValue) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : defaultValue;
}
