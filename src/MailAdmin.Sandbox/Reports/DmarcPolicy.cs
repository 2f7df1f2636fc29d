namespace MailAdmin.Sandbox.Reports;

/// <summary>The DMARC policy that a domain publishes.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DkimAlignment"><c>Strict</c> or <c>Relaxed</c>.</param>
/// <param name="SpfAlignment">The same.</param>
/// <param name="Policy"><c>None</c>, <c>Quarantine</c> or <c>Reject</c>.</param>
/// <param name="Recipient">Where reports are sent.</param>
/// <param name="SpfResult">The SPF result for mail from any other than the domain's own host.</param>
/// <param name="Hash">The server's hash of the policy.</param>
internal sealed record DmarcPolicy(
    string Domain, string DkimAlignment, string SpfAlignment, string Policy, string Recipient, string SpfResult, ulong Hash)
{
    /// <summary>The policies that remote domains publish.</summary>
    public static IReadOnlyList<DmarcPolicy> All { get; } =
        [new("sender.test", "Strict", "Relaxed", "Reject", "dmarc@sender.test", "Fail", 1655280429126379915)];

    /// <summary>The policy that applies to mail from a domain, its own or that of the parent domain.</summary>
    public static DmarcPolicy? Find(string domain) =>
        All.FirstOrDefault(policy => domain == policy.Domain || domain.EndsWith('.' + policy.Domain, StringComparison.Ordinal));
}
