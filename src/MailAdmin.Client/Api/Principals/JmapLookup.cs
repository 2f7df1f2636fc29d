using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Finds a principal by its name: the address of an account, a group or a list, also without its domain where no other has it; the name of a domain, a role,
/// a tenant or an OAuth client. What is found was read just now.
/// </summary>
internal sealed class JmapLookup(JmapChannel channel, DirectoryNames names)
{
    /// <summary>Whether a type has a name already: the server takes roles, tenants and clients of one name, and nobody could name them.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The name, in any case.</param>
    /// <param name="ownId">The object that may have it; null = none.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<bool> IsTakenAsync(DirectoryType type, string name, string? ownId, CancellationToken cancellationToken)
    {
        var search = new Search(channel);
        AddNamed(search, type, name);
        return (await search.RunAsync(cancellationToken).ConfigureAwait(false)).Any(found => found.Id != ownId);
    }

    /// <summary>The object of this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="meant">The types that would do; none = all.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>Forbidden</c> where it may be one of those that the account may not read; <c>RejectedByClient</c> where several have the name.</exception>
    public async Task<FoundObject> GetAsync(string name, IReadOnlyCollection<PrincipalType> meant, CancellationToken cancellationToken)
    {
        if (MailAddress.IsCatchAll(name))
        {
            // It is an address of somebody, and nobody's name.
            throw CreateNotFound(name);
        }
        var search = new Search(channel);
        if (!name.Contains('@', StringComparison.Ordinal))
        {
            search.Add(DirectoryType.Account, writer => writer.WriteString("name", name), address => GetLocalPart(address) == name);
            search.AddByWords(DirectoryType.MailingList, "text", name, address => GetLocalPart(address) == name);
            search.Add(DirectoryType.Domain, writer => writer.WriteString("name", DomainName.ToAscii(name)), IsName(name));
            foreach (DirectoryType type in (DirectoryType[])[DirectoryType.Role, DirectoryType.Tenant, DirectoryType.OAuthClient])
            {
                AddNamed(search, type, name);
            }
        }
        else if (await FindDomainAsync(MailAddress.GetDomain(name), cancellationToken).ConfigureAwait(false) is var (isUnread, domain) && (isUnread || domain is not null))
        {
            search.AddByAddress(DirectoryType.Account, name, domain);
            search.AddByAddress(DirectoryType.MailingList, name, domain);
        }
        IReadOnlyList<FoundObject> found = await search.RunAsync(cancellationToken).ConfigureAwait(false);
        DirectoryType[] unread = [.. search.Unread.Where(type => meant.Count == 0 || type.Kinds.Any(meant.Contains))];
        return found switch
        {
            [var only] when unread.Length == 0 || meant.Count == 0 || meant.Contains(only.Kind) => only,
            [_, _, ..] => throw CreateAmbiguous(name, found),
            _ => unread.Length == 0 ? throw CreateNotFound(name) : throw UnreadParts.CreateError(
                unread.Select(type => type.ToUnread(channel.Permissions)), $"Whether there is {(meant.Count == 0 ? "a principal" : $"one of type {string.Join(" or ", meant)}")} '{name}' is unknown.", item: name),
        };
    }

    /// <summary>The object of this name, which most probably is of a type: the others are looked at where it is not.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>Forbidden</c> where the account may not read that type; <c>RejectedByClient</c> where several have the name.</exception>
    public async Task<FoundObject> GetAsync(string name, DirectoryType expected, CancellationToken cancellationToken)
    {
        if (name.IndexOf('@', StringComparison.Ordinal) > 0 && await FindDomainAsync(MailAddress.GetDomain(name), cancellationToken).ConfigureAwait(false) is { Domain: { } domain })
        {
            var search = new Search(channel);
            search.AddByAddress(expected, name, domain);
            if (await search.RunAsync(cancellationToken).ConfigureAwait(false) is [var only])
            {
                return only;
            }
        }
        return await GetAsync(name, expected.Kinds, cancellationToken).ConfigureAwait(false);
    }

    private static void AddNamed(Search search, DirectoryType type, string name)
    {
        if (type == DirectoryType.OAuthClient)
        {
            // The server compares their names letter by letter, and capitals with small ones as different. There are few.
            search.Add(type, filter: null, IsName(name));
        }
        else
        {
            search.AddByWords(type, type == DirectoryType.Role ? "description" : "text", name, IsName(name));
        }
    }

    private static Func<string, bool> IsName(string name) => other => MailAddress.Comparer.Equals(other, name);

