using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Versions;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>The documents that tell where the OAuth endpoints are, from the server's own idea of its address.</summary>
internal sealed class DiscoveryDocuments(string baseUri, ServerDialect dialect)
{
    private static readonly string[] s_grantTypes = ["authorization_code", "implicit", "urn:ietf:params:oauth:grant-type:device_code"];

    private static readonly string[] s_mailScopes =
    [
        "openid", "offline_access", "urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail", "urn:ietf:params:jmap:submission",
        "urn:ietf:params:jmap:vacationresponse",
    ];

    private static readonly string[] s_signingAlgorithms =
        ["RS256", "RS384", "RS512", "ES256", "ES384", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512"];

    public SandboxResponse GetAuthorizationServerMetadata() => Responses.Object(200, json =>
    {
        json.WriteString("issuer"u8, baseUri);
        json.WriteString("token_endpoint"u8, baseUri + Operations.RequestToken.Template);
        json.WriteString("authorization_endpoint"u8, $"{baseUri}/authorize/code");
        json.WriteString("device_authorization_endpoint"u8, baseUri + Operations.StartDeviceFlow.Template);
        json.WriteString("registration_endpoint"u8, baseUri + Operations.RegisterClient.Template);
        json.WriteString("introspection_endpoint"u8, baseUri + Operations.IntrospectToken.Template);
        WriteStrings(json, "grant_types_supported", s_grantTypes);
        WriteStrings(json, "response_types_supported", ["code", "id_token", "code token", "id_token token"]);
        WriteStrings(json, "scopes_supported", s_mailScopes);
    });

    public SandboxResponse GetOpenIdConfiguration() => Responses.Object(200, json =>
    {
        json.WriteString("issuer"u8, baseUri);
        json.WriteString("authorization_endpoint"u8, $"{baseUri}/authorize/code");
        json.WriteString("token_endpoint"u8, baseUri + Operations.RequestToken.Template);
        json.WriteString("userinfo_endpoint"u8, baseUri + Operations.GetUserInfo.Template);
        json.WriteString("jwks_uri"u8, baseUri + Operations.GetTokenKeys.Template);
        json.WriteString("registration_endpoint"u8, baseUri + Operations.RegisterClient.Template);
        if (dialect.OpenIdListsDeviceEndpoint)
        {
            json.WriteString("device_authorization_endpoint"u8, baseUri + Operations.StartDeviceFlow.Template);
        }

        WriteStrings(json, "scopes_supported", ["openid", "offline_access"]);
        WriteStrings(json, "response_types_supported", ["code", "id_token", "id_token token"]);
        WriteStrings(json, "subject_types_supported", ["public"]);
        WriteStrings(json, "grant_types_supported", s_grantTypes);
        WriteStrings(json, "id_token_signing_alg_values_supported", s_signingAlgorithms);
        WriteStrings(json, "claims_supported", ["sub", "name", "preferred_username", "email", "email_verified"]);
    });

    private static void WriteStrings(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
