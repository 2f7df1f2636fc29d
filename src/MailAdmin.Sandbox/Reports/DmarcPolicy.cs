namespace MailAdmin.Sandbox.Reports;

/// <summary>What a domain publishes about mail in its name.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DkimAlignment"><c>Strict</c> or <c>Relaxed</c>.</param>
/// <param name="SpfAlignment">The same.</param>
/// <param name="Policy"><c>None</c>, <c>Quarantine</c> or <c>Reject</c>.</param>
/// <param name="Recipient">Who wants reports.</param>
/// <param name="SpfResult">What SPF says about mail from anywhere else than the domain's own host.</param>
/// <param name="Hash">The number that the server makes of it all.</param>
internal sealed record DmarcPolicy(
    string Domain, string DkimAlignment, string SpfAlignment, string Policy, string Recipient, string SpfResult, ulong Hash)
{
    /// <summary>The domains of the world outside that publish one.</summary>
    public static IReadOnlyList<DmarcPolicy> All { get; } =
        [new("sender.test", "Strict", "Relaxed", "Reject", "dmarc@sender.test", "Fail", 1655280429126379915)];

    /// <summary>The policy that mail from a domain is under, its own or that of the domain above.</summary>
    public static DmarcPolicy? Find(string domain) =>
        All.FirstOrDefault(policy => domain == policy.Domain || domain.EndsWith('.' + policy.Domain, StringComparison.Ordinal));
}
