using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Routing;

/// <summary>Who answers which operation. A handler answers, or throws an <see cref="ApiException"/>.</summary>
/// <param name="Api">Below <c>/api</c>, where every caller is known.</param>
/// <param name="Anonymous">Beside it, for callers whom nobody knows.</param>
/// <param name="Authenticated">Beside it, for callers who signed in.</param>
internal sealed record RouteTable(
    IReadOnlyDictionary<Operation, Func<ApiCall, SandboxResponse>> Api,
    IReadOnlyDictionary<Operation, Func<SandboxRequest, SandboxResponse>> Anonymous,
    IReadOnlyDictionary<Operation, Func<SandboxRequest, Caller, SandboxResponse>> Authenticated)
{
    /// <summary>The operation that a request calls; null where the server has none.</summary>
    public static Operation? Find(string method, string path) =>
        Operations.Find(method, path) ?? UnlistedOperations.All.FirstOrDefault(operation => operation.Method.Method == method && operation.Matches(path.Split('/')));
}
