namespace MailAdmin.Sandbox.Queue;

/// <summary>The state of a delivery.</summary>
internal enum OutcomeKind
{
    Scheduled,
    Completed,
    TemporaryFailure,
    PermanentFailure,
}
