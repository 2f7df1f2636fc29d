using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>Prompts the user at the terminal. The Read methods return null if the session cannot prompt, or nothing was entered. On the pipeline thread only.</summary>
internal static class Prompts
{
    /// <summary>Yes or no, where Enter means no. <see cref="IsUnavailable"/> recognises what it throws in a session that cannot prompt.</summary>
    public static bool Confirm(PSHost host, string caption, string question)
    {
        Collection<ChoiceDescription> choices = [new("&Yes", "Continue."), new("&No", "Do nothing.")];
        return host.UI.PromptForChoice(caption, question, choices, defaultChoice: 1) == 0;
    }

    /// <summary>Whether a prompt failed because the session cannot prompt.</summary>
    public static bool IsUnavailable(Exception exception)
        // The console throws the last one at the end of redirected input.
        => exception is PSInvalidOperationException or NotImplementedException or HostException or NullReferenceException;

    /// <summary>The code of an authenticator app. On any thread.</summary>
    public static Task<string?> ReadTotpCodeAsync(PSHost host, PipelinePump pump, CancellationToken cancellationToken) =>
        pump.InvokeAsync(() => ReadLine(host, "TOTP code: ")).WaitAsync(cancellationToken);

    /// <summary>A line of text.</summary>
    public static string? ReadLine(PSHost host, string question) => TryPrompt(() =>
    {
        host.UI.Write(question);
        string input = host.UI.ReadLine();
        return string.IsNullOrWhiteSpace(input) ? null : input.Trim();
    });

    /// <summary>A secret, which is not shown.</summary>
    public static SecureString? ReadSecret(PSHost host, string question) => TryPrompt(() =>
    {
        host.UI.Write(question);
        SecureString input = host.UI.ReadLineAsSecureString();
        return input.Length == 0 ? null : input;
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
