// What a cmdlet's password parameters mean, and the secret that goes to the server.
using System.Management.Automation;
using System.Security;
using MailAdmin.Client;
using MailAdmin.Isolated.Passwords;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A password that was given, generated, or given as a ready hash. Its text form shows nothing.</summary>
internal sealed class PasswordChoice
{
    private readonly string? _clear;
    private readonly string? _ready;
    private readonly PasswordHashAlgorithm _algorithm;

    private PasswordChoice(string? clear, string? ready, PasswordHashAlgorithm algorithm, bool generated)
        => (_clear, _ready, _algorithm, IsGenerated) = (clear, ready, algorithm, generated);

    /// <summary>Whether it was made here and must be handed out once.</summary>
    public bool IsGenerated { get; }

    /// <summary>Reads the parameters; null when none was given.</summary>
    /// <exception cref="ArgumentException">Two were given, the password is empty, or the hash is none that the server verifies.</exception>
    public static PasswordChoice? From(object? password, string? hash, bool generate, PasswordHashAlgorithm algorithm)
    {
        bool hasHash = !string.IsNullOrWhiteSpace(hash);
        if ((password is null ? 0 : 1) + (hasHash ? 1 : 0) + (generate ? 1 : 0) > 1)
        {
            throw new ArgumentException("Give one of -Password, -PasswordHash and -GeneratePassword.");
        }
        if (generate)
        {
            return new PasswordChoice(PasswordGenerator.Create(), null, algorithm, true);
        }
        return hasHash ? FromHash(hash!, algorithm) : password is null ? null : FromText(TextOf(password), algorithm);
    }

    /// <summary>The secret as the server is to store it. Hashing takes a few milliseconds: not for the pipeline thread.</summary>
    public string ToSecret() => _ready ?? (_algorithm == PasswordHashAlgorithm.None ? _clear! : PasswordHash.Compute(_algorithm.ToString(), _clear));

    /// <summary>The generated password with its login, fit for Set-Secret.</summary>
    public PSCredential ToCredential(string login) => new(login, PlainText.Protect(_clear!));

    public override string ToString() => "(a password)";

    // A clear text in disguise ({PLAIN}…) is unwrapped and hashed like any other.
    private static PasswordChoice FromHash(string hash, PasswordHashAlgorithm algorithm)
    {
        var cell = PasswordCell.Parse(hash.Trim());
        if (cell.Kind == PasswordCellKind.Hash)
        {
            return new PasswordChoice(null, cell.Value, algorithm, false);
        }
        return cell.Value != hash.Trim()
            ? FromText(cell.Value, algorithm)
            : throw new ArgumentException("The value of -PasswordHash is no password hash that the server verifies ($6$, $5$, $2b$, $argon2id$, $pbkdf2…, {SSHA}…). A clear password belongs in -Password.");
    }

    private static PasswordChoice FromText(string text, PasswordHashAlgorithm algorithm)
    {
        if (text.Length == 0)
        {
            throw new ArgumentException("The password is empty: the server would take it and lock the account out.");
        }
        if (algorithm == PasswordHashAlgorithm.None && (text[0] is '$' or '_' or '{' || text.StartsWith("otpauth://", StringComparison.Ordinal)))
        {
            throw new ArgumentException("The password begins as a stored secret of another form does ($, _, {, otpauth:): unhashed, the server would not read it as the password. Leave -HashAlgorithm at its default.");
        }
        return new PasswordChoice(text, null, algorithm, false);
    }

    private static string TextOf(object password) => password switch
    {
        PlainPassword plain => plain.Text,
        SecureString secure => PlainText.Of(secure),
        _ => throw new ArgumentException("A password is a SecureString or a PSCredential."),
    };
}
