using System.Text.Json;

namespace MailAdmin.Client.Jmap;

/// <summary>What became of a change.</summary>
/// <param name="Change">The change.</param>
/// <param name="ObjectId">The object's id, where the change was done; null of an action, which leaves no object.</param>
/// <param name="Created">What the server made of a new object itself, such as a secret: members of its answer. Null where that answer was lost.</param>
/// <param name="Error">Why it was not done, or <c>OutcomeUnknown</c>; null where it was done.</param>
internal sealed record SetOutcome(SetChange Change, string? ObjectId, JsonElement? Created, MailServerException? Error)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Error is null;

    /// <summary>It was done.</summary>
    public static SetOutcome Done(SetChange change, string? objectId, JsonElement? created = null) => new(change, objectId, created, null);

    /// <summary>It was refused, or nobody knows.</summary>
    public static SetOutcome Failed(SetChange change, MailServerException error) => new(change, null, null, error);
}
