using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Tasks;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>
/// Restores deleted mail into the Inbox, item by item, or everything of an account with -All (POST /store/undelete/{account}; from 0.16 on x:ArchivedItem/set; Enterprise). The request always
/// names the items, with -All too: without names, the server would restore everything that it has by then.
/// </summary>
[Cmdlet(VerbsData.Restore, "MailDeletedItem", DefaultParameterSetName = ByItem, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Restore-MailDeletedItem.md")]
[OutputType(typeof(MailRestoreResult))]
public sealed class RestoreMailDeletedItem : AccountCmdlet
{
    private const string ByItem = "Item";
    private const int SampleSize = 3;

    private readonly List<MailDeletedItem> _pending = [];
    private readonly HashSet<string> _processedAccounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<MailDeletedItem>> _onServer = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, bool> _mayRestore = new(StringComparer.OrdinalIgnoreCase);
    private readonly TaskWait _wait;

    /// <summary>Creates the cmdlet.</summary>
    public RestoreMailDeletedItem() => _wait = new TaskWait(this, Pump, () => Client.Tasks);

    /// <summary>Items from Get-MailDeletedItem. Only e-mails can be restored; any other item is an error.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByItem)]
    [DeletedItemArgument]
    [ValidateNotNullOrEmpty]
    public MailDeletedItem[]? InputObject { get; set; }

    /// <summary>Restore all deleted mail of the accounts. Asks for confirmation for each of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByAccount)]
    public SwitchParameter All { get; set; }

    /// <summary>Do not ask for confirmation before everything is restored.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    public SwitchParameter Force { get; set; }

    /// <summary>Wait until the server has restored the mail, from server 0.16 on; what it could not restore is an error with its reason. Stopping the command ends the waiting, not the restoration.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (Wait)
        {
            Client.Tasks.ThrowIfNone(nameof(Wait));
        }
        if (ParameterSetName == ByAccount && !All)
        {
            ThrowTerminatingError(ErrorCatalogue.TargetNotSpecified("To restore everything of an account, specify -All. To restore some items, pipe them from Get-MailDeletedItem."));
        }
    }

    private protected override void ProcessWithoutAccount()
    {
        foreach (MailDeletedItem item in InputObject!)
        {
            if (!item.IsRestorable || Client.Store.CanName(item))
            {
                RestoreItem(item);
            }
            else if (FindOnServer(item) is { } found)
            {
                RestoreItem(found);
            }
        }
    }

    // What was read from text may have lost what names it to the server.
    private MailDeletedItem? FindOnServer(MailDeletedItem item)
    {
        try
        {
            if (!_onServer.TryGetValue(item.Account, out List<MailDeletedItem>? items))
            {
                _onServer[item.Account] = items = [.. Pump.Wait(Client.Store.ListDeletedAsync(item.Account, Pump.Token))];
            }
            // The same message may have been deleted twice.
            MailDeletedItem? found = items.Find(other => other.BlobId == item.BlobId && (item.Deleted ?? other.Deleted) == other.Deleted && (item.Expires ?? other.Expires) == other.Expires);
            if (found is null)
            {
                WriteError(StoreErrors.ItemNotFound(item));
            }
            else
            {
                items.Remove(found);
            }
            return found;
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, item);
            return null;
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        SendPending();
        base.End();
    }

    private void RestoreItem(MailDeletedItem item)
    {
        if (!item.IsRestorable)
        {
            WriteItemError(new ArgumentException($"The server restores only e-mails; this item is of the kind '{item.Kind}'. To fetch its content, use Get-MailBlob."), item);
        }
        else if (MayRestore(item.Account) && ShouldAct($"{Describe(item)} of '{item.Account}'", "Restore into the Inbox"))
        {
            AddPending(item);
        }
    }

    // Told once of each account.
    private bool MayRestore(string account)
    {
        if (!_mayRestore.TryGetValue(account, out bool may))
        {
            _mayRestore[account] = may = PassesCheck(token => Client.Store.CheckPermissionToRestoreAsync(account, token), account);
        }
        return may;
    }

    private void AddPending(MailDeletedItem item)
    {
        // One account in each call, and in batches: the order is kept, and no call is larger than the server reads.
        if (_pending.Count == StoreResource.MaxRestoreItems || (_pending.Count > 0 && _pending[0].Account != item.Account))
        {
            SendPending();
        }
        _pending.Add(item);
    }

    private void SendPending()
    {
        if (_pending.Count == 0)
        {
            return;
        }
        MailDeletedItem[] items = [.. _pending];
        _pending.Clear();
        Start(items.Length == 1 ? items[0] : items[0].Account, token => RestoreAsync(items, token), WriteResults);
    }

    private Task<IReadOnlyList<MailRestoreResult>> RestoreAsync(MailDeletedItem[] items, CancellationToken cancellationToken) => Wait
        ? _wait.RunAsync($"{items[0].Account} {items[0].Id}", onProgress => Client.Store.RestoreAndWaitAsync(items[0].Account, items, onProgress, cancellationToken))
        : Client.Store.RestoreAsync(items[0].Account, items, cancellationToken);

    private void WriteResults(IReadOnlyList<MailRestoreResult> results)
    {
        foreach (MailRestoreResult result in results)
        {
            WriteObject(result);
            // What is only requested is no failure, unless its end was to be waited for.
            if (result.Status != MailRestoreStatus.Restored && (result.Status != MailRestoreStatus.Requested || Wait))
            {
                WriteError(StoreErrors.RestoreFailed(result, Describe(result.Item)));
            }
        }
    }

    private protected override void Process(PrincipalIdentity identity)
    {
        // Each piped item names its account again.
        if (!_processedAccounts.Add(identity.Name))
        {
            return;
        }
        IReadOnlyList<MailDeletedItem> items;
        try
        {
            items = Pump.Wait(ListAsync(identity, Pump.Token));
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, identity.Name);
            return;
        }
        MailDeletedItem[] mail = [.. items.Where(item => item.IsRestorable)];
        if (mail.Length < items.Count)
        {
            WriteWarning($"{items.Count - mail.Length} deleted items of '{identity}' are not e-mails: the server does not restore them.");
        }
        if (mail.Length == 0)
        {
            WriteVerbose($"Nothing of '{identity}' can be restored.");
            return;
        }
        string sample = string.Join("; ", mail.Take(SampleSize).Select(Describe)) + (mail.Length > SampleSize ? "; …" : "");
        if (!MayRestore(mail[0].Account))
        {
            return;
        }
        if (!ShouldActOnAll($"all {mail.Length} deleted e-mails of '{identity}' ({sample})", "Restore into the Inbox", Force))
        {
            return;
        }
        foreach (MailDeletedItem item in mail)
        {
            AddPending(item);
        }
    }

    private async Task<IReadOnlyList<MailDeletedItem>> ListAsync(PrincipalIdentity identity, CancellationToken cancellationToken) =>
        await Client.Store.ListDeletedAsync(await ResolveNameAsync(identity, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static string Describe(MailDeletedItem item)
    {
        string? size = item.Size is { } bytes ? ByteSize.Format(bytes) : null;
        string? when = item.Deleted is { } time ? $"deleted {TimeText.Format(time)}" : null;
        string known = string.Join(", ", new[] { size, when }.OfType<string>());
        return item.Subject is { Length: > 0 } subject ? known.Length == 0 ? $"'{subject}'" : $"'{subject}' ({known})"
            : size is null ? $"a message{(when is null ? "" : $", {when}")}" : $"a message of {known}";
    }
}
