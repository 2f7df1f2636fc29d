namespace MailAdmin.Client.Jmap;

/// <summary>Tells what a server would answer to changes, as far as that can be read. Nothing of them is sent.</summary>
internal interface IWriteForecast
{
    /// <summary>What would become of changes. What nobody can know before counts as done.</summary>
    /// <param name="channel">Reads what the server would look at.</param>
    /// <param name="order">The changes.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The outcome of each, in the same order.</returns>
    Task<IReadOnlyList<SetOutcome>> ForecastAsync(JmapChannel channel, SetOrder order, CancellationToken cancellationToken);
}
