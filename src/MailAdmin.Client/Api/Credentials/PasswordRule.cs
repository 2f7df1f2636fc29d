using System.Text;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Credentials;

/// <summary>What a password has to be on a server. It counts bytes, and calls them characters.</summary>
/// <param name="MinBytes">The fewest bytes.</param>
/// <param name="MaxBytes">The most bytes.</param>
/// <param name="MinScore">How hard it has to be to guess, from 0 to 4; null where that is not known.</param>
/// <param name="Score">Tells how hard a password is to guess; null where nothing here can.</param>
internal sealed record PasswordRule(int MinBytes, int MaxBytes, int? MinScore, Func<string, int>? Score)
{
    private const int AppPasswordLength = 40;

    /// <summary>What is wrong with a password, as a sentence; null for nothing.</summary>
    public string? FindProblem(string password)
    {
        int bytes = Encoding.UTF8.GetByteCount(password);
        return IsLikeAppPassword(password) ? "The password is of the form of an app password, for which this server takes it, so that nobody could sign in with it."
            : bytes < MinBytes ? $"The password is shorter than the {MinBytes} bytes that this server requires. Letters beyond ASCII count as two to four."
            : bytes > MaxBytes ? $"The password is longer than the {MaxBytes} bytes that this server allows. Letters beyond ASCII count as two to four."
            : MinScore > 0 && Score?.Invoke(password) is { } score && score < MinScore
                ? $"The password is too weak: it is {score} on the scale from 0 to 4 of how hard it is to guess, and this server requires {MinScore}. Choose a longer one, such as several words that do not belong together."
            : null;
    }

    /// <summary>The error of a password; null for one that the server takes.</summary>
    public MailServerException? FindError(string password) => FindProblem(password) is { } problem
        ? MailServerException.CreateRefusal(Operations.CallJmap, "secret", $"{problem} It was not sent.")
        : null;

    // What the server makes is app_ and 36 letters of its base 32; what stands fourth it does not look at.
    private static bool IsLikeAppPassword(string password) => password.Length == AppPasswordLength && password.StartsWith("app", StringComparison.Ordinal) && JmapId.IsValid(password[4..]);
}
