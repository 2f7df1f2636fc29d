using System.Text;
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
        if (await FindLengthsAsync(cancellationToken).ConfigureAwait(false) is not { } lengths)
        {
            return;
        }
        // The server counts bytes, and calls them characters.
        int bytes = Encoding.UTF8.GetByteCount(password);
        string? problem = bytes < lengths.Min ? $"shorter than the {lengths.Min} bytes that this server requires"
            : bytes > lengths.Max ? $"longer than the {lengths.Max} bytes that this server allows"
            : null;
        if (problem is not null)
        {
            throw MailServerException.CreateRefusal(Operations.CallJmap, "secret", $"The password is {problem} (letters beyond ASCII count as two to four). It was not sent.");
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

    private async Task<Lengths?> FindLengthsAsync(CancellationToken cancellationToken)
    {
        if (server?.Permissions.Contains(GetPermission) != true)
        {
            return null;
        }
        try
        {
            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            // The server will say what it does not take.
            return null;
        }
    }

    private async Task<Lengths> ReadAsync(CancellationToken cancellationToken) =>
        (await channel.GetAsync(Type, ["singleton"], Lengths.Read, cancellationToken).ConfigureAwait(false)).Items is [var lengths] ? lengths : new Lengths(0, int.MaxValue);

    private sealed record Lengths(int Min, int Max)
    {
        public static Lengths Read(JsonElement item) => new(item.GetProperty("passwordMinLength").GetInt32(), item.GetProperty("passwordMaxLength").GetInt32());
    }
}
