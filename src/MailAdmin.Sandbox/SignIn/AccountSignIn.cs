using System.Net;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Directory;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Verifies names, passwords, keys and tokens, and says who that is.</summary>
/// <param name="accounts">The accounts.</param>
/// <param name="permissions">What they may do.</param>
/// <param name="recovery">The administrator who needs no account.</param>
/// <param name="tokens">The tokens.</param>
/// <param name="revoked">The tokens that a fault revoked.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class AccountSignIn(
    AccountReader accounts, CallerPermissions permissions, RecoveryAdministrator recovery, ITokens tokens, RevokedTokens revoked, TimeProvider clock)
{
    /// <summary>All that is left of a password that has expired: to change it.</summary>
    private static readonly string[] s_leftOfExpired = ["authenticate", "authenticateWithAlias", "sysAccountPasswordGet", "sysAccountPasswordUpdate", "emailReceive"];

    /// <summary>By name and password, with a code where the account has a second factor; or by an app password.</summary>
    /// <exception cref="SignInException">It is refused.</exception>
    public SignedInCaller ByPassword(string login, string secret, string? code, IPAddress address)
    {
        (LoginName account, LoginName? master) = LoginName.ParsePair(login);
        if ((master ?? account).ToString() == recovery.Name)
        {
            return ByRecoverySecret(account, master, secret, address);
        }

        LoginName signsIn = (master ?? account).WithDomain(accounts.DefaultDomain);
        SignInAccount? found = accounts.FindByAddress(signsIn.Local, signsIn.Domain!);
        if (CredentialSecrets.ReadAppPassword(secret) is { } credentialId)
        {
            return master is null && found is not null ? ByCredential(found, credentialId, secret, address) : throw new SignInException(SignInFailure.Wrong);
        }

        VerifyPassword(found ?? throw new SignInException(SignInFailure.Wrong), secret, code);
        SignedInCaller caller = GetCaller(found, address);
        if (found.Name != signsIn.Local && !caller.Has("authenticateWithAlias"))
        {
            throw new SignInException(SignInFailure.Wrong);
        }

        return master is null ? caller : ActAs(account, caller);
    }

    /// <summary>By an API key, or an access token.</summary>
    /// <exception cref="SignInException">It is refused.</exception>
    public SignedInCaller ByBearer(string token, IPAddress address)
    {
        if (CredentialSecrets.ReadApiKey(token) is var (keyOwner, keyId))
        {
            return ByCredential(FindUser(keyOwner), keyId, token, address);
        }

        TokenInfo info = revoked.Contains(token) ? throw new SignInException(SignInFailure.Invalid)
            : tokens.Read(token, TokenKind.Access) ?? throw new SignInException(SignInFailure.Invalid);
        return Find(info.AccountId, null, address) ?? throw new SignInException(SignInFailure.Forbidden);
    }

    /// <summary>Who has signed in before, with the same credential; null if the account or the credential is gone.</summary>
    /// <exception cref="SignInException">It has expired, or may not be used from here.</exception>
    public SignedInCaller? Find(uint accountId, uint? credentialId, IPAddress address)
    {
        if (accountId == SignedInCaller.RecoveryAdministratorId)
        {
            return recovery.ToCaller(permissions.All, address);
        }

        if (accounts.Find(accountId) is not { } account)
        {
            return null;
        }

        if (credentialId is not { } id)
        {
            return GetCaller(account, address);
        }

        return FindCredential(account, id) is { } credential ? GetCaller(account, credential, address) : null;
    }

    private SignedInCaller ByRecoverySecret(LoginName account, LoginName? master, string secret, IPAddress address)
    {
        if (PasswordHashes.Matches(recovery.Secret, secret) != true)
        {
            throw new SignInException(SignInFailure.Wrong);
        }

        SignedInCaller caller = recovery.ToCaller(permissions.All, address);
        return master is null ? caller : ActAs(account, caller);
    }

    /// <summary>Who signs in for an account acts as that account.</summary>
    private SignedInCaller ActAs(LoginName name, SignedInCaller master)
    {
        if (!master.Has("impersonate") || !master.Has("authenticate"))
        {
            throw new SignInException(SignInFailure.Forbidden);
        }

        // The recovery administrator's own name has no domain, and gives none to another's.
        LoginName wanted = master.Account is null ? name : name.WithDomain(accounts.DefaultDomain);
        SignInAccount account = (wanted.Domain is null ? null : accounts.FindByAddress(wanted.Local, wanted.Domain)) ?? throw new SignInException(SignInFailure.Wrong);
        return new SignedInCaller(account, account.Address, permissions.Get(account), master.RemoteAddress);
    }

    private void VerifyPassword(SignInAccount account, string secret, string? code)
    {
        if (account.IsGroup)
        {
            throw new SignInException(SignInFailure.Invalid);
        }

        if (account.Password is not { } password || PasswordHashes.Matches(password.Secret, secret) != true)
        {
            throw new SignInException(SignInFailure.Wrong);
        }

        if (password.OtpUrl is not { } url)
        {
            return;
        }

        if (code is null)
        {
            throw new SignInException(SignInFailure.CodeMissing);
        }

        if (Totp.Parse(url)?.Accepts(code, clock.GetUtcNow()) != true)
        {
            throw new SignInException(SignInFailure.Wrong);
        }
    }

    private SignedInCaller ByCredential(SignInAccount account, uint id, string secret, IPAddress address)
    {
        if (FindCredential(account, id) is not { } credential || PasswordHashes.Matches(credential.Secret, secret) != true)
        {
            throw new SignInException(SignInFailure.Wrong);
        }

        return GetCaller(account, credential, address);
    }

    private SignedInCaller GetCaller(SignInAccount account, Credential credential, IPAddress address)
    {
        if (credential.IsExpiredAt(clock.GetUtcNow()))
        {
            throw new SignInException(SignInFailure.Expired);
        }

        return credential.Allows(address)
            ? new SignedInCaller(account, account.Address, CallerPermissions.Restrict(permissions.Get(account), credential), address) { CredentialId = credential.Id }
            : throw new SignInException(SignInFailure.AddressNotAllowed);
    }

    /// <summary>With the password, or a token that it gave: its limits hold for both.</summary>
    private SignedInCaller GetCaller(SignInAccount account, IPAddress address)
    {
        if (account.Password?.Allows(address) == false)
        {
            throw new SignInException(SignInFailure.AddressNotAllowed);
        }

        IReadOnlySet<string> allowed = permissions.Get(account);
        return new SignedInCaller(account, account.Address, account.Password?.IsExpiredAt(clock.GetUtcNow()) == true ? allowed.Intersect(s_leftOfExpired).ToHashSet() : allowed, address);
    }

    private SignInAccount FindUser(uint id) => accounts.Find(id) is { IsGroup: false } account ? account : throw new SignInException(SignInFailure.Wrong);

    private static Credential? FindCredential(SignInAccount account, uint id) => account.Credentials.FirstOrDefault(credential => !credential.IsPassword && credential.Id == id);
}
