using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Lists and counts principals of all types, whose lists are one after another.</summary>
internal sealed class JmapPrincipalListing(JmapChannel channel, ServerInfo? server, JmapPrincipalLists lists, JmapKeys apiKeys, JmapReferences references, JmapRecipients recipients)
{
    /// <summary>The types that the account may list; null where that is not known.</summary>
    public IReadOnlySet<PrincipalType>? ListableTypes => server is null or { Permissions.Count: 0 } ? null : DirectoryType.All.Where(CanList).SelectMany(type => type.Kinds).ToHashSet();

    /// <summary>Lists principals, streamed.</summary>
    public async IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Nothing counts keys but to read them.
        if (onTotal is not null && (query.NeedsTotal || !GetTypes(query).Contains(DirectoryType.ApiKey)))
        {
            onTotal(await CountAsync(query, cancellationToken).ConfigureAwait(false));
        }
        long skipped = 0;
        long left = query.First ?? long.MaxValue;
        await foreach (MailPrincipal principal in ListAllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (left == 0)
            {
                yield break;
            }
            if (skipped < query.Skip)
            {
                skipped++;
                continue;
            }
            left--;
            yield return principal;
        }
    }

    /// <summary>How many principals match.</summary>
    public async Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is not null)
        {
            long found = 0;
            await foreach (MailPrincipal _ in ListAllAsync(query, cancellationToken).ConfigureAwait(false))
            {
                found++;
            }
            return found;
        }
        DirectoryType[] types = [.. GetTypes(query)];
        long keys = types.Contains(DirectoryType.ApiKey) ? await CountKeysAsync(query, cancellationToken).ConfigureAwait(false) : 0;
        QueryCall[] counts = [.. await Task.WhenAll(types.Where(type => type != DirectoryType.ApiKey).Select(async type => new QueryCall(type.Name)
        {
            Filter = await CreateFilterAsync(type, query, cancellationToken).ConfigureAwait(false),
            Limit = 1,
            CalculatesTotal = true,
        })).ConfigureAwait(false)];
        await channel.SendAsync(counts, cancellationToken).ConfigureAwait(false);
        return keys + counts.Sum(count => count.Result.Total!.Value);
    }

    private async Task<long> CountKeysAsync(PrincipalQuery query, CancellationToken cancellationToken)
    {
        long found = 0;
        await foreach (MailPrincipal _ in ListAsync(DirectoryType.ApiKey, query, [PrincipalField.Name], null, cancellationToken).ConfigureAwait(false))
        {
            found++;
        }
        return found;
    }

    // What is asked for by name the server may refuse; of all kinds those are listed that the account may list.
    private IEnumerable<DirectoryType> GetTypes(PrincipalQuery query)
    {
        if (query.Types.Count > 0)
        {
            return query.Types.Select(kind => DirectoryType.Find(kind) ?? throw JmapFields.CreateTypeError(kind)).Distinct();
        }
        // Those of the account itself alone are for who asks for keys.
        DirectoryType[] permitted = [.. DirectoryType.All.Where(CanList)];
        return permitted.Length > 0
            ? permitted
            : throw new MailServerException(MailErrorCode.Forbidden, Operations.CallJmap, "The account may list no kind of principal: it lacks sysAccountQuery, sysAccountGet and all the others.") { MissingPermissions = [.. DirectoryType.All.SelectMany(type => type.ReadPermissions).Distinct()] };
    }

    /// <summary>Warns of kinds that are left out of a list of all kinds. Nothing is sent.</summary>
    public void WarnOfLeftOut()
    {
        DirectoryType[] leftOut = [.. DirectoryType.All.Where(type => type != DirectoryType.ApiKey && !CanList(type) && (type != DirectoryType.Tenant || server is not { IsEnterprise: false }))];
        if (leftOut.Length > 0 && DirectoryType.All.Any(CanList))
        {
            IReadOnlyList<string> missing = channel.Permissions.FindMissing(leftOut.SelectMany(type => type.ReadPermissions));
            string reason = missing.Count == 0 ? "" : $": that takes {UnreadSource.JoinPermissions(missing)}";
            channel.Warn($"There may be more: the account may not list {string.Join(", ", leftOut.Select(type => type.Noun))}{reason}.");
        }
    }

    private bool CanList(DirectoryType type) =>
        server is null or { Permissions.Count: 0 } || type.ReadPermissions.All(server.HasPermission);

    private async IAsyncEnumerable<MailPrincipal> ListAllAsync(PrincipalQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var memberships = new JmapMemberships(channel, recipients, query.Fields);
        string[] words = query.Filter?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        // What is compared must be there.
        IReadOnlyList<string> fields = words.Length == 0 || query.Fields.Count == 0 ? query.Fields : [.. query.Fields.Union([PrincipalField.Emails, PrincipalField.Description])];
        DirectoryType[] types = [.. GetTypes(query)];
        // Where the accounts of people are read anyway, their keys are read with them, and follow all others.
        List<MailPrincipal>? keys = types.Contains(DirectoryType.ApiKey) && types.Contains(DirectoryType.Account) && (query.Types.Count == 0 || query.Types.Contains(PrincipalType.Individual)) ? [] : null;
        bool mayLack = false;
        IEnumerable<IAsyncEnumerable<MailPrincipal>> lists = types.Where(type => keys is null || type != DirectoryType.ApiKey).Select(type => ListAsync(type, query, fields, keys, cancellationToken));
        await foreach (MailPrincipal principal in StartedLists.ConcatAsync(lists, cancellationToken).ConfigureAwait(false))
        {
            bool isMeant = Array.TrueForAll(words, word => IsIn(word, principal));
            mayLack |= !isMeant && principal.IsUnknown(nameof(MailPrincipal.Email));
            if (isMeant)
            {
                await memberships.CompleteAsync(principal, cancellationToken).ConfigureAwait(false);
                yield return principal;
            }
        }
        if (mayLack)
        {
            channel.Warn($"Principals with '{query.Filter}' in an address may be missing: not all addresses could be read.");
        }
        foreach (MailPrincipal key in keys?.Where(key => Array.TrueForAll(words, word => IsIn(word, key))) ?? [])
        {
            yield return key;
        }
    }

    private async IAsyncEnumerable<MailPrincipal> ListAsync(
        DirectoryType type, PrincipalQuery query, IReadOnlyList<string> fields, List<MailPrincipal>? keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Action<Utf8JsonWriter>? filter = await CreateFilterAsync(type, query, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<MailPrincipal> list = type == DirectoryType.ApiKey ? apiKeys.ListAsync(fields, filter!, cancellationToken)
            : lists.ListAsync(type, fields, filter, type == DirectoryType.Account ? keys : null, cancellationToken);
        await foreach (MailPrincipal principal in list.ConfigureAwait(false))
        {
            yield return principal;
        }
    }

    // The server's own search of words ignores a first word that is nowhere, and finds no address.
    private static bool IsIn(string word, MailPrincipal principal) =>
        MailAddress.GetSpellings(principal.Name).Any(spelling => spelling.Contains(word, StringComparison.OrdinalIgnoreCase))
        || principal.Description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || StoredFields.GetItems(principal, PrincipalField.Emails).Concat(StoredFields.GetItems(principal, PrincipalField.DisabledEmails)).SelectMany(MailAddress.GetSpellings)
            .Any(spelling => spelling.Contains(word, StringComparison.OrdinalIgnoreCase));

    private async Task<Action<Utf8JsonWriter>?> CreateFilterAsync(DirectoryType type, PrincipalQuery query, CancellationToken cancellationToken)
    {
        PrincipalType[] kinds = [.. type.Kinds.Where(kind => query.Types.Contains(kind))];
        // Keys are those of people.
        string? word = type == DirectoryType.ApiKey ? JmapPrincipalReader.GetAccountType(PrincipalType.Individual)
            : type == DirectoryType.Account && kinds is [var only] ? JmapPrincipalReader.GetAccountType(only) : null;
        string? tenant = query.Tenant is { } name ? await references.GetIdAsync(NamedKind.Tenant, PrincipalField.Tenant, name, cancellationToken).ConfigureAwait(false) : null;
        if (word is null && tenant is null)
        {
            return null;
        }
        return writer =>
        {
            if (word is not null)
            {
                writer.WriteString(DirectoryType.TypeProperty, word);
            }
            if (tenant is not null)
            {
                writer.WriteString("memberTenantId", tenant);
            }
        };
    }
}
