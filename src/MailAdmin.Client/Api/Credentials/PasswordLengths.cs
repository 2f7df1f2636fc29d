using System.Text;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Credentials;

/// <summary>How long a password may be on a server. It counts bytes, and calls them characters.</summary>
/// <param name="MinBytes">The fewest bytes.</param>
/// <param name="MaxBytes">The most bytes.</param>
internal sealed record PasswordLengths(int MinBytes, int MaxBytes)
{
    private const int AppPasswordLength = 40;

    /// <summary>What is wrong with a password, as the end of a sentence; null for nothing.</summary>
    public string? FindProblem(string password)
    {
        int bytes = Encoding.UTF8.GetByteCount(password);
        return IsLikeAppPassword(password) ? "of the form of an app password, for which this server takes it, so that nobody could sign in with it"
            : bytes < MinBytes ? $"shorter than the {MinBytes} bytes that this server requires"
            : bytes > MaxBytes ? $"longer than the {MaxBytes} bytes that this server allows"
            : null;
    }

    /// <summary>The error of a password; null for one that is long and short enough.</summary>
    public MailServerException? FindError(string password) => FindProblem(password) is { } problem
        ? MailServerException.CreateRefusal(Operations.CallJmap, "secret", $"The password is {problem} (letters beyond ASCII count as two to four). It was not sent.")
        : null;

    // What the server makes is app_ and 36 letters of its base 32; what stands fourth it does not look at.
    private static bool IsLikeAppPassword(string password) => password.Length == AppPasswordLength && password.StartsWith("app", StringComparison.Ordinal) && JmapId.IsValid(password[4..]);
}
