using System.Text.Json;
using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary><c>POST /api/troubleshoot/dmarc</c>.</summary>
internal sealed class DmarcEndpoint(DmarcTest test)
{
    public SandboxResponse Test(ApiCall call)
    {
        call.Caller.Require("troubleshoot");
        using JsonDocument body = call.ParseBody();
        return test.Run(DmarcTestRequest.Read(body.RootElement));
    }
}
