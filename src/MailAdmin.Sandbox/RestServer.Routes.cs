// The handler of each operation.
using System.Diagnostics.CodeAnalysis;
using MailAdmin.Sandbox.Account;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Delivery;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Dmarc;
using MailAdmin.Sandbox.Dns;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Logs;
using MailAdmin.Sandbox.Maintenance;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Sandbox.Settings;
using MailAdmin.Sandbox.Spam;
using MailAdmin.Sandbox.Store;
using MailAdmin.Sandbox.Telemetry;

namespace MailAdmin.Sandbox;

internal sealed partial class RestServer
{
    internal RouteTable Routes { get; private set; }

    [MemberNotNull(nameof(Routes))]
    private Router CreateRouter(SandboxOptions options)
    {
        var revoked = new RevokedTokens();
        var tokens = new AccessTokens(Clock, GetFirstSecret, TokenKind.Refresh);
        var streamTokens = new StreamTokens(tokens);
        var permissions = new EffectivePermissions(Store, options.Enterprise);
        var authenticator = new Authenticator(Store, permissions, Configuration, Settings, tokens, revoked, Clock, options.TreatCallersAsLoopback);
        Routes = CreateRoutes(options, authenticator, permissions, tokens, streamTokens, revoked);
        return new Router(
            Routes,
            new FaultInjector(Faults, revoked, Clock),
            authenticator,
            streamTokens,
            Configuration,
            new CallLog(Log, Settings, Dialect, Clock),
            RequestTracer,
            Dialect,
            Clock,
            options.Enterprise,
            new ExpandedCalls(Store).IsExpanded,
            ExpandedCalls,
            Queue.CatchUp);
    }

