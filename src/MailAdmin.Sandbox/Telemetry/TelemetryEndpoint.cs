using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary><c>/api/telemetry</c>: refused without a licence before anything else is looked at; with one, there is no store of metrics or traces.</summary>
internal sealed class TelemetryEndpoint(bool enterprise, StreamTokens tokens) : IEndpoint
{
    public SandboxResponse Answer(ApiCall call)
    {
        if (!enterprise)
            throw Refusal.Enterprise();
        switch (call.Method, call.Element(1), call.Element(2))
        {
            case ("GET", "metrics", ""):
                call.Caller.Require("metrics-list");
                throw Refusal.Other("No metrics store has been configured");
            case ("GET", "traces", ""):
                call.Caller.Require("tracing-list");
                throw Refusal.Unsupported("No tracing store has been configured");
            case ("GET", "trace", _):
                call.Caller.Require("tracing-get");
                throw Refusal.Unsupported("No tracing store has been configured");
            case ("GET", "live", "tracing-token"):
                return tokens.Issue(call, TokenKind.LiveTracing, "tracing-live");
            case ("GET", "live", "metrics-token"):
                return tokens.Issue(call, TokenKind.LiveMetrics, "metrics-live");
            default:
                throw Refusal.NoSuchResource();
        }
    }
}
