using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Finds what a principal names and the server does not have, and says which kind is meant and what has a similar name.</summary>
internal sealed class PrincipalReferenceCheck(IDirectory directory)
{
    /// <summary>Checks each reference of a principal of a type.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for the first that is not there, or of another type; <c>RejectedByClient</c> for a member that the type cannot have.</exception>
    public async Task CheckAsync(Operation operation, PrincipalType owner, IEnumerable<PrincipalReference> references, CancellationToken cancellationToken)
    {
        foreach (PrincipalReference reference in references.Where(reference => !IsBuiltIn(reference)))
        {
            MailPrincipal? found = await directory.GetOrNullAsync(reference.Name, reference.Type is { } type ? [type] : [], cancellationToken).ConfigureAwait(false);
            if (found is null || !IsOfType(found, reference, operation, owner))
            {
                throw await CreateErrorAsync(operation, reference, found, null, cancellationToken).ConfigureAwait(false);
            }
            CheckMember(operation, owner, reference, found);
        }
    }

    /// <summary>Checks the members of a principal to create, for which the server takes any.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for the first that the type cannot have.</exception>
    public async Task CheckMembersAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        foreach (PrincipalReference reference in PrincipalReference.GetMembers(principal))
        {
            if (await directory.GetOrNullAsync(reference.Name, cancellationToken).ConfigureAwait(false) is { } found)
            {
                CheckMember(Operations.CreatePrincipal, principal.Type, reference, found);
            }
        }
    }

    /// <summary>
    /// Checks that groups, lists, roles and tenants are of their types. The server takes one of another type in silence where the account has it already, and
    /// drops what the account should keep.
    /// </summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for the first that is of another type.</exception>
    public async Task CheckContainersAsync(IEnumerable<PrincipalReference> references, ExpandedPrincipals types, CancellationToken cancellationToken)
    {
        foreach (PrincipalReference reference in references.Where(reference => reference.Field != PrincipalField.Emails && reference.Type is not null && !IsBuiltIn(reference)))
        {
            // What is known may be old: only what is there now is an error.
            if (await types.FindTypeAsync(reference.Name, cancellationToken).ConfigureAwait(false) is { } type && type != reference.Type
                && await directory.GetOrNullAsync(reference.Name, cancellationToken).ConfigureAwait(false) is { } found && found.Type != reference.Type)
            {
                throw await CreateErrorAsync(Operations.PatchPrincipal, reference, found, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The server's "not found" in words that name the kind; the same error where it is about something else.</summary>
    public async Task<MailServerException> ExplainAsync(MailServerException error, IEnumerable<PrincipalReference> references, CancellationToken cancellationToken)
    {
        PrincipalReference[] candidates = [.. references.Where(reference => reference.Name == error.Item?.ToLowerInvariant())];
        if (candidates.Length == 0)
        {
            return error;
        }
        try
        {
            // One name may be named in several fields, and be right in one of them.
            MailPrincipal? found = await directory.GetOrNullAsync(candidates[0].Name, cancellationToken).ConfigureAwait(false);
            PrincipalReference missing = Array.Find(candidates, reference => found is null || found.Type != reference.Type) ?? candidates[0];
            return await CreateErrorAsync(error.Operation, missing, found, error, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            return error;
        }
    }

    private static bool IsBuiltIn(PrincipalReference reference) => reference.Field == PrincipalField.Roles && BuiltInRoles.Names.Contains(reference.Name);

    // An account may be changed into a member of another account, and not created as one.
    private static bool IsOfType(MailPrincipal found, PrincipalReference reference, Operation operation, PrincipalType owner) =>
        reference.Type is not { } type || found.Type == type
        || (operation != Operations.CreatePrincipal && owner == PrincipalType.Individual && reference.Field == PrincipalField.MemberOf && found.Type == PrincipalType.Individual);

    private void CheckMember(Operation operation, PrincipalType owner, PrincipalReference reference, MailPrincipal found)
    {
        if (reference.Field == PrincipalField.Members && !directory.CanBeMember(owner, found.Kind))
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Members, TypeFields.FormatMemberError(owner, found.Name, found.Kind));
        }
    }

    private async Task<MailServerException> CreateErrorAsync(
        Operation operation, PrincipalReference reference, MailPrincipal? found, MailServerException? cause, CancellationToken cancellationToken)
    {
        if (found is not null && reference.Type is not null && found.Type != reference.Type)
        {
            return CreateTypeError(operation, reference, found, cause);
        }
        string message = $"There is no {GetNoun(reference.Type)} '{reference.Name}' on the server{await SuggestAsync(reference, cancellationToken).ConfigureAwait(false)}.";
        return CreateError(operation, reference, message, cause);
    }

    /// <summary>The error for a reference to a principal of another type.</summary>
    public static MailServerException CreateTypeError(Operation operation, PrincipalReference reference, MailPrincipal found, MailServerException? cause = null) =>
        CreateError(operation, reference, $"'{reference.Name}' is not a {GetNoun(reference.Type)} but of type {found.Type}.", cause);

    private static MailServerException CreateError(Operation operation, PrincipalReference reference, string message, MailServerException? cause) =>
        new(MailErrorCode.NotFound, operation, message, cause) { Status = cause?.Status, Field = reference.Field, Item = reference.Name };

    private async Task<string> SuggestAsync(PrincipalReference reference, CancellationToken cancellationToken)
    {
        var query = new PrincipalQuery { Types = reference.Type is { } type ? [type] : [], Fields = [PrincipalField.Name], InOneRequest = true };
        var names = new List<string>();
        try
        {
            await foreach (MailPrincipal principal in directory.ListAsync(query, null, cancellationToken).ConfigureAwait(false))
            {
                names.Add(principal.Name);
            }
        }
        catch (MailServerException)
        {
            // Who may not list has no suggestion.
        }
        return NearestName.Find(reference.Name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
    }

    private static string GetNoun(PrincipalType? type) => type?.Word switch
    {
        null => "principal",
        "list" => "mailing list",
        var word => word,
    };
}
