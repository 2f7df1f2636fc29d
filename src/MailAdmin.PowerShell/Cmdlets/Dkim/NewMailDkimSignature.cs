using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Setting;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Dkim;

/// <summary>Creates a key for a domain and shows the DNS record to publish (POST /dkim, then GET /dkim/{id} for the public key); the private key stays on the server. The server signs from the next reload on: publish the record first.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsCommon.New, "MailDkimSignature", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "New-MailDkimSignature.md")]
[OutputType(typeof(MailDkimSignature))]
public sealed class NewMailDkimSignature : WindowedCmdlet
{
    private bool _anyCreated;

    /// <summary>The domain whose mail is to be signed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [DomainArgument]
    [ValidateNotNullOrEmpty]
    public DomainIdentity[]? Domain { get; set; }

    /// <summary>The kind of key: Rsa (2048 bits, verified by every receiver) or Ed25519 (short; best in addition to an RSA key). Default: Rsa.</summary>
    [Parameter]
    [ValidateSet("Rsa", "Ed25519")]
    public string Algorithm { get; set; } = "Rsa";

    /// <summary>The selector, the first label of the record's name: letters, digits, hyphens, underscores and dots. Default: year and month, with r or e for the algorithm, such as 202611r.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Selector { get; set; }

    /// <summary>The name of the signature on the server; no spaces and none of <c>* ? , /</c>. Default: algorithm and domain, such as rsa-example.org.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>Reload all settings once at the end, so that the server signs at once. Needs the permission settings-reload too.</summary>
    [Parameter]
    public SwitchParameter Reload { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (DomainIdentity identity in Domain!)
        {
            try
            {
                string domain = DomainTarget.GetValidName(identity);
                string spelled = Pump.Wait(Client.Principals.FindDomainSpellingAsync(domain, Pump.Token)) ?? domain;
                CreateSignature(NewDkimSignature.Create(spelled, DkimAlgorithm.Parse(Algorithm), Selector, Id, Client.Time.GetUtcNow()));
            }
            catch (Exception e) when (e is ArgumentException || ErrorCatalogue.IsClientException(e))
            {
                WriteItemError(e, identity.Name);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        if (Reload && _anyCreated)
        {
            SettingsReload.Run(this, Client, Pump, WriteItemError);
        }
    }

    private void CreateSignature(NewDkimSignature signature)
    {
        bool isUnknown = false;
        if (!PassesWhatIf(async token => isUnknown = await CheckAsync(signature, token).ConfigureAwait(false), signature.Domain))
        {
            return;
        }
        WarnIfUnknown(signature, isUnknown);
        WarnIfNotNamed(signature);
        if (!ShouldAct($"domain '{signature.Domain}'", $"Create the DKIM signature '{signature.Id}' ({signature.Algorithm}, selector '{signature.Selector}')"))
        {
            return;
        }
        Start(
            signature.Domain,
            async token =>
            {
                await Client.Dkim.CreateAsync(signature, token).ConfigureAwait(false);
                return (Key: await GetPublicKeyOrNullAsync(signature.Id, token).ConfigureAwait(false), IsUnknown: await DomainTarget.IsUnknownAsync(Client, signature.Domain, token).ConfigureAwait(false));
            },
            created =>
            {
                _anyCreated = true;
                if (created.Key is null)
                {
                    WriteWarning($"The signature '{signature.Id}' was created, but its public key could not be read. To read it again: Get-MailDkimSignature -Id '{signature.Id}'");
                }
                WarnIfUnknown(signature, created.IsUnknown);
                WriteObject(new MailDkimSignature
                {
                    Id = signature.Id,
                    Domain = signature.Domain,
                    Selector = signature.Selector,
                    Algorithm = signature.Algorithm,
                    PublicKey = created.Key,
                });
            });
    }

    // No error: the server makes a key for any text, and the domain may come later.
    private void WarnIfUnknown(NewDkimSignature signature, bool isUnknown)
    {
        if (isUnknown)
        {
            WriteWarning($"The server has no domain '{signature.Domain}': the signature '{signature.Id}' signs nothing until there is one. To create it: New-MailPrincipal {QuotedText.Quote(signature.Domain)} -Type Domain");
        }
    }

    // As installed, the server signs with the two signatures of a domain that are named so, and with no other.
    private void WarnIfNotNamed(NewDkimSignature signature)
    {
        string[] named = [NewDkimSignature.GetDefaultId(DkimAlgorithm.Rsa, signature.Domain), NewDkimSignature.GetDefaultId(DkimAlgorithm.Ed25519, signature.Domain)];
        if (!named.Contains(signature.Id, StringComparer.Ordinal))
        {
            WriteWarning($"As installed, a server signs with {string.Join(" and ", named.Select(id => $"'{id}'"))} alone. With '{signature.Id}' it signs only if the setting auth.dkim.sign names it: Get-MailSetting -Prefix auth.dkim");
        }
    }

    // The server's only reason to refuse is an id in use.
    private async Task<bool> CheckAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        if (await GetPublicKeyOrNullAsync(signature.Id, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CreateDkimSignature, $"There is a signature '{signature.Id}' already.") { Item = signature.Id };
        }
        return await DomainTarget.IsUnknownAsync(Client, signature.Domain, cancellationToken).ConfigureAwait(false);
    }

    // The signature exists: a key that cannot be read must not look like a failed creation.
    private async Task<string?> GetPublicKeyOrNullAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.Dkim.GetPublicKeyAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            return null;
        }
    }
}
