using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Deletes settings by key, or all that begin with a prefix (POST /settings, delete and clear). An empty prefix, which means everything, is never sent. The deletion takes effect at the next reload.</summary>
[ManagementApiOnly("From 0.16 on settings are objects, and have no keys.")]
[Cmdlet(VerbsCommon.Remove, "MailSetting", DefaultParameterSetName = ByKey, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Remove-MailSetting.md")]
public sealed class RemoveMailSetting : InputCmdlet
{
    private const string ByKey = "Key";
    private const string ByPrefix = "Prefix";
    private const int MaxBatchCount = 100;
    private const int SampleSize = 5;
    private readonly List<string> _batch = [];

    /// <summary>The full key, or the setting. No wildcards: to delete several, pipe from Get-MailSetting.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByKey)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [SettingArgument("To delete the settings under it: Remove-MailSetting -Prefix {0}")]
    [ValidateNotNullOrEmpty]
    public SettingIdentity[]? Key { get; set; }

    /// <summary>Delete everything under this prefix: lookup.set does not delete lookup.set9.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPrefix)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Delete every key that begins with the prefix, whatever follows: lookup.set deletes lookup.set9 too.</summary>
    [Parameter(ParameterSetName = ByPrefix)]
    public SwitchParameter Raw { get; set; }

    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override string NewerServerAdvice => SettingObjects.Advise("Remove", Key?.Select(key => key.Key) ?? [Prefix ?? ""]);

    /// <inheritdoc/>
    private protected override void Process()
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
    private protected override void End() => Flush();

    private void RemoveByPrefix()
    {
        string prefix = Raw ? SettingKeyFormat.NormalizePrefix(Prefix) : SettingKeyFormat.ToSubtreePrefix(Prefix);
        MailSetting[] matches = [.. Pump.Wait(Client.Settings.ListAsync(GetListablePrefix(prefix), null, Pump.Token)).Items.Where(setting => setting.Key.StartsWith(prefix, StringComparison.Ordinal))];
        if (matches.Length == 0)
        {
            WriteError(ErrorCatalogue.NotFound($"No setting begins with '{prefix}'. Keys are case-sensitive.", prefix));
            return;
        }
        string sample = string.Join(", ", matches.Take(SampleSize).Select(setting => setting.Key)) + (matches.Length > SampleSize ? ", …" : "");
        if (ShouldActOnAll($"settings that begin with '{prefix}'", matches.Length == 1 ? $"Delete 1 setting ({sample})" : $"Delete {matches.Length} settings ({sample})", Force))
        {
            Pump.Wait(Client.Settings.ClearAsync(prefix, raw: true, Pump.Token));
            WriteSummary(matches.Length == 1 ? "1 setting deleted." : $"{matches.Length} settings deleted.");
        }
    }

    // The server lists only what is under a dot.
    private static string? GetListablePrefix(string prefix) => prefix.EndsWith('.')
        ? prefix
        : prefix.LastIndexOf('.') is > 0 and int dot ? prefix[..dot] : null;

    private void RemoveByKey()
    {
        IReadOnlyDictionary<string, MailSetting>? existing = ReadExistingOrNull();
        foreach (SettingIdentity identity in Key!)
        {
            if (identity.IsPattern)
            {
                WriteItemError(
                    new ArgumentException($"'{identity}' contains a wildcard, which only Get-MailSetting accepts. "
                        + WildcardExtensions.FormatAdvice($"Remove-MailSetting {WildcardExtensions.QuoteLiterally(identity.Key)}", $"Get-MailSetting {QuotedText.Quote(identity.Key)}")), identity.Key);
                continue;
            }
            MailSetting? setting = identity.Setting ?? existing?.GetValueOrDefault(identity.Key);
            if (setting is null && existing is not null)
            {
                WriteError(ErrorCatalogue.NotFound($"There is no setting '{identity}'. Keys are case-sensitive. To delete the settings under it: Remove-MailSetting -Prefix {QuotedText.Quote(identity.Key)}", identity.Key));
                continue;
            }
            if (IsFirst($"setting '{identity}'") && ShouldAct($"setting '{identity}'", setting is { IsSecret: false, Value: { Length: > 0 and <= 60 } value } ? $"Delete (its value is '{value}')" : "Delete", Force))
            {
                _batch.Add(identity.Key);
                if (_batch.Count == MaxBatchCount)
                {
                    Flush();
                }
            }
        }
    }

    // The server reports success for keys that do not exist. Null if the caller is not permitted to read them.
    private Dictionary<string, MailSetting>? ReadExistingOrNull()
    {
        string[] unknown = [.. Key!.Where(identity => identity.Setting is null && !identity.IsPattern).Select(identity => identity.Key)];
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
                WriteItemError(new MailServerException(e.Code, e.Operation, $"The setting '{key}' was probably not deleted. {e.Message}", e) { Status = e.Status }, key);
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
