namespace MailAdmin.Sandbox.Reports;

/// <summary>What distinguishes mails that failed a policy; those alike in all of it are counted together.</summary>
internal sealed record FailedMail(string Source, string HeloDomain, string SenderDomain, string SpfResult, string HeaderDomain);
