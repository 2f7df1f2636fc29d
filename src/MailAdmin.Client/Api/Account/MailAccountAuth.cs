using System.Text.Json;

namespace MailAdmin.Client;

/// <summary>How the signed-in account signs in besides its password (GET /account/auth; from 0.16 on x:AccountPassword, x:AppPassword).</summary>
public sealed class MailAccountAuth : ServerObject
{
    /// <summary>Whether a one-time code is asked for with the password.</summary>
    public required bool OtpEnabled { get; init; }
    /// <summary>The app passwords, by name.</summary>
    public required ItemList<MailAppPasswordName> AppPassword { get; init; }

    internal static MailAccountAuth Read(ref Utf8JsonReader reader)
    {
        var data = JsonElement.ParseValue(ref reader);
        return new MailAccountAuth
        {
            OtpEnabled = data.GetProperty("otpEnabled").GetBoolean(),
            AppPassword = new(data.GetProperty("appPasswords").EnumerateArray().Select(name => MailAppPasswordName.Parse(name.GetString() ?? ""))),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => AppPassword.ToString();
}
