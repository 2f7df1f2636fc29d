namespace MailAdmin.Client.Jmap;

/// <summary>Changes of objects of one type, however many.</summary>
/// <param name="Type">The type, such as <c>x:Account</c>.</param>
/// <param name="Changes">The changes; an object stands once.</param>
internal sealed record SetOrder(string Type, IReadOnlyList<SetChange> Changes)
{
    /// <summary>The account acted for, where it is not the caller's own.</summary>
    public string? AccountId { get; init; }

    /// <summary>Secrets in the changes, which no message may contain.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>
    /// Reads back which of these creations and updates the server shows as done, with the ids of their objects; null where it does not show that. Whether
    /// something was destroyed is always seen.
    /// </summary>
    public Func<IReadOnlyList<SetChange>, CancellationToken, Task<IReadOnlyDictionary<SetChange, string>>>? FindDoneAsync { get; init; }

    /// <summary>Whether the changes of another order may be in the same set.</summary>
    public bool MayShareSet(SetOrder other) => Type == other.Type && AccountId == other.AccountId;

    /// <summary>The changes of several orders that may share a set, in their order; who looks them up is each order's own business.</summary>
    public static SetOrder Join(IReadOnlyList<SetOrder> orders) => new(orders[0].Type, [.. orders.SelectMany(order => order.Changes)])
    {
        AccountId = orders[0].AccountId,
        Secrets = [.. orders.SelectMany(order => order.Secrets)],
    };
}
