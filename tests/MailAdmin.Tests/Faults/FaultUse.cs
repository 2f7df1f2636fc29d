using MailAdmin.Client;

namespace MailAdmin.Tests.Faults;

/// <summary>A use of an operation by the client: how it is called, and how the server shows that it was done.</summary>
/// <param name="Operation">The operation that meets the faults.</param>
internal abstract record FaultUse(Operation Operation)
{
    /// <summary>What distinguishes it from other uses of the operation.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Whether an ordinary account is connected: what the fallback administrator may not do for itself.</summary>
    public bool RunsAsAccount { get; init; }

    /// <summary>Whether it needs what only the sample organisation has.</summary>
    public bool NeedsSample { get; init; }

    /// <summary>The version of the server.</summary>
    public string Version { get; init; } = "0.11";

    /// <summary>Puts there what is acted on.</summary>
    public Func<FaultWorld, Task> PrepareAsync { get; init; } = static _ => Task.CompletedTask;

    public sealed override string ToString() => Variant.Length == 0 ? Operation.ToString() : $"{Operation} ({Variant})";
}

/// <summary>A use that changes the server.</summary>
/// <param name="Operation">The operation that meets the faults.</param>
/// <param name="RunAsync">Does it; false where the client says that it was not done.</param>
internal sealed record FaultWrite(Operation Operation, Func<FaultWorld, Task<bool>> RunAsync) : FaultUse(Operation)
{
    /// <summary>Whether the server shows that it was done; null = it does not show it, and what it executed counts.</summary>
    public Func<FaultWorld, Task<bool>>? IsDoneAsync { get; init; }

    /// <summary>Whether the client looks what became of it where the answer is lost: that it was done must then be said.</summary>
    public bool IsLookedUp { get; init; }

    /// <summary>Whether it is sent again where the look shows that it was not done.</summary>
    public bool IsSentAgain { get; init; }

    /// <summary>Whether doing it twice is as doing it once.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether any value is its success: a call that the client has no method for.</summary>
    public bool TakesAnyData { get; init; }

    /// <summary>Whether the sandbox refuses it.</summary>
    public bool IsRefused { get; init; }
}

/// <summary>A use that only reads.</summary>
/// <param name="Operation">The operation that meets the faults.</param>
/// <param name="ReadAsync">What was read, as text.</param>
internal sealed record FaultRead(Operation Operation, Func<FaultWorld, Task<string>> ReadAsync) : FaultUse(Operation)
{
    /// <summary>Whether the sample organisation is in its way: it lets time pass that nobody moves.</summary>
    public bool NeedsEmpty { get; init; }

    /// <summary>Whether half of an answer is an answer, too: bytes of any kind.</summary>
    public bool TakesAnyBytes { get; init; }

    /// <summary>What else is a right answer, where the server says that there is nothing.</summary>
    public string? WhenMissing { get; init; }

    /// <summary>How it says that there is no answer, where that is no error.</summary>
    public string? WhenFailed { get; init; }
}
