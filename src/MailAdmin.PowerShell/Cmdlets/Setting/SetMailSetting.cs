// Set-MailSetting: writes settings, many at once from a pipeline. The server does not write them as one, so a failure says which are there.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Writes settings (POST /settings, insert). They act from the next reload on.</summary>
[Cmdlet(VerbsCommon.Set, "MailSetting", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailSetting))]
public sealed class SetMailSetting : WindowedCmdlet
{
    private const int MostOfBatch = 100;
    // In JSON a character may take six bytes, and the server reads 1 MiB.
    private const int LongestBatch = 150_000;
    private const int LongestShown = 60;
    private readonly List<KeyValuePair<string, string>> _batch = [];
    private int _batchLength;
    private int _written;
    private int _failed;
    private bool _valueIsGiven;

    /// <summary>The full key. A new key is made.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [SettingArgument]
    [ValidateNotNullOrEmpty]
    public SettingIdentity[]? Key { get; set; }

    /// <summary>The value: a text, a number, $true or $false, or a SecureString for a secret that should not stand on the command line.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [SettingValueArgument]
    [AllowNull]
    [AllowEmptyString]
    public string? Value { get; set; }

    /// <summary>Write only keys that do not exist; one that does is an error and left as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Reload the settings at the end, unless one could not be written.</summary>
    [Parameter]
    public SwitchParameter Reload { get; set; }

    /// <summary>Return the settings that were written; secrets are hidden.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _valueIsGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Value));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (SettingIdentity identity in Key!)
        {
            if (Refusal(identity) is { } refusal)
            {
                _failed++;
                WriteFailure(new ArgumentException(refusal), identity.Key);
                continue;
            }
            var pair = KeyValuePair.Create(identity.Key, Value!);
            if (ShouldProcess($"setting '{pair.Key}'", SecretSettings.IsSecret(pair.Key, pair.Value) ? "Set to a value that is not shown" : $"Set to '{Shortened(pair.Value)}'"))
            {
                Write(pair);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Flush();
        base.EndProcessing();
        if (!Reload)
        {
            return;
        }
        if (_failed > 0)
        {
            WriteWarning($"{_failed} of the settings could not be written, so they are not reloaded. Invoke-MailSettingReload takes up those that were.");
        }
        else if (_written > 0)
        {
            Reloading.Run(this, Client, Pump, WriteFailure);
        }
    }

    private string? Refusal(SettingIdentity identity)
    {
        if (identity.Setting is null && identity.Key.AsSpan().ContainsAny('*', '?'))
        {
            return $"'{identity}' holds a wildcard, which only Get-MailSetting takes.";
        }
        if (Value is null)
        {
            return identity.Setting is { IsSecret: true }
                ? $"The value of '{identity}' is hidden, so there is nothing to write. Get-MailSetting -IncludeSecret reads it."
                : $"There is no value for '{identity}'. To delete it, use Remove-MailSetting.";
        }
        // A cell that was left empty is not a wish to empty the setting.
        return Value.Length == 0 && !_valueIsGiven && identity.Setting is null
            ? $"The value of '{identity}' is empty. Set-MailSetting '{identity}' -Value '' sets an empty value, Remove-MailSetting deletes the key."
            : null;
    }

    private void Write(KeyValuePair<string, string> pair)
    {
        if (NoClobber)
        {
            WriteNew(pair);
            return;
        }
        int length = pair.Key.Length + pair.Value.Length;
        if (_batch.Count > 0 && _batchLength + length > LongestBatch)
        {
            Flush();
        }
        _batch.Add(pair);
        _batchLength += length;
        if (_batch.Count == MostOfBatch)
        {
            Flush();
        }
    }

    // Each alone: of several in one call the server checks the first key only, or stops and leaves the rest.
    private void WriteNew(KeyValuePair<string, string> pair) => Start(
        pair.Key,
        async token =>
        {
            try
            {
                await Client.Settings.InsertAsync([pair], mustBeNew: true, token).ConfigureAwait(false);
                return null;
            }
            catch (MailServerException e)
            {
                return e;
            }
        },
        failure =>
        {
            if (failure is null)
            {
                Written(pair);
                return;
            }
            _failed++;
            WriteFailure(failure.Code == MailErrorCode.AssertFailed ? About(failure, $"The setting '{pair.Key}' exists and was left as it is.") : failure, pair.Key);
        });

    private void Flush()
    {
        if (_batch.Count == 0)
        {
            return;
        }
        KeyValuePair<string, string>[] batch = [.. _batch];
        _batch.Clear();
        _batchLength = 0;
        try
        {
            Pump.Wait(Client.Settings.InsertAsync(batch, mustBeNew: false, Pump.Token));
        }
        catch (MailServerException e) when (!ErrorCatalogue.EndsThePipeline(e))
        {
            Settle(batch, e);
            return;
        }
        catch (Exception e) when (ErrorCatalogue.IsFromServer(e))
        {
            Fail(e, batch[0].Key);
        }
        foreach (KeyValuePair<string, string> pair in batch)
        {
            Written(pair);
        }
    }

    // Some of them may have been written: the server is asked which.
    private void Settle(KeyValuePair<string, string>[] batch, MailServerException failure)
    {
        Dictionary<string, string?>? there = failure.Code == MailErrorCode.RefusedByClient ? [] : ReadBack(batch);
        int failedBefore = _failed;
        foreach (KeyValuePair<string, string> pair in batch)
        {
            if (there is not null && there.TryGetValue(pair.Key, out string? value) && value == pair.Value)
            {
                Written(pair);
                continue;
            }
            _failed++;
            WriteFailure(About(failure, there is null
                ? $"It is not known whether the setting '{pair.Key}' was written. {failure.Message}"
                : $"The setting '{pair.Key}' was not written. {failure.Message}"), pair.Key);
        }
        int applied = batch.Length - (_failed - failedBefore);
        if (applied > 0)
        {
            WriteWarning($"The server failed on the way, but {applied} of {batch.Length} settings have their new value: {Sample(batch.Where(pair => there![pair.Key] == pair.Value).Select(pair => pair.Key))}.");
        }
    }

    private Dictionary<string, string?>? ReadBack(KeyValuePair<string, string>[] batch)
    {
        try
        {
            var there = batch.Select(pair => pair.Key).Distinct(StringComparer.Ordinal).ToDictionary(key => key, _ => (string?)null, StringComparer.Ordinal);
            foreach (MailSetting setting in Pump.Wait(Client.Settings.GetAsync(there.Keys, Pump.Token)))
            {
                there[setting.Key] = setting.Value;
            }
            return there;
        }
        catch (MailServerException)
        {
            return null;
        }
    }

    private void Written(KeyValuePair<string, string> pair)
    {
        _written++;
        if (PassThru)
        {
            WriteObject(new MailSetting(pair.Key, pair.Value).Hidden());
        }
    }

    private static MailServerException About(MailServerException cause, string message) => new(cause.Code, cause.Operation, message, cause) { Status = cause.Status, ServerCode = cause.ServerCode };

    private static string Sample(IEnumerable<string> keys)
    {
        string[] all = [.. keys];
        return string.Join(", ", all.Take(5)) + (all.Length > 5 ? ", …" : "");
    }

    private static string Shortened(string value) => value.Length > LongestShown ? value[..LongestShown] + "…" : value;
}
