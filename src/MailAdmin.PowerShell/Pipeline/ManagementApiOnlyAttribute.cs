using MailAdmin.Client;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// Marks a cmdlet that needs the management REST API, which only servers before 0.16 have: for a later one it is refused before anything is asked, shown or sent.
/// </summary>
/// <param name="advice">Why a later server cannot do it, or what does it there; null where there is nothing to say.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class ManagementApiOnlyAttribute(string? advice = null) : Attribute
{
    /// <summary>Why a later server cannot do it, or what does it there; null where there is nothing to say.</summary>
    public string? Advice => advice;

    /// <summary>Refuses the cmdlet for a server without the API.</summary>
    /// <param name="command">The name of the cmdlet.</param>
    /// <param name="server">The server; null where nothing is known of it.</param>
    /// <param name="about">What does there what this very command was to do; null where that is not known.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    public void ThrowIfMissing(string command, ServerInfo? server, string? about)
    {
        if (server is { Family: ServerFamily.Jmap })
        {
            throw new MailServerException(
                MailErrorCode.Unsupported,
                Operations.CallJmap,
                $"{command} works only with servers before 0.16: it needs their management REST API, and this server is Stalwart {server.VersionRange}, which has none. Nothing was sent.{(Advice is null ? "" : $" {Advice}")}{(about is null ? "" : $" {about}")}");
        }
    }
}
