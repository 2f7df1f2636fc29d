using MailAdmin.Client;

namespace MailAdmin.Tests.Bodies;

/// <summary>A script that sends a body.</summary>
/// <param name="Operation">The operation that reads it.</param>
/// <param name="Script">A script for the sample organisation, whose administrator is connected.</param>
internal sealed record BodyUse(Operation Operation, string Script)
{
    /// <summary>Whether an ordinary account is connected instead.</summary>
    public bool RunsAsAccount { get; init; }

    /// <summary>The versions of the server that have it.</summary>
    public IReadOnlyList<string> Versions { get; init; } = ["0.11", "0.13", "0.15"];

    public override string ToString() => Script;
}
