using System.Text.Json;
using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary><c>POST /api/troubleshoot/dmarc</c>.</summary>
internal sealed class DmarcEndpoint(DmarcTest test) : IEndpoint
{
    public SandboxResponse Answer(ApiCall call)
    {
        call.Caller.Require("troubleshoot");
        using JsonDocument body = call.Json();
        return test.Answer(DmarcQuestion.Parse(body.RootElement));
    }
}
