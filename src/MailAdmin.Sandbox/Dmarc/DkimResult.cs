namespace MailAdmin.Sandbox.Dmarc;

/// <summary>What became of one DKIM signature.</summary>
internal sealed record DkimResult(string Domain, AuthResult Result);
