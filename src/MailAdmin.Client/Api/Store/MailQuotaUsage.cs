namespace MailAdmin.Client;

/// <summary>How much an account stores (/store/quota/{account}).</summary>
public sealed class MailQuotaUsage : ServerObject
{
    /// <summary>One of these values.</summary>
    public MailQuotaUsage(string account, long usedBytes) =>
        (Account, UsedBytes) = (account, usedBytes);

    /// <summary>The account's name.</summary>
    public string Account { get; }
    /// <summary>Bytes in use.</summary>
    public long UsedBytes { get; }

    /// <inheritdoc/>
    public override string ToString() => Account;
}
