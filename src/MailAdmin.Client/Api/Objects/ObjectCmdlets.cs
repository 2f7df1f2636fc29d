using System.Collections.Frozen;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Types that have cmdlets of their own, which speak names in place of ids and check more.</summary>
internal static class ObjectCmdlets
{
    private static readonly FrozenDictionary<string, string> s_cmdlets = new Dictionary<string, string>
    {
        ["Account"] = "Set-MailPrincipal",
        ["AccountPassword"] = "Set-MailAccountPassword",
        ["AccountSettings"] = "Set-MailAccountCrypto",
        ["AppPassword"] = "New-MailAppPassword",
        ["ArchivedItem"] = "Restore-MailDeletedItem",
        ["ArfExternalReport"] = "Get-MailArfReport",
        ["DkimSignature"] = "New-MailDkimSignature",
        ["DmarcExternalReport"] = "Get-MailDmarcReport",
        ["DmarcInternalReport"] = "Get-MailQueueReport",
        ["Domain"] = "Set-MailPrincipal",
        ["Log"] = "Get-MailServerLog",
        ["MailingList"] = "Set-MailPrincipal",
        ["Metric"] = "Get-MailMetric",
        ["OAuthClient"] = "Set-MailPrincipal",
        ["QueuedMessage"] = "Get-MailQueueMessage",
        ["Role"] = "Set-MailPrincipal",
        ["Tenant"] = "Set-MailPrincipal",
        ["TlsExternalReport"] = "Get-MailTlsReport",
        ["TlsInternalReport"] = "Get-MailQueueReport",
        ["Trace"] = "Get-MailTrace",
    }.ToFrozenDictionary();

    /// <summary>The cmdlet; null where there is none.</summary>
    public static string? Find(string type) => s_cmdlets.GetValueOrDefault(type);
}
