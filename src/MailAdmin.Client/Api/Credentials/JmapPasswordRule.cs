using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Credentials;

/// <summary>
/// What a password has to be on a server from 0.16 on (<c>x:Authentication</c>), where the account may read it. The length is compared here, before anything is sent. How easy a
/// password is to guess is for the server to say (zxcvbn), which it does of one that it is sent as it is; of a hash it cannot.
/// </summary>
internal sealed class JmapPasswordRule(JmapChannel channel, ServerInfo? server)
{
    private const string Type = "x:Authentication";
    private const string GetPermission = "sysAuthenticationGet";

    /// <summary>Refuses a password that the server certainly refuses.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the rule.</exception>
    public async Task CheckAsync(string password, CancellationToken cancellationToken)
    {
        if ((await FindLengthsAsync(cancellationToken).ConfigureAwait(false))?.FindError(password) is { } error)
        {
            throw error;
        }
    }

    /// <summary>How long a password may be; null where the account may not know.</summary>
    public async Task<PasswordLengths?> FindLengthsAsync(CancellationToken cancellationToken)
    {
        if (server?.Permissions.Contains(GetPermission) != true)
        {
            return null;
        }
        try
        {
            return (await channel.GetAsync(Type, ["singleton"], Read, cancellationToken).ConfigureAwait(false)).Items is [var lengths] ? lengths : null;
        }
        catch (MailServerException)
        {
            // The server will say what it does not take.
            return null;
        }
    }

    /// <summary>The server's refusal of a password, in words that say what to do.</summary>
    public static MailServerException Explain(MailServerException error) =>
        new(error.Code, error.Operation, $"The server refuses the password as too weak{(error.Details is null ? "" : $": {error.Details.Trim().TrimEnd('.')}")}. Choose a longer one, such as several words that do not belong together.", error)
        {
            ServerCode = error.ServerCode,
            Field = error.Field,
            Details = error.Details,
            Method = error.Method,
        };

    private static PasswordLengths Read(JsonElement item) => new(item.GetProperty("passwordMinLength").GetInt32(), item.GetProperty("passwordMaxLength").GetInt32());
}
