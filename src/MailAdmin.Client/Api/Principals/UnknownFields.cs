namespace MailAdmin.Client.Api.Principals;

/// <summary>Refuses changes that are made of what a principal has now, where that could not be read.</summary>
internal static class UnknownFields
{
    /// <exception cref="MailServerException"><c>Forbidden</c>, with the permission that is missing.</exception>
    public static void ThrowIfNeeded(MailPrincipal principal, IEnumerable<PrincipalChange> changes)
    {
        foreach (PrincipalChange change in changes)
        {
            if (Needs(change) && StoredFields.IsUnknown(principal, change.Field))
            {
                string name = TypeFields.GetName(change.Field);
                MailServerException error = UnreadParts.CreateError(principal, name, $"{name} of '{principal.Name}' cannot be changed so: what it is now is unknown.");
                throw new MailServerException(error.Code, error.Operation, error.Message) { Field = change.Field, MissingPermissions = error.MissingPermissions };
            }
        }
    }

    // One item is added or removed without the others, where they are not written whole, as addresses and roles are.
    private static bool Needs(PrincipalChange change) => change.Field switch
    {
        PrincipalField.Emails or PrincipalField.DisabledEmails or PrincipalField.Roles => true,
        PrincipalField.Tenant => false,
        _ => change.Action == PrincipalAction.Set,
    };
}
