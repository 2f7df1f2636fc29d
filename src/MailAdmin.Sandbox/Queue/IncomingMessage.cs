using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Queue;

/// <summary>A message that enters the queue.</summary>
/// <param name="ReturnPath">The sender; empty for a bounce.</param>
/// <param name="Recipients">The recipients.</param>
/// <param name="Content">The message.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="At">Now, or a time in the past that the queue has not processed yet.</param>
/// <param name="Session">The connection it came by, for the telemetry.</param>
internal sealed record IncomingMessage(
    string ReturnPath, IReadOnlyList<MailRecipient> Recipients, byte[] Content, MailSource Source, DateTimeOffset At, TraceSpan? Session);
