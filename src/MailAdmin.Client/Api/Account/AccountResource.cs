// /account: what the signed-in account does to itself.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The signed-in account: password, one-time codes, app passwords, encryption (docs/api.md §6.11).</summary>
public sealed class AccountResource
{
    private static readonly string[] s_ciphers = ["Aes128", "Aes256"];
    private readonly ApiChannel _channel;
    private readonly SessionHolder _holder;
    private readonly SignInFlow _signIn;
    private readonly string? _userName;

    internal AccountResource(ApiChannel channel, SessionHolder holder, SignInFlow signIn, SignInResult signedIn) =>
        (_channel, _holder, _signIn, _userName) = (channel, holder, signIn, signedIn.UserName);

    /// <summary>Whether one-time codes are on, and which app passwords there are (GET /account/auth).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state; app passwords by name alone.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-passwords</c>.</exception>
    public Task<MailAccountAuth> GetAuthAsync(CancellationToken cancellationToken) =>
        _channel.ReadAsync(new ApiRequestContext(Operations.GetAccountAuth), _channel.Uri.For(Operations.GetAccountAuth), MailAccountAuth.Read, cancellationToken);

    /// <summary>How arriving mail is encrypted (GET /account/crypto).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Method, algorithm and certificates; <c>Disabled</c> where mail is not encrypted.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-encryption</c>.</exception>
    public Task<MailAccountCrypto> GetCryptoAsync(CancellationToken cancellationToken) =>
        _channel.ReadAsync(new ApiRequestContext(Operations.GetAccountCrypto), _channel.Uri.For(Operations.GetAccountCrypto), MailAccountCrypto.Read, cancellationToken);

