using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Dns;

/// <summary>Gets the DNS records that a mail domain needs (GET /dns/records/{domain}; from server 0.16 on x:Domain/get, of domains of the server alone).</summary>
[Cmdlet(VerbsCommon.Get, "MailDnsRecord",
    HelpUri = HelpPages.Folder + "Get-MailDnsRecord.md")]
[OutputType(typeof(MailDnsRecord), typeof(string))]
public sealed class GetMailDnsRecord : WindowedCmdlet
{
    /// <summary>The domain, by name or as the object.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [DomainArgument]
    [ValidateNotNullOrEmpty]
    public DomainIdentity[]? Domain { get; set; }

    /// <summary>Return the records of each domain as one text for a BIND zone file: TXT values are quoted and split at 255 bytes.</summary>
    [Parameter]
    public SwitchParameter AsZone { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (DomainIdentity identity in Domain!)
        {
            try
            {
                GetRecords(DomainTarget.GetValidName(identity));
            }
            catch (ArgumentException e)
            {
                WriteItemError(e, identity.Name);
            }
        }
    }

    private void GetRecords(string domain) => Start(
        domain,
        async token =>
        {
            string spelled = await Client.Principals.FindDomainSpellingAsync(domain, token).ConfigureAwait(false) ?? domain;
            return (
                Records: await Client.Dns.GetRecordsAsync(spelled, token).ConfigureAwait(false),
                IsUnknown: await DomainTarget.IsUnknownAsync(Client, spelled, token).ConfigureAwait(false));
        },
        found =>
        {
            if (found.IsUnknown)
            {
                WriteWarning($"The server has no domain '{domain}'. These are the records that it would need.");
            }
            if (AsZone)
            {
                WriteObject(ZoneFile.Format(domain, found.Records.Select(record => record.ToZoneLine())));
            }
            else
            {
                WriteObject(found.Records, enumerateCollection: true);
            }
        });
}
