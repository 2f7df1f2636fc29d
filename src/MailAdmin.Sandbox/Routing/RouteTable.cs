using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Routing;

/// <summary>Who answers what.</summary>
/// <param name="Endpoints">By the first path element behind <c>/api/</c>.</param>
/// <param name="Open">By method and path, for callers whom nobody knows.</param>
/// <param name="SignedIn">By method and path, for callers who signed in.</param>
internal sealed record RouteTable(
    IReadOnlyDictionary<string, IEndpoint> Endpoints,
    IReadOnlyDictionary<(string Method, string Path), Func<SandboxRequest, SandboxResponse>> Open,
    IReadOnlyDictionary<(string Method, string Path), Func<SandboxRequest, Caller, SandboxResponse>> SignedIn);
