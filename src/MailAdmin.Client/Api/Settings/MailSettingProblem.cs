namespace MailAdmin.Client;

/// <summary>How grave a problem is.</summary>
public enum MailSettingSeverity : long
{
    /// <summary>The settings take effect all the same.</summary>
    Warning,
    /// <summary>A full reload with one of these changes nothing.</summary>
    Error,
}

/// <summary>A warning or an error about a setting (GET /reload; from 0.16 on the answer of an action).</summary>
public sealed class MailSettingProblem : ServerObject
{
    /// <summary>Whether it stops the reload.</summary>
    public required MailSettingSeverity Severity { get; init; }
    /// <summary>The setting; from 0.16 on the type of the object, such as <c>SpamPyzor</c>.</summary>
    public required string Key { get; init; }
    /// <summary>From 0.16 on the id of the object, <c>singleton</c> where there is one of its type; null before.</summary>
    public string? ObjectId { get; init; }
    /// <summary>The server's word for it: <c>parse</c>, <c>build</c>, <c>macro</c>, <c>missing</c>, <c>appliedDefault</c>, <c>unread</c> or one to come.</summary>
    public required string Kind { get; init; }
    /// <summary>What is wrong, in a sentence.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ObjectId is null or "singleton" ? $"{Key}: {Message}" : $"{Key} '{ObjectId}': {Message}";
}
