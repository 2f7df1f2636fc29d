namespace MailAdmin.Client.Api.Account;

/// <summary>The signed-in account as its server keeps it. What holds for every server is in <see cref="AccountResource"/>.</summary>
internal interface IAccountSelf
{
    /// <summary>Whether who is signed in is an account, and no administrator of the server's own configuration; null where only a look can tell.</summary>
    bool? IsAccount => null;

    /// <summary>Whether the server makes the secrets of app passwords, and hashes the passwords that it is sent.</summary>
    bool MakesSecrets => false;

    /// <summary>Whether a new password takes one-time codes and app passwords with it; null where that is not known.</summary>
    bool? RemovesOthersWithPassword { get; }

    /// <summary>What else goes with one-time codes, in a sentence; null where nothing does.</summary>
    string? OneTimeCodeWarning => null;

    /// <summary>The ciphers that mail can be encrypted with.</summary>
    IReadOnlyList<string> GetCiphers(EncryptionCertificates certificates);

    /// <summary>Whether a login is that of the signed-in account.</summary>
    bool IsOwnLogin(string login, string userName);

    /// <summary>Refuses an app password that the server does not have the like of. Nothing is sent.</summary>
    void Check(NewAppPassword appPassword);

    /// <summary>Refuses a new password that the server certainly refuses, where its rule may be read.</summary>
    Task CheckPasswordAsync(string password, CancellationToken cancellationToken);

    /// <summary>Whether one-time codes are on, and which app passwords there are.</summary>
    Task<MailAccountAuth> GetAuthAsync(CancellationToken cancellationToken);

    /// <summary>Whether one-time codes are on.</summary>
    Task<bool> IsOtpEnabledAsync(CancellationToken cancellationToken);

    /// <summary>How arriving mail is encrypted.</summary>
    Task<MailAccountCrypto> GetCryptoAsync(CancellationToken cancellationToken);

    /// <summary>Encrypts arriving mail.</summary>
    /// <returns>How many certificates the server read; null where it does not say.</returns>
    Task<long?> EnableEncryptionAsync(EncryptionCertificates certificates, string cipher, bool allowSpamTraining, CancellationToken cancellationToken);

    /// <summary>Stops encrypting arriving mail.</summary>
    Task DisableEncryptionAsync(CancellationToken cancellationToken);

    /// <summary>Adds an app password.</summary>
    Task<AddedAppPassword> AddAppPasswordAsync(NewAppPassword appPassword, CancellationToken cancellationToken);

    /// <summary>Removes an app password.</summary>
    Task RemoveAppPasswordAsync(MailAppPasswordName name, CancellationToken cancellationToken);

    /// <summary>Sets a new password: its hash where it is hashed here, else as it is.</summary>
    Task SetPasswordAsync(PasswordCredential current, string secret, CancellationToken cancellationToken);

    /// <summary>Asks for one-time codes from now on.</summary>
    Task EnableOtpAsync(PasswordCredential current, string url, CancellationToken cancellationToken);

    /// <summary>Stops asking for one-time codes.</summary>
    Task DisableOtpAsync(PasswordCredential current, CancellationToken cancellationToken);
}
