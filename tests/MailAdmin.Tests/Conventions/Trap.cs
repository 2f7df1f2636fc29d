namespace MailAdmin.Tests.Conventions;

/// <summary>A trap of the servers from 0.16 on.</summary>
/// <param name="Number">Its number in docs/api-0.16.md §11.</param>
/// <param name="Tests">The tests that prove what the client does about it.</param>
internal sealed record Trap(int Number, IReadOnlyList<TrapTest> Tests)
{
    public Trap(int number, params IEnumerable<TrapTest>[] tests)
        : this(number, [.. tests.SelectMany(test => test)])
    {
    }

    /// <summary>Why no test is needed; null where there is one.</summary>
    public string? Reason { get; init; }
}

/// <summary>A test.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Method">Its method.</param>
internal sealed record TrapTest(Type Class, string Method);
