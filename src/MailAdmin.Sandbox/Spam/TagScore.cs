namespace MailAdmin.Sandbox.Spam;

/// <summary>The value of one tag: a number, or an action that decides alone.</summary>
internal readonly record struct TagScore(string? Action, double Value);
