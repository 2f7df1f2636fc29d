// Invoke-MailReindex: has the server build its search indexes anew, for some accounts or for all.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Rebuilds search indexes in the background (GET /store/reindex; from server 0.15 on GET /store/reindex/{index}). Nothing reports the end.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailReindex", DefaultParameterSetName = ByAccount, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class InvokeMailReindex : WindowedCmdlet
{
    private const string ByAccount = "Account";
    private const string AllSet = "All";

    /// <summary>The account: its name, an address, or the object. No wildcards: pipe from Get-MailPrincipal to reach several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByAccount)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Account { get; set; }

    /// <summary>Every account of the server.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Which index, from server 0.15 on. Default: that of mail, the only one before.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SearchIndex[]? Index { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == AllSet)
        {
            RebuildAll();
            return;
        }
        foreach (PrincipalIdentity identity in Account!)
        {
            if (GetInvalidReason(identity) is { } refusal)
            {
                WriteItemError(new ArgumentException(refusal), identity.Name);
            }
            else if (ShouldProcess($"account '{identity}'", $"Rebuild the search index{IndexSuffix}"))
            {
                Start(identity.Name, token => RebuildAsync(identity, token));
            }
        }
    }

    private string IndexSuffix => Index is null ? "" : $" ({string.Join(", ", Index)})";

    private static string? GetInvalidReason(PrincipalIdentity identity) =>
        AccountLookup.GetInvalidReason(identity, $"Get-MailPrincipal '{identity}' -Type Individual | Invoke-MailReindex reaches each match.");

    private void RebuildAll()
    {
        if (!All)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException("Name accounts, or say -All."), "NoTarget", ErrorCategory.InvalidArgument, null));
        }
        if (!ShouldProcess("all accounts", $"Rebuild the search index{IndexSuffix}"))
        {
            return;
        }
        if (!IsConfirmationHandled && !ConfirmOrThrow($"Rebuild the search index{IndexSuffix} of {DescribeAccounts()}? It keeps the server busy for a while.", "Invoke-MailReindex -All"))
        {
            return;
        }
        Start("all accounts", token => RebuildAsync(null, token));
    }

    // Who switched confirmation off, or has just confirmed, is not asked again.
    private bool IsConfirmationHandled => Force
        || MyInvocation.BoundParameters.ContainsKey("Confirm")
        || (GetVariableValue("ConfirmPreference") is { } preference && string.Equals(preference.ToString(), nameof(ConfirmImpact.None), StringComparison.OrdinalIgnoreCase));

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

    private async Task RebuildAsync(PrincipalIdentity? identity, CancellationToken cancellationToken)
    {
        string? name = identity is null ? null : await AccountLookup.ResolveNameAsync(Client, identity, cancellationToken).ConfigureAwait(false);
        foreach (SearchIndex? index in Index is null ? [null] : Index.Distinct().Select(given => (SearchIndex?)given))
        {
            try
            {
                await Client.Maintenance.ReindexAsync(name, index, cancellationToken).ConfigureAwait(false);
            }
            // The server does not say what it did not find.
            catch (MailServerException e) when (e.Code == MailErrorCode.NotFound && name is not null)
            {
                throw new MailServerException(e.Code, e.Operation, $"There is no account '{name}'.", e) { Status = e.Status, Item = name };
            }
        }
    }
}
