using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Jmap;

/// <summary><c>POST /jmap</c>.</summary>
/// <param name="clock">The server's clock.</param>
internal sealed class JmapEndpoint(TimeProvider clock)
{
    /// <summary>Answers a request of somebody who has signed in and is within his limits.</summary>
    public SandboxResponse Handle(SandboxRequest request, ICallerRights caller) =>
        Responses.Problem(404, "Not Found", $"Account {caller.AccountId} asked for {request.Target} at {clock.GetUtcNow():O}.");
}
