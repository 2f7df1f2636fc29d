using MailAdmin.Client;

namespace MailAdmin.Tests.Conventions;

/// <summary>A cmdlet, used so that it calls an operation.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Script">A script for the sample organisation, whose administrator is connected.</param>
internal sealed record CmdletInvocation(string Cmdlet, Operation Operation, string Script)
{
    /// <summary>Whether an ordinary account is connected instead: what the fallback administrator may not do for itself.</summary>
    public bool RunsAsAccount { get; init; }

    /// <summary>A pair that must be in the query of the call.</summary>
    public string? Query { get; init; }

    /// <summary>The version of the server.</summary>
    public string Version { get; init; } = "0.11";

    /// <summary>Whether a line of the server's log is this call.</summary>
    public bool Matches(string line)
    {
        string[] parts = line.Split(' ', '?');
        return parts[0] == Operation.Method.Method
            && Operation.Matches(parts[1].Split('/'))
            && (Query is null || (parts.Length > 2 && parts[2].Split('&').Contains(Query)));
    }

    public override string ToString() => $"{Cmdlet} ({Operation})";
}
