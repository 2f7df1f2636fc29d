// Questions to the person at the terminal, where there is one.
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>Asks. What reads something gives null where nobody is there to answer, or nothing was answered. On the pipeline thread only.</summary>
internal static class Prompts
{
    /// <summary>Yes or no, where Enter means no. What it throws where nobody can be asked, <see cref="IsUnavailable"/> knows.</summary>
    public static bool Confirm(PSHost host, string caption, string question)
    {
        Collection<ChoiceDescription> choices = [new("&Yes", "Go on."), new("&No", "Do nothing.")];
        return host.UI.PromptForChoice(caption, question, choices, defaultChoice: 1) == 0;
    }

    /// <summary>Whether a question failed because nobody can be asked.</summary>
    public static bool IsUnavailable(Exception exception)
        // The last is the console's at the end of a redirected input.
        => exception is PSInvalidOperationException or NotImplementedException or HostException or NullReferenceException;

    /// <summary>The code of an authenticator app. From any thread.</summary>
    public static Task<string?> ReadTotpCodeAsync(PSHost host, PipelinePump pump, CancellationToken cancellationToken) =>
        pump.InvokeAsync(() => ReadLine(host, "TOTP code: ")).WaitAsync(cancellationToken);

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
    public static PSCredential? ReadCredential(PSHost host, string message, string userName) =>
        TryPrompt(() => host.UI.PromptForCredential("Mail server", message, userName, ""));

    private static T? TryPrompt<T>(Func<T?> question)
        where T : class
    {
        try
        {
            return question();
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            return null;
        }
    }
}
