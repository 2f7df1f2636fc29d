namespace MailAdmin.Client;

/// <summary>How much an account stores (/store/quota/{account}).</summary>
/// <param name="Account">The account's name.</param>
/// <param name="UsedBytes">Bytes in use.</param>
public sealed record MailQuotaUsage(string Account, long UsedBytes) : ServerObject;
