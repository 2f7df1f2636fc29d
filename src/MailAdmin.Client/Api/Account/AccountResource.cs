// What the signed-in account does to itself.
using System.Text.Json;
using MailAdmin.Client.Api.Account;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The signed-in account: password, one-time codes, app passwords, encryption (docs/api.md §6.11, docs/api-0.16.md §8.3).</summary>
public sealed class AccountResource
{
    private readonly IAccountSelf _account;
    private readonly SessionHolder _holder;
    private readonly SignInFlow _signIn;
    private readonly SignInResult _signedIn;

    internal AccountResource(IAccountSelf account, SessionHolder holder, SignInFlow signIn, SignInResult signedIn) =>
        (_account, _holder, _signIn, _signedIn) = (account, holder, signIn, signedIn);

    /// <summary>Whether who is signed in is an account, and no administrator of the server's own configuration; null where only a look can tell.</summary>
    public bool? IsAccount => _account.IsAccount;

    /// <summary>Whether the server makes the secrets of app passwords, and hashes the passwords that it is sent, as all do from 0.16 on.</summary>
    public bool MakesSecrets => _account.MakesSecrets;

    /// <summary>Whether a new password takes one-time codes and app passwords with it; null where that is not known.</summary>
    public bool? RemovesOthersWithPassword => _account.RemovesOthersWithPassword;

    /// <summary>What else goes with one-time codes, in a sentence; null where nothing does.</summary>
    public string? OneTimeCodeWarning => _account.OneTimeCodeWarning;

    /// <summary>Whether one-time codes are on, and which app passwords there are (GET /account/auth; from 0.16 on x:AccountPassword/get, x:AppPassword/get).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state; app passwords without their secrets.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-passwords</c> (from 0.16 on <c>sysAccountPasswordGet</c>,
    /// <c>sysAppPasswordQuery</c>); <c>RejectedByClient</c> for an administrator that is no account.</exception>
    public Task<MailAccountAuth> GetAuthAsync(CancellationToken cancellationToken) => _account.GetAuthAsync(cancellationToken);

    /// <summary>Whether one-time codes are on (GET /account/auth; from 0.16 on x:AccountPassword/get); null where the account may not read it.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for an administrator that is no account.</exception>
    public async Task<bool?> IsOtpEnabledAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _account.IsOtpEnabledAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>How arriving mail is encrypted (GET /account/crypto; from 0.16 on x:AccountSettings/get, x:PublicKey/get).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Method, algorithm and certificates; <c>Disabled</c> where mail is not encrypted.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-encryption</c> (from 0.16 on <c>sysAccountSettingsGet</c>).</exception>
    public Task<MailAccountCrypto> GetCryptoAsync(CancellationToken cancellationToken) => _account.GetCryptoAsync(cancellationToken);

    /// <summary>The cipher as the server spells it. Nothing is sent.</summary>
    /// <param name="certificates">What mail is to be encrypted with.</param>
    /// <param name="algorithm">The cipher, in any case.</param>
    /// <exception cref="ArgumentException">The server does not have it, or not for these certificates.</exception>
    public string FindCipher(EncryptionCertificates certificates, string algorithm)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        IReadOnlyList<string> ciphers = _account.GetCiphers(certificates);
        // In another case the word is malformed to the server.
        return ciphers.FirstOrDefault(known => string.Equals(known, algorithm, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"The algorithm is {string.Join(" or ", ciphers)}{(certificates.IsPgp ? " for OpenPGP keys" : "")} on this server.", nameof(algorithm));
    }

    /// <summary>
    /// Encrypts arriving mail (POST /account/crypto; from 0.16 on x:PublicKey/set, x:AccountSettings/set). Mail that is there already stays as it is. The certificates that were
    /// used before are removed.
    /// </summary>
    /// <param name="certificates">The OpenPGP keys or X.509 certificates to encrypt with.</param>
    /// <param name="algorithm"><c>Aes128</c> or <c>Aes256</c>; from 0.16 on with certificates also <c>Aes256Gcm</c> or <c>ChaCha20Poly1305</c>.</param>
    /// <param name="allowSpamTraining">Whether the spam filter may learn from messages before they are encrypted; servers before 0.15 ignore it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many certificates the server read; null where it does not say.</returns>
    /// <exception cref="ArgumentException">The server does not have the algorithm.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-encryption</c>; <c>InvalidRequest</c> when the server
    /// cannot read the certificates; <c>RejectedByClient</c> beyond 1 MiB.</exception>
    public Task<long?> EnableEncryptionAsync(EncryptionCertificates certificates, string algorithm, bool allowSpamTraining, CancellationToken cancellationToken) =>
        _account.EnableEncryptionAsync(certificates, FindCipher(certificates, algorithm), allowSpamTraining, cancellationToken);

