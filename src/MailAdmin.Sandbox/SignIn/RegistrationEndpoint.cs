using System.Text.Json;
using MailAdmin.Sandbox.Bodies;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Registry;
using static MailAdmin.Sandbox.Bodies.BodyMember;

namespace MailAdmin.Sandbox.SignIn;

/// <summary><c>POST /auth/register</c>: a client introduces itself.</summary>
/// <param name="clients">The clients that nothing is stored of.</param>
/// <param name="confidential">Stores the others.</param>
/// <param name="signIn">Signs in who registers a client that has a secret.</param>
/// <param name="limits">The limit for everybody else.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class RegistrationEndpoint(
    StatelessClients clients, ConfidentialClients confidential, RequestSignIn signIn, CallerLimits limits, SettingsInForce settings, TimeProvider clock)
{
    private const int MaxBodyBytes = 20 * 1024;

    private static readonly BodyType s_texts = new ListBody(new TextBody());

    private static readonly ObjectBody s_body = new(
        Required("redirect_uris", s_texts),
        Optional("scope", new TextBody()),
        Default("response_types", s_texts),
        Default("grant_types", s_texts),
        Default("contacts", s_texts),
        Optional("client_name", new TextBody()),
        Optional("logo_uri", new TextBody()),
        Optional("token_endpoint_auth_method", new WordBody("client_secret_post", "client_secret_basic", "client_secret_jwt", "private_key_jwt", "none")));

    public SandboxResponse Handle(SandboxRequest request)
    {
        using JsonDocument? body = RequestJson.TryParse(request.Body.Length > MaxBodyBytes ? default : request.Body, out string? fault);
        fault ??= s_body.FindFault(body!.RootElement);
        if (fault is not null)
        {
            throw ApiException.BadParameters(reason: fault);
        }

        return Caching.Forbid(Register(body!.RootElement, request));
    }

    private SandboxResponse Register(JsonElement body, SandboxRequest request)
    {
        string[] uris = body.GetTexts("redirect_uris");
        if (uris.Length == 0 || Array.Find(uris, uri => RedirectUri.FindFault(uri) is not null) is not null)
        {
            return Refuse("invalid_redirect_uri", uris.Select(RedirectUri.FindFault).FirstOrDefault(fault => fault is not null) ?? "There is no redirect URI.");
        }

        if (!Offers(body, "response_types", "code") || !Offers(body, "grant_types", "authorization_code", "refresh_token"))
        {
            return Refuse("invalid_client_metadata", "The client has to use codes and refresh tokens.");
        }

        bool isConfidential = body.FindText("token_endpoint_auth_method") is not (null or "none");
        if (!isConfidential && settings["OidcProvider"]["anonymousClientRegistration"]!.GetValue<bool>())
        {
            limits.CountAnonymous(request.CallerAddress);
        }
        else if (!signIn.Authenticate(request).Has("oAuthClientRegistration"))
        {
            throw ApiException.Forbidden();
        }

        if (isConfidential)
        {
            return Answer(body, confidential.Add(body));
        }

        return Answer(body, (clients.Encode(new ClientRegistration(uris, Scopes.Split(body.FindText("scope")), body.FindText("client_name"))), null));
    }

    /// <summary>The client's own words come back.</summary>
    private SandboxResponse Answer(JsonElement body, (string Id, string? Secret) made) => Responses.Object(201, json =>
    {
        json.WriteString("client_id"u8, made.Id);
        if (made.Secret is not null)
        {
            json.WriteString("client_secret"u8, made.Secret);
        }

        json.WriteNumber("client_id_issued_at"u8, clock.GetUtcNow().ToUnixTimeSeconds());
        if (made.Secret is not null)
        {
            json.WriteNumber("client_secret_expires_at"u8, 0);
        }

        foreach (JsonProperty member in body.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            member.WriteTo(json);
        }
    });

    private static bool Offers(JsonElement body, string name, params string[] needed) =>
        body.FindTexts(name) is not { Length: > 0 } offered || needed.All(offered.Contains);

    private static SandboxResponse Refuse(string error, string description) => Responses.Object(400, json =>
    {
        json.WriteString("error"u8, error);
        json.WriteString("error_description"u8, description);
    });
}
