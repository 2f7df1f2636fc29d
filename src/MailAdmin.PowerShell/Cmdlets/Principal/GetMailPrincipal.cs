using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// Gets accounts, groups, lists, domains, roles and the rest, by name or as a list that streams (GET /principal, GET /principal/{name}). The output
/// never contains a password.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MailPrincipal", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailPrincipal.md")]
[OutputType(typeof(MailPrincipal))]
public sealed class GetMailPrincipal : WindowedCmdlet
{
    private const string ByFilter = "Filter";
    private const string ByIdentity = "Identity";

    // Up to this many matches, a GET for each costs less than listing everything.
    private const int MaxSingleRequests = 64;

    private bool _isDomainFound;

    /// <summary>The name, an address, or the object. A name may contain wildcards; addresses are not matched by them. Case is ignored.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdentity)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Identity { get; set; }

    /// <summary>The types to get, such as Individual, Group, List or Domain. Default: every type that the signed-in account may list.</summary>
    [Parameter]
    [PrincipalTypeArgument]
    [ArgumentCompleter(typeof(PrincipalTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalType[]? Type { get; set; }

    /// <summary>Words that must all occur in the principal. Server 0.11 finds them anywhere, later ones as whole words only.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [Alias("Filter")]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>Only principals with an address in this domain. The addresses are compared on this machine; a domain has its two spellings (xn-- and letters). Where nothing is found, a domain that the server does not have is a warning.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [PrincipalNameArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName? Domain { get; set; }

    /// <summary>The properties to fetch; the others are null, and not shown. Name, Id and Type are always filled. Default: all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PrincipalPropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == ByFilter)
        {
            ThrowIfBlank(Text, nameof(Text));
            if (PrincipalText.GetInvalidReason(Text) is { } reason)
            {
                ThrowTerminating(new ArgumentException(reason), Text);
            }
            ListPrincipals();
            return;
        }
        foreach (PrincipalIdentity identity in Identity!)
        {
            if (identity.MayMatchSeveral)
            {
                DrainWindow();
                // Names contain brackets, too: the one that is called so comes before what they would match.
                if (identity.IsPattern || !GetNamed(identity))
                {
                    GetMatching(identity);
                }
            }
            else
            {
                GetOne(identity);
            }
        }
    }

    private Task<MailPrincipal?> FindAsync(PrincipalIdentity identity, CancellationToken token) => identity.MayBeAddress
        ? Client.Principals.FindAsync(identity.Name, Type ?? [], token)
        : Client.Principals.FindNamedAsync(identity.Name, Type ?? [], token);

    private bool IsOfWantedType(MailPrincipal found) => Type?.Contains(PrincipalType.FromWire(found.Type)) != false;

    /// <summary>Writes the principal of this name; false when there is none.</summary>
    private bool GetNamed(PrincipalIdentity identity)
    {
        try
        {
            if (Pump.Wait(FindAsync(identity, Pump.Token)) is not { } found || !IsOfWantedType(found))
            {
                return false;
            }
            Write(found);
            return true;
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, identity.Name);
            return true;
        }
    }

    private void GetOne(PrincipalIdentity identity) => Start(
        identity.Name,
        token => FindAsync(identity, token),
        found =>
        {
            if (found is not null && IsOfWantedType(found))
            {
                Write(found);
                return;
            }
            WriteError(PrincipalErrors.NotFound(identity.Name, Type));
        });

    // A domain of another alphabet has two spellings, whichever of them the server shows.
    private static bool IsMatch(WildcardPattern pattern, MailPrincipal principal) => MailAddress.GetSpellings(principal.Name).Any(pattern.IsMatch);

    // Names alone cost the server next to nothing, so they are matched first: from 0.12 on its filter finds whole words only.
    private void GetMatching(PrincipalIdentity identity)
    {
        string pattern = identity.Pattern;
        WildcardPattern wildcard = pattern.ToNamePattern();
        var names = new PrincipalQuery { Types = Type ?? [], Fields = [PrincipalField.Name], InOneRequest = true };
        bool nameIsEnough = Property is not null && PrincipalProperty.ToFields(Property).Length == 1;
        WarnOfLeftOut();
        try
        {
            MailPrincipal[] matches = [.. Pump.Enumerate(token => Client.Principals.ListAsync(names, null, token)).Where(p => IsMatch(wildcard, p))];
            if (matches.Length == 0 && !identity.IsPattern)
            {
                WriteError(PrincipalErrors.NotFound(identity.Name, Type));
                return;
            }
            if (nameIsEnough)
            {
                WritePage(matches);
            }
            else if (matches.Length <= MaxSingleRequests)
            {
                GetEach(matches);
            }
            else
            {
                WritePage(Pump.Enumerate(token => Client.Principals.ListAsync(CreateQuery(filter: null) with { InOneRequest = true }, null, token))
                    .Where(p => IsMatch(wildcard, p)));
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, pattern);
        }
    }

    // Who asks for all kinds thinks that these are all.
    private void WarnOfLeftOut()
    {
        if (Type is null)
        {
            Client.Principals.WarnOfLeftOut();
        }
    }

    private void GetEach(IEnumerable<MailPrincipal> matches)
    {
        foreach (MailPrincipal match in PagingParameters.Apply(matches))
        {
            // A principal that has since been deleted is no longer a match.
            Start(match.Name, token => Client.Principals.GetAsync(match.Name, token).OrNullIfNotFoundAsync(), found =>
            {
                if (found is not null)
                {
                    Write(found);
                }
            });
        }
        DrainWindow();
    }

    private void ListPrincipals()
    {
        // The server looks for the letters as they are: a domain of two spellings is matched here.
        PrincipalQuery query = CreateQuery(Text ?? (Domain is null || DomainName.GetOtherSpelling(Domain.Text) is null ? Domain?.Text : null));
        query = query with { NeedsTotal = PagingParameters.IncludeTotalCount };
        bool isServerFiltered = Domain is null;
        if (isServerFiltered)
        {
            // Where the server does all of the filtering, it can also do the paging.
            query = query with { Skip = PagingParameters.SkipCount(), First = PagingParameters.FirstOrNull() };
        }
        long? firstTotal = null;
        void OnTotal(long total) => Pump.Post(() =>
        {
            if (firstTotal is null)
            {
                firstTotal = total;
                WriteTotal(total, isServerFiltered);
            }
            else if (firstTotal != total)
            {
                // The server sorts again for each page: principals after a deleted one have moved up, before the start of the next page.
                WriteWarning($"The number of principals went from {firstTotal} to {total} during the listing: principals were changed in the meantime, and some may be missing from the list. List again, or collect the list before changing it: $all = @(Get-MailPrincipal …).");
                firstTotal = total;
            }
        });
        WarnOfLeftOut();
        try
        {
            IEnumerable<MailPrincipal> found = Pump.Enumerate(token => Client.Principals.ListAsync(query, OnTotal, token));
            IEnumerable<MailPrincipal> page = isServerFiltered ? found : PagingParameters.Apply(found.Where(IsInDomain));
            foreach (MailPrincipal principal in page)
            {
                Pump.Drain();
                Write(principal);
            }
            Pump.Drain();
            WarnIfDomainIsMissing();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, Text ?? Domain?.Text);
        }
    }

