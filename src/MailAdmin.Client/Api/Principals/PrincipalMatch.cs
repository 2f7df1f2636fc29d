namespace MailAdmin.Client.Api.Principals;

/// <summary>Whether a principal that is there is the one whose creation was not answered.</summary>
internal static class PrincipalMatch
{
    public static bool IsSame(MailPrincipal found, NewPrincipal sent) =>
        found.Type == sent.Type
        && (found.Description ?? "") == (sent.Description ?? "")
        && found.Quota == (TypeFields.CanHave(sent.Type, PrincipalField.Quota) ? sent.Quota ?? 0 : 0)
        && HaveSameItems(found.Email, sent.Email)
        && HaveSameItems(found.MemberOf, sent.MemberOf)
        && HaveSameItems(found.List, sent.List)
        && HaveSameItems(found.Role, sent.Role)
        && HaveSameItems(found.EnabledPermission, sent.EnabledPermission)
        && HaveSameItems(found.DisabledPermission, sent.DisabledPermission)
        && (found.PasswordCount > 0 || found.OtpEnabled == true || found.AppPassword is [_, ..]) == (sent.Secret.Count > 0);

    /// <summary>The error where it is not: another one has the name.</summary>
    public static MailServerException CreateNameTaken(NewPrincipal sent, MailServerException cause) =>
        new(MailErrorCode.AlreadyExists, cause.Operation, $"The name '{sent.Name}' is taken by a principal with other fields.", cause)
        {
            Field = PrincipalField.Name,
            Value = sent.Name,
        };

    private static bool HaveSameItems(IReadOnlyList<string>? found, IReadOnlyList<string> sent) =>
        new HashSet<string>(found ?? [], StringComparer.OrdinalIgnoreCase).SetEquals(sent);
}