    /// <summary>Stops encrypting arriving mail (POST /account/crypto, type disabled; from 0.16 on x:AccountSettings/set). What is encrypted stays encrypted.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-encryption</c>; <c>OutcomeUnknown</c> when the answer was
    /// lost and mail is encrypted still, or nobody could look.</exception>
    public Task DisableEncryptionAsync(CancellationToken cancellationToken) => _account.DisableEncryptionAsync(cancellationToken);

    /// <summary>Refuses an app password that the server does not have the like of. Nothing is sent.</summary>
    /// <param name="appPassword">The app password.</param>
    /// <exception cref="ArgumentException">Its name is none.</exception>
    /// <exception cref="MailServerException"><c>Unsupported</c> with the field.</exception>
    public void Check(NewAppPassword appPassword)
    {
        ArgumentNullException.ThrowIfNull(appPassword);
        _account.Check(appPassword);
    }

    /// <summary>Adds an app password (POST /account/auth addAppPassword; from 0.16 on x:AppPassword/set). A lost answer is resolved by looking for it.</summary>
    /// <param name="appPassword">Its name, and before 0.16 the hash of the password.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How the server lists it, with the secret where the server made it.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-passwords</c> (from 0.16 on <c>sysAppPasswordCreate</c>); <c>RejectedByClient</c> for
    /// an empty hash; <c>Unsupported</c> for what the server does not have; <c>QuotaExceeded</c> where the account has as many as it may; <c>OutcomeUnknown</c> when the answer was
    /// lost and the app password is not there, or nobody has its secret.</exception>
    public Task<AddedAppPassword> AddAppPasswordAsync(NewAppPassword appPassword, CancellationToken cancellationToken)
    {
        Check(appPassword);
        return _account.AddAppPasswordAsync(appPassword, cancellationToken);
    }

    /// <summary>
    /// Removes an app password (POST /account/auth removeAppPassword: all of exactly this stored name; from 0.16 on x:AppPassword/set: the one of this id). An unknown name is not an
    /// error before 0.16.
    /// </summary>
    /// <param name="name">The app password as it was just read: the server gives the id of one that was removed to the next.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The name is empty: to the server that would be every app password.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>manage-passwords</c> (from 0.16 on <c>sysAppPasswordDestroy</c>); <c>NotFound</c> for an unknown
    /// id; <c>OutcomeUnknown</c> when the answer was lost and the app password is there, or nobody could look.</exception>
    public Task RemoveAppPasswordAsync(MailAppPasswordName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _account.RemoveAppPasswordAsync(name, cancellationToken);
    }

    /// <summary>Refuses a new password that the server certainly refuses, where its rule may be read (from 0.16 on POST /jmap, x:Authentication/get).</summary>
    /// <param name="password">The password, in clear.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the rule.</exception>
    public Task CheckPasswordAsync(string password, CancellationToken cancellationToken)
    {
        ThrowIfEmpty(password);
        return _account.CheckPasswordAsync(password, cancellationToken);
    }

    /// <summary>
    /// Sets a new password (POST /account/auth setPassword; from 0.16 on x:AccountPassword/set). The current one is sent with this call alone. From server 0.14 to 0.15 the call also
    /// removes one-time codes and app passwords; from 0.16 on these, and API keys, stay valid.
    /// </summary>
    /// <param name="current">Login and current password, with a source of one-time codes.</param>
    /// <param name="secret">The hash of the new password; where the server <see cref="MakesSecrets"/> the password itself, and a hash would be hashed again.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The credential is not a login with a password.</exception>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password or code; <c>TotpRequired</c> without a code; <c>RejectedByClient</c> for an empty password and for
    /// a login that is not the connection's; <c>InvalidRequest</c> for a weak password (0.16); <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task SetPasswordAsync(MailCredential current, string secret, CancellationToken cancellationToken)
    {
        ThrowIfEmpty(secret);
        return _account.SetPasswordAsync(GetProof(current), secret, cancellationToken);
    }

