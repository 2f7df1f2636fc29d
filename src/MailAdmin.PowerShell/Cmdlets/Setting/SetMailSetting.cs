using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>
/// Writes settings (POST /settings, insert). Whatever comes from a dictionary or a pipeline is one change: asked about once, sent in one call (in a few, if
/// there are more than a hundred), and with -Reload applied once. The server does not write them as one transaction, so an error says which were
/// written. They take effect at the next reload.
/// </summary>
[ManagementApiOnly("From 0.16 on settings are objects, and have no keys.")]
[Cmdlet(VerbsCommon.Set, "MailSetting", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Set-MailSetting.md")]
[OutputType(typeof(MailSetting))]
public sealed class SetMailSetting : WindowedCmdlet
{
    private const int MaxBatchCount = 100;
    // In JSON a character may take six bytes, and the server reads 1 MiB.
    private const int MaxBatchLength = 150_000;
    private const int MaxDisplayLength = 60;
    private const int SampleSize = 5;
    private readonly List<KeyValuePair<string, SettingText>> _changes = [];
    private readonly List<KeyValuePair<string, SettingText>> _batch = [];
    private int _batchLength;
    private int _writtenCount;
    private int _failedCount;
    private bool _isValueSpecified;

    /// <summary>
    /// The full key. A new key is created. Or a dictionary of keys and values, such as @{ 'a.b' = 'x'; 'a.c' = 'y' }, or objects with Key and Value.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [SettingEntriesArgument]
    [ValidateNotNullOrEmpty]
    public SettingIdentity[]? Key { get; set; }

    /// <summary>The value: a text, a number, $true or $false, or a SecureString for a secret that should not be on the command line.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SettingValueArgument]
    [AllowNull]
    [AllowEmptyString]
    public object? Value { get; set; }

    /// <summary>Write only keys that do not exist; an existing key is an error and is not changed. Takes a call for each key.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Reload the settings at the end, unless one could not be written.</summary>
    [Parameter]
    public SwitchParameter Reload { get; set; }

    /// <summary>Return the settings that were written; secrets are hidden.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string NewerServerAdvice => SettingObjects.Advise("Set", Key?.Select(key => key.Key) ?? []);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _isValueSpecified = MyInvocation.BoundParameters.ContainsKey(nameof(Value));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (SettingIdentity identity in Key!)
        {
            if (GetInvalidReason(identity) is { } reason)
            {
                _failedCount++;
                WriteItemError(new ArgumentException(reason), identity.Key);
                continue;
            }
            _changes.Add(KeyValuePair.Create(identity.Key, GetValue(identity)!));
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (ShouldWrite())
        {
            _changes.ForEach(QueueWrite);
        }
        Flush();
        base.End();
        if (!Reload)
        {
            return;
        }
        if (_failedCount > 0)
        {
            WriteWarning($"{_failedCount} of the settings could not be written, so the settings are not reloaded. Invoke-MailSettingReload applies those that were written.");
        }
        else if (_writtenCount > 0)
        {
            SettingsReload.Run(this, Client, Pump, WriteItemError);
        }
    }

    // With -WhatIf each is listed; otherwise all are one change, and one question.
    private bool ShouldWrite()
    {
        if (_changes.Count > 1 && !WhatIfRequested)
        {
            string sample = string.Join(", ", _changes.Take(SampleSize).Select(change => $"{change.Key} = {Display(change)}")) + (_changes.Count > SampleSize ? ", …" : "");
            return ShouldAct($"{_changes.Count} settings", $"Set ({sample})");
        }
        bool all = _changes.Count > 0;
        foreach (KeyValuePair<string, SettingText> change in _changes)
        {
            all &= PassesCheck(token => CheckIsNewAsync(change.Key, token), change.Key) && ShouldAct($"setting '{change.Key}'", change.Value.IsHiddenFor(change.Key) ? "Set to a value that is not shown" : $"Set to {Display(change)}");
        }
        return all;
    }

    private static string Display(KeyValuePair<string, SettingText> change) => change.Value.IsHiddenFor(change.Key) ? "(not shown)" : $"'{Truncate(change.Value.Text)}'";

    // A value on the command line is meant for every key that comes without one, and for objects that are copied.
    private SettingText? GetValue(SettingIdentity identity) => _isValueSpecified || identity.Value is null ? (SettingText?)Value : identity.Value;

    private string? GetInvalidReason(SettingIdentity identity)
    {
        if (identity.InvalidReason is { } reason)
        {
            return reason;
        }
        if (identity.IsPattern)
        {
            return $"'{identity}' contains a wildcard, which only Get-MailSetting accepts. "
                + WildcardExtensions.FormatAdvice($"Set-MailSetting {WildcardExtensions.QuoteLiterally(identity.Key)} -Value 'the value'", $"Get-MailSetting {QuotedText.Quote(identity.Key)}");
        }
        if (identity.IsFromTable && _isValueSpecified)
        {
            return $"'{identity}' has its value in the dictionary. Omit -Value.";
        }
        SettingText? value = GetValue(identity);
        if (value is null)
        {
            return identity.Setting is { IsSecret: true }
                ? $"The value of '{identity}' is hidden, so there is nothing to write. To copy it: Get-MailSetting {QuotedText.Quote(identity.Key)} -IncludeSecret | Set-MailSetting"
                : $"There is no value for '{identity}'. Set-MailSetting {QuotedText.Quote(identity.Key)} 'value' sets one. To delete it: Remove-MailSetting {QuotedText.Quote(identity.Key)}";
        }
        // An empty cell does not mean that the setting is to be emptied.
        return value.Text.Length == 0 && !_isValueSpecified && identity is { Setting: null, IsFromTable: false }
            ? $"The value of '{identity}' is empty. Set-MailSetting {QuotedText.Quote(identity.Key)} -Value '' sets an empty value, Remove-MailSetting {QuotedText.Quote(identity.Key)} deletes the key."
            : null;
    }

    private void QueueWrite(KeyValuePair<string, SettingText> pair)
    {
        if (NoClobber)
        {
            StartInsert(pair);
            return;
        }
        int length = pair.Key.Length + pair.Value.Text.Length;
        if (_batch.Count > 0 && _batchLength + length > MaxBatchLength)
        {
            Flush();
        }
        _batch.Add(pair);
        _batchLength += length;
        if (_batch.Count == MaxBatchCount)
        {
            Flush();
        }
    }

    // One call for each: of several in one call, the server checks only the first key, or stops and skips the rest.
    private void StartInsert(KeyValuePair<string, SettingText> pair) => Start(
        pair.Key,
        async token =>
        {
            await InsertAsync([pair], mustBeNew: true, token).ConfigureAwait(false);
            return true;
        },
        _ => OnWritten(pair),
        e =>
        {
            _failedCount++;
            WriteItemError(e is MailServerException { Code: MailErrorCode.PreconditionFailed } exists ? WithMessage(exists, FormatExists(pair.Key)) : e, pair.Key);
        });

    private async Task CheckIsNewAsync(string key, CancellationToken cancellationToken)
    {
        if (NoClobber && (await Client.Settings.GetAsync([key], cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            throw new MailServerException(MailErrorCode.PreconditionFailed, Operations.ChangeSettings, FormatExists(key)) { Item = key };
        }
    }

    private static string FormatExists(string key) => $"The setting '{key}' exists and was not changed.";

    private Task InsertAsync(KeyValuePair<string, SettingText>[] pairs, bool mustBeNew, CancellationToken cancellationToken) => Client.Settings.InsertAsync(
        [.. pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Text))], mustBeNew, cancellationToken,
        [.. pairs.Where(pair => pair.Value.IsSecret).Select(pair => pair.Value.Text)]);

    private void Flush()
    {
        if (_batch.Count == 0)
        {
            return;
        }
        KeyValuePair<string, SettingText>[] batch = [.. _batch];
        _batch.Clear();
        _batchLength = 0;
        try
        {
            Pump.Wait(InsertAsync(batch, mustBeNew: false, Pump.Token));
        }
        catch (MailServerException e) when (!ErrorCatalogue.IsTerminating(e))
        {
            ReportBatchFailure(batch, e);
            return;
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, batch[0].Key);
        }
        foreach (KeyValuePair<string, SettingText> pair in batch)
        {
            OnWritten(pair);
        }
    }

    // Some of them may have been written: they are read back.
    private void ReportBatchFailure(KeyValuePair<string, SettingText>[] batch, MailServerException failure)
    {
        Dictionary<string, string?>? stored = failure.Code == MailErrorCode.RejectedByClient ? [] : ReadBackOrNull(batch);
        int failedBefore = _failedCount;
        foreach (KeyValuePair<string, SettingText> pair in batch)
        {
            if (stored is not null && stored.TryGetValue(pair.Key, out string? value) && value == pair.Value.Text)
            {
                OnWritten(pair);
                continue;
            }
            _failedCount++;
            WriteItemError(stored is null ? WithMessage(failure, $"It is not known whether the setting '{pair.Key}' was written. {failure.Message}") : CreateNotWritten(pair, stored, failure), pair.Key);
        }
        int applied = batch.Length - (_failedCount - failedBefore);
        if (applied > 0)
        {
            WriteWarning($"The server failed partway, but {applied} of {batch.Length} settings have their new value: {JoinSample(batch.Where(pair => stored![pair.Key] == pair.Value.Text).Select(pair => pair.Key))}.");
        }
    }

    // What was looked up is known: the doubt of the call itself is over.
    private static MailServerException CreateNotWritten(KeyValuePair<string, SettingText> pair, Dictionary<string, string?> stored, MailServerException failure)
    {
        MailServerException reason = failure is { Code: MailErrorCode.OutcomeUnknown, InnerException: MailServerException inner } ? inner : failure;
        string state = !stored.TryGetValue(pair.Key, out string? value) ? ""
            : value is null ? ": at the last look, it was not there"
            : pair.Value.IsSecret ? ": at the last look, it had another value"
            : $": at the last look, its value was '{Truncate(value)}'";
        return WithMessage(reason, $"The setting '{pair.Key}' was not written{state}. {reason.Message}");
    }

    private Dictionary<string, string?>? ReadBackOrNull(KeyValuePair<string, SettingText>[] batch)
    {
        try
        {
            var stored = batch.Select(pair => pair.Key).Distinct(StringComparer.Ordinal).ToDictionary(key => key, _ => (string?)null, StringComparer.Ordinal);
            foreach (MailSetting setting in Pump.Wait(Client.Settings.GetAsync(stored.Keys, Pump.Token)))
            {
                stored[setting.Key] = setting.Value;
            }
            return stored;
        }
        catch (MailServerException)
        {
            return null;
        }
    }

    private void OnWritten(KeyValuePair<string, SettingText> pair)
    {
        _writtenCount++;
        if (PassThru)
        {
            WriteObject(SecretSettings.Hide(new MailSetting(pair.Key, pair.Value.IsSecret ? null : pair.Value.Text)));
        }
    }

    private static MailServerException WithMessage(MailServerException cause, string message) => new(cause.Code, cause.Operation, message, cause) { Status = cause.Status, ServerCode = cause.ServerCode };

    private static string JoinSample(IEnumerable<string> keys)
    {
        string[] all = [.. keys];
        return string.Join(", ", all.Take(5)) + (all.Length > 5 ? ", …" : "");
    }

    private static string Truncate(string value) => value.Length > MaxDisplayLength ? value[..MaxDisplayLength] + "…" : value;
}
