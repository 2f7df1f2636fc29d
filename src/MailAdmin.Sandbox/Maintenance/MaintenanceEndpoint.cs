using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary><c>/api/update</c> and <c>/api/restart</c>: a server without a network cannot download updates, and no version supports a restart.</summary>
internal static class MaintenanceEndpoint
{
    public static SandboxResponse Restart(ApiCall call)
    {
        call.Caller.Require("restart");
        throw ApiException.Unsupported("Restart is not supported");
    }

    public static SandboxResponse UpdateSpamFilter(ApiCall call)
    {
        call.Caller.Require("spam-filter-update");
        throw ApiException.InternalError();
    }

    public static SandboxResponse UpdateWebAdmin(ApiCall call)
    {
        call.Caller.Require("webadmin-update");
        throw ApiException.InternalError();
    }
}