    private static MailServerException CreateAmbiguous(string name, IReadOnlyList<FoundObject> found)
    {
        // Of one type and one name only the id tells which is meant.
        FoundObject? twin = found.FirstOrDefault(each => found.Any(other => other != each && other.Type == each.Type && MailAddress.Comparer.Equals(other.Name, each.Name)));
        string advice = twin is null ? "Specify the whole address, or pipe the one that is meant from Get-MailPrincipal -Type."
            : $"Set-MailObject and Remove-MailObject change one by its id: Get-MailObject {twin.Type.ObjectType} {twin.Id}.";
        return MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Name,
            $"'{name}' is the name of several principals: {string.Join(", ", found.Select(each => $"'{each.Name}' ({each.Kind}, id {each.Id})"))}. {advice}");
    }

    /// <summary>The accounts, groups and lists that may have an address, also as one of several: what they have of it must be compared. And what of these the account may not read.</summary>
    public async Task<(IReadOnlyList<FoundObject> Candidates, IReadOnlyList<UnreadSource> Unread)> FindCandidatesAsync(string address, CancellationToken cancellationToken)
    {
        var search = new Search(channel);
        string local = GetLocalPart(address);
        search.AddByWords(DirectoryType.Account, "text", local, static _ => true);
        search.AddByWords(DirectoryType.MailingList, "text", local, static _ => true);
        IReadOnlyList<FoundObject> found = await search.RunAsync(cancellationToken).ConfigureAwait(false);
        return (found, [.. search.Unread.Select(type => type.ToUnread(channel.Permissions))]);
    }

    private static string GetLocalPart(string address) => MailAddress.GetLocalPart(address).ToLowerInvariant();

    private async Task<(bool IsUnread, NamedObject? Domain)> FindDomainAsync(string domain, CancellationToken cancellationToken)
    {
        NameTable domains = await names.GetAsync(NamedKind.Domain, cancellationToken).ConfigureAwait(false);
        if (domains.Unread is null && !domains.FindNamed(domain).Any())
        {
            domains = await names.RefreshAsync(NamedKind.Domain, domains, cancellationToken).ConfigureAwait(false);
        }
        return (domains.Unread is not null, domains.FindNamed(domain).FirstOrDefault());
    }

    private static MailServerException CreateNotFound(string name) => new(MailErrorCode.NotFound, Operations.CallJmap, $"There is no principal '{name}'.") { Item = name };

    /// <summary>Queries of several types in one request.</summary>
    private sealed class Search(JmapChannel channel)
    {
        private readonly List<(DirectoryType Type, QueryCall Query, GetCall<JsonElement> Get, Func<string, bool> IsMeant)> _calls = [];
        // Fewer are taken for all of them where the account may not read what the server is set up to find at a time.
        private const int PlausiblePageSize = 50;
        private readonly List<DirectoryType> _unread = [];

        /// <summary>The types that the account may not read.</summary>
        public IReadOnlyList<DirectoryType> Unread => _unread;

        public void Add(DirectoryType type, Action<Utf8JsonWriter>? filter, Func<string, bool> isMeant)
        {
            var query = new QueryCall(type.Name) { Filter = filter, Limit = channel.Session.Limits.MaxObjectsInGet };
            _calls.Add((type, query, new GetCall<JsonElement>(type.Name, static item => item) { Query = query, Properties = type.GetProperties([]) }, isMeant));
        }

        /// <summary>Accounts and groups, or lists, whose primary address it is.</summary>
        public void AddByAddress(DirectoryType type, string address, NamedObject? domain)
        {
            string local = MailAddress.GetLocalPart(address);
            if (type == DirectoryType.MailingList)
            {
                AddByWords(type, "text", local, IsName(address));
                return;
            }
            Add(type, writer =>
            {
                writer.WriteString("name", local);
                if (domain is not null)
                {
                    writer.WriteString("domainId", domain.Id);
                }
            }, IsName(address));
        }

        // The server finds whole words, and none of one letter: a text without another is looked for among all.
        public void AddByWords(DirectoryType type, string property, string text, Func<string, bool> isMeant) =>
            Add(type, HasWord(text) ? writer => writer.WriteString(property, GetWords(text)) : null, isMeant);

        public async Task<IReadOnlyList<FoundObject>> RunAsync(CancellationToken cancellationToken)
        {
            await channel.SendAsync([.. _calls.SelectMany(call => (JmapCall[])[call.Query, call.Get])], cancellationToken).ConfigureAwait(false);
            var found = new List<FoundObject>();
            foreach ((DirectoryType type, QueryCall query, GetCall<JsonElement> get, Func<string, bool> isMeant) in _calls)
            {
                found.AddRange((await ReadAsync(type, query, get, cancellationToken).ConfigureAwait(false)).Where(each => isMeant(each.Name)));
            }
            return found;
        }

        private async Task<IReadOnlyList<FoundObject>> ReadAsync(DirectoryType type, QueryCall query, GetCall<JsonElement> get, CancellationToken cancellationToken)
        {
            try
            {
                if (await channel.IsLastPageAsync(query, cancellationToken).ConfigureAwait(false) ?? query.Result.Ids.Count < PlausiblePageSize)
                {
                    return [.. get.Result.Items.Select(item => FoundObject.Create(type, item))];
                }
            }
            catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
            {
                _unread.Add(type);
                return [];
            }
            // There are more than one answer holds.
            var all = new List<FoundObject>();
            await foreach (FoundObject each in channel.ListAsync(type.Name, item => FoundObject.Create(type, item), query.Filter, type.GetProperties([]), cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                all.Add(each);
            }
            return all;
        }

        private static bool HasWord(string text) => GetWords(text).Split(' ').Any(word => word.Length > 1);

        private static string GetWords(string text) => string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')).Trim();
    }
}

/// <summary>An object of the directory as the server sent it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Item">All that was asked for.</param>
internal sealed record FoundObject(DirectoryType Type, string Id, string Name, JsonElement Item)
{
    /// <summary>The type of the principal.</summary>
    public PrincipalType Kind => JmapPrincipalReader.ReadKind(Type, Item);

    public static FoundObject Create(DirectoryType type, JsonElement item) => new(
        type,
        item.GetText("id") ?? throw new JsonException("An object has no id."),
        item.GetText(type.NameProperties[^1]) ?? throw new JsonException("An object has no name."),
        item);
}
