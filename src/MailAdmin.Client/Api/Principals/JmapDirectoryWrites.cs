using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Writes one object of the directory, together with what others write at the time. An error says whose names are in the way.</summary>
internal sealed class JmapDirectoryWrites(JmapChannel channel)
{
    private readonly JmapDirectoryErrors _errors = new(channel);
    private readonly GatheredWrites _writes = new(channel);

    /// <summary>Applies the one change of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="action">What is done, such as <c>Deleting 'staff@example.org'</c>.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">It was refused; <c>OutcomeUnknown</c> where no look could tell.</exception>
    public async Task<SetOutcome> ApplyAsync(SetOrder order, string action, CancellationToken cancellationToken)
    {
        IReadOnlyList<SetOutcome> outcomes = await _writes.ApplyAsync(order, cancellationToken).ConfigureAwait(false);
        return outcomes[0] is { Error: { } error } ? throw await _errors.ExplainAsync(error, order.Type, action, cancellationToken).ConfigureAwait(false) : outcomes[0];
    }
}
