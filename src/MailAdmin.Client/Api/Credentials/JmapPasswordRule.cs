using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Credentials;

/// <summary>
/// What a password has to be on a server from 0.16 on (<c>x:Authentication</c>), where the account may read it: how long, and how hard to guess (zxcvbn). Both are compared here,
/// before anything is sent: the server can judge a password that it is sent as it is, and not the hash of one.
/// </summary>
/// <param name="channel">The server.</param>
/// <param name="server">What the caller may do.</param>
/// <param name="score">Tells how hard a password is to guess, from 0 to 4; null where nothing here can.</param>
internal sealed class JmapPasswordRule(JmapChannel channel, ServerInfo? server, Func<string, int>? score)
{
    private const string Type = "x:Authentication";
    private const string GetPermission = "sysAuthenticationGet";

    // Its place is what a password has to score.
    private static readonly string[] s_strengths = ["zero", "one", "two", "three", "four"];

    /// <summary>Refuses a password that the server certainly refuses.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the rule.</exception>
    public async Task CheckAsync(string password, CancellationToken cancellationToken)
    {
        if ((await FindAsync(cancellationToken).ConfigureAwait(false))?.FindError(password) is { } error)
        {
            throw error;
        }
    }

    /// <summary>The rule; null where the account may not know it.</summary>
    public async Task<PasswordRule?> FindAsync(CancellationToken cancellationToken)
    {
        if (server?.Permissions.Contains(GetPermission) != true)
        {
            return null;
        }
        try
        {
            return (await channel.GetAsync(Type, ["singleton"], Read, cancellationToken).ConfigureAwait(false)).Items is [var rule] ? rule : null;
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

    private PasswordRule Read(JsonElement item) => new(
        item.GetProperty("passwordMinLength").GetInt32(),
        item.GetProperty("passwordMaxLength").GetInt32(),
        Array.IndexOf(s_strengths, item.GetText("passwordMinStrength")) is >= 0 and var least ? least : null,
        score);
}
