using System.Text.Json;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Versions;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>The documents that tell where the OAuth endpoints are, from the server's own idea of its address.</summary>
internal sealed class Discovery(string baseUri, ServerDialect dialect)
{
    private static readonly string[] s_grantTypes = ["authorization_code", "implicit", "urn:ietf:params:oauth:grant-type:device_code"];

    private static readonly string[] s_mailScopes =
    [
        "openid", "offline_access", "urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail", "urn:ietf:params:jmap:submission",
        "urn:ietf:params:jmap:vacationresponse",
    ];

    private static readonly string[] s_signingAlgorithms =
        ["RS256", "RS384", "RS512", "ES256", "ES384", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512"];

    public SandboxResponse AuthorizationServer() => Answers.Object(200, json =>
    {
        json.WriteString("issuer"u8, baseUri);
        json.WriteString("token_endpoint"u8, $"{baseUri}/auth/token");
        json.WriteString("authorization_endpoint"u8, $"{baseUri}/authorize/code");
        json.WriteString("device_authorization_endpoint"u8, $"{baseUri}/auth/device");
        json.WriteString("registration_endpoint"u8, $"{baseUri}/auth/register");
        json.WriteString("introspection_endpoint"u8, $"{baseUri}/auth/introspect");
        WriteTexts(json, "grant_types_supported", s_grantTypes);
        WriteTexts(json, "response_types_supported", ["code", "id_token", "code token", "id_token token"]);
        WriteTexts(json, "scopes_supported", s_mailScopes);
    });

    public SandboxResponse OpenId() => Answers.Object(200, json =>
    {
        json.WriteString("issuer"u8, baseUri);
        json.WriteString("authorization_endpoint"u8, $"{baseUri}/authorize/code");
        json.WriteString("token_endpoint"u8, $"{baseUri}/auth/token");
        json.WriteString("userinfo_endpoint"u8, $"{baseUri}/auth/userinfo");
        json.WriteString("jwks_uri"u8, $"{baseUri}/auth/jwks.json");
        json.WriteString("registration_endpoint"u8, $"{baseUri}/auth/register");
        if (dialect.TellsOpenIdOfDevices)
        {
            json.WriteString("device_authorization_endpoint"u8, $"{baseUri}/auth/device");
        }

        WriteTexts(json, "scopes_supported", ["openid", "offline_access"]);
        WriteTexts(json, "response_types_supported", ["code", "id_token", "id_token token"]);
        WriteTexts(json, "subject_types_supported", ["public"]);
        WriteTexts(json, "grant_types_supported", s_grantTypes);
        WriteTexts(json, "id_token_signing_alg_values_supported", s_signingAlgorithms);
        WriteTexts(json, "claims_supported", ["sub", "name", "preferred_username", "email", "email_verified"]);
    });

    private static void WriteTexts(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
