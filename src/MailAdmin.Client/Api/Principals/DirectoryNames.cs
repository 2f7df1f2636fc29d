using System.Collections.Concurrent;
using System.Text.Json;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// The names of domains, groups, roles and tenants by their ids, which is how other objects name them. Each type is read as a whole when the first of its
/// names is needed, and again for an id or a name that was not there.
/// </summary>
internal sealed class DirectoryNames(JmapChannel channel)
{
    private readonly ConcurrentDictionary<NamedKind, NameTable> _tables = new();
    private readonly ConcurrentDictionary<(NamedKind, string), bool> _missing = new();
    private readonly KeyedLocks _locks = new();

    /// <summary>What a principal is that others name by its id; null for one that nobody does.</summary>
    public static NamedKind? GetKind(PrincipalType kind) => kind.Word switch
    {
        "domain" => NamedKind.Domain,
        "group" => NamedKind.Group,
        "role" => NamedKind.Role,
        "tenant" => NamedKind.Tenant,
        _ => null,
    };

    /// <summary>The names of a type as they were when they were read.</summary>
    public async ValueTask<NameTable> GetAsync(NamedKind kind, CancellationToken cancellationToken) =>
        _tables.TryGetValue(kind, out NameTable? known) ? known : await RefreshAsync(kind, null, cancellationToken).ConfigureAwait(false);

    /// <summary>The names of a type, read again unless somebody has since.</summary>
    /// <param name="kind">The type.</param>
    /// <param name="old">The names in which something was not found; null = there were none.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<NameTable> RefreshAsync(NamedKind kind, NameTable? old, CancellationToken cancellationToken)
    {
        using IDisposable turn = await _locks.AcquireAsync(kind.ToString(), cancellationToken).ConfigureAwait(false);
        if (_tables.TryGetValue(kind, out NameTable? known) && known != old)
        {
            return known;
        }
        (DirectoryType type, Action<Utf8JsonWriter>? filter, string[] properties) = GetSource(kind);
        var found = new List<NamedObject>();
        try
        {
            await foreach (NamedObject named in channel.ListAsync(type.Name, item => Read(item, type), filter, properties, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                found.Add(named);
            }
            return _tables[kind] = new NameTable(found);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return _tables[kind] = new NameTable([]) { Unread = type.ToUnread(channel.Permissions) };
        }
    }

    /// <summary>Whether an id was looked for in fresh names before, and is not among them: it is not worth another look.</summary>
    public bool IsKnownToBeMissing(NamedKind kind, string id) => _missing.ContainsKey((kind, id));

    /// <summary>Takes note of an id that is not among fresh names.</summary>
    public void RecordMissing(NamedKind kind, string id) => _missing[(kind, id)] = true;

    /// <summary>Forgets the names of a type: one was made, renamed or removed.</summary>
    public void Forget(NamedKind kind) => _tables.TryRemove(kind, out _);

    /// <summary>The same of principals of a type; what is not named by others has no names here.</summary>
    public void Forget(PrincipalType kind)
    {
        if (GetKind(kind) is { } named)
        {
            Forget(named);
        }
    }

    /// <summary>The type of objects that a kind is of.</summary>
    public static DirectoryType GetType(NamedKind kind) => GetSource(kind).Type;

    /// <summary>Forgets all names: a command must not write by what somebody has renamed or removed since an earlier one.</summary>
    public void Forget()
    {
        _tables.Clear();
        _missing.Clear();
    }

    private static (DirectoryType Type, Action<Utf8JsonWriter>? Filter, string[] Properties) GetSource(NamedKind kind) => kind switch
    {
        NamedKind.Domain => (DirectoryType.Domain, null, [.. DirectoryType.Domain.NameProperties, NamedObject.CatchAllProperty]),
        NamedKind.Group => (DirectoryType.Account, writer => writer.WriteString(DirectoryType.TypeProperty, JmapPrincipalReader.GetAccountType(PrincipalType.Group)), [.. DirectoryType.Account.NameProperties]),
        NamedKind.Role => (DirectoryType.Role, null, [.. DirectoryType.Role.NameProperties]),
        _ => (DirectoryType.Tenant, null, [.. DirectoryType.Tenant.NameProperties]),
    };

    private static NamedObject Read(JsonElement item, DirectoryType type)
    {
        var found = FoundObject.Create(type, item);
        return new NamedObject(found.Id, found.Name, item.GetText(NamedObject.CatchAllProperty));
    }
}

/// <summary>What others name by an id.</summary>
internal enum NamedKind
{
    /// <summary>A domain.</summary>
    Domain,

    /// <summary>A group.</summary>
    Group,

    /// <summary>A role.</summary>
    Role,

    /// <summary>A tenant.</summary>
    Tenant,
}

/// <summary>An object by id and name.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="CatchAll">Of a domain, the address that gets the mail for addresses that nobody has.</param>
internal sealed record NamedObject(string Id, string Name, string? CatchAll = null)
{
    /// <summary>The property of a domain.</summary>
    public const string CatchAllProperty = "catchAllAddress";
}

/// <summary>Names and ids of the objects of one type, at one time.</summary>
internal sealed class NameTable(IReadOnlyList<NamedObject> objects)
{
    private readonly Dictionary<string, NamedObject> _byId = objects.ToDictionary(named => named.Id, StringComparer.Ordinal);
    private readonly ILookup<string, NamedObject> _byName = objects.ToLookup(named => MailAddress.ToComparable(named.Name), StringComparer.Ordinal);
    private readonly ILookup<string, NamedObject> _byLocalPart = objects.Where(named => named.Name.Contains('@', StringComparison.Ordinal)).ToLookup(named => MailAddress.GetLocalPart(named.Name), StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, string> _catchAllDomains = objects.Where(named => named.CatchAll is not null).ToLookup(named => MailAddress.ToComparable(named.CatchAll!), named => named.Name, StringComparer.Ordinal);

    /// <summary>They, where the account may not read them: that a name is not among them says nothing. Null where it may.</summary>
    public UnreadSource? Unread { get; init; }

    /// <summary>The object of an id; null if there is none.</summary>
    public NamedObject? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The objects of a name, in any case and either spelling of its domain: roles may share one. Of an address, what stands before the <c>@</c> will do.</summary>
    public IEnumerable<NamedObject> FindNamed(string name) => _byName[MailAddress.ToComparable(name)] is var named && named.Any() ? named : _byLocalPart[name];

    /// <summary>The domains whose mail for addresses that nobody has goes to this address.</summary>
    public IEnumerable<string> GetCatchAllDomains(string address) => _catchAllDomains[MailAddress.ToComparable(address)];
}
