using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Whether a principal may sign in: <c>authenticate</c> among its disabled permissions says no.</summary>
internal static class SignInPermission
{
    /// <summary>The step that allows or prevents it.</summary>
    public static PrincipalChange CreateChange(bool enabled) => enabled
        ? PrincipalChange.Remove(PrincipalField.DisabledPermissions, MailPrincipal.AuthenticatePermission)
        : PrincipalChange.Add(PrincipalField.DisabledPermissions, MailPrincipal.AuthenticatePermission);

    /// <summary>Whether principals of this type sign in.</summary>
    public static bool IsSupportedBy(PrincipalType type) => type == PrincipalType.Individual || type == PrincipalType.ApiKey;

    /// <exception cref="ArgumentException">It is no account: the server would store the permission, and nothing would change, or much more than was meant.</exception>
    public static void ThrowIfCannotSignIn(MailPrincipal principal)
    {
        if (!IsSupportedBy(PrincipalType.FromWire(principal.Type)))
        {
            throw new ArgumentException($"'{principal}' is of type {principal.Type}, which does not sign in. Specify an account or an API key; Get-MailPrincipal {Binding.QuotedText.Quote(principal.Name)} shows what it is.");
        }
    }
}
