using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Routing;

/// <summary>The handler of each operation. A handler returns a response, or throws an <see cref="ApiException"/>.</summary>
/// <param name="Api">Under <c>/api</c>, where every caller is authenticated.</param>
/// <param name="Anonymous">Outside <c>/api</c>, for anonymous callers.</param>
/// <param name="Authenticated">Outside <c>/api</c>, for callers who signed in.</param>
internal sealed record RouteTable(
    IReadOnlyDictionary<Operation, Func<ApiCall, SandboxResponse>> Api,
    IReadOnlyDictionary<Operation, Func<SandboxRequest, SandboxResponse>> Anonymous,
    IReadOnlyDictionary<Operation, Func<SandboxRequest, Caller, SandboxResponse>> Authenticated)
{
    /// <summary>The operation that a request calls; null if the server has none.</summary>
    public static Operation? Find(string method, string path) =>
        Operations.Find(method, path) ?? UnlistedOperations.All.FirstOrDefault(operation => operation.Method.Method == method && operation.Matches(path.Split('/')));
}
