using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Gets settings by key, under a prefix, or in groups (GET /settings/keys, GET /settings/list, GET /settings/group). Secrets are hidden unless -IncludeSecret is specified.</summary>
[ManagementApiOnly("From 0.16 on settings are objects, and have no keys.")]
[Cmdlet(VerbsCommon.Get, "MailSetting", DefaultParameterSetName = ByPrefix, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailSetting.md")]
[OutputType(typeof(MailSetting), typeof(MailSettingGroup))]
public sealed class GetMailSetting : WindowedCmdlet
{
    private const string ByKey = "Key";
    private const string ByPrefix = "Prefix";
    private const string ByGroup = "Group";

    /// <summary>The full key, such as server.hostname. Case matters. It may contain wildcards, which are compared on this machine.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByKey)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [SettingArgument("Get-MailSetting -Prefix {0} lists the settings under it.")]
    [ValidateNotNullOrEmpty]
    public SettingIdentity[]? Key { get; set; }

    /// <summary>All settings under this prefix, such as server.listener. Default: everything.</summary>
    [Parameter(ParameterSetName = ByPrefix)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>The prefix of the groups, such as server.listener. Without -Suffix their settings are returned one by one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByGroup)]
    [ArgumentCompleter(typeof(SettingKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>The key that every group has, such as protocol: one group for each.</summary>
    [Parameter(ParameterSetName = ByGroup)]
    [ValidateNotNullOrEmpty]
    public string? Suffix { get; set; }

    /// <summary>A text that a value (without -Suffix: a key or a value) must contain; case is ignored.</summary>
    [Parameter(ParameterSetName = ByGroup)]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Show the values of secrets too: passwords, tokens and private keys. Otherwise they are hidden.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <inheritdoc/>
    private protected override string NewerServerAdvice => SettingObjects.Advise("Get", Key?.Select(key => key.Key) ?? [Prefix ?? Group ?? ""]);

    /// <inheritdoc/>
    private protected override void Process()
    {
        try
        {
            switch (ParameterSetName)
            {
                case ByKey:
                    GetKeys();
                    break;
                case ByGroup:
                    GetGroups();
                    break;
                default:
                    WritePage(Pump.Wait(Client.Settings.ListAsync(Prefix, GetServerLimit(), Pump.Token)));
                    break;
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, Prefix ?? Group);
        }
    }

    private void GetKeys()
    {
        var exact = new List<string>();
        foreach (SettingIdentity identity in Key!)
        {
            if (identity.IsPattern)
            {
                DrainWindow();
                GetMatching(identity.Key);
            }
            else
            {
                exact.Add(identity.Key);
            }
        }
        if (exact.Count > 0)
        {
            Start(exact[0], token => Client.Settings.GetAsync(exact, token), found => WriteInOrder(exact, found));
        }
    }

    private void WriteInOrder(List<string> keys, IReadOnlyList<MailSetting> found)
    {
        foreach (string key in keys)
        {
            if (found.FirstOrDefault(setting => setting.Key == key) is { } setting)
            {
                WriteObject(ToOutput(setting));
                continue;
            }
            WriteError(ErrorCatalogue.NotFound(
                $"There is no setting '{key}'. Keys are case-sensitive. To list the settings under it: Get-MailSetting -Prefix {QuotedText.Quote(key)}", key));
        }
    }

    private void GetMatching(string pattern)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.None);
        // The server lists what is under the part before the first wildcard.
        string literal = pattern[..pattern.AsSpan().IndexOfAny('*', '?')];
        string? parentPrefix = literal.LastIndexOf('.') is > 0 and int dot && !literal.Contains('[', StringComparison.Ordinal) ? literal[..dot] : null;
        try
        {
            foreach (MailSetting setting in Pump.Wait(Client.Settings.ListAsync(parentPrefix, null, Pump.Token)).Items.Where(setting => wildcard.IsMatch(setting.Key)))
            {
                WriteObject(ToOutput(setting));
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, pattern);
        }
    }

    private void GetGroups()
    {
        ThrowIfBlank(Suffix, nameof(Suffix));
        ThrowIfBlank(Filter, nameof(Filter));
        SettingPage<MailSettingGroup> groups = Pump.Wait(Client.Settings.ListGroupsAsync(Group!, Suffix?.Trim(), null, Filter?.ToLowerInvariant(), GetServerLimit(), Pump.Token));
        if (Suffix is null)
        {
            WritePage(new SettingPage<MailSetting>(groups.Total, [.. groups.Items.SelectMany(group => group.Setting)]));
            return;
        }
        // If no key ends in the suffix, the server lists single settings instead: those are not groups.
        MailSettingGroup[] matching = [.. groups.Items.Where(group => group.Setting.All(setting => setting.Key != group.Prefix))];
        WriteTotal(matching.Length == groups.Items.Count ? groups.Total : 0);
        foreach (MailSettingGroup group in PagingParameters.Apply(matching))
        {
            WriteObject(IncludeSecret ? group : SecretSettings.Hide(group));
        }
    }

    private void WritePage(SettingPage<MailSetting> page)
    {
        WriteTotal(page.Total);
        foreach (MailSetting setting in PagingParameters.Apply(page.Items))
        {
            WriteObject(ToOutput(setting));
        }
    }

    private void WriteTotal(long total)
    {
        if (PagingParameters.IncludeTotalCount)
        {
            WriteObject(PagingParameters.NewTotalCount((ulong)total, 1.0));
        }
    }

    // For the server, a limit of 0 means no limit.
    private int? GetServerLimit() => PagingParameters.EndOrNull() is { } needed ? Math.Max(needed, 1) : null;

    private MailSetting ToOutput(MailSetting setting) => IncludeSecret ? setting : SecretSettings.Hide(setting);
}
