// The one table of what the server can be asked. Requests, errors, advice, the sandbox's routes and the map of the cmdlets all key on it; docs/api.md lists it.
#if SANDBOX
namespace MailAdmin.Sandbox.Api;

internal static class Operations
#else
namespace MailAdmin.Client;

/// <summary>Every operation of the server that is used here: the management API, signing in, and health.</summary>
public static class Operations
#endif
{
    private static readonly List<Operation> s_all = [];

    /// <summary>All of them, in the order below.</summary>
    public static IReadOnlyList<Operation> All => s_all;

#pragma warning disable CS1591 // Each operation says what it is for.

    // Signing in, and what any caller may ask.
    public static Operation RequestOAuthCode { get; } = Add(HttpMethod.Post, "/oauth", Idempotency.NotIdempotent, "ask for an OAuth code, which also tells version, edition and permissions; or approve a device", changesServer: false);
    public static Operation RequestToken { get; } = Add(HttpMethod.Post, "/auth/token", Idempotency.NotIdempotent, "exchange a code or a refresh token for an access token", isUnderApi: false, changesServer: false);
    public static Operation StartDeviceFlow { get; } = Add(HttpMethod.Post, "/auth/device", Idempotency.Idempotent, "ask for a code that a person approves elsewhere", isUnderApi: false, changesServer: false);
    public static Operation IntrospectToken { get; } = Add(HttpMethod.Post, "/auth/introspect", Idempotency.Idempotent, "ask whose a token is", isUnderApi: false, changesServer: false);
    public static Operation RegisterClient { get; } = Add(HttpMethod.Post, "/auth/register", Idempotency.NotIdempotent, "register an OAuth client", isUnderApi: false);
    public static Operation GetUserInfo { get; } = Add(HttpMethod.Get, "/auth/userinfo", Idempotency.Idempotent, "ask whose the session is", isUnderApi: false);
    public static Operation GetTokenKeys { get; } = Add(HttpMethod.Get, "/auth/jwks.json", Idempotency.Idempotent, "the keys of the id tokens", isUnderApi: false);
    public static Operation DescribeAuthorizationServer { get; } = Add(HttpMethod.Get, "/.well-known/oauth-authorization-server", Idempotency.Idempotent, "where the OAuth endpoints are", isUnderApi: false);
    public static Operation DescribeOpenId { get; } = Add(HttpMethod.Get, "/.well-known/openid-configuration", Idempotency.Idempotent, "where the OpenID endpoints are", isUnderApi: false);
    public static Operation DescribeJmap { get; } = Add(HttpMethod.Get, "/.well-known/jmap", Idempotency.Idempotent, "whether the server speaks JMAP, as all do from 0.16 on", isUnderApi: false);
    public static Operation CheckLiveness { get; } = Add(HttpMethod.Get, "/healthz/live", Idempotency.Idempotent, "whether the server answers", isUnderApi: false);
    public static Operation CheckReadiness { get; } = Add(HttpMethod.Get, "/healthz/ready", Idempotency.Idempotent, "whether the server is ready", isUnderApi: false);

    // Principals.
    public static Operation ListPrincipals { get; } = Add(HttpMethod.Get, "/principal", Idempotency.Idempotent, "list or count principals");
    public static Operation CreatePrincipal { get; } = Add(HttpMethod.Post, "/principal", Idempotency.NotIdempotent, "create a principal");
    public static Operation DeletePrincipals { get; } = Add(HttpMethod.Delete, "/principal", Idempotency.NotIdempotent, "delete all principals of a type");
    public static Operation GetPrincipal { get; } = Add(HttpMethod.Get, "/principal/{name}", Idempotency.Idempotent, "read a principal");
    public static Operation PatchPrincipal { get; } = Add(HttpMethod.Patch, "/principal/{name}", Idempotency.NotIdempotent, "change a principal");
    public static Operation DeletePrincipal { get; } = Add(HttpMethod.Delete, "/principal/{name}", Idempotency.NotIdempotent, "delete a principal with its mail");

    // The signed-in account.
    public static Operation GetAccountAuth { get; } = Add(HttpMethod.Get, "/account/auth", Idempotency.Idempotent, "whether one-time codes are on, and which app passwords there are");
    public static Operation ChangeAccountAuth { get; } = Add(HttpMethod.Post, "/account/auth", Idempotency.NotIdempotent, "change the own password, one-time codes and app passwords");
    public static Operation GetAccountCrypto { get; } = Add(HttpMethod.Get, "/account/crypto", Idempotency.Idempotent, "with what arriving mail is encrypted");
    public static Operation SetAccountCrypto { get; } = Add(HttpMethod.Post, "/account/crypto", Idempotency.Idempotent, "encrypt arriving mail, or stop it");

    // The queue.
    public static Operation ListQueueMessages { get; } = Add(HttpMethod.Get, "/queue/messages", Idempotency.Idempotent, "list queued messages");
    public static Operation RescheduleQueueMessages { get; } = Add(HttpMethod.Patch, "/queue/messages", Idempotency.NotIdempotent, "try all matching messages again");
    public static Operation CancelQueueMessages { get; } = Add(HttpMethod.Delete, "/queue/messages", Idempotency.NotIdempotent, "cancel all matching messages");
    public static Operation GetQueueMessage { get; } = Add(HttpMethod.Get, "/queue/messages/{id}", Idempotency.Idempotent, "read a queued message");
    public static Operation RescheduleQueueMessage { get; } = Add(HttpMethod.Patch, "/queue/messages/{id}", Idempotency.NotIdempotent, "try a message again");
    public static Operation CancelQueueMessage { get; } = Add(HttpMethod.Delete, "/queue/messages/{id}", Idempotency.NotIdempotent, "cancel a message, or some of its recipients");
    public static Operation GetQueueStatus { get; } = Add(HttpMethod.Get, "/queue/status", Idempotency.Idempotent, "whether the queue delivers");
    public static Operation SuspendQueue { get; } = Add(HttpMethod.Patch, "/queue/status/stop", Idempotency.Idempotent, "stop deliveries");
    public static Operation ResumeQueue { get; } = Add(HttpMethod.Patch, "/queue/status/start", Idempotency.Idempotent, "start deliveries again");

    // Reports.
    public static Operation ListQueueReports { get; } = Add(HttpMethod.Get, "/queue/reports", Idempotency.Idempotent, "list the reports that wait to be sent");
    public static Operation DeleteQueueReports { get; } = Add(HttpMethod.Delete, "/queue/reports", Idempotency.NotIdempotent, "delete all matching reports unsent");
    public static Operation GetQueueReport { get; } = Add(HttpMethod.Get, "/queue/reports/{id}", Idempotency.Idempotent, "read a report that waits");
    public static Operation DeleteQueueReport { get; } = Add(HttpMethod.Delete, "/queue/reports/{id}", Idempotency.Idempotent, "delete a report unsent");
    public static Operation ListDmarcReports { get; } = Add(HttpMethod.Get, "/reports/dmarc", Idempotency.Idempotent, "list received DMARC reports");
    public static Operation ListTlsReports { get; } = Add(HttpMethod.Get, "/reports/tls", Idempotency.Idempotent, "list received TLS reports");
    public static Operation ListArfReports { get; } = Add(HttpMethod.Get, "/reports/arf", Idempotency.Idempotent, "list received abuse reports");
    public static Operation DeleteReports { get; } = Add(HttpMethod.Delete, "/reports/{kind}", Idempotency.NotIdempotent, "delete all matching received reports");
    public static Operation GetReport { get; } = Add(HttpMethod.Get, "/reports/{kind}/{id}", Idempotency.Idempotent, "read a received report");
    public static Operation DeleteReport { get; } = Add(HttpMethod.Delete, "/reports/{kind}/{id}", Idempotency.Idempotent, "delete a received report");

    // DKIM and DNS.
    public static Operation CreateDkimSignature { get; } = Add(HttpMethod.Post, "/dkim", Idempotency.NotIdempotent, "make a DKIM signature with a new key");
    public static Operation GetDkimPublicKey { get; } = Add(HttpMethod.Get, "/dkim/{id}", Idempotency.Idempotent, "the public key of a DKIM signature");
    public static Operation ListDnsRecords { get; } = Add(HttpMethod.Get, "/dns/records/{domain}", Idempotency.Idempotent, "the DNS records that a domain needs");

    // Settings, and what takes them into use.
    public static Operation GetSettings { get; } = Add(HttpMethod.Get, "/settings/keys", Idempotency.Idempotent, "read the settings of some keys");
    public static Operation ListSettings { get; } = Add(HttpMethod.Get, "/settings/list", Idempotency.Idempotent, "list the settings below a prefix");
    public static Operation ListSettingGroups { get; } = Add(HttpMethod.Get, "/settings/group", Idempotency.Idempotent, "list the groups of settings below a prefix");
    public static Operation ChangeSettings { get; } = Add(HttpMethod.Post, "/settings", Idempotency.NotIdempotent, "write and delete settings");
    public static Operation DeleteSetting { get; } = Add(HttpMethod.Delete, "/settings/{key}", Idempotency.Idempotent, "delete a setting");
    public static Operation ReloadSettings { get; } = Add(HttpMethod.Get, "/reload", Idempotency.NotIdempotent, "reload the settings, or only check them");
    public static Operation ReloadLookups { get; } = Add(HttpMethod.Get, "/reload/lookup", Idempotency.NotIdempotent, "reload the lookup lists");
    public static Operation ReloadCertificates { get; } = Add(HttpMethod.Get, "/reload/certificate", Idempotency.NotIdempotent, "reload the certificates");
    public static Operation ReloadBlockedIps { get; } = Add(HttpMethod.Get, "/reload/server.blocked-ip", Idempotency.NotIdempotent, "reload the blocked addresses");
    public static Operation UpdateSpamFilter { get; } = Add(HttpMethod.Get, "/update/spam-filter", Idempotency.NotIdempotent, "download the spam rules");
    public static Operation UpdateWebAdmin { get; } = Add(HttpMethod.Get, "/update/webadmin", Idempotency.NotIdempotent, "download the web administration");
    public static Operation Restart { get; } = Add(HttpMethod.Get, "/restart", Idempotency.NotIdempotent, "restart the server, which no version does");

    // Stores.
    public static Operation Reindex { get; } = Add(HttpMethod.Get, "/store/reindex", Idempotency.NotIdempotent, "rebuild the index of all mail");
    public static Operation ReindexAccount { get; } = Add(HttpMethod.Get, "/store/reindex/{account}", Idempotency.NotIdempotent, "rebuild the index of an account's mail, before 0.15");
    public static Operation ReindexNamed { get; } = Add(HttpMethod.Get, "/store/reindex/{index}", Idempotency.NotIdempotent, "rebuild an index, from 0.15 on");
    public static Operation ReindexNamedForAccount { get; } = Add(HttpMethod.Get, "/store/reindex/{index}/{account}", Idempotency.NotIdempotent, "rebuild an index of an account, from 0.15 on");
    public static Operation GetBlob { get; } = Add(HttpMethod.Get, "/store/blobs/{hash}", Idempotency.Idempotent, "read a blob");
    public static Operation PurgeBlobs { get; } = Add(HttpMethod.Get, "/store/purge/blob", Idempotency.NotIdempotent, "purge the blob store", losesData: true);
    public static Operation PurgeData { get; } = Add(HttpMethod.Get, "/store/purge/data", Idempotency.NotIdempotent, "purge the data store", losesData: true);
    public static Operation PurgeDataStore { get; } = Add(HttpMethod.Get, "/store/purge/data/{store}", Idempotency.NotIdempotent, "purge one data store", losesData: true);
    public static Operation PurgeInMemory { get; } = Add(HttpMethod.Get, "/store/purge/in-memory", Idempotency.NotIdempotent, "purge the in-memory store", losesData: true);
    public static Operation PurgeInMemoryStore { get; } = Add(HttpMethod.Get, "/store/purge/in-memory/{store}", Idempotency.NotIdempotent, "purge one in-memory store", losesData: true);
    public static Operation PurgeInMemoryKind { get; } = Add(HttpMethod.Get, "/store/purge/in-memory/{store}/{what}", Idempotency.NotIdempotent, "purge one kind of entries of an in-memory store", losesData: true);
    public static Operation PurgeInMemoryKindOfAccount { get; } = Add(HttpMethod.Get, "/store/purge/in-memory/{store}/{what}/{account}", Idempotency.NotIdempotent, "purge one kind of entries of an account in an in-memory store", losesData: true);
    public static Operation PurgeAccounts { get; } = Add(HttpMethod.Get, "/store/purge/account", Idempotency.NotIdempotent, "purge all accounts", losesData: true);
    public static Operation PurgeAccount { get; } = Add(HttpMethod.Get, "/store/purge/account/{account}", Idempotency.NotIdempotent, "purge an account", losesData: true);
    public static Operation ResetImapUids { get; } = Add(HttpMethod.Delete, "/store/uids/{account}", Idempotency.NotIdempotent, "give an account's mailboxes and messages new IMAP numbers");
    public static Operation GetQuotaUsage { get; } = Add(HttpMethod.Get, "/store/quota/{account}", Idempotency.Idempotent, "how much an account stores");
    public static Operation RecalculateQuotaUsage { get; } = Add(HttpMethod.Delete, "/store/quota/{account}", Idempotency.Idempotent, "count again how much an account stores", losesData: false);
    public static Operation ListDeletedItems { get; } = Add(HttpMethod.Get, "/store/undelete/{account}", Idempotency.Idempotent, "list what can be restored to an account", isEnterprise: true);
    public static Operation RestoreDeletedItems { get; } = Add(HttpMethod.Post, "/store/undelete/{account}", Idempotency.NotIdempotent, "restore deleted items to an account", isEnterprise: true);

    // The spam filter. From 0.15 on samples are uploaded and learned from later; before, at once.
    public static Operation TrainSpam { get; } = Add(HttpMethod.Post, "/spam-filter/train/spam", Idempotency.NotIdempotent, "learn a message as spam");
    public static Operation TrainHam { get; } = Add(HttpMethod.Post, "/spam-filter/train/ham", Idempotency.NotIdempotent, "learn a message as ham");
    public static Operation TrainSpamForAccount { get; } = Add(HttpMethod.Post, "/spam-filter/train/spam/{account}", Idempotency.NotIdempotent, "learn a message as spam for an account");
    public static Operation TrainHamForAccount { get; } = Add(HttpMethod.Post, "/spam-filter/train/ham/{account}", Idempotency.NotIdempotent, "learn a message as ham for an account");
    public static Operation UploadSpam { get; } = Add(HttpMethod.Post, "/spam-filter/upload/spam", Idempotency.NotIdempotent, "store a sample of spam");
    public static Operation UploadHam { get; } = Add(HttpMethod.Post, "/spam-filter/upload/ham", Idempotency.NotIdempotent, "store a sample of ham");
    public static Operation UploadSpamForAccount { get; } = Add(HttpMethod.Post, "/spam-filter/upload/spam/{account}", Idempotency.NotIdempotent, "store a sample of spam for an account");
    public static Operation UploadHamForAccount { get; } = Add(HttpMethod.Post, "/spam-filter/upload/ham/{account}", Idempotency.NotIdempotent, "store a sample of ham for an account");
    public static Operation StartTraining { get; } = Add(HttpMethod.Get, "/spam-filter/train/start", Idempotency.NotIdempotent, "learn from the stored samples");
    public static Operation StopTraining { get; } = Add(HttpMethod.Get, "/spam-filter/train/stop", Idempotency.NotIdempotent, "stop learning");
    public static Operation ResetTraining { get; } = Add(HttpMethod.Get, "/spam-filter/train/reset", Idempotency.NotIdempotent, "forget what was learned, and learn again from the stored samples", losesData: true);
    public static Operation DeleteTraining { get; } = Add(HttpMethod.Get, "/spam-filter/train/delete", Idempotency.NotIdempotent, "forget what was learned", losesData: true);
    public static Operation GetTrainingStatus { get; } = Add(HttpMethod.Get, "/spam-filter/train/status", Idempotency.Idempotent, "whether the filter is learning");
    public static Operation ClassifyMessage { get; } = Add(HttpMethod.Post, "/spam-filter/classify", Idempotency.Idempotent, "what the filter makes of a message", changesServer: false);

    // Tests of deliveries and of DMARC.
    public static Operation TestDelivery { get; } = Add(HttpMethod.Get, "/troubleshoot/delivery/{target}", Idempotency.Idempotent, "test a delivery, stage by stage");
    public static Operation TestDmarc { get; } = Add(HttpMethod.Post, "/troubleshoot/dmarc", Idempotency.Idempotent, "test SPF, DKIM and DMARC of a message", changesServer: false);
    public static Operation RequestTroubleshootingToken { get; } = Add(HttpMethod.Get, "/troubleshoot/token", Idempotency.Idempotent, "a token for the stream of a delivery test");

    // Telemetry and the log.
    public static Operation ListMetrics { get; } = Add(HttpMethod.Get, "/telemetry/metrics", Idempotency.Idempotent, "the history of metrics", isEnterprise: true);
    public static Operation WatchMetrics { get; } = Add(HttpMethod.Get, "/telemetry/metrics/live", Idempotency.Idempotent, "metrics as they are measured", isEnterprise: true);
    public static Operation RequestMetricsToken { get; } = Add(HttpMethod.Get, "/telemetry/live/metrics-token", Idempotency.Idempotent, "a token for the stream of metrics", isEnterprise: true);
    public static Operation ListTraces { get; } = Add(HttpMethod.Get, "/telemetry/traces", Idempotency.Idempotent, "list traces", isEnterprise: true);
    public static Operation GetTrace { get; } = Add(HttpMethod.Get, "/telemetry/trace/{id}", Idempotency.Idempotent, "the events of a trace", isEnterprise: true);
    public static Operation WatchTraces { get; } = Add(HttpMethod.Get, "/telemetry/traces/live", Idempotency.Idempotent, "events as they happen", isEnterprise: true);
    public static Operation RequestTracingToken { get; } = Add(HttpMethod.Get, "/telemetry/live/tracing-token", Idempotency.Idempotent, "a token for the stream of events", isEnterprise: true);
    public static Operation ListLogs { get; } = Add(HttpMethod.Get, "/logs", Idempotency.Idempotent, "the lines of the log");

    // What servers have from 0.16 on, and of all above only what lies beside /api.
    public static Operation DiscoverSignIn { get; } = Add(HttpMethod.Get, "/discover/{address}", Idempotency.Idempotent, "where an account signs in, from 0.16 on");
    public static Operation SignIn { get; } = Add(HttpMethod.Post, "/auth", Idempotency.NotIdempotent, "exchange a login and password for an OAuth code, or approve a device, from 0.16 on", changesServer: false);
    public static Operation ShowSignInPage { get; } = Add(HttpMethod.Get, "/login", Idempotency.Idempotent, "the page on which a person signs in with a browser, from 0.16 on", isUnderApi: false);
    public static Operation DescribeAccount { get; } = Add(HttpMethod.Get, "/account", Idempotency.Idempotent, "the server's edition and what the account may do, from 0.16 on");
    public static Operation FindSchema { get; } = Add(HttpMethod.Get, "/schema", Idempotency.Idempotent, "where the schema of the server's objects is, from 0.16 on");
    public static Operation RequestStreamToken { get; } = Add(HttpMethod.Get, "/token/{stream}", Idempotency.Idempotent, "a token for a live stream, from 0.16 on");
    public static Operation GetSchema { get; } = Add(HttpMethod.Get, "/schema/{hash}", Idempotency.Idempotent, "the types of the server's objects, from 0.16 on");
    public static Operation DescribeJmapSession { get; } = Add(HttpMethod.Get, "/jmap/session", Idempotency.Idempotent, "whose the session is and what a request may hold, from 0.16 on", isUnderApi: false);
    public static Operation TestDeliveryLive { get; } = Add(HttpMethod.Get, "/live/delivery/{target}", Idempotency.Idempotent, "test a delivery without delivering, from 0.16 on");
    public static Operation WatchTracesLive { get; } = Add(HttpMethod.Get, "/live/tracing", Idempotency.Idempotent, "events as they happen, from 0.16 on", isEnterprise: true);
    public static Operation WatchMetricsLive { get; } = Add(HttpMethod.Get, "/live/metrics", Idempotency.Idempotent, "metrics as they are measured, from 0.16 on", isEnterprise: true);
    public static Operation UploadBlob { get; } = Add(HttpMethod.Post, "/jmap/upload/{account}/", Idempotency.Idempotent, "hand in bytes that a method is to use, from 0.16 on", isUnderApi: false, changesServer: false);
    public static Operation CallJmap { get; } = Add(HttpMethod.Post, "/jmap", Idempotency.NotIdempotent, "call methods of JMAP, from 0.16 on", isUnderApi: false);
    public static Operation DownloadBlob { get; } = Add(HttpMethod.Get, "/jmap/download/{account}/{blob}/{name}", Idempotency.Idempotent, "read a blob, from 0.16 on", isUnderApi: false);
#pragma warning restore CS1591

    /// <summary>The operation that a request calls, by its method and its whole path as it is sent, without a query; null when the table has none.</summary>
    /// <remarks>Before 0.15 a word after <c>/store/reindex</c> is an account, from then on an index: the path does not tell, so it is the older one.</remarks>
    internal static Operation? Find(string method, string path)
    {
        string[] elements = path.Split('/');
        return s_all.Find(operation => operation.Method.Method == method && operation.Matches(elements));
    }

    private static Operation Add(HttpMethod method, string template, Idempotency idempotency, string purpose, bool isUnderApi = true, bool isEnterprise = false, bool? changesServer = null, bool? losesData = null)
    {
        var operation = new Operation(method, template, idempotency, purpose, isUnderApi, isEnterprise, changesServer, losesData);
        s_all.Add(operation);
        return operation;
    }
}
