// Questions to the person at the terminal, where there is one.
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>Asks; null where nobody is there to answer, or nothing was answered. On the pipeline thread only.</summary>
internal static class Prompts
{
    /// <summary>A line of text.</summary>
    public static string? ReadLine(PSHost host, string question) => TryPrompt(() =>
    {
        host.UI.Write(question);
        string answer = host.UI.ReadLine();
        return string.IsNullOrWhiteSpace(answer) ? null : answer.Trim();
    });

    /// <summary>A secret, which is not shown.</summary>
    public static SecureString? ReadSecret(PSHost host, string question) => TryPrompt(() =>
    {
        host.UI.Write(question);
        SecureString answer = host.UI.ReadLineAsSecureString();
        return answer.Length == 0 ? null : answer;
    });

    /// <summary>Login and password.</summary>
    public static PSCredential? ReadCredential(PSHost host, string caption, string message, string userName) =>
        TryPrompt(() => host.UI.PromptForCredential(caption, message, userName, ""));

    private static T? TryPrompt<T>(Func<T?> question)
        where T : class
    {
        try
        {
            return question();
        }
        catch (Exception e) when (e is PSInvalidOperationException or NotImplementedException or HostException)
        {
            return null;
        }
    }
}
