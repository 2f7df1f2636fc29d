using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Certificates;
using MailAdmin.Sandbox.Demonstration;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Dmarc;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Maintenance;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Sandbox.Setup;
using MailAdmin.Sandbox.SignIn;
using MailAdmin.Sandbox.Spam;

namespace MailAdmin.Sandbox;

/// <summary>A server from 0.16: it is managed over JMAP.</summary>
internal sealed partial class JmapServer : IServerFamily
{
    private readonly JmapRouter _router;

    /// <param name="options">The options, with an edition.</param>
    /// <param name="clock">The server's clock.</param>
    /// <param name="faults">The faults to inject.</param>
    /// <param name="streams">Counts the live streams.</param>
    public JmapServer(SandboxOptions options, SandboxClock clock, SandboxFaults faults, EventStreams streams)
    {
        Clock = clock;
        Faults = faults;
        Streams = streams;
        Store = new RegistryStore(RegistrySchema.Default, clock, (uint)(options.Seed ?? Random.Shared.Next()));
        FirstStart.Fill(Store, options.HostName);
        Settings = new SettingsInForce(Store);
        Rights = new EffectiveRights(Store, Settings, options.Enterprise);
        _router = CreateRouter(options);
        if (!options.Empty)
        {
            JmapOrganisation.Fill(Store);
            SampleRemoteDomains.Populate(RemoteDomains, options.HostName, JmapOrganisation.DescribeDomains(Store, new DomainZone(Store, Settings)));
        }
    }

    internal SandboxClock Clock { get; }

    internal SandboxFaults Faults { get; }

    internal EventStreams Streams { get; }

    internal RegistryStore Store { get; }

    internal RemoteDomains RemoteDomains { get; } = new();

    /// <summary>The settings in force.</summary>
    internal SettingsInForce Settings { get; }

    /// <summary>What accounts may do.</summary>
    internal EffectiveRights Rights { get; }

    public string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message) => "451 This server takes no mail yet.";

    public Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken) => _router.HandleAsync(request, cancellationToken);

    /// <summary>The actions that only ask, by their kind.</summary>
    private Dictionary<string, Func<JsonObject, JsonObject>> CreateQuestions()
    {
        var zone = new DomainZone(Store, Settings);
        return new Dictionary<string, Func<JsonObject, JsonObject>>
        {
            ["ClassifySpam"] = new ClassifyAction(new TransportTags(RemoteDomains, zone.FindKey), Clock).Run,
            ["TroubleshootDmarc"] = new DmarcAction(new DmarcTest(RemoteDomains, zone.FindKey, Clock)).Run,
        };
    }

    private MethodTable CreateMethods(GuardedSignIn signIn, BlockList blockList, Action resetLimits, bool hasLicence)
    {
        var rules = new Dictionary<string, ObjectRules>
        {
            ["Account"] = new AccountRules(Store, Rights, new PasswordRules(Settings), _ => 0),
            ["Certificate"] = new CertificateRules(),
            ["DkimSignature"] = new DkimSignatureRules(),
            ["Domain"] = new DomainRules(Store, new DomainZone(Store, Settings), new DomainKeys(Store, Clock)),
            ["MailingList"] = new MailingListRules(Store),
            ["OAuthClient"] = new OAuthClientRules(),
            ["PublicKey"] = new PublicKeyRules(),
            ["Role"] = new RoleRules(),
            ["Task"] = new TaskRules(Store, Clock, new Dictionary<string, Action> { ["resetRateLimiters"] = resetLimits }),
            ["Tenant"] = new TenantRules(Store, _ => 0),
        };
        var usual = new RegistryMethods(Store, rules);
        var special = new Dictionary<string, IObjectMethods>
        {
            ["AccountPassword"] = new AccountPasswordMethods(Store, Settings, new PasswordRules(Settings), Clock, signIn.RecordFailure),
            ["AccountSettings"] = new AccountSettingsMethods(Store),
            ["Action"] = new ActionMethods(Store, Settings, Clock, new Dictionary<string, Action> { ["ReloadBlockedIps"] = blockList.Reload }, CreateQuestions()),
            ["ApiKey"] = new CredentialMethods(Store, Settings, Credentials.ApiKey),
            ["AppPassword"] = new CredentialMethods(Store, Settings, Credentials.AppPassword),
            ["Task"] = new TaskMethods(Store, usual),
        };
        return new MethodTable(Store, usual, special, hasLicence);
    }
}
