using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Creates principals: the object itself, and then what other objects hold of it. A lost answer is resolved by a look.</summary>
internal sealed class JmapPrincipalCreation(
    JmapChannel channel, DirectoryNames names, JmapReferences references, JmapPrincipalSearch search, JmapTakenNames takenNames, JmapDirectoryWrites writes, JmapMembershipWrites memberships, JmapCatchAllWrites catchAlls)
{
    private int _createdCount;

    /// <summary>Creates a principal.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when no look could tell.</exception>
    public async Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        NewPrincipal named = JmapName.Normalize(principal);
        DirectoryType type = DirectoryType.Find(named.Type) ?? throw JmapFields.CreateTypeError(named.Type);
        if (type == DirectoryType.ApiKey)
        {
            throw JmapFields.CreateKeyError();
        }
        if (named.Secret.Count > 1)
        {
            throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Secrets, "From 0.16 on an account has one password.");
        }
        await catchAlls.CheckAsync(named.Email, named.Email, cancellationToken).ConfigureAwait(false);
        await takenNames.CheckAsync(named.Type, named.Name, null, cancellationToken).ConfigureAwait(false);
        named = await references.ResolveAsync(named, cancellationToken).ConfigureAwait(false);
        Action<Utf8JsonWriter> write = await new JmapPrincipalWriter(references).PrepareAsync(named, cancellationToken).ConfigureAwait(false);
        SetOutcome outcome = await writes.ApplyAsync(
            new SetOrder(type.Name, [SetChange.Create(CreateCreationId(), write)])
            {
                Secrets = named.Secret,
                FindDoneAsync = (changes, look) => FindCreatedAsync(named, changes[0], look),
            },
            $"Creating '{named.Name}'",
            cancellationToken).ConfigureAwait(false);
        names.Forget(named.Type);
        await CompleteAsync(named, outcome.ObjectId!, cancellationToken).ConfigureAwait(false);
        return JmapId.ToNumber(outcome.ObjectId!);
    }

    /// <summary>Finds out what became of a creation whose outcome was unknown, and creates the principal if it is not there.</summary>
    /// <returns>Its id.</returns>
    public async Task<uint> ResolveAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            (NewPrincipal named, MailPrincipal? found) = await FindLostAsync(principal, unknown, cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                await CompleteAsync(named, JmapId.FromNumber(found.Id), cancellationToken).ConfigureAwait(false);
                return found.Id;
            }
            try
            {
                return await CreateAsync(principal, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (OutcomeRules.IsNotReached(e))
            {
                // Not there a moment ago; but the first attempt may only have been slow.
                throw unknown;
            }
            catch (MailServerException e) when (isFirst && e.Code == MailErrorCode.AlreadyExists)
            {
                // It was slow.
            }
        }
    }

    // What was to be created, as the server names what it refers to, and what is there of it.
    private async Task<(NewPrincipal Named, MailPrincipal? Found)> FindLostAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken)
    {
        try
        {
            NewPrincipal named = await references.ResolveAsync(JmapName.Normalize(principal), cancellationToken).ConfigureAwait(false);
            MailPrincipal? found = await search.GetOrNullAsync(named.Name, [], cancellationToken).ConfigureAwait(false);
            return found is null || IsCreated(named, found) ? (named, found) : throw PrincipalMatch.CreateNameTaken(named, unknown);
        }
        catch (MailServerException e) when (e.Code != MailErrorCode.AlreadyExists)
        {
            // Nobody could look.
            throw unknown;
        }
    }

    // What other objects hold of it: its lists, the members of a group, the catch-alls of domains.
    private async Task CompleteAsync(NewPrincipal created, string id, CancellationToken cancellationToken)
    {
        // Of none the server gives that of users.
        if (created.Role.Count > 0 && JmapRoles.FindWarning(created.Type, created.Name, created.Role) is { } warning)
        {
            channel.Warn(warning);
        }
        await memberships.AddAsync(created, id, cancellationToken).ConfigureAwait(false);
        await catchAlls.ApplyAsync($"'{created.Name}' was created, but", created.Name, created.Email, [], cancellationToken).ConfigureAwait(false);
    }

    // What other objects hold of it comes afterwards.
    private static bool IsCreated(NewPrincipal sent, MailPrincipal found) =>
        PrincipalMatch.IsSame(found, sent with { List = StoredFields.GetItems(found, PrincipalField.Lists), Email = KeepCatchAlls(sent.Email, found) });

    private static IReadOnlyList<string> KeepCatchAlls(IEnumerable<string> emails, MailPrincipal found) =>
        [.. emails.Where(address => !MailAddress.IsCatchAll(address)), .. StoredFields.GetItems(found, PrincipalField.Emails).Where(MailAddress.IsCatchAll)];

    private async Task<IReadOnlyDictionary<SetChange, string>> FindCreatedAsync(NewPrincipal sent, SetChange creation, CancellationToken cancellationToken)
    {
        MailPrincipal? found = await search.GetOrNullAsync(sent.Name, [sent.Type], cancellationToken).ConfigureAwait(false);
        return found is not null && IsCreated(sent, found)
            ? new Dictionary<SetChange, string> { [creation] = JmapId.FromNumber(found.Id) }
            : new Dictionary<SetChange, string>();
    }

    // Several new objects go in one request.
    private string CreateCreationId() => Interlocked.Increment(ref _createdCount).ToString(CultureInfo.InvariantCulture);
}
