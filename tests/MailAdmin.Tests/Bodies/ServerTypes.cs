using MailAdmin.Client;

namespace MailAdmin.Tests.Bodies;

/// <summary>
/// What real servers read requests into, by docs/api.md and the recordings. It is written down a second time here, so that neither the client nor the sandbox is its
/// own judge.
/// </summary>
internal static class ServerTypes
{
    private const string OneOrMany = "text512 | text[]";
    private const string Value = "text512 | number | text512[] | number[]";
    private const string PrincipalWord =
        "'individual' | 'superuser' | 'group' | 'resource' | 'location' | 'list' | 'domain' | 'tenant' | 'role' | 'apiKey' | 'oauthClient'";

    /// <summary>Bodies that are mail as it is: no JSON.</summary>
    public static IReadOnlyList<Operation> Mail { get; } =
    [
        Operations.TrainSpam, Operations.TrainHam, Operations.TrainSpamForAccount, Operations.TrainHamForAccount,
        Operations.UploadSpam, Operations.UploadHam, Operations.UploadSpamForAccount, Operations.UploadHamForAccount,
    ];

    /// <summary>The fields of forms; the first of several alternatives that has the grant type.</summary>
    public static IReadOnlyDictionary<Operation, string[]> Forms { get; } = new Dictionary<Operation, string[]>
    {
        [Operations.RequestToken] =
        [
            "grant_type=authorization_code&code&client_id&redirect_uri",
            "grant_type=refresh_token&refresh_token&client_id",
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code&client_id",
        ],
        [Operations.StartDeviceFlow] = ["client_id"],
        [Operations.IntrospectToken] = ["token"],
    };

    /// <summary>Operations that change something and read no body.</summary>
    public static IReadOnlyList<Operation> WithoutBody { get; } =
        [Operations.RescheduleQueueMessages, Operations.RescheduleQueueMessage, Operations.SuspendQueue, Operations.ResumeQueue];

    /// <summary>The types of the bodies that are JSON.</summary>
    public static IReadOnlyDictionary<Operation, WireType> GetJson(string version)
    {
        bool is11 = version.StartsWith("0.11", StringComparison.Ordinal);
        bool is15 = version.StartsWith("0.15", StringComparison.Ordinal);
        string list = is15 ? "text512 | any[]" : OneOrMany;
        string locale = is11 ? "" : ", locale?: text512 | null";
        string encryption = $"algo: 'Aes128' | 'Aes256', certs: text, allow_spam_training{(is15 ? ": bool" : "?: any")}";
        return new Dictionary<Operation, string>
        {
            [Operations.RequestOAuthCode] = "{ type: 'code', client_id: text, redirect_uri?: text | null, nonce?: text | null } | { type: 'device', code: text }",
            [Operations.RegisterClient] = "{ redirect_uris: text[], contacts?: text[], client_name?: text | null, logo_uri?: text | null }",
            [Operations.CreatePrincipal] = $$"""
                {! id?: any, type?: {{PrincipalWord}}, name?: text512, description?: text512 | null, picture?: text512 | null, tenant?: text512 | null,
                quota?: {{Value}}, usedQuota?: any, secrets?: {{list}}, emails?: {{list}}, urls?: {{list}}, externalMembers?: {{list}}, members?: {{list}},
                memberOf?: {{list}}, lists?: {{list}}, roles?: {{list}}, enabledPermissions?: {{list}}, disabledPermissions?: {{list}}{{locale}} }
                """,
            [Operations.PatchPrincipal] = $$"""
                { action: 'set' | 'addItem' | 'removeItem', value: {{Value}}, field: 'type' | 'name' | 'description' | 'picture' | 'quota' | 'usedQuota' | 'secrets' | 'emails' |
                'memberOf' | 'members' | 'roles' | 'lists' | 'tenant' | 'enabledPermissions' | 'disabledPermissions' | 'urls' | 'externalMembers'{{(is11 ? "" : " | 'locale'")}} }[]
                """,
            [Operations.ChangeAccountAuth] = """
                ({ type: 'setPassword', password: text } | { type: 'enableOtpAuth', url: text } | { type: 'disableOtpAuth', url?: text | null } |
                { type: 'addAppPassword', name: text, password: text } | { type: 'removeAppPassword', name?: text | null })[]
                """,
            [Operations.SetAccountCrypto] = $$"""{ type: 'disabled' } | { type: 'pGP' | 'sMIME', {{encryption}} }""",
            [Operations.CreateDkimSignature] = "{ id?: text | null, algorithm: 'Rsa' | 'Ed25519', domain: text, selector?: text | null }",
            [Operations.ChangeSettings] = """
                ({ type: 'delete', keys: text[] } | { type: 'clear', prefix: text, filter?: text | null } |
                { type: 'insert', prefix?: text | null, values: [text, text][], assert_empty: bool })[]
                """,
            [Operations.RestoreDeletedItems] = """
                null | { hash: hash, restoreTime: time, cancelDeletion?: time | null, collection: 'email' | 'mailbox' | 'thread' | 'identity' | 'emailSubmission' |
                'sieveScript' | 'pushSubscription' | 'principal' | 'calendar' | 'calendarEvent' | 'addressBook' | 'contactCard' | 'fileNode' }[]
                """,
            [Operations.ClassifyMessage] = """
                { message: text, remoteIp: ip, ehloDomain?: text, authenticatedAs?: text | null, isTls?: bool, envFrom: text, envFromFlags: number, envRcptTo: text[] }
                """,
            [Operations.TestDmarc] = "{ remoteIp: ip, ehloDomain: text, mailFrom: text, body?: text | null }",
        }.ToDictionary(pair => pair.Key, pair => WireType.Parse(pair.Value));
    }
}
