using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>The documents by which a client finds out how to sign in.</summary>
/// <param name="baseUri">What the addresses in them begin with.</param>
internal sealed class OAuthMetadata(string baseUri)
{
    private static readonly string[] s_grantTypes = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];
    private static readonly string[] s_clientAuthentication = ["none", "client_secret_post", "client_secret_basic"];
    private static readonly string[] s_signingAlgorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512"];
    private static readonly string[] s_claims = ["sub", "name", "preferred_username", "email", "email_verified"];

    public SandboxResponse GetAuthorizationServer() => AnyOrigin(json =>
    {
        json.WriteString("issuer"u8, baseUri);
        WriteEndpoints(json, baseUri, "token", "authorization", "device_authorization", "registration", "introspection");
        json.WriteStrings("grant_types_supported"u8, s_grantTypes);
        json.WriteStrings("response_types_supported"u8, ["code"]);
        json.WriteStrings("scopes_supported"u8, Scopes.Known);
        json.WriteStrings("token_endpoint_auth_methods_supported"u8, s_clientAuthentication);
        WriteProofs(json);
    });

    public SandboxResponse GetProtectedResource() => AnyOrigin(json =>
    {
        json.WriteString("resource"u8, baseUri);
        json.WriteStrings("authorization_servers"u8, [baseUri]);
        json.WriteStrings("scopes_supported"u8, Scopes.Known);
        json.WriteStrings("bearer_methods_supported"u8, ["header"]);
    });

    public SandboxResponse GetOpenId() => GetOpenId(baseUri);

    /// <summary>The same as it is told of an address; over plain HTTP without the name of the server.</summary>
    public static SandboxResponse Discover() => GetOpenId("");

    private static SandboxResponse GetOpenId(string start) => AnyOrigin(json =>
    {
        json.WriteString("issuer"u8, start);
        WriteEndpoints(json, start, "authorization", "token", "userinfo");
        json.WriteString("jwks_uri"u8, start + Operations.GetTokenKeys.Path);
        WriteEndpoints(json, start, "registration", "device_authorization");
        json.WriteStrings("scopes_supported"u8, Scopes.Known);
        json.WriteStrings("response_types_supported"u8, ["code"]);
        json.WriteStrings("subject_types_supported"u8, ["public"]);
        json.WriteStrings("grant_types_supported"u8, s_grantTypes);
        json.WriteStrings("token_endpoint_auth_methods_supported"u8, s_clientAuthentication);
        json.WriteStrings("id_token_signing_alg_values_supported"u8, s_signingAlgorithms);
        json.WriteStrings("claims_supported"u8, s_claims);
        WriteProofs(json);
    });

    private static void WriteEndpoints(Utf8JsonWriter json, string start, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            Operation operation = name switch
            {
                "authorization" => Operations.ShowSignInPage,
                "device_authorization" => Operations.StartDeviceFlow,
                "registration" => Operations.RegisterClient,
                "introspection" => Operations.IntrospectToken,
                "userinfo" => Operations.GetUserInfo,
                _ => Operations.RequestToken,
            };
            json.WriteString($"{name}_endpoint", start + operation.Path);
        }
    }

    private static void WriteProofs(Utf8JsonWriter json)
    {
        json.WriteStrings("code_challenge_methods_supported"u8, ["S256"]);
        json.WriteBoolean("authorization_response_iss_parameter_supported"u8, true);
    }

    private static SandboxResponse AnyOrigin(Action<Utf8JsonWriter> write) =>
        Responses.Object(200, write).WithHeaders([KeyValuePair.Create("Access-Control-Allow-Origin", "*")]);
}
