using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary><c>/api/update</c> and <c>/api/restart</c>: a server without a network cannot download updates, and no version supports a restart.</summary>
internal sealed class MaintenanceEndpoint : IEndpoint
{
    public SandboxResponse Handle(ApiCall call)
    {
        switch (call.Method, call.Path[0], call.GetSegment(1))
        {
            case ("GET", "restart", _):
                call.Caller.Require("restart");
                throw ApiException.Unsupported("Restart is not supported");
            case ("GET", "update", "spam-filter"):
                call.Caller.Require("spam-filter-update");
                throw ApiException.InternalError();
            case ("GET", "update", "webadmin"):
                call.Caller.Require("webadmin-update");
                throw ApiException.InternalError();
            default:
                throw ApiException.NoSuchResource();
        }
    }
}
