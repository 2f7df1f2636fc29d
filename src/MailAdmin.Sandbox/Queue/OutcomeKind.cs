namespace MailAdmin.Sandbox.Queue;

/// <summary>How far delivery has come.</summary>
internal enum OutcomeKind
{
    Scheduled,
    Completed,
    TemporaryFailure,
    PermanentFailure,
}
