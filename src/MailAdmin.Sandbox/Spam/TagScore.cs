namespace MailAdmin.Sandbox.Spam;

/// <summary>What one tag comes to: a number, or an action that decides alone.</summary>
internal readonly record struct TagScore(string? Action, double Value);
