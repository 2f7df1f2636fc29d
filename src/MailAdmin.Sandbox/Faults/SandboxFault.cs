namespace MailAdmin.Sandbox;

/// <summary>A fault that is injected into matching requests.</summary>
public sealed record SandboxFault
{
    /// <summary>What goes wrong.</summary>
    public required SandboxFaultKind Kind { get; init; }

    /// <summary>Only requests whose path and query begin with this; without it, all.</summary>
    public string? Path { get; init; }

    /// <summary>Only requests with this method; without it, all.</summary>
    public string? Method { get; init; }

    /// <summary>The probability that it applies to a matching request, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The number of requests after which it ends; without it, never.</summary>
    public int? Count { get; init; }

    /// <summary>The status that <see cref="SandboxFaultKind.Status"/> answers.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Seconds of the <c>Retry-After</c> header sent with that status; no header without it.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The shortest delay, or the pause between pieces of a drip.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest delay; the same as <see cref="Delay"/> without it.</summary>
    public TimeSpan? MaxDelay { get; init; }

    /// <summary>The number of complete events of a live stream before <see cref="SandboxFaultKind.Truncate"/> or <see cref="SandboxFaultKind.Silence"/> takes effect.</summary>
    public int Events { get; init; } = 1;

    /// <summary>The seed of the random choices; without it, they differ each time.</summary>
    public int? Seed { get; init; }
}
