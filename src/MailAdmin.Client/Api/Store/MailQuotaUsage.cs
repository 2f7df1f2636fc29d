namespace MailAdmin.Client;

/// <summary>How much an account stores (/store/quota/{account}; from 0.16 on x:Account/get).</summary>
public sealed class MailQuotaUsage : ServerObject
{
    /// <summary>One of these values.</summary>
    public MailQuotaUsage(string account, long usedBytes) =>
        (Account, UsedBytes) = (account, usedBytes);

    /// <summary>The account's name.</summary>
    public string Account { get; }
    /// <summary>Bytes in use.</summary>
    public long UsedBytes { get; }
    /// <summary>How many bytes it may store, as the principal has it; null before 0.16.</summary>
    public long? Quota { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Account;
}
