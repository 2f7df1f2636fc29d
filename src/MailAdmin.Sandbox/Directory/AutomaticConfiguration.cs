using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Directory;

/// <summary>What mail programs read to configure themselves, and its digest in DNS.</summary>
internal static class AutomaticConfiguration
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The services in the order of the document, and the path of those that have an address.</summary>
    private static readonly (string Service, string? Path)[] s_services =
    [
        ("jmap", Operations.DescribeJmapSession.Path), ("imap", null), ("pop3", null), ("smtp", null), ("caldav", "/dav/cal/"), ("carddav", "/dav/card/"), ("webdav", "/dav/file/"), ("managesieve", null),
    ];

    /// <summary>The document.</summary>
    /// <param name="system">The <c>x:SystemSettings</c>.</param>
    public static JsonObject Write(JsonObject system)
    {
        JsonObject services = system["services"]!.AsObject();
        var protocols = new JsonObject();
        foreach ((string service, string? path) in s_services.Where(entry => services.ContainsKey(entry.Service)))
        {
            string host = HostOf(system, service);
            protocols[service] = path is null ? new JsonObject { ["host"] = host } : new JsonObject { ["url"] = $"https://{host}{path}" };
        }

        return new JsonObject
        {
            ["protocols"] = protocols,
            ["authentication"] = new JsonObject
            {
                ["oauth-public"] = new JsonObject { ["issuer"] = $"https://{HostOf(system, "jmap")}" },
                ["password"] = true,
            },
            ["info"] = new JsonObject
            {
                ["provider"] = new JsonObject { ["name"] = system["providerInfo"]!["providerName"]?.GetValue<string>() ?? "Stalwart" },
            },
        };
    }

    /// <summary>The digest of the document.</summary>
    public static string Digest(JsonObject system) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Write(system).ToJsonString(s_options))));

    private static string HostOf(JsonObject system, string service) =>
        system["services"]![service]?["hostname"]?.GetValue<string>() ?? system["defaultHostname"]!.GetValue<string>();
}
