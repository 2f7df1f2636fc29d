using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>What the members of requests and answers hold: ids of which kind of object, secrets, sentences, what chance decides.</summary>
internal static partial class MemberKinds
{
    private static readonly HashSet<string> s_volatile =
    [
        "state", "sessionState", "queryState", "oldState", "newState", "applicationServerKey", "x", "y", "sub", "exp", "iat", "client_id_issued_at",
        "id_token", "elapsed", "score", "documentId", "serialNumber", "policyIdentifier", "webPushKey", "usedDiskQuota", "nonce", "jti", "lastRenewal",
    ];

    private static readonly HashSet<string> s_sentences = ["detail", "error_description", "errorMessage", "responseMessage", "failureReason"];

    private static readonly HashSet<string> s_secrets =
        ["secret", "access_token", "refresh_token", "client_code", "device_code", "user_code", "client_id", "verification_uri_complete", "clientSecret"];

    /// <summary>Members that are an id.</summary>
    private static readonly Dictionary<string, string> s_ids = new()
    {
        ["domainId"] = "Domain",
        ["accountDomainId"] = "Domain",
        ["defaultDomainId"] = "Domain",
        ["memberTenantId"] = "Tenant",
        ["accountId"] = "Account",
        ["blobId"] = "Blob",
        ["directoryId"] = "Directory",
        ["defaultCertificateId"] = "Certificate",
        ["acmeProviderId"] = "AcmeProvider",
        ["queueId"] = "MtaVirtualQueue",
        ["currentUserPrincipalId"] = "Account",
        ["memberGroupIds"] = "Account",
        ["dnsServerId"] = "DnsServer",
    };

    /// <summary>Members whose own members are named by ids.</summary>
    private static readonly Dictionary<string, string> s_idSets = new()
    {
        ["memberGroupIds"] = "Account",
        ["roleIds"] = "Role",
        ["defaultUserRoleIds"] = "Role",
        ["defaultGroupRoleIds"] = "Role",
        ["defaultTenantRoleIds"] = "Role",
        ["defaultAdminRoleIds"] = "Role",
        ["accounts"] = "Account",
    };

    public static bool IsVolatile(string? name) => name is not null && s_volatile.Contains(name);

    public static bool IsSentence(string? name) => name is not null && s_sentences.Contains(name);

    public static bool IsSecret(string? name) => name is not null && s_secrets.Contains(name);

    public static string? KindOfId(string? name) => name is null ? null : s_ids.GetValueOrDefault(name);

    public static string? KindOfIdSet(string? name) => name is null ? null : s_idSets.GetValueOrDefault(name);

    /// <summary>The ids of a method's objects. Those of credentials count within their account.</summary>
    public static string KindOfMethod(string method, string? account)
    {
        string type = (method.StartsWith("x:", StringComparison.OrdinalIgnoreCase) ? method[2..] : method).Split('/')[0];
        return type is "ApiKey" or "AppPassword" ? KindOfCredential(account) : type;
    }

    public static string KindOfCredential(string? account) => $"Credential {account}";

    public static bool IsTime(string text) => TimePattern().IsMatch(text);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    private static partial Regex TimePattern();
}
