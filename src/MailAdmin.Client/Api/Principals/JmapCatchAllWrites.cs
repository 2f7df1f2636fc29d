using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Writes who gets the mail for addresses that nobody has: on a server from 0.16 on the domain holds one address for it. Domains are objects of their own, looked at before the
/// principal is written, and written after it.
/// </summary>
internal sealed class JmapCatchAllWrites(JmapChannel channel, DirectoryNames names, JmapDirectoryWrites writes)
{
    /// <summary>Refuses catch-alls that another address is, or of domains that are not there. Nothing is sent.</summary>
    /// <param name="emails">Addresses, catch-alls among them.</param>
    /// <param name="own">The addresses of the principal.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>AlreadyExists</c>, <c>NotFound</c>; <c>Forbidden</c> where the account may not read domains.</exception>
    public async Task CheckAsync(IEnumerable<string> emails, IReadOnlyCollection<string> own, CancellationToken cancellationToken)
    {
        foreach (string catchAll in emails.Where(MailAddress.IsCatchAll))
        {
            NamedObject domain = await FindDomainAsync(catchAll, cancellationToken).ConfigureAwait(false);
            if (domain.CatchAll is { } holder && !own.Contains(holder, MailAddress.Comparer))
            {
                throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CallJmap, $"The catch-all '{catchAll}' is taken: mail for addresses of '{domain.Name}' that nobody has goes to '{holder}'. Take it from there first.")
                {
                    Field = PrincipalField.Emails,
                    Value = catchAll,
                };
            }
        }
    }

    /// <summary>The address that a catch-all is; null where it is none, or the domain is not there.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> where the account may not read domains.</exception>
    public async Task<string?> FindHolderAsync(string catchAll, CancellationToken cancellationToken)
    {
        names.Forget(NamedKind.Domain);
        NameTable domains = await names.GetAsync(NamedKind.Domain, cancellationToken).ConfigureAwait(false);
        ThrowIfUnread(domains, catchAll);
        return domains.FindNamed(MailAddress.GetDomain(catchAll)).FirstOrDefault()?.CatchAll;
    }

    private static void ThrowIfUnread(NameTable domains, string catchAll)
    {
        if (domains.Unread is { } unread)
        {
            throw UnreadParts.CreateError([unread], $"Whose the catch-all '{catchAll}' is, is unknown: its domain says so.", PrincipalField.Emails, catchAll);
        }
    }

    /// <summary>Makes domains agree with the addresses that a principal has now.</summary>
    /// <param name="beginning">What is done already, such as <c>'jane@example.org' was created, but</c>.</param>
    /// <param name="address">The primary address.</param>
    /// <param name="wanted">All addresses as they are to be, catch-alls among them.</param>
    /// <param name="former">All addresses as they were.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">The message says what is done already.</exception>
    public async Task ApplyAsync(string beginning, string address, IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> former, CancellationToken cancellationToken)
    {
        foreach (string catchAll in wanted.Union(former, MailAddress.Comparer).Where(MailAddress.IsCatchAll))
        {
            try
            {
                NamedObject domain = await FindDomainAsync(catchAll, cancellationToken).ConfigureAwait(false);
                bool isWanted = wanted.Contains(catchAll, MailAddress.Comparer);
                bool isHeld = domain.CatchAll is { } holder && wanted.Contains(holder, MailAddress.Comparer);
                // What has gone to another address in the meantime is not this principal's to take away.
                bool isOwn = domain.CatchAll is { } current && (isHeld || former.Contains(current, MailAddress.Comparer));
                if (isWanted ? !isHeld : isOwn)
                {
                    await SetAsync(domain, isWanted ? address : null, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (MailServerException e)
            {
                throw OutcomeRules.PartlyDone(e, $"{beginning} the catch-all '{catchAll}' is not as wanted: {e.Message}", PrincipalField.Emails, catchAll);
            }
        }
    }

    private async Task SetAsync(NamedObject domain, string? address, CancellationToken cancellationToken)
    {
        var patch = new JmapPatch();
        patch.Set(NamedObject.CatchAllProperty, address);
        var order = new SetOrder(DirectoryType.Domain.Name, [SetChange.Update(domain.Id, patch.Write)])
        {
            FindDoneAsync = async (changes, look) =>
            {
                GetAnswer<string> now = await channel.GetAsync(DirectoryType.Domain.Name, [domain.Id], item => item.GetText(NamedObject.CatchAllProperty) ?? "", look, [NamedObject.CatchAllProperty]).ConfigureAwait(false);
                return now.Items is [var held] && MailAddress.Comparer.Equals(held, address ?? "") ? new Dictionary<SetChange, string> { [changes[0]] = domain.Id } : [];
            },
        };
        try
        {
            await writes.ApplyAsync(order, $"Changing the domain '{domain.Name}'", cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            names.Forget(NamedKind.Domain);
        }
    }

    // Whoever else administers the server may have changed it.
    private async Task<NamedObject> FindDomainAsync(string catchAll, CancellationToken cancellationToken)
    {
        names.Forget(NamedKind.Domain);
        NameTable domains = await names.GetAsync(NamedKind.Domain, cancellationToken).ConfigureAwait(false);
        ThrowIfUnread(domains, catchAll);
        return domains.FindNamed(MailAddress.GetDomain(catchAll)).FirstOrDefault() ?? throw new MailServerException(
            MailErrorCode.NotFound, Operations.CallJmap, $"There is no domain '{MailAddress.GetDomain(catchAll)}', whose catch-all '{catchAll}' would be.")
        {
            Field = PrincipalField.Emails,
            Item = catchAll,
        };
    }
}