    /// <summary>Asks for one-time codes from now on (POST /account/auth enableOtpAuth; from 0.16 on x:AccountPassword/set). The password is sent with this call alone.</summary>
    /// <param name="current">Login and password.</param>
    /// <param name="url">The <c>otpauth://totp/</c> URL; the server stores it as it is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The URL does not begin with <c>otpauth://totp/</c>, or the credential is not a login with a password.</exception>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password; <c>RejectedByClient</c> for a login that is not the
    /// connection's; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task EnableOtpAsync(MailCredential current, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        // Anything else would be stored as a password in clear, or, from 0.16 on, lock the account out of its password.
        if (!url.StartsWith("otpauth://totp/", StringComparison.Ordinal))
        {
            throw new ArgumentException("The URL must begin with otpauth://totp/.", nameof(url));
        }
        return _account.EnableOtpAsync(GetProof(current), url, cancellationToken);
    }

    /// <summary>Stops asking for one-time codes (POST /account/auth disableOtpAuth; from 0.16 on x:AccountPassword/set). The password is sent with this call alone.</summary>
    /// <param name="current">Login and password, with a source of one-time codes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The credential is not a login with a password.</exception>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password or code; <c>TotpRequired</c> without a code; <c>RejectedByClient</c> for a login that is not the
    /// connection's; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task DisableOtpAsync(MailCredential current, CancellationToken cancellationToken) => _account.DisableOtpAsync(GetProof(current), cancellationToken);

    /// <summary>
    /// Signs in again where the change may have ended the session (POST /oauth, POST /auth/token): a changed password or one-time secret ends refresh tokens, and from 0.16 on access
    /// tokens too. A session of an API key stays as it is, and before 0.16 one of an access token.
    /// </summary>
    /// <param name="credential">Login and password as they are now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Unauthorized</c> for a wrong password; <c>TotpRequired</c> without a code.</exception>
    public async Task RenewSessionAsync(MailCredential credential, CancellationToken cancellationToken)
    {
        if (_signedIn.Jmap is null ? _holder.Current.CanRenew : !_holder.Current.CountsAsLoginAttempt)
        {
            await _signIn.SignInAgainAsync(credential, _signedIn, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static long? ReadCount(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? 0 : reader.GetInt64();

    internal static void ThrowIfEmpty(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length == 0)
        {
            throw MailServerException.CreateRefusal(Operations.ChangeAccountAuth, "password", "The password is empty: the server would take it and lock the account out.");
        }
    }

    /// <summary>Why an administrator that is no account has nothing of all this.</summary>
    internal static string DescribeNoAccount(string? name) =>
        $"'{name}' is the recovery administrator, who is in the server's environment (STALWART_RECOVERY_ADMIN) and not an account: it has no password to change here, no one-time codes, no app passwords, no API keys and no mail. Sign in with an account.";

    // The server changes the account that the password belongs to, whoever is connected; from 0.16 on that of the connection.
    private PasswordCredential GetProof(MailCredential current)
    {
        if (current is not PasswordCredential proof)
        {
            throw new ArgumentException("Login and password are needed.", nameof(current));
        }
        if (IsAccount == false)
        {
            throw MailServerException.CreateRefusal(Operations.ChangeAccountAuth, null, DescribeNoAccount(_signedIn.UserName));
        }
        string login = proof.UserName.Trim();
        string? problem = login.Length == 0 || login.Contains(':', StringComparison.Ordinal) ? "A login must not be empty and holds no colon."
            : proof.Secret.Length == 0 ? "The current password is empty."
            : _signedIn.UserName is { } userName && !_account.IsOwnLogin(login, userName.Trim())
                ? $"The connection is that of '{userName}', and the password is that of '{login}': it is the account of the connection that is to be changed. Connect as '{login}' first."
            : null;
        return problem is null ? proof : throw MailServerException.CreateRefusal(Operations.ChangeAccountAuth, "userName", problem);
    }
}
