// How a request is signed in and where it goes.
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Delivery;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Sandbox.Sessions;
using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox;

internal sealed partial class JmapServer
{
    private const string SchemaPath = $"/api/schema/{SchemaDocument.Hash}";

    private JmapRouter CreateRouter(SandboxOptions options)
    {
        string baseUri = (options.BaseUri?.ToString() ?? $"https://{options.HostName}").TrimEnd('/');
        var recovery = new RecoveryAdministrator(options.AdminName, options.AdminPassword);
        var accounts = new AccountReader(Store, Settings);
        var permissions = new CallerPermissions(Store, Rights);
        var revoked = new RevokedTokens();
        var rules = new ClientRules(Store, Settings, accounts, recovery);
        var tokens = new NamedTokens(
            new AccessTokens(Clock, id => id == SignedInCaller.RecoveryAdministratorId ? recovery.Secret : accounts.Find(id) is { } account ? account.Password?.Secret ?? "" : null, TokenKind.Access, TokenKind.Refresh),
            id => rules.FindOwner(id)?.Name);
        var exempt = new ExemptAddresses(Settings, Clock, options.TreatCallersAsLoopback);
        var limits = new CallerLimits(exempt, Clock);
        var blocked = new BlockedAddresses();
        var blockList = new BlockList(Store, Settings, blocked, Clock);
        var failures = new FailedLogins(Clock, blocked, blockList.Add);
        var signIn = new AccountSignIn(accounts, permissions, recovery, tokens, revoked, Clock);
        var guarded = new GuardedSignIn(signIn, failures, exempt);
        var requests = new RequestSignIn(guarded, signIn, limits, revoked, Clock);
        var codes = new OAuthCodes(Clock, () => rules.Lifetimes);
        var clients = new StatelessClients();
        var idTokens = new IdTokens(Clock, baseUri, new EllipticIdTokenKey());
        var authorization = new AuthorizationEndpoint(codes, guarded, clients, baseUri);
        var token = new TokenEndpoint(codes, tokens, idTokens, revoked, rules, baseUri, Clock);
        var registration = new RegistrationEndpoint(clients, new ConfidentialClients(Store), requests, limits, Settings, Clock);
        var identity = new IdentityDocuments(tokens, rules);
        var metadata = new OAuthMetadata(baseUri);
        var session = new JmapSession(baseUri, accounts, Settings);
        var jmap = new JmapEndpoint(CreateMethods(guarded, blockList, ResetLimits, options.Enterprise), LimitsInForce);
        var account = new AccountDocument(permissions.All, options.Edition!.Value);
        var delivery = new LiveDeliveryEndpoint(
            Streams, new DeliveryTest(RemoteDomains, StageNames.CamelCase, Clock, options.Empty ? TimeSpan.Zero : TimeSpan.FromMilliseconds(12)));
        var streamToken = new StreamToken(tokens);
        JmapRoute[] routes =
        [
            JmapRoute.Counted("GET", "/healthz/live", _ => Health()),
            JmapRoute.Counted("GET", "/healthz/ready", _ => Health()),

            JmapRoute.Free("GET", "/.well-known/jmap", _ => Responses.Redirect(307, "/jmap/session")),
            JmapRoute.Counted("GET", "/.well-known/oauth-authorization-server", _ => metadata.GetAuthorizationServer()),
            JmapRoute.Counted("GET", "/.well-known/oauth-protected-resource", _ => metadata.GetProtectedResource()),
            JmapRoute.Counted("GET", "/.well-known/openid-configuration", _ => metadata.GetOpenId()),
            JmapRoute.Counted("GET", "/api/discover/{address}", _ => OAuthMetadata.Discover()),
            JmapRoute.Counted("GET", "/auth/jwks.json", _ => Responses.Object(200, idTokens.WriteKeySet, "application/json")),

            JmapRoute.Counted("POST", "/api/auth", call => authorization.Handle(call.Request)),
            JmapRoute.Counted("POST", "/auth/device", call => Caching.Forbid(token.StartDeviceFlow(call.Request))),
            JmapRoute.Counted("POST", "/auth/token", call => token.Grant(call.Request)),
            JmapRoute.Free("POST", "/auth/register", call => registration.Handle(call.Request)),
            JmapRoute.ForCaller("POST", "/auth/introspect", (call, caller) => identity.Introspect(call.Request, caller)),
            JmapRoute.ForCaller("GET", "/auth/userinfo", (_, caller) => identity.GetUserInfo(caller)),

            JmapRoute.ForCaller("GET", "/api/account", (_, caller) => account.Get(caller)),
            JmapRoute.ForCaller("GET", "/api/schema", (_, _) => Responses.Redirect(302, SchemaPath)),
            JmapRoute.ForCaller("GET", SchemaPath, (_, _) => SchemaDocument.Respond()),
            JmapRoute.ForCaller("GET", "/api/schema/{hash}", (_, _) => Responses.Redirect(302, SchemaPath)),
            JmapRoute.ForCaller("GET", "/api/token", (_, _) => throw ApiException.NoSuchResource()),
            JmapRoute.ForCaller("GET", "/api/token/delivery", (_, caller) => streamToken.Issue(caller, TokenKind.Troubleshooting, StreamSignIn.DeliveryPermission)),

            JmapRoute.ForCaller("GET", "/api/live/delivery/{target}", delivery.Test),

            JmapRoute.Free("GET", "/jmap/session", call => call.Request.Authorization is null ? session.GetAnonymous() : session.Get(requests.Authenticate(call.Request))),
            JmapRoute.ForCaller("POST", "/jmap", (call, caller) => jmap.Handle(call.Request, caller)),

            JmapRoute.Free("GET", "/login", _ => LoginPage()),
            JmapRoute.Free("GET", "/device", _ => LoginPage()),
            JmapRoute.Free("GET", "/", _ => Responses.Redirect(302, "/account")),
        ];
        void ResetLimits()
        {
            failures.Reset();
            limits.Reset();
        }

        return new JmapRouter(routes, new FaultInjector(Faults, revoked, Clock), requests, new StreamSignIn(tokens), limits, blocked, exempt);
    }

    private JmapLimits LimitsInForce() => JmapLimits.From(Settings["Jmap"]);

    private static SandboxResponse Health() => Responses.Problem(200, "OK", "OK");

    /// <summary>Where a real server has the page on which people sign in.</summary>
    private static SandboxResponse LoginPage() =>
        new(200, "text/html; charset=utf-8", "<!DOCTYPE html><title>Sign in</title><p>The sandbox has no page to sign in: POST /api/auth.</p>"u8.ToArray());
}
