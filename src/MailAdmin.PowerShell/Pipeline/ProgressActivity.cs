namespace MailAdmin.PowerShell.Pipeline;

/// <summary>The ids of progress displays. Two displays with the same id would overwrite each other's line.</summary>
internal static class ProgressActivity
{
    public const int Waiting = 7001;
    public const int Importing = 7002;
    public const int Training = 7003;
    public const int TestingDelivery = 7004;
    public const int WaitingForTasks = 7005;
}
