namespace MailAdmin.Client.Api.Principals;

/// <summary>Whether a principal that is there is the one whose creation was not answered.</summary>
internal static class PrincipalMatch
{
    public static bool IsSame(MailPrincipal found, NewPrincipal sent) =>
        found.Type == sent.Type
        && (found.Description ?? "") == (sent.Description ?? "")
        && found.Quota == (PrincipalChecks.HoldsQuota(sent.Type) ? sent.Quota ?? 0 : 0)
        && Same(found.Email, sent.Email)
        && Same(found.MemberOf, sent.MemberOf)
        && Same(found.List, sent.List)
        && Same(found.Role, sent.Role)
        && Same(found.EnabledPermission, sent.EnabledPermission)
        && Same(found.DisabledPermission, sent.DisabledPermission)
        && (found.PasswordCount > 0 || found.OtpEnabled || found.AppPassword.Count > 0) == (sent.Secret.Count > 0);

    private static bool Same(IReadOnlyList<string> found, IReadOnlyList<string> sent) =>
        new HashSet<string>(found, StringComparer.OrdinalIgnoreCase).SetEquals(sent);
}
