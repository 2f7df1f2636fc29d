namespace MailAdmin.Sandbox.Queue;

/// <summary>What a host answered.</summary>
/// <param name="Code">The three digits.</param>
/// <param name="EnhancedCode">The enhanced status code: <c>5.1.1</c>.</param>
/// <param name="Message">The text.</param>
internal sealed record SmtpReply(int Code, string EnhancedCode, string Message);
