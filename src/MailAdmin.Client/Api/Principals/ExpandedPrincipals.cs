using System.Collections.Concurrent;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Knows which names are of principals that the server expands: for a group, a list, a role, a tenant or a domain it reads every member, and more than a
/// few of those at once hang it (docs/api.md trap 59). A name that nobody knows is taken for one.
/// </summary>
/// <param name="listTypes">Lists the names of all principals that the server expands, with their types.</param>
/// <param name="time">The clock of the connection.</param>
internal sealed class ExpandedPrincipals(Func<CancellationToken, Task<Dictionary<string, PrincipalType>>> listTypes, TimeProvider time)
{
    /// <summary>The types that the server expands.</summary>
    public static readonly PrincipalType[] Types = [PrincipalType.Group, PrincipalType.List, PrincipalType.Role, PrincipalType.Tenant, PrincipalType.Domain];

    // Fewer names are read two at a time sooner than they are listed.
    private const int MaxUnknownNames = 16;
    // A list may hold a million of the others. Beyond so many the names of the expanded ones are listed, as for names that were never read.
    private const int MaxOthers = 20_000;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, PrincipalType> _known = new(StringComparer.Ordinal);
    private readonly KeyedLocks _locks = new();
    private Dictionary<string, PrincipalType>? _types;
    private DateTimeOffset _listedAt = DateTimeOffset.MinValue;
    private int _unknownCount;
    private int _otherCount;

    /// <summary>Whether the server expands principals of this type.</summary>
    public static bool IsExpanded(PrincipalType type) => Types.Contains(type);

    /// <summary>Takes note of a principal that was read or made.</summary>
    public void Record(string name, PrincipalType type)
    {
        bool isKnown = _known.TryGetValue(name, out PrincipalType known);
        // A write takes a lock and memory, and a list repeats what is known.
        if ((isKnown && known == type) || (!isKnown && !IsExpanded(type) && Interlocked.Increment(ref _otherCount) > MaxOthers))
        {
            return;
        }
        _known[name] = type;
    }

    /// <summary>Forgets a principal that was deleted or renamed.</summary>
    public void Forget(string name) => _known.TryRemove(name, out _);

    /// <summary>Whether the principal of this name may be one that the server expands.</summary>
    public async ValueTask<bool> MayBeExpandedAsync(string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out PrincipalType type))
        {
            return IsExpanded(type);
        }
        if (Interlocked.Increment(ref _unknownCount) <= MaxUnknownNames)
        {
            return true;
        }
        Dictionary<string, PrincipalType>? types = await GetTypesAsync(cancellationToken).ConfigureAwait(false);
        return types is null || types.ContainsKey(name);
    }

    /// <summary>The type of a principal that the server expands; null for one that it does not, and where that is not known. It may be a minute old.</summary>
    public async ValueTask<PrincipalType?> FindTypeAsync(string name, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(name, out PrincipalType type)
            && (await GetTypesAsync(cancellationToken).ConfigureAwait(false) is not { } types || !types.TryGetValue(name, out type)))
        {
            return null;
        }
        return IsExpanded(type) ? type : null;
    }

    private async Task<Dictionary<string, PrincipalType>?> GetTypesAsync(CancellationToken cancellationToken)
    {
        using IDisposable turn = await _locks.AcquireAsync("", cancellationToken).ConfigureAwait(false);
        if (time.GetUtcNow() - _listedAt > s_lifetime)
        {
            _types = await TryListAsync(cancellationToken).ConfigureAwait(false);
            _listedAt = time.GetUtcNow();
        }
        return _types;
    }

    private async Task<Dictionary<string, PrincipalType>?> TryListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await listTypes(cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            // Who may not list them reads two at a time; what else is wrong, the call itself finds out.
            return null;
        }
    }
}
