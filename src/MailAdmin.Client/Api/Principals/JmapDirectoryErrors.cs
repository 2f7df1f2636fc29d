using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Says whose names are in the way, where the server tells ids.</summary>
internal sealed class JmapDirectoryErrors(JmapChannel channel)
{
    private const int MaxNames = 5;

    // What the server says of a password that is too short or too easy to guess.
    private const string SecretProperty = "secret";
    private const string SignatureType = "DkimSignature";
    private const string InvalidProperties = "invalidProperties";

    /// <summary>The error with names in place of ids; the same error where it names none, or nobody can look.</summary>
    /// <param name="error">The error.</param>
    /// <param name="type">The type of the object, such as <c>x:Domain</c>.</param>
    /// <param name="action">What was to be done, such as <c>Deleting 'staff@example.org'</c>.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<MailServerException> ExplainAsync(MailServerException error, string type, string action, CancellationToken cancellationToken)
    {
        if (OutcomeRules.IsOutcomeUnknown(error))
        {
            return OutcomeRules.OutcomeUnknown(error, action);
        }
        if (error is { Field: SecretProperty, ServerCode: InvalidProperties })
        {
            return JmapPasswordRule.Explain(error);
        }
        error = InvalidValues.ExplainLocale(error, "locale");
        if (type == DirectoryType.Domain.Name)
        {
            error = InvalidValues.ExplainDomain(error, "this name as that of a domain", "name", "aliases");
        }
        IReadOnlyList<ObjectReference> references = error.LinkedObjects.Count > 0 ? error.LinkedObjects : error.ConflictingObject is { } one ? [one] : [];
        string[] names = await FindNamesAsync([.. references.Take(MaxNames)], cancellationToken).ConfigureAwait(false);
        if (names.Length == 0)
        {
            return error;
        }
        string others = string.Join(", ", names) + (references.Count > names.Length ? $" and {references.Count - names.Length} more" : "");
        string? message = error.Code switch
        {
            MailErrorCode.InUse => $"{action} is refused: it is in use by {others}. Remove or change these first.",
            MailErrorCode.NotFound => $"What is named ({others}) is of another kind, or belongs to another tenant.",
            MailErrorCode.AlreadyExists => $"{GetTaken(error.Field)} is taken by {others}.",
            _ => null,
        };
        return message is null ? error : error.WithMessage(message);
    }

    private static string GetTaken(string? property) => property switch
    {
        "email" or "emailAddress" => "The address",
        "name" or "description" or "clientId" => "The name",
        _ => $"The value of '{property}'",
    };

    private async Task<string[]> FindNamesAsync(ObjectReference[] references, CancellationToken cancellationToken)
    {
        (DirectoryType Type, GetCall<FoundObject> Call)[] calls = [.. references
            .GroupBy(reference => DirectoryType.All.FirstOrDefault(type => type.ObjectType == reference.Type))
            .Where(group => group.Key is not null)
            .Select(group => (group.Key!, new GetCall<FoundObject>(group.Key!.Name, item => FoundObject.Create(group.Key, item))
            {
                Ids = [.. group.Select(reference => reference.Id)],
                Properties = group.Key.NameProperties,
            }))];
        try
        {
            await channel.SendAsync([.. calls.Select(call => call.Call)], cancellationToken).ConfigureAwait(false);
            return
            [
                .. calls.SelectMany(call => call.Call.Result.Items.Select(found => $"'{found.Name}' ({found.Kind})")),
                .. await DescribeOthersAsync([.. references.Where(reference => !PrincipalType.IsOfObjects(reference.Type))], cancellationToken).ConfigureAwait(false),
            ];
        }
        catch (MailServerException)
        {
            // Who may not read them learns the ids.
            return [];
        }
    }

    // Signatures are known by their selector, whatever else by its id.
    private async Task<IEnumerable<string>> DescribeOthersAsync(ObjectReference[] references, CancellationToken cancellationToken)
    {
        string[] ids = [.. references.Where(reference => reference.Type == SignatureType).Select(reference => reference.Id)];
        var selectors = new Dictionary<string, string>();
        try
        {
            GetAnswer<(string? Id, string? Selector)> found = ids.Length == 0 ? new([], [])
                : await channel.GetAsync(ObjectTypeName.ToWire(SignatureType), ids, static item => (item.GetText("id"), item.GetText("selector")), cancellationToken, ["id", "selector"]).ConfigureAwait(false);
            foreach ((string? id, string? selector) in found.Items)
            {
                selectors[id!] = selector!;
            }
        }
        catch (MailServerException)
        {
            // Who may not read them learns the ids.
        }
        return references.Select(reference => reference.Type == SignatureType && selectors.TryGetValue(reference.Id, out string? selector) ? $"{SignatureType} '{selector}' ({reference.Id})" : reference.ToString());
    }
}
