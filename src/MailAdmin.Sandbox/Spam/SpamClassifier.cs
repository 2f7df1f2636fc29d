using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Finds the tags that apply to a message; the trained model adds one of them.</summary>
internal sealed class SpamClassifier(
    SpamModels models, TransportTags transport, PrincipalStore store, RunningConfiguration configuration, TimeProvider clock)
{
    private readonly SpamScores _scores = new(configuration);

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

        return new SpamVerdict([.. tags.Select(name => KeyValuePair.Create(name, _scores.GetScore(name)))], _scores, store.Dialect);
    }

    /// <summary>The tag of the trained model, if it has enough training and the probability is clear enough.</summary>
    private string? FindLearnedTag(SpamInput input)
    {
        IReadOnlySet<string> words = MessageText.GetWords(input.Message);
        return ComputeProbability(words, FindTrainingAccount(input)) is { } probability
            ? store.Dialect.GradesSpamProbability ? GetGradeTag(probability) : FindBayesTag(probability)
            : null;
    }

    private double? ComputeProbability(IReadOnlySet<string> words, uint? account)
    {
        (double spam, double ham) = store.Dialect.GradesSpamProbability
            ? (_scores.GetNumber("classifier.samples.min-spam", 100), _scores.GetNumber("classifier.samples.min-ham", 100))
            : (_scores.GetNumber("bayes.classify.learns", 200), _scores.GetNumber("bayes.classify.learns", 200));
        return (account is null ? null : models[account].ComputeProbability(words, (int)spam, (int)ham)) ?? models[null].ComputeProbability(words, (int)spam, (int)ham);
    }

    /// <summary>The recipient whose own model is used, where accounts have their own.</summary>
    private uint? FindTrainingAccount(SpamInput input) =>
        configuration.GetSpamFilterSetting("bayes.account.enable") == "true" && input.EnvelopeRecipients is [var only] ? store.FindByAddress(only)?.Id : null;

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
