// Remove-MailSetting: deletes settings by key, or all that begin with a prefix. An empty prefix, which means everything, is never sent.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Deletes settings (POST /settings, delete and clear). Their effect ends with the next reload.</summary>
[Cmdlet(VerbsCommon.Remove, "MailSetting", DefaultParameterSetName = ByKey, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMailSetting : ConnectedCmdlet
{
    private const string ByKey = "Key";
    private const string ByPrefix = "Prefix";
    private const int MaxBatchCount = 100;
    private const int SampleSize = 5;
    private readonly List<string> _batch = [];

    /// <summary>The full key, or the setting. No wildcards: pipe from Get-MailSetting to reach several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByKey)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [SettingArgument]
    [ValidateNotNullOrEmpty]
    public SettingIdentity[]? Key { get; set; }

    /// <summary>Delete everything below this prefix: lookup.set spares lookup.set9.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPrefix)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Take the prefix as the beginning of keys, whatever follows: lookup.set takes lookup.set9 along.</summary>
    [Parameter(ParameterSetName = ByPrefix)]
    public SwitchParameter Raw { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (ParameterSetName == ByPrefix)
            {
                RemoveByPrefix();
            }
            else
            {
                RemoveByKey();
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, Prefix ?? Key?[0].Key);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Flush();

    private void RemoveByPrefix()
    {
        string begin = Raw ? SettingKeyFormat.NormalizePrefix(Prefix) : SettingKeyFormat.ToSubtreePrefix(Prefix);
        MailSetting[] hit = [.. Pump.Wait(Client.Settings.ListAsync(GetListablePrefix(begin), null, Pump.Token)).Items.Where(setting => setting.Key.StartsWith(begin, StringComparison.Ordinal))];
        if (hit.Length == 0)
        {
            WriteError(ErrorCatalogue.NotFound($"No setting begins with '{begin}'. Keys are case-sensitive.", begin));
            return;
        }
        string sample = string.Join(", ", hit.Take(SampleSize).Select(setting => setting.Key)) + (hit.Length > SampleSize ? ", …" : "");
        if (ShouldAct($"settings that begin with '{begin}'", hit.Length == 1 ? $"Delete 1 setting ({sample})" : $"Delete {hit.Length} settings ({sample})", Force))
        {
            Pump.Wait(Client.Settings.ClearAsync(begin, raw: true, Pump.Token));
        }
    }

    // What the server can list: it lists below a dot only.
    private static string? GetListablePrefix(string begin) => begin.EndsWith('.')
        ? begin
        : begin.LastIndexOf('.') is > 0 and int dot ? begin[..dot] : null;

    private void RemoveByKey()
    {
        IReadOnlyDictionary<string, MailSetting>? there = ReadExistingOrNull();
        foreach (SettingIdentity identity in Key!)
        {
            if (identity.Setting is null && identity.Key.HasWildcard())
            {
                WriteItemError(
                    new ArgumentException($"'{identity}' holds a wildcard, which only Get-MailSetting takes. Get-MailSetting '{identity}' | Remove-MailSetting reaches each match."), identity.Key);
                continue;
            }
            MailSetting? setting = identity.Setting ?? there?.GetValueOrDefault(identity.Key);
            if (setting is null && there is not null)
            {
                WriteError(ErrorCatalogue.NotFound($"There is no setting '{identity}'. Keys are case-sensitive; -Prefix '{identity}' deletes the settings under it.", identity.Key));
                continue;
            }
            if (ShouldAct($"setting '{identity}'", setting?.WithoutSecrets().Value is { Length: > 0 and <= 60 } value ? $"Delete (its value is '{value}')" : "Delete", Force))
            {
                _batch.Add(identity.Key);
                if (_batch.Count == MaxBatchCount)
                {
                    Flush();
                }
            }
        }
    }

    // The server calls the deletion of what does not exist a success. Null when the caller may not look.
    private Dictionary<string, MailSetting>? ReadExistingOrNull()
    {
        string[] unknown = [.. Key!.Where(identity => identity.Setting is null && !identity.Key.HasWildcard()).Select(identity => identity.Key)];
        try
        {
            return unknown.Length == 0 ? [] : Pump.Wait(Client.Settings.GetAsync(unknown, Pump.Token)).ToDictionary(setting => setting.Key, StringComparer.Ordinal);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return null;
        }
    }

    private void Flush()
    {
        if (_batch.Count == 0)
        {
            return;
        }
        string[] keys = [.. _batch];
        _batch.Clear();
        try
        {
            Pump.Wait(Client.Settings.DeleteAsync(keys, Pump.Token));
        }
        catch (MailServerException e) when (!ErrorCatalogue.IsTerminating(e))
        {
            foreach (string key in GetRemaining(keys))
            {
                WriteItemError(new MailServerException(e.Code, e.Operation, $"The setting '{key}' was not deleted, as far as can be told. {e.Message}", e) { Status = e.Status }, key);
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, keys[0]);
        }
    }

    private IEnumerable<string> GetRemaining(string[] keys)
    {
        try
        {
            return Pump.Wait(Client.Settings.GetAsync(keys, Pump.Token)).Select(setting => setting.Key);
        }
        catch (MailServerException)
        {
            return keys;
        }
    }
}
