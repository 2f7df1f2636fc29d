using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>The password of an account, and its second factor. Who changes either says the present password, and a code where there is a second factor.</summary>
/// <param name="store">The accounts.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="passwords">What a password has to be.</param>
/// <param name="clock">The server's clock.</param>
/// <param name="onWrongPassword">Told of a wrong present password: the address of the account, and where it came from.</param>
internal sealed class AccountPasswordMethods(
    RegistryStore store, SettingsInForce settings, PasswordRules passwords, TimeProvider clock, Action<string, IPAddress> onWrongPassword)
    : OwnSingletonMethods(store, Shape)
{
    private const string Shape = "AccountPassword";

    protected override JsonObject Read(JsonObject account)
    {
        JsonObject shown = Store.Defaults.Create(Shape);
        JsonObject? credential = FindPassword(account);
        shown["secret"] = credential?["secret"]?.DeepClone();
        shown["otpAuth"]!["otpUrl"] = credential?["otpAuth"]?.DeepClone();
        return shown;
    }

    protected override void Change(MethodContext call, JsonObject account, JsonObject patch)
    {
        JsonObject credential = FindPassword(account) ?? throw SetException.Forbidden("The account has no password.");
        string? url = Text(credential, "otpAuth");
        JsonObject current = Read(account);
        current["secret"] = null;
        current["otpAuth"]!["otpUrl"] = url is null ? null : RegistrySchema.Mask;
        JsonObject wanted = Patch(current, patch);
        string? secret = Text(wanted, "secret") is { } given && given != RegistrySchema.Mask ? given : null;
        string? newUrl = Text(wanted["otpAuth"]!.AsObject(), "otpUrl");
        newUrl = newUrl == RegistrySchema.Mask ? url : newUrl;
        if (secret is null && newUrl == url)
        {
            return;
        }

        Verify(call, account, credential, Text(wanted, "currentSecret"), Text(wanted["otpAuth"]!.AsObject(), "otpCode"));
        if (secret is not null)
        {
            // Unlike an administrator, its owner cannot give a hash: it would become the password.
            credential["secret"] = passwords.Hash(secret);
            credential["expiresAt"] = GetExpiry(Text(credential, "expiresAt"));
        }

        credential["otpAuth"] = newUrl;
    }

    private void Verify(MethodContext call, JsonObject account, JsonObject credential, string? secret, string? code)
    {
        if (secret is null)
        {
            throw SetException.Forbidden("The present password is needed.");
        }

        bool isRight = PasswordHashes.Matches(Text(credential, "secret") ?? "", secret) == true;
        string? url = Text(credential, "otpAuth");
        if (isRight && url is not null && code is null)
        {
            throw SetException.Forbidden("A code is needed.");
        }

        if (!isRight || (url is not null && Totp.Parse(url)?.Accepts(code!, clock.GetUtcNow()) != true))
        {
            onWrongPassword(EmailAddresses.Of(Store, account) ?? "", call.Caller.RemoteAddress);
            throw SetException.Forbidden("The present password or the code is wrong.");
        }
    }

    /// <summary>A new password has the usual time; without one, what has expired is good again.</summary>
    private string? GetExpiry(string? old)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (settings["Authentication"]["passwordDefaultExpiry"] is { } milliseconds)
        {
            return Values.Timestamp.Format(now.AddMilliseconds(milliseconds.GetValue<long>()));
        }

        return old is not null && DateTimeOffset.Parse(old, System.Globalization.CultureInfo.InvariantCulture) <= now ? null : old;
    }

    private static JsonObject? FindPassword(JsonObject account) =>
        Credentials.Of(account).FirstOrDefault(credential => Credentials.KindOf(credential) == Credentials.Password);

    private static string? Text(JsonObject value, string name) => value[name]?.GetValue<string>();
}
