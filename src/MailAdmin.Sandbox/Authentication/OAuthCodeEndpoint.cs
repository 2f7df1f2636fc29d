using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary><c>POST /api/oauth</c>: gives a signed-in caller a code, or approves a device.</summary>
internal sealed class OAuthCodeEndpoint(OAuthCodes codes, ServerDialect dialect, bool enterprise)
{
    public const int MaxClientIdBytes = 20;

    public SandboxResponse Handle(ApiCall call)
    {
        call.Caller.Require("authenticate-oauth");
        using JsonDocument body = call.ParseBody();
        JsonElement root = body.RootElement;
        return root.GetText("type") == "code" ? IssueCode(call.Caller, root) : Responses.Data(codes.Approve(root.GetText("code"), call.Caller.Id));
    }

    private SandboxResponse IssueCode(Caller caller, JsonElement root)
    {
        string clientId = root.GetText("client_id");
        string redirectUri = root.FindText("redirect_uri") ?? "";
        if (Encoding.UTF8.GetByteCount(clientId) > MaxClientIdBytes)
        {
            throw ApiException.Other("Client ID is invalid.");
        }

        if (redirectUri.StartsWith("http://", StringComparison.Ordinal))
        {
            throw ApiException.Other("Redirect URI must be HTTPS.");
        }

        string code = codes.AddAuthorizationCode(caller.Id, clientId, root.FindText("nonce"), redirectUri);
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteString("code"u8, code);
            json.WriteStartArray("permissions"u8);
            for (int permission = Permissions.Names.Count - 1; permission >= 0; permission--)
            {
                if (caller.Permissions.Contains(permission))
                {
                    json.WriteStringValue(Permissions.Names[permission]);
                }
            }

            json.WriteEndArray();
            json.WriteString("version"u8, dialect.Version);
            json.WriteBoolean("isEnterprise"u8, enterprise);
            json.WriteEndObject();
        });
    }
}
