using System.Text.Json;
using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Account;

/// <summary>The signed-in account of a server from 0.16 on (docs/api-0.16.md §8.3). It makes the secrets of app passwords, and hashes the passwords that it is sent.</summary>
internal sealed class JmapAccount(JmapChannel channel, ServerInfo? server, Func<string, int>? scorePassword) : IAccountSelf
{
    private const string PasswordType = "x:AccountPassword";
    private const string Singleton = "singleton";
    private const string UpdatePermission = "sysAccountPasswordUpdate";
    private static readonly string[] s_ciphers = ["Aes128", "Aes256"];
    private static readonly string[] s_ciphersOfCertificates = [.. s_ciphers, "Aes256Gcm", "ChaCha20Poly1305"];

    private readonly JmapCredentials _appPasswords = new(channel, CredentialKind.AppPassword);
    private readonly JmapEncryption _encryption = new(channel);
    private readonly JmapPasswordRule _rule = new(channel, server, scorePassword);

    public bool? IsAccount => !channel.Session.IsRecoveryAdministrator;

    public bool MakesSecrets => true;

    public bool? RemovesOthersWithPassword => false;

    public string? OneTimeCodeWarning =>
        "From now on the server refuses the password of this account wherever it is sent without a one-time code: mail programs, and tools that sign in with Basic, need an app password (New-MailAppPassword) or an API key. App passwords and API keys that are there stay valid, without a code.";

    public IReadOnlyList<string> GetCiphers(EncryptionCertificates certificates) => certificates.IsPgp ? s_ciphers : s_ciphersOfCertificates;

    public bool IsOwnLogin(string login, string userName) => JmapLogin.IsOf(login, userName);

    public void Check(NewAppPassword appPassword)
    {
        ThrowIfNoAccount();
        if (appPassword.Hash is not null)
        {
            throw new MailServerException(
                MailErrorCode.Unsupported, Operations.CallJmap, "Nothing was sent: from 0.16 on the server makes the secret of an app password itself, and shows it once. No hash can be given.")
            {
                Field = "secret",
            };
        }
        if (string.IsNullOrWhiteSpace(appPassword.Name) || appPassword.Name.Any(char.IsControl))
        {
            throw new ArgumentException("The name of an app password must not be empty and holds no control characters.", nameof(appPassword));
        }
    }

    public Task CheckPasswordAsync(string password, CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        return _rule.CheckAsync(password, cancellationToken);
    }

    public async Task<MailAccountAuth> GetAuthAsync(CancellationToken cancellationToken)
    {
        bool isOtpEnabled = await IsOtpEnabledAsync(cancellationToken).ConfigureAwait(false);
        return new MailAccountAuth
        {
            OtpEnabled = isOtpEnabled,
            AppPassword = new((await _appPasswords.ListAsync(cancellationToken).ConfigureAwait(false)).Select(MailAppPasswordName.FromCredential)),
        };
    }

    public async Task<bool> IsOtpEnabledAsync(CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        // An account without a password has no such object.
        GetAnswer<bool> answer = await channel.GetAsync(PasswordType, [Singleton], static item => item.GetProperty("otpAuth").GetText("otpUrl") is not null, cancellationToken).ConfigureAwait(false);
        return answer.Items is [true];
    }

    public Task<MailAccountCrypto> GetCryptoAsync(CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        return _encryption.GetAsync(cancellationToken);
    }

