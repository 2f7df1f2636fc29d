using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Finds what a principal names and the server does not have, and says which kind is meant and what has a similar name.</summary>
internal sealed class PrincipalReferenceCheck(PrincipalResource principals)
{
    /// <summary>Checks each reference.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for the first that is not there, or of another type.</exception>
    public async Task CheckAsync(Operation operation, IEnumerable<PrincipalReference> references, CancellationToken cancellationToken)
    {
        foreach (PrincipalReference reference in references.Where(reference => reference.Field != PrincipalField.Roles || !BuiltInRoles.Names.Contains(reference.Name)))
        {
            MailPrincipal? found = await principals.GetOrNullAsync(reference.Name, cancellationToken).ConfigureAwait(false);
            if (found is null || !IsOfType(found, reference))
            {
                throw await CreateErrorAsync(operation, reference, found, null, cancellationToken).ConfigureAwait(false);
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
            MailPrincipal? found = await principals.GetOrNullAsync(candidates[0].Name, cancellationToken).ConfigureAwait(false);
            PrincipalReference missing = Array.Find(candidates, reference => found is null || found.Type != reference.Type) ?? candidates[0];
            return await CreateErrorAsync(error.Operation, missing, found, error, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            return error;
        }
    }

    private static bool IsOfType(MailPrincipal found, PrincipalReference reference) =>
        reference.Type is not { } type || found.Type == type || (reference.Field == PrincipalField.MemberOf && found.Type == PrincipalType.Individual);

    private async Task<MailServerException> CreateErrorAsync(
        Operation operation, PrincipalReference reference, MailPrincipal? found, MailServerException? cause, CancellationToken cancellationToken)
    {
        string kind = reference.Type is { } type ? GetNoun(type) : "principal";
        string message = found is null || IsOfType(found, reference)
            ? $"There is no {kind} '{reference.Name}' on the server{await SuggestAsync(reference, cancellationToken).ConfigureAwait(false)}."
            : $"'{reference.Name}' is not a {kind} but of type {found.Type}.";
        return new MailServerException(MailErrorCode.NotFound, operation, message, cause) { Status = cause?.Status, Field = reference.Field, Item = reference.Name };
    }

    private async Task<string> SuggestAsync(PrincipalReference reference, CancellationToken cancellationToken)
    {
        var query = new PrincipalQuery { Types = reference.Type is { } type ? [type] : [], Fields = [PrincipalField.Name], InOneRequest = true };
        var names = new List<string>();
        try
        {
            await foreach (MailPrincipal principal in principals.ListAsync(query, null, cancellationToken).ConfigureAwait(false))
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

    private static string GetNoun(PrincipalType type) => type.Word switch
    {
        "list" => "mailing list",
        var word => word,
    };
}
