namespace MailAdmin.Sandbox.Registry;

/// <summary>How new objects get their ids.</summary>
internal enum IdAssignment
{
    ByTime,
    Sequential,
}
