namespace MailAdmin.Sandbox.Events;

/// <summary>The level of an event, the lowest first.</summary>
internal enum LogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
}
