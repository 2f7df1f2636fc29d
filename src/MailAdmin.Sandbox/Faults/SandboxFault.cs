namespace MailAdmin.Sandbox;

/// <summary>Something that goes wrong with requests of a kind.</summary>
public sealed record SandboxFault
{
    /// <summary>What goes wrong.</summary>
    public required SandboxFaultKind Kind { get; init; }

    /// <summary>Only requests whose path begins so; all without it.</summary>
    public string? Path { get; init; }

    /// <summary>Only requests of this method; all without it.</summary>
    public string? Method { get; init; }

    /// <summary>How likely each matching request is hit, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>After how many hits it stops; never without it.</summary>
    public int? Count { get; init; }

    /// <summary>The status that <see cref="SandboxFaultKind.Status"/> answers.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Seconds of the <c>Retry-After</c> header sent with that status; no header without it.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The shortest delay, or the pause between pieces of a drip.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest delay; the same as <see cref="Delay"/> without it.</summary>
    public TimeSpan? MaxDelay { get; init; }

    /// <summary>How many events of a live stream arrive whole before <see cref="SandboxFaultKind.Truncate"/> or <see cref="SandboxFaultKind.Silence"/> strikes.</summary>
    public int Events { get; init; } = 1;

    /// <summary>Fixes which requests are hit and how long delays are; by chance without it.</summary>
    public int? Seed { get; init; }
}
