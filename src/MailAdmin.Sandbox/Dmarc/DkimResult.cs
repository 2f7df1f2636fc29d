namespace MailAdmin.Sandbox.Dmarc;

/// <summary>The result of one DKIM signature.</summary>
internal sealed record DkimResult(string Domain, AuthResult Result);
