using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox.Sessions;

/// <summary><c>GET /jmap/session</c>: what the server can do, and which accounts the caller may use. Every address begins with the server's own name.</summary>
/// <param name="baseUri">What the addresses begin with.</param>
/// <param name="accounts">The accounts.</param>
/// <param name="settings">The settings in force.</param>
internal sealed class JmapSession(string baseUri, AccountReader accounts, SettingsInForce settings)
{
    private const string Core = "urn:ietf:params:jmap:core";
    private const string Principals = "urn:ietf:params:jmap:principals";

    private static readonly JsonObject s_capabilities = Load();

    private readonly string _pushKey = CreatePushKey();

    public SandboxResponse GetAnonymous() => Write([], "", "0");

    public SandboxResponse Get(SignedInCaller caller)
    {
        SignInAccount[] groups = caller.Account is null ? [] : [.. caller.Account.GroupIds.Order().Select(accounts.Find).OfType<SignInAccount>()];
        var all = new List<(string Id, string Name, bool IsPersonal)> { (RegistryId.Format(caller.AccountId), caller.Name, true) };
        all.AddRange(groups.Select(group => (RegistryId.Format(group.Id), group.Address, false)));
        return Write(all, caller.Name, GetState(caller));
    }

    /// <summary>Changes with the groups of the caller.</summary>
    public static string GetState(SignedInCaller caller) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(caller.Account?.GroupIds.Order() ?? Enumerable.Empty<uint>()))[..4]);

    private SandboxResponse Write(IReadOnlyList<(string Id, string Name, bool IsPersonal)> all, string user, string state)
    {
        var session = new JsonObject
        {
            ["capabilities"] = CreateCapabilities(),
            ["accounts"] = new JsonObject(all.Select(account => KeyValuePair.Create(account.Id, (JsonNode?)new JsonObject
            {
                ["name"] = account.Name,
                ["isPersonal"] = account.IsPersonal,
                ["isReadOnly"] = false,
                ["accountCapabilities"] = CreateAccountCapabilities(account.Id),
            }))),
            ["primaryAccounts"] = new JsonObject(all.Take(1).SelectMany(account =>
                s_capabilities["account"]!.AsObject().Select(capability => KeyValuePair.Create(capability.Key, (JsonNode?)account.Id)))),
            ["username"] = user,
            ["apiUrl"] = $"{baseUri}{Operations.CallJmap.Path}/",
            ["downloadUrl"] = baseUri + Operations.CallJmap.Path + "/download/{accountId}/{blobId}/{name}?accept={type}",
            ["uploadUrl"] = baseUri + Operations.CallJmap.Path + "/upload/{accountId}/",
            ["eventSourceUrl"] = baseUri + Operations.CallJmap.Path + "/eventsource/?types={types}&closeafter={closeafter}&ping={ping}",
            ["state"] = state,
        };
        return Responses.Json(session);
    }

    private JsonObject CreateCapabilities()
    {
        JsonObject capabilities = s_capabilities["server"]!.DeepClone().AsObject();
        JsonObject jmap = settings["Jmap"];
        var current = JmapLimits.From(jmap);
        JsonNode core = capabilities[Core]!;
        core["maxSizeRequest"] = current.MaxRequestBytes;
        core["maxCallsInRequest"] = current.MaxCalls;
        core["maxObjectsInGet"] = current.MaxGet;
        core["maxObjectsInSet"] = current.MaxSet;
        if (jmap["webPushKey"]?[RegistrySchema.Variant]?.GetValue<string>() != "None")
        {
            capabilities["urn:ietf:params:jmap:webpush-vapid"] = new JsonObject { ["applicationServerKey"] = _pushKey };
        }

        capabilities["urn:ietf:params:jmap:websocket"] = new JsonObject { ["url"] = $"wss{baseUri[baseUri.IndexOf(':', StringComparison.Ordinal)..]}/jmap/ws", ["supportsPush"] = true };
        return capabilities;
    }

    private static JsonObject CreateAccountCapabilities(string id)
    {
        JsonObject capabilities = s_capabilities["account"]!.DeepClone().AsObject();
        capabilities[Principals]!["currentUserPrincipalId"] = id;
        return capabilities;
    }

    /// <summary>The public half of a key that nothing is pushed with here.</summary>
    private static string CreatePushKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]);
    }

    private static JsonObject Load()
    {
        using Stream data = typeof(JmapSession).Assembly.GetManifestResourceStream("MailAdmin.Sandbox.Sessions.capabilities.json")!;
        return JsonNode.Parse(data)!.AsObject();
    }
}
