namespace MailAdmin.Client.Api.Spam;

/// <summary>The spam filter of a server.</summary>
internal interface ISpamFilter
{
    /// <summary>Whether the server stores samples and learns later; null while that is unknown.</summary>
    bool? StoresSamples { get; }

    /// <summary>Whether it learns from a message only where that has a subject or a sender.</summary>
    bool NeedsSubjectOrFrom => false;

    /// <summary>Refuses a test that the server cannot do. Nothing is sent.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void Check(SpamQuery query)
    {
        // By default it can test any.
    }

    /// <summary>Has the filter learn from a message, or keeps it as a sample.</summary>
    Task<SpamTrainingStatus> TrainAsync(byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken);

    /// <summary>Has the server learn from its samples.</summary>
    Task<SpamTrainingStart> StartTrainingAsync(CancellationToken cancellationToken);

    /// <summary>What the filter does with a message.</summary>
    Task<MailSpamResult> ClassifyAsync(SpamQuery query, CancellationToken cancellationToken);
}