    public async Task<long?> EnableEncryptionAsync(EncryptionCertificates certificates, string cipher, bool allowSpamTraining, CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        await _encryption.EnableAsync(certificates, cipher, allowSpamTraining, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public Task DisableEncryptionAsync(CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        return _encryption.DisableAsync(cancellationToken);
    }

    public async Task<AddedAppPassword> AddAppPasswordAsync(NewAppPassword appPassword, CancellationToken cancellationToken)
    {
        Check(appPassword);
        var credential = new NewCredential(appPassword.Name.Trim()) { ExpiresAt = appPassword.Expires, AllowedIps = appPassword.AllowedIp };
        (string id, string secret) = await _appPasswords.CreateAsync(credential, cancellationToken).ConfigureAwait(false);
        JmapCredential? made = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        return new AddedAppPassword(
            MailAppPasswordName.FromCredential(made ?? new JmapCredential(id, credential.Description, null, credential.ExpiresAt, credential.AllowedIps, CredentialPermissions.All)), secret);
    }

    public async Task RemoveAppPasswordAsync(MailAppPasswordName name, CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        if (name.Id is not { } id)
        {
            throw new ArgumentException("The app password has no id: it is none of this server.", nameof(name));
        }
        await _appPasswords.DestroyAsync(id, name.Name, cancellationToken).ConfigureAwait(false);
    }

    public async Task SetPasswordAsync(PasswordCredential current, string secret, CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        string? code = await GetCodeAsync(current, cancellationToken).ConfigureAwait(false);
        // A password does not show: where the answer is lost, nobody can look.
        await ChangeAsync(current, "Setting the password", code is null ? [secret] : [secret, code], writer =>
        {
            writer.WriteString("secret", secret);
            if (code is not null)
            {
                writer.WriteString("otpAuth/otpCode", code);
            }
        }, null, cancellationToken).ConfigureAwait(false);
    }

    public Task EnableOtpAsync(PasswordCredential current, string url, CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        return ChangeAsync(current, "Switching one-time codes on", [url], writer => writer.WriteString("otpAuth/otpUrl", url), isOtpEnabledAfterwards: true, cancellationToken);
    }

    public async Task DisableOtpAsync(PasswordCredential current, CancellationToken cancellationToken)
    {
        ThrowIfNoAccount();
        if (await GetCodeAsync(current, cancellationToken).ConfigureAwait(false) is not { } code)
        {
            // They are off: nothing is to be done, and no password to be sent.
            return;
        }
        await ChangeAsync(current, "Switching one-time codes off", [code], writer =>
        {
            writer.WriteStartObject("otpAuth");
            writer.WriteNull("otpUrl");
            writer.WriteString("otpCode", code);
            writer.WriteEndObject();
        }, isOtpEnabledAfterwards: false, cancellationToken).ConfigureAwait(false);
    }

    // It was made and its secret is here: what the server says of it besides is not worth an error.
    private async Task<JmapCredential?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await _appPasswords.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(credential => credential.Id == id);
        }
        catch (MailServerException)
        {
            return null;
        }
    }

    // The code that the server wants with each change where codes are on; null where they are off.
    private async Task<string?> GetCodeAsync(PasswordCredential current, CancellationToken cancellationToken)
    {
        if (!await IsOtpEnabledAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }
        string? code = current.TotpCode is null ? null : await current.TotpCode(cancellationToken).ConfigureAwait(false);
        return string.IsNullOrWhiteSpace(code)
            ? throw new MailServerException(MailErrorCode.TotpRequired, Operations.CallJmap, "Nothing was sent: one-time codes are on, and the server requires the code of the authenticator app with this change.")
            : TotpCode.Normalize(code);
    }

    // The server does not say it twice: a wrong password counts towards a ban, and so is sent once.
    private async Task ChangeAsync(
        PasswordCredential current, string action, IReadOnlyList<string> secrets, Action<Utf8JsonWriter> write, bool? isOtpEnabledAfterwards, CancellationToken cancellationToken)
    {
        var change = SetChange.Update(Singleton, writer =>
        {
            writer.WriteString("currentSecret", current.Secret);
            write(writer);
        });
        var order = new SetOrder(PasswordType, [change])
        {
            Secrets = [current.Secret, .. secrets],
            FindDoneAsync = isOtpEnabledAfterwards is not { } expected ? null : async (changes, look) => await IsOtpEnabledAsync(look).ConfigureAwait(false) == expected
                ? new Dictionary<SetChange, string> { [changes[0]] = Singleton }
                : [],
        };
        SetOutcome outcome = (await new JmapWrites(channel).ApplyAsync(order, cancellationToken).ConfigureAwait(false))[0];
        if (outcome.Error is { } error)
        {
            throw OutcomeRules.IsOutcomeUnknown(error) ? OutcomeRules.OutcomeUnknown(error, action) : Explain(error);
        }
    }

    // One word of the server's for several reasons, which only its sentence tells apart.
    private MailServerException Explain(MailServerException error) =>
        error.Code == MailErrorCode.Forbidden && server?.Permissions.Contains(UpdatePermission) == true
            ? new MailServerException(
                MailErrorCode.Unauthorized,
                error.Operation,
                $"The server rejected the change: the current password or the one-time code is wrong, or the account has no password of its own on this server{(error.Details is null ? "" : $" (\"{error.Details}\")")}. They were sent once and are not sent again: too many failures ban your IP address.",
                error)
            {
                ServerCode = error.ServerCode,
                Details = error.Details,
                Method = error.Method,
            }
        : error.Field == "secret" ? JmapPasswordRule.Explain(error)
        : error;

    private void ThrowIfNoAccount()
    {
        if (IsAccount == false)
        {
            throw MailServerException.CreateRefusal(Operations.CallJmap, null, AccountResource.DescribeNoAccount(channel.Session.UserName));
        }
    }
}
