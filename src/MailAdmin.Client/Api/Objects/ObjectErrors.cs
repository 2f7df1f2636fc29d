using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Says by their names which objects are in the way, where the server tells ids.</summary>
internal sealed class ObjectErrors(JmapChannel channel, ObjectSchema schema)
{
    private const int MaxNames = 5;

    /// <summary>The error with the object that it is about, and the names of others.</summary>
    /// <param name="error">The error.</param>
    /// <param name="action">What was to be done, such as <c>Changing Http</c>.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<MailServerException> ExplainAsync(MailServerException error, string action, CancellationToken cancellationToken)
    {
        if (OutcomeRules.IsOutcomeUnknown(error))
        {
            return OutcomeRules.OutcomeUnknown(error, action);
        }
        IReadOnlyList<ObjectReference> references = error.LinkedObjects.Count > 0 ? error.LinkedObjects : error.ConflictingObject is { } one ? [one] : [];
        if (references.Count == 0)
        {
            return error.WithMessage($"{action}: {error.Message}");
        }
        string[] names = await Task.WhenAll(references.Take(MaxNames).Select(reference => DescribeAsync(reference, cancellationToken))).ConfigureAwait(false);
        string others = string.Join(", ", names) + (references.Count > names.Length ? $" and {references.Count - names.Length} more" : "");
        string reason = error.Code switch
        {
            MailErrorCode.InUse => $"other objects refer to it: {others}. Change or remove these first.",
            MailErrorCode.NotFound => $"what is named ({others}) does not exist, is of another kind, or belongs to another tenant.",
            MailErrorCode.AlreadyExists => $"the value of '{error.Field}' is taken by {others}.",
            _ => $"{error.Message} ({others})",
        };
        return error.WithMessage($"{action}: {reason}");
    }

    /// <summary>An object by its name, where it can be read and has one.</summary>
    public async Task<string> DescribeAsync(ObjectReference reference, CancellationToken cancellationToken)
    {
        string? name = null;
        if (reference.Id != MailObject.SingletonId && schema.Find(reference.Type) is { } type && JmapId.IsValid(reference.Id))
        {
            string[] properties = [.. ObjectNames.Properties.Where(property => type.Shape.Forms.Values.Any(form => form.ContainsKey(property)))];
            try
            {
                GetAnswer<string?> found = await channel.GetAsync(type.WireName, [reference.Id], ReadName, cancellationToken, properties.Length == 0 ? ["id"] : properties).ConfigureAwait(false);
                name = found.Items is [var only] ? only : null;
            }
            catch (MailServerException)
            {
                // Who may not read it learns the id.
            }
        }
        return ObjectNames.Describe(reference.Type, reference.Id, name);

        string? ReadName(JsonElement item) => ObjectNames.Find(new ObjectReader(schema).Read(schema.Get(reference.Type), item).Property);
    }
}
