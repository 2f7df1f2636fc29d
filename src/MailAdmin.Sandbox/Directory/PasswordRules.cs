using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>What a password has to be, by the <c>x:Authentication</c> in force.</summary>
internal sealed class PasswordRules(SettingsInForce settings)
{
    private static readonly string[] s_scores = ["zero", "one", "two", "three", "four"];

    /// <summary>The form in which a password is stored. A complete hash stays as it is.</summary>
    /// <exception cref="SetException">The password is too weak.</exception>
    public string Store(string password)
    {
        return PasswordHashFormats.IsComplete(password) ? password : Hash(password);
    }

    /// <summary>The hash of a password, whatever it looks like.</summary>
    /// <exception cref="SetException">The password is too weak.</exception>
    public string Hash(string password)
    {
        JsonObject rules = settings["Authentication"];
        int length = Encoding.UTF8.GetByteCount(password);
        if (length < rules["passwordMinLength"]!.GetValue<int>())
        {
            throw Refuse("The password is too short.");
        }

        if (length > rules["passwordMaxLength"]!.GetValue<int>())
        {
            throw Refuse("The password is too long.");
        }

        return PasswordStrength.Score(password) >= Array.IndexOf(s_scores, rules["passwordMinStrength"]!.GetValue<string>())
            ? PasswordHashes.Hash(password)
            : throw Refuse("The password is too easy to guess.");
    }

    private static SetException Refuse(string reason) => SetException.InvalidProperties(reason, "secret");
}
