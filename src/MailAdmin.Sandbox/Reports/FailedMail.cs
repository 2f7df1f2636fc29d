namespace MailAdmin.Sandbox.Reports;

/// <summary>The properties of a message that failed a policy; messages with the same properties are counted together.</summary>
internal sealed record FailedMail(string Source, string HeloDomain, string SenderDomain, string SpfResult, string HeaderDomain);
