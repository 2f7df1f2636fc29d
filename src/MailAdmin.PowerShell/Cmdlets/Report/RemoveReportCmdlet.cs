// What the Remove cmdlets of reports share: the server says yes to unknown ones too, so an id given as text is looked up first.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Deletes reports, received ones or those that wait to be sent.</summary>
public abstract class RemoveReportCmdlet : WindowedCmdlet
{
    private protected RemoveReportCmdlet()
    {
    }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Starts the deletion of a report.</summary>
    /// <param name="id">The report.</param>
    /// <param name="exists">Whether there is one; null where the report itself was given.</param>
    /// <param name="delete">Deletes it.</param>
    /// <param name="notFound">The failure where there is none.</param>
    private protected void StartDelete(string id, Func<CancellationToken, Task<bool>>? exists, Func<CancellationToken, Task> delete, Func<MailServerException> notFound) => Start(
        id,
        async token =>
        {
            if (exists is not null && !await IsThereAsync(exists(token)).ConfigureAwait(false))
            {
                throw notFound();
            }
            await delete(token).ConfigureAwait(false);
        });

    private static async Task<bool> IsThereAsync(Task<bool> answer)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        // Who may delete may not be allowed to read.
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return true;
        }
    }
}
