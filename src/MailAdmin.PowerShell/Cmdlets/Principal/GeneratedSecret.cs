using System.Management.Automation;
using System.Security;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// A password or key that was made here, with the object that has the only copy of it. Shown at the prompt, such an object says so: it would be lost with the
/// next command.
/// </summary>
internal static class GeneratedSecret
{
    /// <summary>What is behind the name of the type of an object whose view says so.</summary>
    private const string PasswordSuffix = "#GeneratedPassword";

    private const string ApiKeySuffix = "#GeneratedApiKey";

    /// <summary>Adds a generated password, with its login.</summary>
    /// <param name="output">The object.</param>
    /// <param name="credential">The login and the password.</param>
    /// <param name="isKept">Whether it is in a file, too.</param>
    public static void Add(PSObject output, PSCredential credential, bool isKept) => Add(output, new PSNoteProperty("Credential", credential), PasswordSuffix, isKept);

    /// <summary>Adds a generated API key.</summary>
    /// <param name="output">The object.</param>
    /// <param name="key">The key.</param>
    /// <param name="isKept">Whether it is in a file, too.</param>
    public static void Add(PSObject output, SecureString key, bool isKept) => Add(output, new PSNoteProperty("ApiKey", key), ApiKeySuffix, isKept);

    /// <summary>Marks an object that has a generated password as a property of its own.</summary>
    /// <param name="output">The object.</param>
    /// <param name="isKept">Whether it is in a file, too.</param>
    public static void MarkPassword(PSObject output, bool isKept) => Mark(output, PasswordSuffix, isKept);

    private static void Add(PSObject output, PSNoteProperty secret, string suffix, bool isKept)
    {
        output.Properties.Add(secret);
        if (!isKept)
        {
            // A table of principals that has begun would show the object as one of its rows, without the secret.
            string name = typeof(MailPrincipal).FullName!;
            foreach (string view in output.TypeNames.Where(type => type.Split('#')[0] == name).ToArray())
            {
                output.TypeNames.Remove(view);
            }
            output.TypeNames.Insert(0, name + suffix);
        }
    }

    private static void Mark(PSObject output, string suffix, bool isKept)
    {
        if (!isKept)
        {
            output.TypeNames.Insert(0, output.TypeNames[0] + suffix);
        }
    }
}
