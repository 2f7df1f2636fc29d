// A plain-text password on a command line ends up in the history and the transcript.
using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Refuses a plain-text password that was bound from the command line; called before any row is bound.</summary>
internal static class PlainPasswordGuard
{
    public static void ThrowIfPlainText(Cmdlet cmdlet, object? boundByCommandLine, string parameter = "Password")
    {
        if (boundByCommandLine is PlainPassword)
        {
            cmdlet.ThrowTerminatingError(PrincipalErrors.PlainTextPasswordNotAllowed(parameter));
        }
    }
}
