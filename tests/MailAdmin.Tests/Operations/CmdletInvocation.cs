namespace MailAdmin.Tests.Operations;

/// <summary>A cmdlet, used so that it calls an operation.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Operation">The number of the operation.</param>
/// <param name="Script">A script for the sample organisation, whose administrator is connected.</param>
internal sealed record CmdletInvocation(string Cmdlet, string Operation, string Script)
{
    /// <summary>Whether an ordinary account is connected instead: what the fallback administrator may not do for itself.</summary>
    public bool RunsAsAccount { get; init; }

    /// <summary>The version of the server.</summary>
    public string Version { get; init; } = "0.11";

    public override string ToString() => $"{Cmdlet} ({Operation})";
}
