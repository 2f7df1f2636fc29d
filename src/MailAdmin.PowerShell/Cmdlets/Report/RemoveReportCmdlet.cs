using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>
/// Deletes reports, received ones or those that wait to be sent. Servers before 0.16 report success for unknown ids too, so an id given as text is
/// looked up first.
/// </summary>
public abstract class RemoveReportCmdlet : WindowedCmdlet
{
    private protected RemoveReportCmdlet()
    {
    }

    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Deletes a report, once that is confirmed.</summary>
    /// <param name="id">The report.</param>
    /// <param name="target">The same with its kind, for the confirmation.</param>
    /// <param name="description">What it is about, for the confirmation; null where that is not known.</param>
    /// <param name="action">What is done to it.</param>
    /// <param name="exists">Whether there is one; null if the report itself was specified.</param>
    /// <param name="delete">Deletes it.</param>
    /// <param name="notFound">The error if there is none.</param>
    private protected void Delete(
        string id, string target, string? description, string action, Func<CancellationToken, Task<bool>>? exists, Func<MailClient, CancellationToken, Task> delete, Func<MailServerException> notFound)
    {
        async Task CheckAsync(CancellationToken token)
        {
            if (exists is not null && !await IsThereAsync(exists(token)).ConfigureAwait(false))
            {
                throw notFound();
            }
        }
        async Task DeleteAsync(MailClient client, CancellationToken token)
        {
            await CheckAsync(token).ConfigureAwait(false);
            await delete(client, token).ConfigureAwait(false);
        }
        if (IsFirst(target) && PassesDryRun(DeleteAsync, id, CheckAsync) && ShouldAct(description is null ? target : $"{target} ({description})", action, Force))
        {
            Start(id, token => DeleteAsync(Client, token));
        }
    }

    private static async Task<bool> IsThereAsync(Task<bool> exists)
    {
        try
        {
            return await exists.ConfigureAwait(false);
        }
        // An account that may delete reports may not be allowed to read them.
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return true;
        }
    }
}
