using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>The administrator of the server's settings, who is not a principal: it has a password and nothing else (docs/api.md §3.1, §6.11).</summary>
internal static class FallbackAdministrator
{
    private const string LoginSetting = "authentication.fallback-admin.user";

    /// <summary>Refuses what only an account has. The fallback administrator may read the settings: whoever may not is another one.</summary>
    /// <exception cref="ArgumentException">The connection is signed in as the fallback administrator.</exception>
    /// <exception cref="MailServerException">It is signed in as the recovery administrator of a server from 0.16 on.</exception>
    public static async Task ThrowIfSignedInAsync(MailClient client, CancellationToken cancellationToken)
    {
        if (client.Account.IsAccount is { } isAccount)
        {
            if (!isAccount)
            {
                // The client refuses it too, with what there is to say of the administrator of such a server.
                await client.Account.GetAuthAsync(cancellationToken).ConfigureAwait(false);
            }
            return;
        }
        if (client.UserName is { } login && await IsFallbackAsync(client, login, cancellationToken).ConfigureAwait(false))
        {
            throw new ArgumentException(
                $"'{login}' is the fallback administrator, who is in the server's settings and not an account: it has neither one-time codes nor app passwords. Sign in with an account, "
                + "such as one of New-MailPrincipal ann -Email ann@example.org -Role admin -GeneratePassword.");
        }
    }

    /// <summary>Makes a change that only an account can have. Where the server rejects it, the reason is looked for here: its own words do not say what to do.</summary>
    /// <exception cref="ArgumentException">The connection is signed in as the fallback administrator.</exception>
    public static Task ChangeAsync(MailClient client, Func<CancellationToken, Task> change, CancellationToken cancellationToken) => ChangeAsync(client, async token =>
    {
        await change(token).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>The same of a change with a result.</summary>
    public static async Task<T> ChangeAsync<T>(MailClient client, Func<CancellationToken, Task<T>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await change(cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.RejectedByServer)
        {
            await ThrowIfSignedInAsync(client, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<bool> IsFallbackAsync(MailClient client, string login, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<MailSetting> settings = await client.Settings.GetAsync([LoginSetting], cancellationToken).ConfigureAwait(false);
            // An account may have the same login, and may be the one that signed in.
            return settings.Any(setting => string.Equals(setting.Value, login, StringComparison.OrdinalIgnoreCase))
                && await client.Principals.FindAsync(login, cancellationToken).ConfigureAwait(false) is null;
        }
        catch (MailServerException)
        {
            // Nobody can tell: the server will.
            return false;
        }
    }
}
