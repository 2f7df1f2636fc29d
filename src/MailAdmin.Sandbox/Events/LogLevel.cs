namespace MailAdmin.Sandbox.Events;

/// <summary>How much an event matters, the least first.</summary>
internal enum LogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
}