    /// <summary>Encrypts arriving mail (POST /account/crypto). Mail that is there already stays as it is.</summary>
    /// <param name="certificates">The OpenPGP keys or X.509 certificates to encrypt with.</param>
    /// <param name="algorithm"><c>Aes128</c> or <c>Aes256</c>.</param>
    /// <param name="allowSpamTraining">Whether the spam filter may learn from messages before they are encrypted; servers before 0.15 ignore it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many certificates the server read.</returns>
    /// <exception cref="ArgumentException">The algorithm is neither of the two.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-encryption</c>; <c>InvalidRequest</c> when the server
    /// cannot read the certificates; <c>RejectedByClient</c> beyond 1 MiB.</exception>
    public Task<long> EnableEncryptionAsync(EncryptionCertificates certificates, string algorithm, bool allowSpamTraining, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        // In another case the word is malformed to the server.
        string cipher = Array.Find(s_ciphers, known => string.Equals(known, algorithm, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException("The algorithm is Aes128 or Aes256.", nameof(algorithm));
        var context = new ApiRequestContext(Operations.SetAccountCrypto) { Action = "Switching encryption on" };
        byte[] body = SerializeJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, certificates.WireType);
            writer.WriteString("algo"u8, cipher);
            // Required from 0.15 on, ignored before.
            writer.WriteBoolean("allow_spam_training"u8, allowSpamTraining);
            writer.WriteString("certs"u8, certificates.Text);
            writer.WriteEndObject();
        });
        return _channel.ReadAsync(context, _channel.Uri.For(Operations.SetAccountCrypto), ReadCount, cancellationToken, BodySize.Check(body, context.Operation));
    }

    /// <summary>Stops encrypting arriving mail (POST /account/crypto, type disabled). What is encrypted stays encrypted.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-encryption</c>; <c>OutcomeUnknown</c> when the answer was
    /// lost and mail is encrypted still, or nobody could look.</exception>
    public Task DisableEncryptionAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.SetAccountCrypto) { Action = "Switching encryption off" };
        Task disabling = _channel.SendAsync(context, _channel.Uri.For(Operations.SetAccountCrypto), cancellationToken, "{\"type\":\"disabled\"}"u8.ToArray());
        return LostWrites.ResolveAsync(disabling, async () => !(await GetCryptoAsync(cancellationToken).ConfigureAwait(false)).IsEnabled);
    }

    /// <summary>Adds an app password (POST /account/auth addAppPassword). A lost answer is resolved by looking for the name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hash">The hash of the password.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-passwords</c>; <c>RejectedByClient</c> for an empty
    /// hash; <c>OutcomeUnknown</c> when the answer was lost and the app password is not there.</exception>
    public async Task AddAppPasswordAsync(MailAppPasswordName name, string hash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        CheckSecret(hash);
        var context = new ApiRequestContext(Operations.ChangeAccountAuth) { Secrets = [hash], Action = $"Adding the app password '{name}'" };
        Task adding = _channel.SendAsync(context, _channel.Uri.For(Operations.ChangeAccountAuth), cancellationToken, SerializeRequest("addAppPassword", ("name", name.RawName), ("password", hash)));
        // The stored name holds the moment: no other app password has it.
        await LostWrites.ResolveAsync(adding, () => HasAppPasswordAsync(name, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Removes the app passwords of exactly this stored name (POST /account/auth removeAppPassword). An unknown name is not an error.</summary>
    /// <param name="name">The stored name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The name is empty: to the server that would be every app password.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-passwords</c>; <c>OutcomeUnknown</c> when the answer was
    /// lost and the app password is there, or nobody could look.</exception>
    public async Task RemoveAppPasswordAsync(MailAppPasswordName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Nothing would be everything to the server.
        if (name.RawName.Length == 0)
        {
            throw new ArgumentException("The name is empty.", nameof(name));
        }
        // The server removes whatever begins so: the $ behind the name lets only the name itself match.
        byte[] body = SerializeRequest("removeAppPassword", ("name", name.RawName + "$"));
        // What is removed twice is gone as if it were once.
        var context = new ApiRequestContext(Operations.ChangeAccountAuth) { Idempotency = Idempotency.Idempotent, Action = $"Removing the app password '{name}'" };
        Task removal = _channel.SendAsync(context, _channel.Uri.For(Operations.ChangeAccountAuth), cancellationToken, body);
        await LostWrites.ResolveAsync(removal, async () => !await HasAppPasswordAsync(name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>
    /// Sets a new password (POST /account/auth setPassword). The current one is sent with this call alone. From server 0.14 the call also removes
    /// one-time codes and app passwords.
    /// </summary>
    /// <param name="current">Login and current password.</param>
    /// <param name="hash">The hash of the new password.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The credential is not a login with a password.</exception>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password; <c>RejectedByClient</c> for an empty password and for a login
    /// that is not the connection's; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task SetPasswordAsync(MailCredential current, string hash, CancellationToken cancellationToken)
    {
        CheckSecret(hash);
        return SendWithPasswordAsync(current, SerializeRequest("setPassword", ("password", hash)), hash, "Setting the password", cancellationToken);
    }

    /// <summary>Asks for one-time codes from now on (POST /account/auth enableOtpAuth). The password is sent with this call alone.</summary>
    /// <param name="current">Login and password.</param>
    /// <param name="url">The <c>otpauth://totp/</c> URL; the server stores it as it is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The URL does not begin with <c>otpauth://totp/</c>, or the credential is not a login with a password.</exception>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password; <c>RejectedByClient</c> for a login that is not the
    /// connection's; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task EnableOtpAsync(MailCredential current, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        // Anything else would be stored as a password in clear.
        if (!url.StartsWith("otpauth://totp/", StringComparison.Ordinal))
        {
            throw new ArgumentException("The URL must begin with otpauth://totp/.", nameof(url));
        }
        return SendWithPasswordAsync(current, SerializeRequest("enableOtpAuth", ("url", url)), url, "Switching one-time codes on", cancellationToken);
    }

    /// <summary>Stops asking for one-time codes (POST /account/auth disableOtpAuth). The password is sent with this call alone.</summary>
    /// <param name="current">Login and password, with a source of one-time codes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The credential is not a login with a password.</exception>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password or code; <c>RejectedByClient</c> for a login that is not the
    /// connection's; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task DisableOtpAsync(MailCredential current, CancellationToken cancellationToken) => LostWrites.ResolveAsync(
        SendWithPasswordAsync(current, SerializeRequest("disableOtpAuth", ("url", null)), null, "Switching one-time codes off", cancellationToken),
        async () => !(await GetAuthAsync(cancellationToken).ConfigureAwait(false)).OtpEnabled);

    /// <summary>
    /// Signs in again where the session renews itself (POST /oauth, POST /auth/token): a changed password or one-time secret ends refresh tokens. A
    /// session of an API key or access token stays as it is.
    /// </summary>
    /// <param name="credential">Login and password as they are now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password; <c>TotpRequired</c> without a code.</exception>
    public async Task RenewSessionAsync(MailCredential credential, CancellationToken cancellationToken)
    {
        if (_holder.Current.CanRenew)
        {
            await _signIn.SignInAsync(credential, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static long ReadCount(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? 0 : reader.GetInt64();

    private async Task SendWithPasswordAsync(MailCredential current, byte[] body, string? secret, string action, CancellationToken cancellationToken)
    {
        if (current is not PasswordCredential proof)
        {
            throw new ArgumentException("Login and password are needed.", nameof(current));
        }
        string login = proof.UserName.Trim();
        CheckLogin(login, proof);
        try
        {
            await PostAsync(login, proof.Secret, null, body, secret, action, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.TotpRequired && proof.TotpCode is not null)
        {
            string? code = await proof.TotpCode(cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrWhiteSpace(code))
            {
                throw;
            }
            await PostAsync(login, proof.Secret, TotpCode.Normalize(code), body, secret, action, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<bool> PostAsync(string login, string password, string? code, byte[] body, string? secret, string action, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ChangeAccountAuth, RequestAuthentication.SignIn) { Secrets = secret is null ? [password] : [password, secret], Action = action };
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(code is null ? $"{login}:{password}" : $"{login}:{password}${code}")));
        return _channel.ReadAsync(
            context,
            _channel.Uri.For(Operations.ChangeAccountAuth),
            DataReaders.ReadNull,
            cancellationToken,
            body,
            basic);
    }

    // The server changes the account that the password belongs to, whoever is connected.
    private void CheckLogin(string login, PasswordCredential proof)
    {
        string? problem = login.Length == 0 || login.Contains(':', StringComparison.Ordinal) ? "A login must not be empty and holds no colon."
            : proof.Secret.Length == 0 ? "The current password is empty."
            : _userName is not null && !string.Equals(login, _userName.Trim(), StringComparison.OrdinalIgnoreCase)
                ? $"The connection is that of '{_userName}', and the password is that of '{login}': it is that account which would be changed. Connect as '{login}' first."
            : null;
        if (problem is not null)
        {
            throw MailServerException.CreateRefusal(Operations.ChangeAccountAuth, "userName", problem);
        }
    }

    private static void CheckSecret(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        if (hash.Length == 0)
        {
            throw MailServerException.CreateRefusal(Operations.ChangeAccountAuth, "password", "The password is empty: the server would take it and lock the account out.");
        }
    }

    private async Task<bool> HasAppPasswordAsync(MailAppPasswordName name, CancellationToken cancellationToken) =>
        (await GetAuthAsync(cancellationToken).ConfigureAwait(false)).AppPassword.Any(held => held.RawName == name.RawName);

    private static byte[] SerializeRequest(string type, params (string Name, string? Value)[] members) => SerializeJson(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        foreach ((string name, string? value) in members)
        {
            writer.WriteString(name, value);
        }
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static byte[] SerializeJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }
        return buffer.ToArray();
    }
}
