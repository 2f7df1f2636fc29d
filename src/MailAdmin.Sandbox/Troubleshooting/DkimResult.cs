namespace MailAdmin.Sandbox.Troubleshooting;

/// <summary>What became of one DKIM signature.</summary>
internal sealed record DkimResult(string Domain, AuthResult Result);
