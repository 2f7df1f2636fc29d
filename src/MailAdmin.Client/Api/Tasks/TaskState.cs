using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>How far a task is. A word of a later server is kept.</summary>
public readonly record struct TaskState
{
    private static readonly OpenWords<TaskState> s_words = new(word => new TaskState(word));
    private readonly string? _name;

    private TaskState(string name) => _name = name;

    /// <summary>It waits for its time, or is at work.</summary>
    public static TaskState Pending { get; } = s_words.AddDefault("Pending");
    /// <summary>It failed, and is tried again.</summary>
    public static TaskState Retry { get; } = s_words.Add("Retry");
    /// <summary>It failed, and is not tried again.</summary>
    public static TaskState Failed { get; } = s_words.Add("Failed");
    /// <summary>It is done: the server has it no more.</summary>
    public static TaskState Done { get; } = s_words.Add("Done");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads a word, in any case; an unknown one is kept.</summary>
    public static TaskState Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(TaskState word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
