namespace MailAdmin.Tests.Recordings;

/// <summary>An answer with one thing wrong.</summary>
/// <param name="Name">What was done to it, and where.</param>
/// <param name="Exchange">The answer.</param>
/// <param name="MustFail">Whether it cannot be read as a value.</param>
internal sealed record AnswerMutation(string Name, RecordedExchange Exchange, bool MustFail);
