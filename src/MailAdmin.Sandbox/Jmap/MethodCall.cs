using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>One of the calls of a request.</summary>
/// <param name="Name">The method.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="Id">What the client calls it.</param>
/// <param name="IsOffered">Whether the request names the capability that the method belongs to.</param>
internal sealed record MethodCall(string Name, JsonObject Arguments, string Id, bool IsOffered = true)
{
    /// <summary>The type of the objects, without its <c>x:</c>; empty where the name has none.</summary>
    public string TypeName { get; } = Name.StartsWith("x:", StringComparison.Ordinal) && Name.LastIndexOf('/') is var slash and > 2 ? Name[2..slash] : "";

    /// <summary>What is to be done with them: <c>get</c>, <c>query</c>, <c>set</c>.</summary>
    public string Verb { get; } = Name[(Name.LastIndexOf('/') + 1)..];
}