    private RouteTable CreateRoutes(
        SandboxOptions options, Authenticator authenticator, EffectivePermissions permissions, AccessTokens tokens, StreamTokens streamTokens, RevokedTokens revoked)
    {
        string baseUri = (options.BaseUri ?? new Uri($"http://{options.HostName}:8080")).ToString().TrimEnd('/');
        var codes = new OAuthCodes(Clock, () => TokenLifetimes.Default);
        var tenants = new TenantDomains(Store);
        var dnsRecords = new DnsRecords(Settings, options.HostName);
        var idTokens = new IdTokens(Clock, baseUri, new SharedIdTokenKey());
        var discovery = new DiscoveryDocuments(baseUri, Dialect);
        var token = new TokenEndpoint(codes, tokens, idTokens, revoked, new RestTokenRules(authenticator), baseUri, Clock);
        var identity = new IdentityEndpoint(Store, tokens, authenticator);
        var oauth = new OAuthCodeEndpoint(codes, Dialect, options.Enterprise);
        var principals = new PrincipalEndpoint(Store, permissions, options.Edition!.Value, OnPrincipalCreated);
        var account = new AccountEndpoint(Store, Settings, new EncryptionAtRest(Dialect));
        var queue = new QueueEndpoint(Queue, tenants);
        var outgoing = new OutgoingReportEndpoint(OutgoingReports, tenants);
        var incoming = new IncomingReportEndpoint(IncomingReports, tenants);
        var dkim = new DkimEndpoint(Settings, Clock);
        var dns = new DnsEndpoint(dnsRecords);
        var settings = new SettingsEndpoint(Settings);
        var reload = new ReloadEndpoint(Configuration);
        var store = new StoreEndpoint(Store, Blobs, Queue, DeletedItems, SpamModels, options.Enterprise);
        var spam = new SpamEndpoint(
            new SpamClassifier(
                SpamModels, new TransportTags(RemoteDomains, dnsRecords.FindContent, Dialect), Configuration.GetSpamFilterSetting, address => Store.FindByAddress(address)?.Id, Dialect, Clock), SpamModels, new SpamTraining(SpamModels, Clock), Store);
        var logs = new LogsEndpoint(Log);
        var telemetry = new TelemetryEndpoint(
            _tracer.IsEnabled, streamTokens, Streams, _traces, _metrics, new LiveTraces(_tracer, Clock, CatchUp, TraceJson.Write, pingsFirst: false), new LiveMetrics(_metrics, Clock, (json, metric) => metric.WriteLive(json)), Clock);
        var delivery = new DeliveryTestEndpoint(
            streamTokens, Streams, new DeliveryTest(RemoteDomains, StageNames.SnakeCase(Dialect.ReportsMissingTlsaAsError), Clock, options.Empty ? TimeSpan.Zero : TimeSpan.FromMilliseconds(12)));
        var dmarc = new DmarcEndpoint(new DmarcTest(RemoteDomains, dnsRecords.FindContent, Dialect.RefusedLookUpsAreErrors, Clock));

        var api = new Dictionary<Operation, Func<ApiCall, SandboxResponse>>
        {
            [Operations.RequestOAuthCode] = oauth.Handle,

            [Operations.ListPrincipals] = principals.List,
            [Operations.CreatePrincipal] = principals.Create,
            [Operations.DeletePrincipals] = principals.DeleteMany,
            [Operations.GetPrincipal] = principals.Show,
            [Operations.PatchPrincipal] = principals.Patch,
            [Operations.DeletePrincipal] = principals.Delete,

            [Operations.GetAccountAuth] = account.ShowAuthentication,
            [Operations.ChangeAccountAuth] = account.ChangeAuthentication,
            [Operations.GetAccountCrypto] = account.ShowEncryption,
            [Operations.SetAccountCrypto] = account.ChangeEncryption,

            [Operations.ListQueueMessages] = queue.List,
            [Operations.RescheduleQueueMessages] = queue.RescheduleAll,
            [Operations.CancelQueueMessages] = queue.CancelAll,
            [Operations.GetQueueMessage] = queue.Show,
            [Operations.RescheduleQueueMessage] = queue.Reschedule,
            [Operations.CancelQueueMessage] = queue.Cancel,
            [Operations.GetQueueStatus] = queue.GetStatus,
            [Operations.SuspendQueue] = queue.SetStatus,
            [Operations.ResumeQueue] = queue.SetStatus,
            [UnlistedOperations.SetQueueStatus] = queue.SetStatus,

            [Operations.ListQueueReports] = outgoing.List,
            [Operations.DeleteQueueReports] = outgoing.DeleteAll,
            [Operations.GetQueueReport] = outgoing.Show,
            [Operations.DeleteQueueReport] = outgoing.Delete,
            [Operations.ListDmarcReports] = incoming.List,
            [Operations.ListTlsReports] = incoming.List,
            [Operations.ListArfReports] = incoming.List,
            [Operations.DeleteReports] = incoming.DeleteAll,
            [Operations.GetReport] = incoming.Show,
            [Operations.DeleteReport] = incoming.Delete,

            [Operations.CreateDkimSignature] = dkim.Create,
            [Operations.GetDkimPublicKey] = dkim.ShowPublicKey,
            [Operations.ListDnsRecords] = dns.List,

            [Operations.GetSettings] = settings.ListKeys,
            [Operations.ListSettings] = settings.List,
            [Operations.ListSettingGroups] = settings.ListGroup,
            [Operations.ChangeSettings] = settings.Change,
            [Operations.DeleteSetting] = settings.Delete,
            [Operations.ReloadSettings] = reload.ReloadAll,
            [UnlistedOperations.ReloadUnknown] = reload.ReloadAll,
            [Operations.ReloadLookups] = ReloadEndpoint.ReloadPart,
            [Operations.ReloadCertificates] = ReloadEndpoint.ReloadPart,
            [Operations.ReloadBlockedIps] = ReloadEndpoint.ReloadPart,
            [Operations.UpdateSpamFilter] = MaintenanceEndpoint.UpdateSpamFilter,
            [Operations.UpdateWebAdmin] = MaintenanceEndpoint.UpdateWebAdmin,
            [Operations.Restart] = MaintenanceEndpoint.Restart,

            [Operations.Reindex] = store.Reindex,
            [Operations.ReindexAccount] = store.Reindex,
            [Operations.ReindexNamedForAccount] = store.Reindex,
            [Operations.GetBlob] = store.GetBlob,
            [Operations.PurgeBlobs] = store.PurgeBlobs,
            [Operations.PurgeData] = StoreEndpoint.PurgeData,
            [Operations.PurgeDataStore] = StoreEndpoint.PurgeData,
            [Operations.PurgeInMemory] = store.PurgeInMemory,
            [Operations.PurgeInMemoryStore] = store.PurgeInMemory,
            [Operations.PurgeInMemoryKind] = store.PurgeInMemory,
            [Operations.PurgeInMemoryKindOfAccount] = store.PurgeInMemory,
            [Operations.PurgeAccounts] = store.PurgeAccounts,
            [Operations.PurgeAccount] = store.PurgeAccounts,
            [Operations.ResetImapUids] = store.ResetUids,
            [Operations.GetQuotaUsage] = store.GetQuotaUsage,
            [Operations.RecalculateQuotaUsage] = store.GetQuotaUsage,
            [Operations.ListDeletedItems] = store.ListDeleted,
            [Operations.RestoreDeletedItems] = store.RestoreDeleted,

            [Operations.TrainSpam] = call => spam.Train(call, isSpam: true),
            [Operations.TrainSpamForAccount] = call => spam.Train(call, isSpam: true),
            [Operations.TrainHam] = call => spam.Train(call, isSpam: false),
            [Operations.TrainHamForAccount] = call => spam.Train(call, isSpam: false),
            [Operations.UploadSpam] = call => spam.Upload(call, isSpam: true),
            [Operations.UploadSpamForAccount] = call => spam.Upload(call, isSpam: true),
            [Operations.UploadHam] = call => spam.Upload(call, isSpam: false),
            [Operations.UploadHamForAccount] = call => spam.Upload(call, isSpam: false),
            [Operations.StartTraining] = call => spam.StartTraining(call, fromScratch: false),
            [Operations.ResetTraining] = call => spam.StartTraining(call, fromScratch: true),
            [Operations.StopTraining] = spam.StopTraining,
            [Operations.DeleteTraining] = spam.DeleteTraining,
            [Operations.GetTrainingStatus] = spam.GetTrainingStatus,
            [Operations.ClassifyMessage] = spam.Classify,

            [Operations.TestDelivery] = delivery.Test,
            [Operations.TestDmarc] = dmarc.Test,
            [Operations.RequestTroubleshootingToken] = delivery.IssueToken,

            [Operations.ListMetrics] = telemetry.ListMetrics,
            [Operations.WatchMetrics] = telemetry.WatchMetrics,
            [Operations.RequestMetricsToken] = telemetry.IssueMetricsToken,
            [Operations.ListTraces] = telemetry.ListTraces,
            [Operations.GetTrace] = telemetry.ShowTraces,
            [UnlistedOperations.GetTraces] = telemetry.ShowTraces,
            [Operations.WatchTraces] = telemetry.WatchTraces,
            [Operations.RequestTracingToken] = telemetry.IssueTracingToken,
            [Operations.ListLogs] = logs.List,
        };
        var anonymous = new Dictionary<Operation, Func<SandboxRequest, SandboxResponse>>
        {
            [Operations.CheckLiveness] = _ => GetHealth(),
            [Operations.CheckReadiness] = _ => GetHealth(),
            [Operations.DescribeAuthorizationServer] = _ => discovery.GetAuthorizationServerMetadata(),
            [Operations.DescribeOpenId] = _ => discovery.GetOpenIdConfiguration(),
            [Operations.GetTokenKeys] = _ => Responses.Object(200, idTokens.WriteKeySet, "application/json"),
            [Operations.RequestToken] = token.Grant,
            [Operations.StartDeviceFlow] = token.StartDeviceFlow,
        };
        var authenticated = new Dictionary<Operation, Func<SandboxRequest, Caller, SandboxResponse>>
        {
            [Operations.IntrospectToken] = identity.Introspect,
            [Operations.GetUserInfo] = (_, caller) => identity.GetUserInfo(caller),
            [Operations.RegisterClient] = identity.Register,
        };
        if (options.Edition == SandboxEdition.Oss)
        {
            foreach (Operation operation in api.Keys.Where(operation => operation.IsEnterprise))
            {
                api.Remove(operation);
            }
        }

        return new RouteTable(api, anonymous, authenticated);
    }
}
