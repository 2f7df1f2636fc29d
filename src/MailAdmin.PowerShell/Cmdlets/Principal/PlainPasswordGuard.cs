using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Rejects a plain-text password on the command line, which would end up in the history and the transcript; called before any row is bound.</summary>
internal static class PlainPasswordGuard
{
    public static void ThrowIfPlainText(MailCmdlet cmdlet, object? boundByCommandLine, string parameter = "Password")
    {
        if (boundByCommandLine is PlainPassword)
        {
            cmdlet.ThrowTerminatingError(PrincipalErrors.PlainTextPasswordNotAllowed(parameter));
        }
    }
}
