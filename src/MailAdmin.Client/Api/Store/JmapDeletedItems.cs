using System.Text.Json;
using MailAdmin.Client.Api.Tasks;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Store;

/// <summary>
/// The deleted items of a server from 0.16 on: objects, each with an id (docs/api-0.16.md §8.12). One that is to be restored is gone from them at once, and a task
/// restores it in the background.
/// </summary>
internal sealed class JmapDeletedItems(JmapChannel channel, PrincipalResource principals, ServerInfo? server, TaskResource tasks) : IDeletedItems
{
    private const string Type = "x:ArchivedItem";
    private const string Update = "sysArchivedItemUpdate";
    private const string Gone = "It is no deleted item of the account any more: it was restored, or its time is over.";

    private readonly JmapTasks _tasks = new(channel);

    public bool CanName(MailDeletedItem item) => item.Id is not null;

    public async Task<IReadOnlyList<MailDeletedItem>> ListAsync(string account, CancellationToken cancellationToken)
    {
        Owner owner = await FindOwnerAsync(account, cancellationToken).ConfigureAwait(false);
        Action<Utf8JsonWriter>? filter = owner.IsAmongAll ? writer => writer.WriteString("accountId", owner.Id) : null;
        try
        {
            List<MailDeletedItem> items = [];
            await foreach ((bool isTheirs, MailDeletedItem item) in channel.ListAsync(
                Type, item => (owner.Has(item), DeletedItemReader.ReadObject(item, owner.Name)), filter, accountId: owner.ActedFor, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (isTheirs)
                {
                    items.Add(item);
                }
            }
            return [.. items.OrderBy(item => item.Deleted)];
        }
        catch (MailServerException e)
        {
            throw Explain(e);
        }
    }

    public async Task CheckPermissionAsync(string account, CancellationToken cancellationToken)
    {
        if (channel.Permissions.AreKnown)
        {
            bool isOwn = (await FindOwnerAsync(account, cancellationToken).ConfigureAwait(false)).Id == channel.Session.AccountId;
            channel.Permissions.ThrowIfLacking(
                isOwn ? [Update] : [Update, JmapSession.Impersonate], $"to restore deleted mail{(isOwn ? "" : " of another account")}", isOwn ? "" : $"Sign in as '{account}' to restore its mail.");
        }
    }

    public async Task<IReadOnlyList<MailRestoreResult>> RestoreAsync(string account, IReadOnlyList<MailDeletedItem> items, CancellationToken cancellationToken)
    {
        Owner owner = await FindOwnerAsync(account, cancellationToken).ConfigureAwait(false);
        Dictionary<string, Restoration> restorations = await RequestAsync(owner, items, cancellationToken).ConfigureAwait(false);
        return [.. items.Select(item => restorations[item.Id!].ToResult(item, owner.Name))];
    }

    public async Task<IReadOnlyList<MailRestoreResult>> RestoreAndWaitAsync(
        string account, IReadOnlyList<MailDeletedItem> items, Action<int, MailTask>? onProgress, CancellationToken cancellationToken)
    {
        Owner owner = await FindOwnerAsync(account, cancellationToken).ConfigureAwait(false);
        // Who may not see tasks learns it before anything is sent.
        HashSet<string> before = [.. (await ListTasksAsync(owner, cancellationToken).ConfigureAwait(false)).Select(task => task.Id)];
        Dictionary<string, Restoration> restorations = await RequestAsync(owner, items, cancellationToken).ConfigureAwait(false);
        Restoration[] requested = [.. restorations.Values.Where(restoration => restoration.Status == MailRestoreStatus.Requested)];
        try
        {
            MailTask[] begun = [.. (await ListTasksAsync(owner, cancellationToken).ConfigureAwait(false)).Where(task => !before.Contains(task.Id) && requested.Any(restoration => restoration.IsDoneBy(task)))];
            SetEnds(requested, await tasks.WaitForEndAsync(begun, onProgress, cancellationToken).ConfigureAwait(false));
        }
        catch (MailServerException e)
        {
            foreach (Restoration restoration in requested)
            {
                restoration.Reason = $"The server is to restore it, but its end could not be seen: {e.Message}";
            }
        }
        return [.. items.Select(item => restorations[item.Id!].ToResult(item, owner.Name))];
    }

    // A task that is done is gone; one that failed stays. Where the same message was deleted twice in a second, either of the two stands for the other.
    private static void SetEnds(Restoration[] requested, IReadOnlyList<MailTask> failed)
    {
        foreach (MailTask task in failed)
        {
            if (Array.Find(requested, restoration => restoration.Status == MailRestoreStatus.Requested && restoration.IsDoneBy(task)) is { } restoration)
            {
                (restoration.Status, restoration.Reason) = (MailRestoreStatus.Failed, string.IsNullOrWhiteSpace(task.FailureReason) ? "The server does not say why." : task.FailureReason.Trim());
            }
        }
        foreach (Restoration restoration in requested.Where(restoration => restoration.Status == MailRestoreStatus.Requested))
        {
            restoration.Status = MailRestoreStatus.Restored;
        }
    }

    private async Task<Dictionary<string, Restoration>> RequestAsync(Owner owner, IReadOnlyList<MailDeletedItem> items, CancellationToken cancellationToken)
    {
        if (items.Any(item => item.Id is null))
        {
            throw new ArgumentException("A server from 0.16 on knows a deleted item by its Id. List the items again.", nameof(items));
        }
        string[] ids = [.. items.Select(item => item.Id!).Distinct(StringComparer.Ordinal)];
        Restoration[] found = [.. (await ReadAsync(owner, ids, cancellationToken).ConfigureAwait(false)).Where(restoration => restoration.IsTheirs)];
        Dictionary<string, Restoration> all = ids.ToDictionary(id => id, id => Array.Find(found, restoration => restoration.Id == id) ?? new Restoration(id) { Status = MailRestoreStatus.NotFound, Reason = Gone }, StringComparer.Ordinal);
        // Its status alone: with a new end of its time beside, the server would only move that, and not restore it.
        SetChange[] changes = [.. found.Select(restoration => SetChange.Update(restoration.Id, static writer => writer.WriteString("status", "requestRestore")))];
        if (changes.Length == 0)
        {
            return all;
        }
        var order = new SetOrder(Type, changes) { AccountId = owner.ActedFor, FindDoneAsync = FindGoneAsync };
        IReadOnlyList<SetOutcome> outcomes = await new JmapWrites(channel).ApplyAsync(order, cancellationToken).ConfigureAwait(false);
        // What is wrong with all of them is said once.
        if (outcomes.Count == all.Count && outcomes.All(outcome => outcome.Error is { Code: not MailErrorCode.NotFound } error && error.Code == outcomes[0].Error?.Code))
        {
            throw OutcomeRules.NameAction(Explain(outcomes[0].Error!), MailRestoreResult.FormatAction(owner.Name, changes.Length));
        }
        foreach (SetOutcome outcome in outcomes)
        {
            Restoration restoration = all[outcome.Change.Key];
            (restoration.Status, restoration.Reason) = outcome.Error switch
            {
                null => (MailRestoreStatus.Requested, null),
                { Code: MailErrorCode.NotFound } => (MailRestoreStatus.NotFound, Gone),
                { } error when OutcomeRules.IsOutcomeUnknown(error) => (MailRestoreStatus.Unknown, error.Message),
                { } error => (MailRestoreStatus.Failed, error.Message),
            };
        }
        return all;

        // It was there just before.
        async Task<IReadOnlyDictionary<SetChange, string>> FindGoneAsync(IReadOnlyList<SetChange> unknown, CancellationToken look)
        {
            IReadOnlyList<string> gone = await channel.FindMissingAsync(Type, [.. unknown.Select(change => change.Key)], look, owner.ActedFor).ConfigureAwait(false);
            return unknown.Where(change => gone.Contains(change.Key)).ToDictionary(change => change, change => change.Key);
        }
    }

    private async Task<IReadOnlyList<Restoration>> ReadAsync(Owner owner, string[] ids, CancellationToken cancellationToken)
    {
        try
        {
            return (await channel.GetAsync(Type, ids, item => Restoration.Read(item, owner), cancellationToken, Restoration.Properties, owner.ActedFor).ConfigureAwait(false)).Items;
        }
        catch (MailServerException e)
        {
            throw Explain(e);
        }
    }

    private async Task<IReadOnlyList<MailTask>> ListTasksAsync(Owner owner, CancellationToken cancellationToken)
    {
        List<MailTask> found = [];
        await foreach (MailTask task in _tasks.ListUnnamedAsync(new TaskQuery { Kinds = [TaskKind.RestoreArchivedItem] }, cancellationToken).ConfigureAwait(false))
        {
            if (task.Account == owner.Id)
            {
                found.Add(task);
            }
        }
        return found;
    }

    // Who is signed in needs no permission to read accounts for his own.
    private async Task<Owner> FindOwnerAsync(string account, CancellationToken cancellationToken)
    {
        bool isOwn = string.Equals(account, channel.Session.UserName, StringComparison.OrdinalIgnoreCase) && !channel.Session.IsRecoveryAdministrator;
        MailPrincipal? found = isOwn ? null : await principals.GetMailAccountAsync(account, cancellationToken).ConfigureAwait(false);
        string id = found is null ? channel.Session.AccountId : JmapId.FromNumber(found.Id);
        bool isAmongAll = server?.HasPermission(JmapSession.Impersonate) != false;
        return new Owner(id, found?.Name ?? account, isAmongAll, isAmongAll || id == channel.Session.AccountId ? null : id);
    }

    private MailServerException Explain(MailServerException error) => MissingLicence.Explain(error, server, "Restoring deleted mail is");

    /// <summary>The account whose items are meant.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="IsAmongAll">Whether the caller is shown the items of all accounts.</param>
    /// <param name="ActedFor">Its id, where the caller is shown those of one account and it is not his own.</param>
    private sealed record Owner(string Id, string Name, bool IsAmongAll, string? ActedFor)
    {
        /// <summary>Whether an item is theirs: of which the server does not say whose it is, it is of the account that was asked for.</summary>
        public bool Has(JsonElement item) => item.GetText("accountId") is not { } id || id == Id;
    }

    /// <summary>An item that is to be restored, and what became of it.</summary>
    private sealed class Restoration(string id)
    {
        // A byte for the form and 32 for the content make 52 letters and some bits; then comes for whom it is kept.
        private const int ContentLetters = 52;

        private (string Content, string? Until, string? Created) _key;

        public static IReadOnlyList<string> Properties { get; } = ["accountId", "blobId", "archivedUntil", "receivedAt"];

        public string Id => id;

        public bool IsTheirs { get; private init; }

        public MailRestoreStatus Status { get; set; }

        public string? Reason { get; set; }

        public static Restoration Read(JsonElement item, Owner owner) => new(item.GetText("id")!)
        {
            IsTheirs = owner.Has(item),
            _key = (GetContent(item.GetText("blobId")), item.GetText("archivedUntil"), item.GetText("receivedAt")),
        };

        /// <summary>Whether a task is the one that restores it: the server does not tell which it is.</summary>
        public bool IsDoneBy(MailTask task) => _key == (GetContent(GetText(task, "blobId")), GetText(task, "archivedUntil"), GetText(task, "createdAt"));

        public MailRestoreResult ToResult(MailDeletedItem item, string account) => MailRestoreResult.Create(item, account, Status, Reason);

        private static string GetContent(string? blobId) => blobId is { Length: > ContentLetters } ? blobId[..ContentLetters] : blobId ?? "";

        private static string? GetText(MailTask task, string name) => task.AdditionalData.GetValueOrDefault(name) as string;
    }
}
