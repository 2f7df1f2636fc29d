using System.Management.Automation;
using System.Security;
using MailAdmin.Client;
using MailAdmin.Isolated.Passwords;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A password that was specified, generated, or specified as a hash, and the secret that the server is to store. Its text form does not show it.</summary>
internal sealed class PasswordInput
{
    private readonly string? _plainText;
    private readonly string? _storedSecret;
    private readonly PasswordHashAlgorithm _algorithm;

    private PasswordInput(string? plainText, string? storedSecret, PasswordHashAlgorithm algorithm, bool isGenerated)
        => (_plainText, _storedSecret, _algorithm, IsGenerated) = (plainText, storedSecret, algorithm, isGenerated);

    /// <summary>Whether it was generated here and must be returned once.</summary>
    public bool IsGenerated { get; }

    /// <summary>The generated password; null for any other. Secret.</summary>
    public string? GeneratedText => IsGenerated ? _plainText : null;

    /// <summary>Reads the parameters; null when none was specified.</summary>
    /// <exception cref="ArgumentException">More than one was specified, the password is empty, or the server cannot verify the hash.</exception>
    public static PasswordInput? FromParameters(object? password, string? hash, bool generate, PasswordHashAlgorithm algorithm)
    {
        bool hasHash = !string.IsNullOrWhiteSpace(hash);
        if ((password is null ? 0 : 1) + (hasHash ? 1 : 0) + (generate ? 1 : 0) > 1)
        {
            throw new ArgumentException("Specify only one of -Password, -PasswordHash and -GeneratePassword.");
        }
        if (generate)
        {
            return Generate(algorithm);
        }
        return hasHash ? FromHash(hash!, algorithm) : password is null ? null : FromPassword(GetPlainText(password), algorithm);
    }

    /// <summary>The password or hash of a row.</summary>
    /// <exception cref="ArgumentException">It is empty, or unhashed and would be read as something else.</exception>
    public static PasswordInput FromCell(PasswordCell cell, PasswordHashAlgorithm algorithm) =>
        cell.Kind == PasswordCellKind.Hash ? new PasswordInput(null, cell.Value, algorithm, false) : FromText(cell.Value, algorithm);

    /// <summary>A new random password.</summary>
    public static PasswordInput Generate(PasswordHashAlgorithm algorithm) => new(PasswordGenerator.Create(), null, algorithm, true);

    /// <summary>A password in plain text.</summary>
    /// <exception cref="ArgumentException">It is empty, or unhashed and would be read as something else.</exception>
    public static PasswordInput FromText(string text, PasswordHashAlgorithm algorithm)
    {
        if (text.Length == 0)
        {
            throw new ArgumentException("The password is empty: the server would accept it, and nobody could sign in.");
        }
        if (algorithm == PasswordHashAlgorithm.None && (text[0] is '$' or '_' or '{' || text.StartsWith("otpauth://", StringComparison.Ordinal)))
        {
            throw new ArgumentException("The password begins like a stored secret of another form ($, _, {, otpauth:): without hashing, the server would not read it as the password. Omit -HashAlgorithm, so that it is hashed.");
        }
        return new PasswordInput(text, null, algorithm, false);
    }

    // A hash would be hashed again, and nobody could sign in with what it stands for.
    private static PasswordInput FromPassword(string text, PasswordHashAlgorithm algorithm)
    {
        if (text.Length == 0 || algorithm == PasswordHashAlgorithm.None)
        {
            return FromText(text, algorithm);
        }
        if (PasswordCell.GetPlaceholderError(text) is { } placeholder)
        {
            throw new ArgumentException(placeholder);
        }
        var cell = PasswordCell.Parse(text);
        return cell.Kind switch
        {
            PasswordCellKind.Hash => throw new ArgumentException($"The value of -Password is a stored hash ({cell.Scheme}), not a password. Specify it as -PasswordHash."),
            // The digits of a digest are a hash in a file; here a program made them as a password.
            PasswordCellKind.Unsupported when cell.MayBeGenerated => FromText(text, algorithm),
            PasswordCellKind.Unsupported => throw new ArgumentException(cell.Problem),
            _ => FromText(cell.Value, algorithm),
        };
    }

    /// <summary>Refuses a password that the server certainly refuses, where its rule may be read.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the rule.</exception>
    public Task CheckAsync(MailClient client, CancellationToken cancellationToken) =>
        _plainText is null ? Task.CompletedTask : client.Principals.CheckPasswordAsync(_plainText, cancellationToken);

    /// <summary>The secret as the server is to store it. Hashing takes a few milliseconds: not for the pipeline thread.</summary>
    public string ToSecret() => _storedSecret ?? (_algorithm == PasswordHashAlgorithm.None ? _plainText! : PasswordHash.Compute(_algorithm.ToString(), _plainText));

    /// <summary>The generated password with its login, as Set-Secret takes them.</summary>
    public PSCredential ToCredential(string login) => new(login, SecureStringConverter.ToSecureString(_plainText!));

    public override string ToString() => "(a password)";

    // A plain-text password with a tag ({PLAIN}…) is unwrapped and hashed like any other.
    private static PasswordInput FromHash(string hash, PasswordHashAlgorithm algorithm)
    {
        var cell = PasswordCell.Parse(hash.Trim());
        if (cell.Kind == PasswordCellKind.Hash)
        {
            return new PasswordInput(null, cell.Value, algorithm, false);
        }
        return cell.Value != hash.Trim()
            ? FromText(cell.Value, algorithm)
            : throw new ArgumentException("The value of -PasswordHash is not a password hash that the server verifies ($6$, $5$, $2b$, $argon2id$, $pbkdf2…, {SSHA}…). A plain-text password belongs in -Password.");
    }

    private static string GetPlainText(object password) => password switch
    {
        PlainPassword plain => plain.Text,
        SecureString secure => SecureStringConverter.ToPlainText(secure),
        _ => throw new ArgumentException("The password must be a SecureString or a PSCredential."),
    };
}
