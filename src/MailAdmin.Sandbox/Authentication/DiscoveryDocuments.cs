using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>The discovery documents of the OAuth endpoints; their URLs begin with the server's configured base URL.</summary>
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
        json.WriteStrings("grant_types_supported"u8, s_grantTypes);
        json.WriteStrings("response_types_supported"u8, ["code", "id_token", "code token", "id_token token"]);
        json.WriteStrings("scopes_supported"u8, s_mailScopes);
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

        json.WriteStrings("scopes_supported"u8, ["openid", "offline_access"]);
        json.WriteStrings("response_types_supported"u8, ["code", "id_token", "id_token token"]);
        json.WriteStrings("subject_types_supported"u8, ["public"]);
        json.WriteStrings("grant_types_supported"u8, s_grantTypes);
        json.WriteStrings("id_token_signing_alg_values_supported"u8, s_signingAlgorithms);
        json.WriteStrings("claims_supported"u8, ["sub", "name", "preferred_username", "email", "email_verified"]);
    });
}
