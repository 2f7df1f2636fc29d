using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Finds the tags that apply to a message; the trained model adds one of them.</summary>
/// <param name="models">What was learned.</param>
/// <param name="transport">Finds the tags of the transport.</param>
/// <param name="settings">A setting of the filter by its name up to 0.15; null where it is not set.</param>
/// <param name="findAccount">The account with an address.</param>
/// <param name="dialect">What the version does differently.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class SpamClassifier(
    SpamModels models, TransportTags transport, Func<string, string?> settings, Func<string, uint?> findAccount, ServerDialect dialect, TimeProvider clock)
{
    private readonly SpamScores _scores = new(settings);

    public SpamVerdict Classify(SpamInput input)
    {
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        tags.UnionWith(HeaderTags.GetTags(input, clock.GetUtcNow()));
        tags.UnionWith(SenderTags.GetTags(input));
        tags.UnionWith(RecipientTags.GetTags(input));
        tags.UnionWith(ContentTags.GetTags(input));
        tags.UnionWith(transport.GetTags(input));
        if (FindLearnedTag(input) is { } tag)
        {
            tags.Add(tag);
        }

        return new SpamVerdict([.. tags.Select(name => KeyValuePair.Create(name, _scores.GetScore(name)))], _scores, dialect);
    }

    /// <summary>The tag of the trained model, if it has enough training and the probability is clear enough.</summary>
    private string? FindLearnedTag(SpamInput input)
    {
        IReadOnlySet<string> words = MessageText.GetWords(input.Message);
        return ComputeProbability(words, FindTrainingAccount(input)) is { } probability
            ? dialect.GradesSpamProbability ? GetGradeTag(probability) : FindBayesTag(probability)
            : null;
    }

    private double? ComputeProbability(IReadOnlySet<string> words, uint? account)
    {
        (double spam, double ham) = dialect.GradesSpamProbability
            ? (_scores.GetNumber("classifier.samples.min-spam", 100), _scores.GetNumber("classifier.samples.min-ham", 100))
            : (_scores.GetNumber("bayes.classify.learns", 200), _scores.GetNumber("bayes.classify.learns", 200));
        return (account is null ? null : models[account].ComputeProbability(words, (int)spam, (int)ham)) ?? models[null].ComputeProbability(words, (int)spam, (int)ham);
    }

    /// <summary>The recipient whose own model is used, where accounts have their own.</summary>
    private uint? FindTrainingAccount(SpamInput input) =>
        settings("bayes.account.enable") == "true" && input.EnvelopeRecipients is [var only] ? findAccount(only) : null;

    private string? FindBayesTag(double probability) =>
        probability > _scores.GetNumber("bayes.score.spam", 0.7) ? "BAYES_SPAM"
        : probability < _scores.GetNumber("bayes.score.ham", 0.5) ? "BAYES_HAM"
        : null;

    private static string GetGradeTag(double probability) => probability switch
    {
        < 0.15 => "PROB_HAM_HIGH",
        < 0.25 => "PROB_HAM_MEDIUM",
        < 0.40 => "PROB_HAM_LOW",
        < 0.60 => "PROB_SPAM_UNCERTAIN",
        < 0.75 => "PROB_SPAM_LOW",
        < 0.85 => "PROB_SPAM_MEDIUM",
        _ => "PROB_SPAM_HIGH",
    };
}
