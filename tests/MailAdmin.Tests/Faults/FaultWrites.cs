using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

/// <summary>Every operation that changes the server, as the client calls it; what it has no method for goes as any call.</summary>
internal static class FaultWrites
{
    private const string Hash = "$6$ONjGT6nQtmPNaxw0$NNF5DXtPfOay2mfVnPJ0uQ77C.L3LNxXO/QMyphP/DzpODqbDBBGd4/gCnckYPQj3st6pqwY8/KeBsCJ.oe1Y1";
    private const string OtherHash = "$6$0123456789abcdef$NNF5DXtPfOay2mfVnPJ0uQ77C.L3LNxXO/QMyphP/DzpODqbDBBGd4/gCnckYPQj3st6pqwY8/KeBsCJ.oe1Y1";
    private const string PgpKey = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----\n";
    private const string Principal = "/api/principal/" + FaultWorld.Account;
    private static readonly byte[] s_mail = Encoding.ASCII.GetBytes("From: bill@spam.test\r\nTo: jane.doe@example.org\r\nSubject: Earn money fast\r\n\r\nBuy now.\r\n");

    public static IReadOnlyList<FaultWrite> All { get; } =
    [
        new(Operations.RequestOAuthCode, world => world.Client.OAuth.ApproveDeviceAsync(world.Item, default))
        {
            Variant = "device",
            PrepareAsync = async world =>
            {
                CapturedResponse device = await world.Server.SendAsync("POST", "/auth/device", "client_id=test", authorization: null, contentType: "application/x-www-form-urlencoded");
                world.Item = device.Json.GetProperty("user_code").GetString()!;
            },
        },

        // Principals
        Write(Operations.CreatePrincipal, world => world.Client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = "new", Email = ["new@example.org"], Role = ["user"] }, default))
            with { IsLookedUp = true, IsSentAgain = true, IsDoneAsync = world => world.ExistsAsync("/api/principal/new") },
        Write(Operations.PatchPrincipal, world => world.Client.Principals.PatchAsync(FaultWorld.Account, [PrincipalChange.Set(PrincipalField.Description, "Changed")], default))
            with { Variant = "set", IsLookedUp = true, IsSentAgain = true, IsRepeatable = true, IsDoneAsync = world => world.HoldsAsync(Principal, "Changed") },
        Write(Operations.PatchPrincipal, world => world.Client.Principals.PatchAsync(FaultWorld.Account, [PrincipalChange.Add(PrincipalField.Emails, "jd@example.org")], default))
            with { Variant = "add", IsLookedUp = true, IsSentAgain = true, IsRepeatable = true, IsDoneAsync = world => world.HoldsAsync(Principal, "jd@example.org") },
        Write(Operations.PatchPrincipal, world => world.Client.Principals.PatchAsync(FaultWorld.Account, [PrincipalChange.Set(PrincipalField.Name, "jane.roe")], default))
            with { Variant = "rename", IsLookedUp = true, IsDoneAsync = world => world.ExistsAsync("/api/principal/jane.roe") },
        Write(Operations.PatchPrincipal, world => world.Client.Principals.SetPasswordAsync(FaultWorld.Account, Hash, [], default))
            with { Variant = "password", IsLookedUp = true, IsSentAgain = true, IsRepeatable = true, IsDoneAsync = world => world.HoldsAsync(Principal, Hash) },
        Write(Operations.DeletePrincipal, world => world.Client.Principals.DeleteAsync(FaultWorld.Account, default))
            with { IsLookedUp = true, IsSentAgain = true, IsDoneAsync = async world => !await world.ExistsAsync(Principal) },

        // The signed-in account
        Write(Operations.ChangeAccountAuth, world => world.Client.Account.AddAppPasswordAsync(new NewAppPassword("phone") { Hash = Hash }, default))
            with { Variant = "app password", RunsAsAccount = true, IsDoneAsync = world => world.HoldsAsync(Principal, "$app$") },
        Write(Operations.ChangeAccountAuth, world => world.Client.Account.RemoveAppPasswordAsync(MailAppPasswordName.Parse("phone"), default))
            with
        {
            Variant = "no app password",
            RunsAsAccount = true,
            IsRepeatable = true,
            PrepareAsync = world => world.SendAsync("PATCH", Principal, $$"""[{"action":"addItem","field":"secrets","value":"$app$phone${{Hash}}"}]"""),
            IsDoneAsync = async world => !await world.HoldsAsync(Principal, "$app$"),
        },
        Write(Operations.ChangeAccountAuth, world => world.Client.Account.SetPasswordAsync(world.Self, OtherHash, default)) with { Variant = "password", RunsAsAccount = true, IsDoneAsync = world => world.HoldsAsync(Principal, OtherHash) },
        Write(Operations.ChangeAccountAuth, world => world.Client.Account.EnableOtpAsync(world.Self, FaultWorld.OtpUrl, default)) with { Variant = "codes on", RunsAsAccount = true, IsDoneAsync = world => world.HoldsAsync(Principal, "otpauth") },
        Write(Operations.ChangeAccountAuth, world => world.Client.Account.DisableOtpAsync(world.Self, default))
            with
        {
            Variant = "codes off",
            RunsAsAccount = true,
            PrepareAsync = world => world.SendAsync("PATCH", Principal, $$"""[{"action":"addItem","field":"secrets","value":"{{FaultWorld.OtpUrl}}"}]"""),
            IsDoneAsync = async world => !await world.HoldsAsync(Principal, "otpauth"),
        },
        Write(Operations.SetAccountCrypto, world => world.Client.Account.EnableEncryptionAsync(EncryptionCertificates.Parse([Encoding.ASCII.GetBytes(PgpKey)]), "Aes256", false, default))
            with { Variant = "on", RunsAsAccount = true, IsRepeatable = true, IsDoneAsync = IsEncryptedAsync },
        Write(Operations.SetAccountCrypto, world => world.Client.Account.DisableEncryptionAsync(default))
            with { Variant = "off", RunsAsAccount = true, IsRepeatable = true, PrepareAsync = EncryptAsync, IsDoneAsync = async world => !await IsEncryptedAsync(world) },

        // The queue
        new(Operations.RescheduleQueueMessages, world => RescheduleAsync(world, QueueFilter.Everything)) { PrepareAsync = world => world.QueueAsync("a@remote.test", "b@remote.test"), IsRepeatable = true, IsDoneAsync = IsRescheduledAsync },
        new(Operations.RescheduleQueueMessages, world => world.Client.Queue.RescheduleAsync(QueueFilter.Everything, world.At, default))
            { Variant = "one call", PrepareAsync = world => world.QueueAsync("a@remote.test"), IsDoneAsync = IsRescheduledAsync },
        new(Operations.RescheduleQueueMessage, world => RescheduleAsync(world, null)) { PrepareAsync = world => world.QueueAsync("a@remote.test"), IsRepeatable = true, IsDoneAsync = IsRescheduledAsync },
        new(Operations.RescheduleQueueMessage, world => world.Client.Queue.RescheduleAsync(world.Id, world.At, null, default))
            { Variant = "one call", PrepareAsync = world => world.QueueAsync("a@remote.test"), IsDoneAsync = IsRescheduledAsync },
        new(Operations.CancelQueueMessages, async world => (await world.Client.Queue.CancelAsync(QueueFilter.Everything, default)).Remaining.Count == 0)
            { PrepareAsync = world => world.QueueAsync("a@remote.test", "b@remote.test"), IsDoneAsync = IsQueueEmptyAsync },
        new(Operations.CancelQueueMessage, CancelAsync) { PrepareAsync = world => world.QueueAsync("a@remote.test"), IsRepeatable = true, IsDoneAsync = IsQueueEmptyAsync },
        new(Operations.CancelQueueMessage, world => world.Client.Queue.CancelAsync(world.Id, null, default)) { Variant = "one call", PrepareAsync = world => world.QueueAsync("a@remote.test"), IsDoneAsync = IsQueueEmptyAsync },
        new(Operations.CancelQueueMessage, world => world.Client.Queue.CancelAsync(world.Id, "a@remote.test", default))
        {
            Variant = "recipient",
            PrepareAsync = world => world.QueueAsync("a@remote.test,b@remote.test"),
            IsDoneAsync = async world => !await IsPendingAsync(world, "a@remote.test"),
        },
        Write(Operations.SuspendQueue, world => world.Client.Queue.SuspendAsync(default)) with { IsRepeatable = true, IsDoneAsync = world => world.HoldsAsync("/api/queue/status", "false") },
        Write(Operations.ResumeQueue, world => world.Client.Queue.ResumeAsync(default))
            with { IsRepeatable = true, PrepareAsync = world => world.SendAsync("PATCH", "/api/queue/status/stop"), IsDoneAsync = world => world.HoldsAsync("/api/queue/status", "true") },

        // Reports
        Write(Operations.DeleteQueueReport, world => world.Client.QueueReports.DeleteAsync(world.Item, default))
            with { NeedsSample = true, IsRepeatable = true, PrepareAsync = FindReportAsync("/api/queue/reports"), IsDoneAsync = async world => !await world.HoldsAsync("/api/queue/reports", world.Item) },
        Write(Operations.DeleteReport, world => world.Client.IncomingReports.DeleteAsync(MailReportKind.Dmarc, world.Item, default))
            with { NeedsSample = true, IsRepeatable = true, PrepareAsync = FindReportAsync("/api/reports/dmarc"), IsDoneAsync = async world => !await world.HoldsAsync("/api/reports/dmarc", world.Item) },
        Raw(Operations.DeleteQueueReports, "queue/reports?domain=example") with { NeedsSample = true },
        Raw(Operations.DeleteReports, "reports/dmarc?text=example") with { NeedsSample = true },

        // DKIM, settings
        Write(Operations.CreateDkimSignature, world => world.Client.Dkim.CreateAsync(NewDkimSignature.Create("example.org", DkimAlgorithm.Ed25519, "test", "of-a-test", world.Server.Clock.GetUtcNow()), default))
            with { IsDoneAsync = world => world.ExistsAsync("/api/dkim/of-a-test") },
        Write(Operations.ChangeSettings, world => world.Client.Settings.InsertAsync([new("a.test", "1"), new("b.test", "2")], mustBeNew: false, default))
            with { Variant = "insert", IsRepeatable = true, IsDoneAsync = world => world.HoldsAsync("/api/settings/keys?keys=b.test", "\"2\"") },
        Write(Operations.ChangeSettings, world => world.Client.Settings.InsertAsync([new("a.test", "1")], mustBeNew: true, default))
            with { Variant = "insert new", IsDoneAsync = world => world.HoldsAsync("/api/settings/keys?keys=a.test", "\"1\"") },
        Write(Operations.ChangeSettings, world => world.Client.Settings.DeleteAsync(["a.test"], default))
            with { Variant = "delete", IsRepeatable = true, PrepareAsync = InsertAsync, IsDoneAsync = async world => !await world.HoldsAsync("/api/settings/keys?keys=a.test", "\"1\"") },
        Write(Operations.ChangeSettings, world => world.Client.Settings.ClearAsync("a", raw: false, default))
            with { Variant = "clear", IsRepeatable = true, PrepareAsync = InsertAsync, IsDoneAsync = async world => !await world.HoldsAsync("/api/settings/keys?keys=a.test", "\"1\"") },
        Write(Operations.ChangeSettings, world => world.Client.Settings.ClearAsync("a.t", raw: true, default))
            with { Variant = "clear raw", IsRepeatable = true, PrepareAsync = InsertAsync, IsDoneAsync = async world => !await world.HoldsAsync("/api/settings/keys?keys=a.test", "\"1\"") },
        Raw(Operations.DeleteSetting, "settings/a.test") with { PrepareAsync = InsertAsync },

        // Maintenance
        Write(Operations.ReloadSettings, world => world.Client.Maintenance.ReloadAsync(ReloadScope.All, default)),
        Write(Operations.ReloadLookups, world => world.Client.Maintenance.ReloadAsync(ReloadScope.Lookup, default)),
        Write(Operations.ReloadCertificates, world => world.Client.Maintenance.ReloadAsync(ReloadScope.Certificate, default)),
        Write(Operations.ReloadBlockedIps, world => world.Client.Maintenance.ReloadAsync(ReloadScope.BlockedIp, default)),
        Write(Operations.UpdateSpamFilter, world => world.Client.Maintenance.UpdateSpamFilterAsync(false, false, default)) with { IsRefused = true },
        Write(Operations.UpdateWebAdmin, world => world.Client.Maintenance.UpdateWebAdminAsync(default)) with { IsRefused = true },
        Raw(Operations.Restart, "restart") with { IsRefused = true },
        Write(Operations.Reindex, world => world.Client.Maintenance.ReindexAsync(null, null, default)),
        Write(Operations.ReindexAccount, world => world.Client.Maintenance.ReindexAsync(FaultWorld.Account, null, default)),
        Write(Operations.ReindexNamed, world => world.Client.Maintenance.ReindexAsync(null, SearchIndex.Tracing, default)) with { Version = "0.15" },
        Write(Operations.ReindexNamedForAccount, world => world.Client.Maintenance.ReindexAsync(FaultWorld.Account, SearchIndex.Email, default)) with { Version = "0.15" },

        // Stores
        Write(Operations.PurgeBlobs, world => world.Client.Store.PurgeAsync(PurgeScope.Blob, default)),
        Write(Operations.PurgeData, world => world.Client.Store.PurgeAsync(PurgeScope.Data, default)),
        Write(Operations.PurgeInMemory, world => world.Client.Store.PurgeAsync(PurgeScope.InMemory, default)),
        Write(Operations.PurgeAccounts, world => world.Client.Store.PurgeAsync(PurgeScope.AllAccounts, default)),
        Write(Operations.PurgeAccount, world => world.Client.Store.PurgeAccountAsync(FaultWorld.Account, default)),
        Raw(Operations.PurgeDataStore, "store/purge/data/default"),
        Raw(Operations.PurgeInMemoryStore, "store/purge/in-memory/default"),
        Raw(Operations.PurgeInMemoryKind, "store/purge/in-memory/default/bayes-global"),
        Raw(Operations.PurgeInMemoryKindOfAccount, $"store/purge/in-memory/default/bayes-account/{FaultWorld.Account}"),
        Write(Operations.ResetImapUids, world => world.Client.Store.ResetUidsAsync(FaultWorld.Account, default)),
        Write(Operations.RecalculateQuotaUsage, world => world.Client.Store.RecalculateQuotaUsageAsync(FaultWorld.Account, default)) with { IsRepeatable = true },
        new(Operations.RestoreDeletedItems, RestoreAsync) { NeedsSample = true },

        // The spam filter
        Train(Operations.TrainSpam, SpamClass.Spam, null, "0.11"),
        Train(Operations.TrainHam, SpamClass.Ham, null, "0.11"),
        Train(Operations.TrainSpamForAccount, SpamClass.Spam, FaultWorld.Account, "0.11"),
        Train(Operations.TrainHamForAccount, SpamClass.Ham, FaultWorld.Account, "0.11"),
        Train(Operations.UploadSpam, SpamClass.Spam, null, "0.15"),
        Train(Operations.UploadHam, SpamClass.Ham, null, "0.15"),
        Train(Operations.UploadSpamForAccount, SpamClass.Spam, FaultWorld.Account, "0.15"),
        Train(Operations.UploadHamForAccount, SpamClass.Ham, FaultWorld.Account, "0.15"),
        new(Operations.StartTraining, async world => (await world.Client.Spam.StartTrainingAsync(default)).IsStarted) { Version = "0.15" },
        Raw(Operations.StopTraining, "spam-filter/train/stop") with { Version = "0.15", PrepareAsync = world => world.SendAsync("GET", "/api/spam-filter/train/start") },
        Raw(Operations.ResetTraining, "spam-filter/train/reset") with { Version = "0.15" },
        Raw(Operations.DeleteTraining, "spam-filter/train/delete") with { Version = "0.15" },

        Raw(Operations.DeletePrincipals, "principal?type=group&confirm=true"),
    ];

    private static FaultWrite Write(Operation operation, Func<FaultWorld, Task> run) => new(operation, async world =>
    {
        await run(world);
        return true;
    });

    private static FaultWrite Raw(Operation operation, string path) =>
        new(operation, async world => (await world.Client.Raw.SendAsync(operation.Method, path, null, null, default)).Data?.ValueKind != JsonValueKind.False) { Variant = "any call", TakesAnyData = true };

    private static FaultWrite Train(Operation operation, SpamClass spamClass, string? account, string version) =>
        Write(operation, world => world.Client.Spam.TrainAsync(s_mail, spamClass, account, default)) with { Version = version };

    private static async Task<bool> RestoreAsync(FaultWorld world)
    {
        IReadOnlyList<MailDeletedItem> items = await world.Client.Store.ListDeletedAsync(FaultWorld.Account, default);
        return (await world.Client.Store.RestoreAsync(FaultWorld.Account, [items.First(item => item.IsRestorable)], default)).All(result => result.Status == MailRestoreStatus.Restored);
    }

    private static async Task<bool> CancelAsync(FaultWorld world)
    {
        QueueCancellationBatch batch = world.Client.Queue.BeginCancellation();
        bool done = await batch.CancelAsync(world.Id, null, default);
        QueueCancellationReview review = await batch.ReviewAsync(default);
        return review.Failure is { } failure ? throw new MailServerException(MailErrorCode.OutcomeUnknown, failure.Operation, failure.Message, failure) : done && review.Remaining.Count == 0;
    }

    private static async Task<bool> RescheduleAsync(FaultWorld world, QueueFilter? filter)
    {
        QueueRescheduleBatch batch = world.Client.Queue.BeginReschedule(world.At, null);
        bool done = filter is null ? await batch.RescheduleAsync(world.Id, default) : await batch.RescheduleAsync(filter, default);
        QueueRescheduleReview review = await batch.ReviewAsync(false, default);
        return review.Failure is { } failure ? throw new MailServerException(MailErrorCode.OutcomeUnknown, failure.Operation, failure.Message, failure) : done && review.Unmoved.Count == 0;
    }

    private static async Task<bool> IsRescheduledAsync(FaultWorld world)
    {
        string at = world.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        JsonElement[] items = [.. (await world.ReadAsync("/api/queue/messages?values=1")).GetProperty("data").GetProperty("items").EnumerateArray()];
        return items.Length > 0 && items.All(item => item.GetRawText().Contains(at, StringComparison.Ordinal));
    }

    private static async Task<bool> IsQueueEmptyAsync(FaultWorld world) => (await world.ReadAsync("/api/queue/messages")).GetProperty("data").GetProperty("total").GetInt32() == 0;

    private static async Task<bool> IsPendingAsync(FaultWorld world, string address) =>
        (await world.Client.Queue.GetAsync(world.Id, default)).Recipient.Single(recipient => recipient.Address == address).IsPending;

    private static Func<FaultWorld, Task> FindReportAsync(string path) => async world => world.Item = (await world.ReadAsync(path)).GetProperty("data").GetProperty("items")[0].GetString()!;

    private static string SelfAuthorization => SandboxServerExtensions.CreateBasicAuthorization(FaultWorld.Account, FaultWorld.Secret);

    private static Task EncryptAsync(FaultWorld world) =>
        world.SendAsync("POST", "/api/account/crypto", JsonSerializer.Serialize(new { type = "pGP", algo = "Aes256", certs = PgpKey }), SelfAuthorization);

    private static async Task<bool> IsEncryptedAsync(FaultWorld world) => (await world.Server.SendAsync("GET", "/api/account/crypto", authorization: SelfAuthorization)).Text.Contains("pGP", StringComparison.Ordinal);

    private static Task InsertAsync(FaultWorld world) => world.SendAsync("POST", "/api/settings", """[{"type":"insert","prefix":null,"values":[["a.test","1"]],"assert_empty":false}]""");
}