    private void WriteTotal(long total, bool isServerFiltered)
    {
        if (PagingParameters.IncludeTotalCount)
        {
            WriteObject(PagingParameters.NewTotalCount((ulong)total, isServerFiltered ? 1.0 : 0.5));
        }
    }

    private void Write(MailPrincipal principal) => WriteObject(PrincipalView.Create(WithServer(principal), FindOnlyType(principal)));

    // Where one type was asked for, or one principal, its own view shows what matters for it.
    private PrincipalType? FindOnlyType(MailPrincipal principal) => Type switch
    {
        [var type] => type,
        _ when Identity is [{ MayMatchSeveral: false }] && !ExpectsInput && Connection is not [_, _, ..] => PrincipalType.FromWire(principal.Type),
        _ => null,
    };

    private PrincipalQuery CreateQuery(string? filter) => new() { Types = Type ?? [], Filter = filter, Fields = PrincipalProperty.ToFields(GetRequiredProperties()) };

    private string[]? GetRequiredProperties() => Property is not null && Domain is not null ? [.. Property, nameof(MailPrincipal.Email)] : Property;

    private bool IsInDomain(MailPrincipal principal)
    {
        bool isInDomain = principal.Email!.Any(address => MailAddress.ToComparable(address).EndsWith("@" + DomainName.ToAscii(Domain!.Text), StringComparison.Ordinal));
        _isDomainFound |= isInDomain;
        if (!isInDomain && principal.UnknownParts.Contains(nameof(MailPrincipal.Email)))
        {
            // It may have an address in the domain all the same.
            WarnOfUnreadParts(principal);
        }
        return isInDomain;
    }

    // No error: that nobody has an address in it is a true answer, too.
    private void WarnIfDomainIsMissing()
    {
        if (Domain is null || _isDomainFound)
        {
            return;
        }
        try
        {
            if (Pump.Wait(Client.Principals.FindAsync(Domain.Text, Pump.Token))?.Type != PrincipalType.Domain)
            {
                WriteWarning($"The server has no domain '{Domain.Text}'. To see its domains: Get-MailPrincipal -Type Domain");
            }
        }
        catch (MailServerException)
        {
            // Who may not read domains is not told of one.
        }
    }

    private void WritePage(IEnumerable<MailPrincipal> all)
    {
        foreach (MailPrincipal principal in PagingParameters.Apply(all))
        {
            Write(principal);
        }
    }
}
