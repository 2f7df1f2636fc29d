using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Routing;

/// <summary>Who answers what.</summary>
/// <param name="Api">By the first path element behind <c>/api/</c>.</param>
/// <param name="Anonymous">By method and path, for callers whom nobody knows.</param>
/// <param name="Authenticated">By method and path, for callers who signed in.</param>
internal sealed record RouteTable(
    IReadOnlyDictionary<string, IEndpoint> Api,
    IReadOnlyDictionary<(string Method, string Path), Func<SandboxRequest, SandboxResponse>> Anonymous,
    IReadOnlyDictionary<(string Method, string Path), Func<SandboxRequest, Caller, SandboxResponse>> Authenticated);
