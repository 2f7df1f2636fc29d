using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Reports;

/// <summary>Deletes a report of a server from 0.16 on, received or to be sent.</summary>
internal static class JmapReportDeletion
{
    /// <summary>Deletes it; a lost answer is resolved by looking for it.</summary>
    public static async Task<SetOutcome> RunAsync(JmapChannel channel, string type, string id, CancellationToken cancellationToken) =>
        (await new JmapWrites(channel).ApplyAsync(new SetOrder(type, [SetChange.Destroy(id)]), cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The error in plain words.</summary>
    public static MailServerException Explain(MailServerException error, string action, Func<MailServerException> createNotFound) =>
        error.Code == MailErrorCode.NotFound ? createNotFound() : OutcomeRules.NameAction(error, action);
}
