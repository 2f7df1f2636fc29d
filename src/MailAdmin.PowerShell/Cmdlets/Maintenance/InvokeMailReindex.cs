using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Rebuilds search indexes in the background (GET /store/reindex; from server 0.15 on GET /store/reindex/{index}). The server does not report the end.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsLifecycle.Invoke, "MailReindex", DefaultParameterSetName = ByAccount, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-MailReindex.md")]
public sealed class InvokeMailReindex : AccountCmdlet
{
    private const string AllSet = "All";

    /// <summary>Rebuild the index of every account of the server, which keeps it busy for a while. Asks first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The index to rebuild, from server 0.15 on. Default: that of mail, the only one before 0.15.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SearchIndex[]? Index { get; set; }

    /// <summary>Do not ask for confirmation. -WhatIf still applies.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private string IndexSuffix => Index is null ? "" : $" ({string.Join(", ", Index)})";

    private protected override void Process(PrincipalIdentity identity) => Act(
        identity,
        $"Rebuild the search index{IndexSuffix}",
        (name, token) => RebuildAsync(index => Client.Maintenance.ReindexAsync(name, index, token).WithNotFoundMessageAsync($"There is no account '{name}'.", name)),
        force: Force);

    private protected override void ProcessWithoutAccount()
    {
        if (!All)
        {
            ThrowTerminatingError(ErrorCatalogue.TargetNotSpecified("Specify accounts, or -All."));
        }
        if (ShouldActOnAll("all accounts", $"Rebuild the search index{IndexSuffix}, which keeps the server busy for a while", Force, DescribeAccounts))
        {
            Start("all accounts", token => RebuildAsync(index => Client.Maintenance.ReindexAsync(null, index, token)));
        }
    }

    private string DescribeAccounts()
    {
        try
        {
            return $"all {Pump.Wait(Client.Principals.CountAsync(new PrincipalQuery { Types = [PrincipalType.Individual] }, Pump.Token))} accounts";
        }
        catch (MailServerException)
        {
            return "all accounts";
        }
    }

    private async Task RebuildAsync(Func<SearchIndex?, Task> rebuild)
    {
        foreach (SearchIndex? index in Index is null ? [null] : Index.Distinct().Select(given => (SearchIndex?)given))
        {
            await rebuild(index).ConfigureAwait(false);
        }
    }
}
