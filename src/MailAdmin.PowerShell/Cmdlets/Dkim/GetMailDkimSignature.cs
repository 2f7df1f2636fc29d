using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Dkim;

/// <summary>Gets DKIM signatures, each with the DNS record to publish (GET /settings/group and GET /dkim/{id}; from server 0.16 on x:DkimSignature/query, x:DkimSignature/get). Private keys are not read.</summary>
[Cmdlet(VerbsCommon.Get, "MailDkimSignature", DefaultParameterSetName = ByDomain,
    HelpUri = HelpPages.Folder + "Get-MailDkimSignature.md")]
[OutputType(typeof(MailDkimSignature))]
public sealed class GetMailDkimSignature : WindowedCmdlet
{
    private const string ByDomain = "Domain";
    private const string ById = "Id";
    private IReadOnlyList<MailDkimSignature>? _all;

    /// <summary>The domain whose signatures to get; wildcards are allowed. Default: all domains.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByDomain)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [DomainArgument]
    [ValidateNotNullOrEmpty]
    public DomainIdentity[]? Domain { get; set; }

    /// <summary>The signature's name on the server, such as rsa-example.org, or from server 0.16 on its id; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ById)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DkimIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        try
        {
            if (ParameterSetName == ById)
            {
                foreach (string id in Id!)
                {
                    GetById(id);
                }
                return;
            }
            if (Domain is null)
            {
                StartFetchingKeys(GetAll());
                return;
            }
            foreach (DomainIdentity identity in Domain)
            {
                GetByDomain(identity);
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, null);
        }
    }

    private void GetById(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            WriteItemError(new ArgumentException("The id is empty."), id);
        }
        else if (WildcardPattern.ContainsWildcardCharacters(id))
        {
            WildcardPattern wildcard = id.ToNamePattern();
            StartFetchingKeys(GetAll().Where(signature => wildcard.IsMatch(signature.Id)));
        }
        else
        {
            Start(id, token => Client.Dkim.GetAsync(id.Trim(), token), WriteSignature);
        }
    }

    private void GetByDomain(DomainIdentity identity)
    {
        if (identity.ActualKind is { } kind)
        {
            WriteItemError(new ArgumentException($"'{identity}' is {kind}, not a domain."), identity.Name);
            return;
        }
        bool isPattern = WildcardPattern.ContainsWildcardCharacters(identity.Name);
        string name = identity.Name.TrimEnd('.');
        WildcardPattern wildcard = (isPattern ? name : WildcardPattern.Escape(name)).ToNamePattern();
        MailDkimSignature[] found = [.. GetAll().Where(signature => MailAddress.GetSpellings(signature.Domain).Any(wildcard.IsMatch))];
        if (GetAll().FirstOrDefault(signature => signature.UnknownParts.Contains(nameof(MailDkimSignature.Domain))) is { } unknown)
        {
            WriteItemError(UnreadParts.CreateError(unknown, nameof(MailDkimSignature.Domain), $"Which signatures are of '{identity}' is unknown. Get-MailDkimSignature without -Domain gets all."), identity.Name);
        }
        else if (found.Length == 0 && !isPattern)
        {
            WriteError(ErrorCatalogue.NotFound($"There is no DKIM signature for '{identity}'. New-MailDkimSignature creates one.", identity.Name));
        }
        StartFetchingKeys(found);
    }

    private void StartFetchingKeys(IEnumerable<MailDkimSignature> signatures)
    {
        foreach (MailDkimSignature signature in signatures)
        {
            Start(signature.Id, token => Client.Dkim.AddPublicKeyAsync(signature, token), WriteSignature);
        }
    }

    private void WriteSignature(MailDkimSignature signature)
    {
        if (signature.PublicKey is null)
        {
            WriteWarning($"The server has no readable key for the signature '{signature.Id}' and cannot sign with it.");
        }
        WriteObject(signature);
    }

    private IReadOnlyList<MailDkimSignature> GetAll() => _all ??= Pump.Wait(Client.Dkim.ListAsync(Pump.Token));
}
