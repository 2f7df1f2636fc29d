namespace MailAdmin.Client.Api.Queue;

/// <summary>What a look at a rescheduled message shows.</summary>
internal enum RescheduleOutcome
{
    /// <summary>Its next try is when it should be, or it has been tried.</summary>
    Moved,

    /// <summary>Its next try did not move.</summary>
    NotMoved,

    /// <summary>It was to wait, and is no longer waiting: delivered, given up or cancelled.</summary>
    Left,

    /// <summary>It was tried, and nobody can tell whether by a try that had begun before.</summary>
    Uncertain,
}
