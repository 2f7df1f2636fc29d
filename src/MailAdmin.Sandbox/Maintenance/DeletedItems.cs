namespace MailAdmin.Sandbox.Maintenance;

/// <summary>What was deleted from accounts and is still held, until it expires.</summary>
internal sealed class DeletedItems(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<uint, List<DeletedItem>> accounts = [];

    public void Add(uint account, DeletedItem item)
    {
        lock (gate)
        {
            if (!accounts.TryGetValue(account, out var items))
                accounts[account] = items = [];
            items.Add(item);
        }
    }

    /// <summary>The contents that are still needed.</summary>
    public string[] Hashes
    {
        get
        {
            var now = clock.GetUtcNow();
            lock (gate)
                return [.. accounts.Values.SelectMany(items => items).Where(item => item.ExpiresAt > now).Select(item => item.Hash)];
        }
    }

    /// <summary>Oldest deletion first.</summary>
    public DeletedItem[] Of(uint account)
    {
        var now = clock.GetUtcNow();
        lock (gate)
            return [.. (accounts.GetValueOrDefault(account) ?? []).Where(item => item.ExpiresAt > now).OrderBy(item => item.DeletedAt)];
    }

    /// <summary>Finds an item; null where it is gone. Unless it is to be kept, it is held no longer.</summary>
    public DeletedItem? Take(uint account, string hash, bool keep)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            var items = accounts.GetValueOrDefault(account);
            if (items?.Find(item => item.Hash == hash && item.ExpiresAt > now) is not { } found)
                return null;
            if (!keep)
                items.Remove(found);
            return found;
        }
    }
}
