// How a request is signed in and where it goes.
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Delivery;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Sandbox.Sessions;
using MailAdmin.Sandbox.SignIn;
using MailAdmin.Sandbox.Store;
using MailAdmin.Sandbox.Telemetry;

namespace MailAdmin.Sandbox;

internal sealed partial class JmapServer
{
    private static readonly string s_schemaPath = Operations.GetSchema.Path.Replace("{hash}", SchemaDocument.Hash, StringComparison.Ordinal);

    private JmapRouter CreateRouter(SandboxOptions options)
    {
        string baseUri = (options.BaseUri?.ToString() ?? $"https://{options.HostName}").TrimEnd('/');
        var recovery = new RecoveryAdministrator(options.AdminName, options.AdminPassword);
        var permissions = new CallerPermissions(Store, Rights);
        var revoked = new RevokedTokens();
        var clients = new StatelessClients();
        var rules = new ClientRules(Store, Settings, Accounts, recovery, clients, permissions);
        var tokens = new NamedTokens(
            new AccessTokens(Clock, id => id == SignedInCaller.RecoveryAdministratorId ? recovery.Secret : Accounts.Find(id) is { } account ? account.Password?.Secret ?? "" : null, TokenKind.Access, TokenKind.Refresh),
            id => rules.FindOwner(id)?.Name);
        var exempt = new ExemptAddresses(Settings, Clock, options.TreatCallersAsLoopback);
        var limits = new CallerLimits(exempt, Clock);
        var blocked = new BlockedAddresses();
        var blockList = new BlockList(Store, Settings, blocked, Clock);
        var failures = new FailedLogins(Clock, blocked, blockList.Add);
        var signIn = new AccountSignIn(Accounts, permissions, recovery, tokens, revoked, Clock);
        var guarded = new GuardedSignIn(signIn, failures, exempt);
        var requests = new RequestSignIn(guarded, signIn, limits, revoked, Clock);
        var codes = new OAuthCodes(Clock, () => rules.Lifetimes);
        var idTokens = new IdTokens(Clock, baseUri, new EllipticIdTokenKey());
        var authorization = new AuthorizationEndpoint(codes, guarded, clients, rules, baseUri);
        var token = new TokenEndpoint(codes, tokens, idTokens, revoked, rules, baseUri, Clock);
        var registration = new RegistrationEndpoint(clients, new ConfidentialClients(Store), requests, limits, Settings, Clock);
        var identity = new IdentityDocuments(tokens, rules);
        var metadata = new OAuthMetadata(baseUri);
        var session = new JmapSession(baseUri, Accounts, Settings);
        var jmap = new JmapEndpoint(CreateMethods(guarded, blockList, ResetLimits, options.Enterprise), LimitsInForce);
        var account = new AccountDocument(permissions.All, options.Edition!.Value);
        var delivery = new LiveDeliveryEndpoint(
            Streams, new DeliveryTest(RemoteDomains, StageNames.CamelCase, Clock, options.Empty ? TimeSpan.Zero : TimeSpan.FromMilliseconds(12)));
        var telemetry = new LiveTelemetryEndpoint(
            options.Enterprise,
            Streams,
            new LiveTraces(_tracer, Clock, CatchUp, (json, traceEvent) => TelemetryView.Show(traceEvent).WriteTo(json), pingsFirst: true),
            new LiveMetrics(_metrics, Clock, (json, metric) => TelemetryView.Show(metric).WriteTo(json)));
        var download = new DownloadEndpoint(_blobReader);
        var upload = new UploadEndpoint(_blobUploads);
        var streamToken = new StreamToken(tokens);
        JmapRoute[] routes =
        [
            JmapRoute.Counted(Operations.CheckLiveness, _ => Health()),
            JmapRoute.Counted(Operations.CheckReadiness, _ => Health()),

            JmapRoute.Free(Operations.DescribeJmap, _ => Responses.Redirect(307, Operations.DescribeJmapSession.Path)),
            JmapRoute.Counted(Operations.DescribeAuthorizationServer, _ => metadata.GetAuthorizationServer()),
            JmapRoute.Counted(JmapOperations.DescribeProtectedResource, _ => metadata.GetProtectedResource()),
            JmapRoute.Counted(Operations.DescribeOpenId, _ => metadata.GetOpenId()),
            JmapRoute.Counted(Operations.DiscoverSignIn, _ => OAuthMetadata.Discover()),
            JmapRoute.Counted(Operations.GetTokenKeys, _ => Responses.Object(200, idTokens.WriteKeySet, "application/json")),

            JmapRoute.Counted(Operations.SignIn, call => authorization.Handle(call.Request)),
            JmapRoute.Counted(Operations.StartDeviceFlow, call => Caching.Forbid(token.StartDeviceFlow(call.Request))),
            JmapRoute.Counted(Operations.RequestToken, call => token.Grant(call.Request)),
            JmapRoute.Free(Operations.RegisterClient, call => registration.Handle(call.Request)),
            JmapRoute.ForCaller(Operations.IntrospectToken, (call, caller) => identity.Introspect(call.Request, caller)),
            JmapRoute.ForCaller(Operations.GetUserInfo, (_, caller) => identity.GetUserInfo(caller)),

            JmapRoute.ForCaller(Operations.DescribeAccount, (_, caller) => account.Get(caller)),
            JmapRoute.ForCaller(Operations.FindSchema, (_, _) => Responses.Redirect(302, s_schemaPath)),
            JmapRoute.ForCaller(Operations.GetSchema, (call, _) => call.Path[^1] == SchemaDocument.Hash ? SchemaDocument.Respond() : Responses.Redirect(302, s_schemaPath)),
            JmapRoute.ForCaller(JmapOperations.IssueNoToken, (_, _) => throw ApiException.NoSuchResource()),
            JmapRoute.ForCaller(JmapOperations.IssueDeliveryToken, (_, caller) => streamToken.Issue(caller, TokenKind.Troubleshooting, StreamSignIn.DeliveryPermission)),

            JmapRoute.ForCaller(JmapOperations.IssueTracingToken, (_, caller) => IssueTelemetryToken(caller, TokenKind.LiveTracing, StreamSignIn.TracingPermission)),
            JmapRoute.ForCaller(JmapOperations.IssueMetricsToken, (_, caller) => IssueTelemetryToken(caller, TokenKind.LiveMetrics, StreamSignIn.MetricsPermission)),

            JmapRoute.ForCaller(Operations.TestDeliveryLive, delivery.Test),
            JmapRoute.ForCaller(Operations.WatchTracesLive, telemetry.WatchTraces),
            JmapRoute.ForCaller(Operations.WatchMetricsLive, telemetry.WatchMetrics),

            JmapRoute.Free(Operations.DescribeJmapSession, call => call.Request.Authorization is null ? session.GetAnonymous() : session.Get(requests.Authenticate(call.Request))),
            JmapRoute.ForCaller(Operations.CallJmap, (call, caller) => jmap.Handle(call.Request, caller)),

            JmapRoute.ForCaller(Operations.DownloadBlob, download.Download),
            JmapRoute.ForCaller(Operations.UploadBlob, (call, _) => upload.Upload(call)),

            JmapRoute.Free(Operations.ShowSignInPage, _ => LoginPage.Show()),
            JmapRoute.Free(JmapOperations.ShowDevicePage, _ => LoginPage.Show()),
            JmapRoute.Free(JmapOperations.ShowRoot, _ => Responses.Redirect(302, Settings["Http"]["redirectRoot"]?.GetValue<string>() ?? throw ApiException.NoSuchResource())),
        ];
        SandboxResponse IssueTelemetryToken(SignedInCaller caller, TokenKind kind, string permission) =>
            options.Enterprise ? streamToken.Issue(caller, kind, permission) : throw ApiException.NoSuchResource();

        void ResetLimits()
        {
            failures.Reset();
            limits.Reset();
        }

        return new JmapRouter(routes, new FaultInjector(Faults, revoked, Clock), requests, new StreamSignIn(tokens, options.Enterprise), limits, blocked, exempt);
    }

    private JmapLimits LimitsInForce() => JmapLimits.From(Settings["Jmap"]);

    private static SandboxResponse Health() => Responses.Problem(200, "OK", "OK");
}
