using System.Text.Json.Nodes;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>Short ways of calling a sandbox from 0.16.</summary>
internal static class JmapCalls
{
    /// <summary>An empty server from 0.16.</summary>
    public static SandboxServer CreateServer() => new(new SandboxOptions { Empty = true, ServerVersion = "0.16", Seed = 1 });

    /// <summary>Calls one method; returns its name, or <c>error</c>, and the answer.</summary>
    public static async Task<(string Name, JsonObject Answer)> CallAsync(
        this SandboxServer server, string method, string arguments, string authorization = SandboxServerExtensions.AdminAuthorization)
    {
        string body = $$"""{"using":["urn:ietf:params:jmap:core","urn:stalwart:jmap"],"methodCalls":[["{{method}}",{{arguments}},"0"]]}""";
        CapturedResponse response = await server.SendAsync("POST", "/jmap", body, authorization, contentType: "application/json");
        response.Status.ShouldBe(200, response.Text);
        JsonArray call = JsonNode.Parse(response.Text)!["methodResponses"]![0]!.AsArray();
        return (call[0]!.GetValue<string>(), call[1]!.AsObject());
    }

    /// <summary>Creates one object; returns its id.</summary>
    public static async Task<string> CreateAsync(this SandboxServer server, string type, string value)
    {
        (_, JsonObject answer) = await server.CallAsync($"x:{type}/set", $$$"""{"create":{"n":{{{value}}}}}""");
        return answer["created"]?["n"]?["id"]?.GetValue<string>() ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Changes one object; returns the error, or null.</summary>
    public static async Task<JsonObject?> UpdateAsync(this SandboxServer server, string type, string id, string patch, string authorization = SandboxServerExtensions.AdminAuthorization)
    {
        (_, JsonObject answer) = await server.CallAsync($"x:{type}/set", $$$"""{"update":{"{{{id}}}":{{{patch}}}}}""", authorization);
        return answer["notUpdated"]?[id]?.AsObject();
    }

    /// <summary>Gets one object.</summary>
    public static async Task<JsonObject> GetAsync(this SandboxServer server, string type, string id)
    {
        (_, JsonObject answer) = await server.CallAsync($"x:{type}/get", $$"""{"ids":["{{id}}"]}""");
        return answer["list"]![0]!.AsObject();
    }

    /// <summary>The ids that a query finds, written together: <c>bcd</c>.</summary>
    public static async Task<string> QueryAsync(this SandboxServer server, string type, string arguments, string authorization = SandboxServerExtensions.AdminAuthorization)
    {
        (string name, JsonObject answer) = await server.CallAsync($"x:{type}/query", arguments, authorization);
        return name == "error" ? answer["type"]!.GetValue<string>() : string.Concat(answer["ids"]!.AsArray().Select(id => id!.GetValue<string>()));
    }
}
