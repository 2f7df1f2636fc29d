using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Jmap;

/// <summary><c>POST /jmap</c>: the calls of a request, one after the other.</summary>
/// <param name="methods">The methods.</param>
/// <param name="limits">The limits in force.</param>
internal sealed class JmapEndpoint(MethodTable methods, Func<JmapLimits> limits)
{
    private const string ErrorPrefix = "urn:ietf:params:jmap:error:";

    /// <summary>The state of a session never changes here.</summary>
    private const string SessionState = "c0a5a206";

    /// <summary>Answers a request of somebody who has signed in and is within his limits.</summary>
    public SandboxResponse Handle(SandboxRequest request, ICallerRights caller)
    {
        if (request.ContentType is { } type && (!MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? parsed) || parsed.MediaType != "application/json"))
        {
            return Problem("notJSON", "The content type is not application/json.");
        }

        JmapLimits current = limits();
        if (request.Body.Length > current.MaxRequestBytes)
        {
            return Responses.Problem(400, null, "The request is too large.", "maxSizeRequest");
        }

        if (RequestParser.Parse(request.Body.Span, out JsonObject? given) is not { } calls)
        {
            return Problem("notRequest", Encoding.UTF8.GetString(request.Body.Span));
        }

        return calls.Count > current.MaxCalls
            ? Responses.Problem(400, null, "The request has too many calls.", "maxCallsInRequest")
            : Run(calls, given, caller, current);
    }

    private SandboxResponse Run(IReadOnlyList<MethodCall> calls, JsonObject? given, ICallerRights caller, JmapLimits current)
    {
        Dictionary<string, string> createdIds = given?.ToDictionary(entry => entry.Key, entry => entry.Value?.ToString() ?? "") ?? [];
        var responses = new JsonArray();
        foreach (MethodCall call in calls)
        {
            responses.Add(Run(call, responses, caller, createdIds, current));
        }

        var answer = new JsonObject { ["methodResponses"] = responses };
        if (given is not null)
        {
            answer["createdIds"] = new JsonObject(createdIds.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        }

        answer["sessionState"] = SessionState;
        return Responses.Json(answer);
    }

    private JsonArray Run(MethodCall call, JsonArray responses, ICallerRights caller, Dictionary<string, string> createdIds, JmapLimits current)
    {
        try
        {
            JsonObject arguments = ResultReferences.Resolve(call.Arguments, responses);
            return [call.Name, methods.Run(call with { Arguments = arguments }, caller, createdIds, current), call.Id];
        }
        catch (MethodException failed)
        {
            return ["error", new JsonObject { ["type"] = failed.Type, ["description"] = failed.Message }, call.Id];
        }
    }

    private static SandboxResponse Problem(string type, string detail) => Responses.Object(
        400,
        writer =>
        {
            writer.WriteString("type"u8, ErrorPrefix + type);
            writer.WriteNumber("status"u8, 400);
            writer.WriteString("detail"u8, detail);
        },
        Responses.ProblemJsonMediaType);
}
