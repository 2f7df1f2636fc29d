using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>
/// Deletes reports, received ones or those that wait to be sent. The server reports success for unknown ids too, so an id given as text is looked
/// up first.
/// </summary>
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
    /// <param name="exists">Whether there is one; null if the report itself was specified.</param>
    /// <param name="delete">Deletes it.</param>
    /// <param name="notFound">The error if there is none.</param>
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
