using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Reads the body of a request. One argument of the wrong kind in a get or a set makes it none.</summary>
internal static class RequestParser
{
    private const string BlobCapability = "urn:ietf:params:jmap:blob";

    private static readonly HashSet<string> s_capabilities =
    [
        "urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail", "urn:ietf:params:jmap:submission", "urn:ietf:params:jmap:vacationresponse",
        "urn:ietf:params:jmap:contacts", "urn:ietf:params:jmap:contacts:parse", "urn:ietf:params:jmap:calendars", "urn:ietf:params:jmap:calendars:parse",
        "urn:ietf:params:jmap:websocket", "urn:ietf:params:jmap:sieve", BlobCapability, "urn:ietf:params:jmap:quota", "urn:ietf:params:jmap:principals",
        "urn:ietf:params:jmap:principals:owner", "urn:ietf:params:jmap:principals:availability", "urn:ietf:params:jmap:filenode", "urn:ietf:params:jmap:emailpush", "urn:stalwart:jmap",
    ];

    /// <summary>The calls; null where the body is no request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="createdIds">The ids that the client gives along.</param>
    public static IReadOnlyList<MethodCall>? Parse(ReadOnlySpan<byte> body, out JsonObject? createdIds)
    {
        createdIds = null;
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }

        try
        {
            if (json is not JsonObject request
                || request["using"] is not JsonArray usings || !usings.All(capability => ReadText(capability) is { } name && s_capabilities.Contains(name))
                || request["methodCalls"] is not JsonArray methodCalls)
            {
                return null;
            }

            createdIds = request["createdIds"] as JsonObject;
            bool offersBlobs = usings.Any(capability => ReadText(capability) == BlobCapability);
            MethodCall[] calls = [.. methodCalls.Select(ReadCall).OfType<MethodCall>().Select(call => call with { IsOffered = offersBlobs || !call.Name.StartsWith("Blob/", StringComparison.Ordinal) })];
            return calls.Length == methodCalls.Count ? calls : null;
        }
        catch (ArgumentException)
        {
            // The same member twice.
            return null;
        }
    }

    private static MethodCall? ReadCall(JsonNode? json) =>
        json is JsonArray { Count: 3 } call && ReadText(call[0]) is { } name && call[1] is JsonObject arguments && ReadText(call[2]) is { } id
        && HasRightKinds(name, arguments)
            ? new MethodCall(name, arguments, id)
            : null;

    private static bool HasRightKinds(string name, JsonObject arguments) => name.Split('/')[^1] switch
    {
        "get" => IsTextList(arguments["ids"]) && IsTextList(arguments["properties"]),
        "set" => IsMapOfObjects(arguments["create"]) && IsMapOfObjects(arguments["update"]) && IsTextList(arguments["destroy"]),
        _ => true,
    };

    private static bool IsTextList(JsonNode? value) => value is null || (value is JsonArray items && items.All(item => ReadText(item) is not null));

    private static bool IsMapOfObjects(JsonNode? value) => value is null || (value is JsonObject members && members.All(member => member.Value is JsonObject));

    private static string? ReadText(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? read) ? read : null;
}
