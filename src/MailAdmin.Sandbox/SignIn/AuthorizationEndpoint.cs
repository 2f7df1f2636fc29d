using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Bodies;
using MailAdmin.Sandbox.Http;
using static MailAdmin.Sandbox.Bodies.BodyMember;

namespace MailAdmin.Sandbox.SignIn;

/// <summary><c>POST /api/auth</c>: name and password become a code for a client, or approve a device.</summary>
/// <param name="codes">The codes.</param>
/// <param name="signIn">Verifies name and password.</param>
/// <param name="clients">The clients that registered themselves.</param>
/// <param name="rules">Which clients may have a code.</param>
/// <param name="baseUri">What the server calls itself.</param>
internal sealed class AuthorizationEndpoint(OAuthCodes codes, GuardedSignIn signIn, StatelessClients clients, ITokenRules rules, string baseUri)
{
    private const int MaxClientIdBytes = 2048;

    private static readonly BodyType s_text = new TextBody();

    private static readonly BodyMember[] s_login = [Required("accountName", s_text), Required("accountSecret", s_text), Optional("mfaToken", s_text)];

    private static readonly TaggedBody s_body = new(
        ("authCode", new ObjectBody(
            [
                .. s_login,
                Required("clientId", s_text),
                Optional("redirectUri", s_text),
                Optional("nonce", s_text),
                Optional("scope", s_text),
                Optional("codeChallenge", s_text),
                Optional("codeChallengeMethod", s_text),
                Optional("state", s_text),
                Default("resource", new ListBody(s_text)),
            ])),
        ("authDevice", new ObjectBody([.. s_login, Required("code", s_text)])));

    private static readonly string[] s_resourceSchemes =
    [
        "http", "https", "smtp", "smtps", "imap", "imaps", "pop3", "pop3s", "caldav", "caldavs", "webdav", "webdavs", "carddav", "carddavs", "sieve", "sieves",
    ];

    public SandboxResponse Handle(SandboxRequest request)
    {
        using JsonDocument? body = RequestJson.TryParse(request.Body, out string? fault);
        fault ??= s_body.FindFault(body!.RootElement);
        if (fault is not null)
        {
            throw ApiException.BadParameters(reason: fault);
        }

        return body!.RootElement.GetText("type") == "authCode" ? IssueCode(body.RootElement, request.CallerAddress) : ApproveDevice(body.RootElement, request.CallerAddress);
    }

    private SandboxResponse IssueCode(JsonElement body, IPAddress address)
    {
        string clientId = body.GetText("clientId");
        string redirectUri = body.FindText("redirectUri") ?? throw ApiException.Unauthorized("A redirect URI is required.");
        ClientRegistration? client = clients.Decode(clientId);
        CheckClient(clientId, redirectUri, client, body);
        CodeChallenge challenge = ReadChallenge(body, client);
        string? scope = body.FindText("scope");
        return Answer(body, address, caller =>
        {
            if (rules.FindRegistrationFault(clientId, redirectUri, caller.AccountId) is not null)
            {
                throw ApiException.Unauthorized("The client is not registered.");
            }

            string? granted = client is null ? scope : Scopes.Grant(scope, [.. client.Scopes]);
            string code = codes.AddAuthorizationCode(caller.AccountId, clientId, body.FindText("nonce"), redirectUri, granted, challenge);
            return Type("authenticated", json =>
            {
                json.WriteString("client_code"u8, code);
                json.WriteString("iss"u8, baseUri);
            });
        });
    }

    private SandboxResponse ApproveDevice(JsonElement body, IPAddress address)
    {
        string code = body.GetText("code");
        return codes.Find(code) is { AccountId: null }
            ? Answer(body, address, caller => Type(codes.Approve(code, caller.AccountId) ? "verified" : "failure"))
            : Type("failure");
    }

    private void CheckClient(string clientId, string redirectUri, ClientRegistration? client, JsonElement body)
    {
        if (Encoding.UTF8.GetByteCount(clientId) > MaxClientIdBytes)
        {
            throw ApiException.Unauthorized("The id of the client is too long.");
        }

        if (redirectUri.StartsWith("http://", StringComparison.Ordinal) && body.FindText("codeChallenge") is null)
        {
            throw ApiException.Unauthorized("Without a challenge the redirect URI must not be of plain HTTP.");
        }

        if (client?.RedirectUris.Any(registered => RedirectUri.Matches(registered, redirectUri)) == false)
        {
            throw ApiException.Unauthorized("The client did not register this redirect URI.");
        }

        if ((body.FindTexts("resource") ?? []).FirstOrDefault(resource => !IsOwn(resource)) is { } stray)
        {
            throw ApiException.Unauthorized($"'{stray}' is nothing of this server.");
        }
    }

    /// <summary>A client that registered itself has to promise a hashed one.</summary>
    private static CodeChallenge ReadChallenge(JsonElement body, ClientRegistration? client)
    {
        string? challenge = body.FindText("codeChallenge");
        return (challenge is null ? null : body.FindText("codeChallengeMethod") ?? "plain") switch
        {
            "S256" => new CodeChallenge(challenge, true),
            "plain" when client is null => new CodeChallenge(challenge, false),
            null when client is null => new CodeChallenge(null, false),
            _ => throw ApiException.Unauthorized("The client has to promise a hashed challenge."),
        };
    }

    private SandboxResponse Answer(JsonElement body, IPAddress address, Func<SignedInCaller, SandboxResponse> answer)
    {
        try
        {
            return answer(signIn.ByPassword(body.GetText("accountName"), body.GetText("accountSecret"), body.FindText("mfaToken"), address));
        }
        catch (SignInException refused)
        {
            return Type(refused.Failure == SignInFailure.CodeMissing ? "mfaRequired" : "failure");
        }
    }

    private bool IsOwn(string resource) => resource.Split("://", 2) is [var scheme, var rest]
        && s_resourceSchemes.Contains(scheme)
        && rest.Split('/')[0].Split(':')[0].Equals(new Uri(baseUri).Host, StringComparison.OrdinalIgnoreCase);

    private static SandboxResponse Type(string type, Action<Utf8JsonWriter>? write = null) => Caching.Forbid(Responses.Object(200, json =>
    {
        json.WriteString("type"u8, type);
        write?.Invoke(json);
    }));
}
