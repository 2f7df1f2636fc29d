using System.Text.Json;

namespace MailAdmin.Client.Jmap;

/// <summary>Actions: objects that the server does when they are created, and does not keep (docs/api-0.16.md §8.10).</summary>
internal sealed class JmapActions(JmapChannel channel)
{
    private const string Type = "x:Action";
    private const string CreationId = "a";

    /// <summary>Does an action that changes something. That it was taken up is all that the server says.</summary>
    /// <param name="kind">The action, such as <c>ReloadSettings</c>.</param>
    /// <param name="description">What is done, such as <c>Reloading the settings</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException">It was refused; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task RunAsync(string kind, string description, CancellationToken cancellationToken) =>
        new JmapWrites(channel).ApplyOneAsync(new SetOrder(Type, [Create(kind, null)]), description, cancellationToken);

    /// <summary>Asks something by an action that changes nothing.</summary>
    /// <param name="kind">The action, such as <c>ClassifySpam</c>.</param>
    /// <param name="write">Writes what the question is about.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The members of the answer.</returns>
    /// <exception cref="MailServerException">It was refused.</exception>
    public async Task<JsonElement> AskAsync(string kind, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var call = new SetCall(Type, [Create(kind, write)]) { OnlyAsks = true };
        // In a request of its own: it may take the server a while, and what others read must not wait for it.
        await channel.SendNowAsync([call], null, cancellationToken).ConfigureAwait(false);
        SetOutcome outcome = call.Result[0];
        return outcome.Error is null ? outcome.Created!.Value : throw outcome.Error;
    }

    private static SetChange Create(string kind, Action<Utf8JsonWriter>? write) => SetChange.Create(CreationId, writer =>
    {
        writer.WriteString("@type", kind);
        write?.Invoke(writer);
    });
}
