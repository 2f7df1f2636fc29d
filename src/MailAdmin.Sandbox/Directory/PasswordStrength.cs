using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Directory;

/// <summary>
/// How hard a password is to guess, from 0 to 4. A real server asks zxcvbn, which knows thousands of words and names; this is a rule of thumb on the same scale
/// (a power of ten of guesses), since there is no well-kept library for it: what both know to be weak or strong is so here too, what lies between may differ.
/// </summary>
internal static partial class PasswordStrength
{
    /// <summary>The powers of ten from which on the next score begins.</summary>
    private static readonly double[] s_thresholds = [3, 6, 8, 10];

    /// <summary>Words that people begin a password with.</summary>
    private static readonly HashSet<string> s_commonWords =
    [
        "password", "passwort", "passwd", "secret", "qwerty", "qwertz", "azerty", "asdf", "asdfgh", "letmein", "welcome", "admin", "administrator", "login", "master", "monkey",
        "dragon", "iloveyou", "sunshine", "princess", "football", "baseball", "abc", "test", "user", "guest", "root", "changeme", "default", "spring", "summer", "autumn", "winter",
    ];

    public static int Score(string password)
    {
        double power = RunPattern().Matches(password).Sum(run => PowerOf(run.Value));
        return s_thresholds.Count(threshold => power >= threshold);
    }

    private static double PowerOf(string run)
    {
        if (IsSequence(run) || s_commonWords.Contains(run.ToLowerInvariant()))
        {
            return 1.5;
        }

        return char.IsLetter(run[0]) ? run.Length * 0.9 : char.IsDigit(run[0]) ? run.Length * 0.7 : run.Length;
    }

    /// <summary>Every character follows the one before, or is the same: <c>12345678</c>, <c>aaaa</c>.</summary>
    private static bool IsSequence(string run) => run.Length > 2 && run.Zip(run.Skip(1), (one, next) => next - one).Distinct().ToArray() is [>= -1 and <= 1];

    [GeneratedRegex(@"\p{L}+|\p{Nd}+|[^\p{L}\p{Nd}]+", RegexOptions.CultureInvariant)]
    private static partial Regex RunPattern();
}
