using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary><c>/api/update</c> and <c>/api/restart</c>: a server without a network cannot download, and no server of this version restarts itself.</summary>
internal sealed class UpkeepEndpoint : IEndpoint
{
    public SandboxResponse Answer(ApiCall call)
    {
        switch (call.Method, call.Path[0], call.Element(1))
        {
            case ("GET", "restart", _):
                call.Caller.Require("restart");
                throw Refusal.Unsupported("Restart is not supported");
            case ("GET", "update", "spam-filter"):
                call.Caller.Require("spam-filter-update");
                throw Refusal.InternalError();
            case ("GET", "update", "webadmin"):
                call.Caller.Require("webadmin-update");
                throw Refusal.InternalError();
            default:
                throw Refusal.NoSuchResource();
        }
    }
}
