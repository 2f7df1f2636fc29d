using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Isolated.Dkim;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Setting;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Dkim;

/// <summary>Creates a key for a domain and shows the DNS record to publish (POST /dkim, then GET /dkim/{id} for the public key; from server 0.16 on x:DkimSignature/set, with a key that is made here). Nobody sees the private key. Before 0.16 the server signs from the next reload on, from 0.16 on at once, unless -Stage Pending is specified: publish the record first.</summary>
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

    /// <summary>The name of the signature on the server, before server 0.16; no spaces and none of <c>* ? , /</c>. Default: algorithm and domain, such as rsa-example.org. From 0.16 on the server gives the ids.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>Whether a server from 0.16 on signs at once (Active) or not yet (Pending): then publish the record first. Default: Active.</summary>
    [Parameter]
    [ValidateSet("Active", "Pending")]
    public string? Stage { get; set; }

    /// <summary>Reload all settings once at the end, so that the server signs at once; from server 0.16 on it needs none. Needs the permission settings-reload too.</summary>
    [Parameter]
    public SwitchParameter Reload { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() => Client.Dkim.Check(hasId: Id is not null, hasStage: Stage is not null);

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (DomainIdentity identity in Domain!)
        {
            try
            {
                string domain = DomainTarget.GetValidName(identity);
                string spelled = Pump.Wait(Client.Principals.FindDomainSpellingAsync(domain, Pump.Token)) ?? domain;
                CreateSignature(NewDkimSignature.Create(spelled, DkimAlgorithm.Parse(Algorithm), Selector, Id, Client.Time.GetUtcNow()) with
                {
                    Stage = Stage is null ? DkimStage.Active : DkimStage.Parse(Stage),
                    CreateKey = CreateKey,
                });
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
        if (!PassesDryRun(
            (dry, token) => dry.Dkim.CreateAsync(signature, token),
            signature.Domain,
            async token => isUnknown = await CheckAsync(signature, token).ConfigureAwait(false)))
        {
            return;
        }
        WarnIfUnknown(signature, isUnknown);
        if (!ShouldAct($"domain '{signature.Domain}'", $"Create the DKIM signature{(Client.Dkim.IdsAreChosen ? $" '{signature.Id}'" : "")} ({signature.Algorithm}, selector '{signature.Selector}')"))
        {
            if (WhatIfRequested)
            {
                WarnOfSigning(signature);
            }
            return;
        }
        Start(
            signature.Domain,
            async token =>
            {
                MailDkimSignature made = await Client.Dkim.CreateAsync(signature, token).ConfigureAwait(false);
                // From 0.16 on there is none without its domain, and its key is known.
                return made.PublicKey is not null
                    ? (Signature: made, IsUnknown: false)
                    : (Signature: await ReadPublicKeyAsync(made, token).ConfigureAwait(false), IsUnknown: await DomainTarget.IsUnknownAsync(Client, signature.Domain, token).ConfigureAwait(false));
            },
            created =>
            {
                WarnOfSigning(signature);
                _anyCreated = true;
                if (created.Signature.PublicKey is null)
                {
                    WriteWarning($"The signature '{signature.Id}' was created, but its public key could not be read. To read it again: Get-MailDkimSignature -Id '{signature.Id}'");
                }
                WarnIfUnknown(signature, created.IsUnknown);
                WriteObject(created.Signature);
            });
    }

    private void WarnOfSigning(NewDkimSignature signature)
    {
        if (Client.Dkim.GetSigningWarning(signature) is { } warning)
        {
            WriteWarning(warning);
        }
    }

    // No error: the server makes a key for any text, and the domain may come later.
    private void WarnIfUnknown(NewDkimSignature signature, bool isUnknown)
    {
        if (isUnknown)
        {
            WriteWarning($"The server has no domain '{signature.Domain}': the signature '{signature.Id}' signs nothing until there is one. To create it: New-MailPrincipal {QuotedText.Quote(signature.Domain)} -Type Domain");
        }
    }

    private async Task<bool> CheckAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        await Client.Dkim.CheckCreationAsync(signature, cancellationToken).ConfigureAwait(false);
        return await DomainTarget.IsUnknownAsync(Client, signature.Domain, cancellationToken).ConfigureAwait(false);
    }

    // The signature exists: a key that cannot be read must not look like a failed creation.
    private async Task<MailDkimSignature> ReadPublicKeyAsync(MailDkimSignature made, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.Dkim.AddPublicKeyAsync(made, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            return made;
        }
    }

    private static DkimKey CreateKey(DkimAlgorithm algorithm)
    {
        (string privateKey, string publicKey) = algorithm == DkimAlgorithm.Ed25519 ? DkimKeyPair.CreateEd25519() : DkimKeyPair.CreateRsa();
        return new DkimKey(privateKey, publicKey);
    }
}
