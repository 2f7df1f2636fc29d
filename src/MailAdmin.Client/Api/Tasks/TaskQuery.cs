namespace MailAdmin.Client;

/// <summary>Which tasks to list.</summary>
public sealed record TaskQuery
{
    /// <summary>Only these kinds; none = all.</summary>
    public IReadOnlyList<TaskKind> Kinds { get; init; } = [];
    /// <summary>Only those that are so far; none = all.</summary>
    public IReadOnlyList<TaskState> States { get; init; } = [];
}
