using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Lists the types of objects that a server from 0.16 on has, with their properties, as the server itself describes them (GET /schema, GET /schema/{hash}; once a connection).</summary>
[JmapOnly("Its settings have keys: use Get-MailSetting.")]
[Cmdlet(VerbsCommon.Get, "MailObjectType",
    HelpUri = HelpPages.Folder + "Get-MailObjectType.md")]
[OutputType(typeof(MailObjectType))]
public sealed class GetMailObjectType : ConnectionCmdlet
{
    /// <summary>The type; wildcards are allowed. Also what stands inside of objects, by its full name, such as Rate. Default: all types.</summary>
    [Parameter(Position = 0)]
    [Alias("Type")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string name in Name ?? ["*"])
        {
            try
            {
                Get(name.Trim());
            }
            catch (Exception e) when (ErrorCatalogue.IsClientException(e))
            {
                WriteItemError(e, name);
            }
        }
    }

    private void Get(string name)
    {
        if (!name.HasWildcard())
        {
            WriteObject(Pump.Wait(Client.Objects.GetTypeAsync(name, Pump.Token)));
            return;
        }
        WildcardPattern wildcard = name.ToValidPattern();
        foreach (MailObjectType type in Pump.Wait(Client.Objects.ListTypesAsync(Pump.Token)).Where(type => wildcard.IsMatch(type.Name)))
        {
            WriteObject(type);
        }
    }
}
