using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A cmdlet that changes existing principals: -Identity names one or more, without wildcards.</summary>
public abstract class PrincipalTargetCmdlet : WindowedCmdlet
{
    private readonly NamedPrincipals _named = new();

    private protected PrincipalTargetCmdlet()
    {
    }

    /// <summary>The name, an address, or the object. No wildcards: to process several, pipe them from Get-MailPrincipal.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Identity { get; set; }

    /// <summary>The type of a piped row, as its column says. A principal of another type is refused: it is not the one that is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [PrincipalTypeArgument(IsReadByRow = true)]
    public PrincipalType? Type { get; set; }

    /// <inheritdoc/>
    private protected sealed override void Process()
    {
        foreach (PrincipalIdentity identity in Identity!)
        {
            identity.ExpectedType = Type;
            if (identity.IsPattern)
            {
                WriteItemError(
                    new ArgumentException(PrincipalErrors.FormatWildcardAdvice(identity, $"{MyInvocation.MyCommand.Name} {WildcardExtensions.QuoteLiterally(identity.Name)}", filter: "")),
                    identity.Name);
                continue;
            }
            if (_named.IsFirst(identity))
            {
                Process(identity);
            }
            else
            {
                WarnOfRepetition(identity);
            }
        }
    }

    /// <summary>Whether the command names a principal for the first time, now that it is known which one it is. Any thread may ask.</summary>
    private protected bool IsFirst(PrincipalIdentity identity, string name) => _named.IsFirst(identity, name);

    /// <summary>Notes that the principal is deleted.</summary>
    private protected void RecordGone(MailPrincipal principal) => _named.AddGone(principal);

    /// <summary>Says that the principal was named before.</summary>
    private protected void WarnOfRepetition(PrincipalIdentity identity) => WarnOfRepetition($"'{identity}'");

    /// <summary>Works on one principal; called on the pipeline thread.</summary>
    private protected abstract void Process(PrincipalIdentity identity);

    /// <summary>
    /// Reads the principal if the input was not the object itself. Null if there is none, after the error was written, and if the command has named it before, after
    /// a warning.
    /// </summary>
    private protected MailPrincipal? ReadPrincipal(PrincipalIdentity identity, bool fresh = false)
    {
        if (FindPrincipal(identity, fresh) is not { } principal)
        {
            return null;
        }
        if (IsFirst(identity, principal.Name))
        {
            return principal;
        }
        WarnOfRepetition(identity);
        return null;
    }

    private MailPrincipal? FindPrincipal(PrincipalIdentity identity, bool fresh)
    {
        if (identity.Principal is { } principal && !fresh)
        {
            return principal;
        }
        // An earlier request may change this same principal.
        DrainWindow();
        try
        {
            MailPrincipal? found = Pump.Wait(FindOrNullAsync(identity, Pump.Token));
            if (found is null && _named.WasGone(identity))
            {
                WarnOfRepetition(identity);
            }
            else if (found is null)
            {
                WriteError(PrincipalErrors.NotFound(identity.Name));
            }
            return found is null ? null : identity.ThrowIfOtherType(found);
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, identity.Name);
            return null;
        }
    }

    /// <summary>The name to send: an address must be looked up first, in the background.</summary>
    private protected async Task<string> ResolveNameAsync(PrincipalIdentity identity, CancellationToken cancellationToken) =>
        identity.MayBeAddress || identity.ExpectedType is not null || (identity.Principal is null && Client.Principals.NamesAreAddresses) ? (await FindAsync(identity, cancellationToken).ConfigureAwait(false)).Name : identity.Name;

    /// <summary>Reads the principal in the background.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none.</exception>
    private protected async Task<MailPrincipal> FindAsync(PrincipalIdentity identity, CancellationToken cancellationToken) => identity.ThrowIfOtherType(
        await FindOrNullAsync(identity, cancellationToken).ConfigureAwait(false)
        ?? throw new MailServerException(MailErrorCode.NotFound, Operations.GetPrincipal, $"There is no principal '{identity}'.") { Item = identity.Name });

    private Task<MailPrincipal?> FindOrNullAsync(PrincipalIdentity identity, CancellationToken cancellationToken) =>
        Client.Principals.FindAsync(identity.Name, identity.ExpectedType is { } type ? [type] : [], cancellationToken);
}
