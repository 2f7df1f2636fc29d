using System.Management.Automation;

namespace MailAdmin.Tests.Faults;

/// <summary>A use of a cmdlet on a server from 0.16 on.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Script">The script.</param>
internal sealed record JmapFaultUse(string Cmdlet, string Script)
{
    /// <summary>A script that puts there what is acted on.</summary>
    public string Preparation { get; init; } = "";

    /// <summary>A script that puts things as they were before; null = nothing does, and a new server is needed.</summary>
    public string? Undo { get; init; }

    /// <summary>On how many things it acts, each with an outcome of its own.</summary>
    public int Objects { get; init; } = 1;

    /// <summary>The outcome that each of its outputs tells; null = what has no error was done.</summary>
    public Func<PSObject, FaultOutcome>? ReadOutcome { get; init; }

    /// <summary>Whether each thing that was done is in its output.</summary>
    public bool PassesThru { get; init; }

    /// <summary>Whether the server shows what it did: where the answer is lost it must be looked up.</summary>
    public bool IsLookedUp { get; init; }

    /// <summary>Whether nothing of the rest is tried where the first thing fails, without an error for each.</summary>
    public bool NeedsTheFirst { get; init; }

    /// <summary>Whether doing it twice does no more than doing it once.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it is held against all faults, those too that differ only in the place that makes errors of all requests.</summary>
    public bool IsThorough { get; init; }

    /// <summary>Whether it needs what only the sample organisation has.</summary>
    public bool NeedsSample { get; init; }

    /// <summary>Whether the answers are kept as long as the connection, so that only a new one asks again.</summary>
    public bool NeedsNewConnection { get; init; }

    /// <summary>Whether what it reads differs from one time to the next, so that only its number counts.</summary>
    public bool Varies { get; init; }

    /// <summary>Whether its result says what failed, in place of an error, or is whatever was answered.</summary>
    public bool TakesAnything { get; init; }

    public override string ToString() => Script;
}

/// <summary>What is said of a thing.</summary>
internal enum FaultOutcome
{
    Done,
    Failed,
    Unknown,
}
