namespace MailAdmin.Sandbox.Store;

/// <summary>The deleted messages of accounts, until they expire.</summary>
internal sealed class DeletedItems(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, List<DeletedItem>> _accounts = [];

    public void Add(uint account, DeletedItem item)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(account, out List<DeletedItem>? items))
            {
                _accounts[account] = items = [];
            }

            items.Add(item);
        }
    }

    /// <summary>The contents that are still needed.</summary>
    public string[] Hashes
    {
        get
        {
            DateTimeOffset now = clock.GetUtcNow();
            lock (_gate)
            {
                return [.. _accounts.Values.SelectMany(items => items).Where(item => item.ExpiresAt > now).Select(item => item.Hash)];
            }
        }
    }

    /// <summary>Oldest deletion first.</summary>
    public DeletedItem[] GetForAccount(uint account)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            return [.. (_accounts.GetValueOrDefault(account) ?? []).Where(item => item.ExpiresAt > now).OrderBy(item => item.DeletedAt)];
        }
    }

    /// <summary>Finds an item; null where it is gone. Removes it, unless it is to be kept.</summary>
    public DeletedItem? FindForRestore(uint account, string hash, bool keep)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            List<DeletedItem>? items = _accounts.GetValueOrDefault(account);
            if (items?.Find(item => item.Hash == hash && item.ExpiresAt > now) is not { } found)
            {
                return null;
            }

            if (!keep)
            {
                items.Remove(found);
            }

            return found;
        }
    }
}
