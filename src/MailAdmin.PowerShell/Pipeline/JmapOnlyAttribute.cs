using MailAdmin.Client;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// Marks a cmdlet for what only servers from 0.16 on have: for an older one it is refused before anything is asked, shown or sent.
/// </summary>
/// <param name="advice">What does it on an older server.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class JmapOnlyAttribute(string advice) : Attribute
{
    /// <summary>What does it on an older server.</summary>
    public string Advice => advice;

    /// <summary>Refuses the cmdlet for a server that is older.</summary>
    /// <param name="command">The name of the cmdlet.</param>
    /// <param name="client">The client of the server.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    public void ThrowIfMissing(string command, MailClient client)
    {
        if (client.Family == ServerFamily.Rest)
        {
            throw new MailServerException(
                MailErrorCode.Unsupported,
                Operations.CallJmap,
                $"{command} works only with servers from 0.16 on, and this server is {(client.Server is { } server ? $"Stalwart {server.VersionRange}" : "older")}. Nothing was sent. {Advice}");
        }
    }
}
