using System.Collections.Concurrent;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Knows which names are of principals that the server expands: for a group, a list, a role, a tenant or a domain it reads every member, and more than a
/// few of those at once hang it (docs/api.md trap 59). A name that nobody knows is taken for one.
/// </summary>
/// <param name="listNames">Lists the names of all principals that the server expands.</param>
/// <param name="time">The clock of the connection.</param>
internal sealed class ExpandedPrincipals(Func<CancellationToken, Task<HashSet<string>>> listNames, TimeProvider time)
{
    /// <summary>The types that the server expands.</summary>
    public static readonly PrincipalType[] Types = [PrincipalType.Group, PrincipalType.List, PrincipalType.Role, PrincipalType.Tenant, PrincipalType.Domain];

    // Fewer names are read two at a time sooner than they are listed.
    private const int MaxUnknownNames = 16;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly KeyedLocks _locks = new();
    private HashSet<string>? _names;
    private DateTimeOffset _listedAt = DateTimeOffset.MinValue;
    private int _unknownCount;

    /// <summary>Whether the server expands principals of this type.</summary>
    public static bool IsExpanded(PrincipalType type) => Types.Contains(type);

    /// <summary>Takes note of a principal that was read or made.</summary>
    public void Record(string name, PrincipalType type) => _known[name] = IsExpanded(type);

    /// <summary>Forgets a principal that was deleted or renamed.</summary>
    public void Forget(string name) => _known.TryRemove(name, out _);

    /// <summary>Whether the principal of this name may be one that the server expands.</summary>
    public async ValueTask<bool> MayBeExpandedAsync(string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out bool isExpanded))
        {
            return isExpanded;
        }
        if (Interlocked.Increment(ref _unknownCount) <= MaxUnknownNames)
        {
            return true;
        }
        HashSet<string>? names = await GetNamesAsync(cancellationToken).ConfigureAwait(false);
        return names is null || names.Contains(name);
    }

    private async Task<HashSet<string>?> GetNamesAsync(CancellationToken cancellationToken)
    {
        using IDisposable turn = await _locks.AcquireAsync("", cancellationToken).ConfigureAwait(false);
        if (time.GetUtcNow() - _listedAt > s_lifetime)
        {
            _names = await TryListAsync(cancellationToken).ConfigureAwait(false);
            _listedAt = time.GetUtcNow();
        }
        return _names;
    }

    private async Task<HashSet<string>?> TryListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await listNames(cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            // Who may not list them reads two at a time; what else is wrong, the call itself finds out.
            return null;
        }
    }
}
