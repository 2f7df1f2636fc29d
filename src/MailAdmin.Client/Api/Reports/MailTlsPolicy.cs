namespace MailAdmin.Client;

/// <summary>What a TLS report states about the sessions under one policy.</summary>
public sealed class MailTlsPolicy
{
    /// <summary>The domain.</summary>
    public string Domain { get; init; } = "";
    /// <summary>The kind of policy.</summary>
    public string Type { get; init; } = TlsPolicyType.Other;
    /// <summary>The policy as it was found, line by line.</summary>
    public StringList PolicyString { get; init; } = StringList.Empty;
    /// <summary>The mail hosts it names.</summary>
    public StringList MxHost { get; init; } = StringList.Empty;
    /// <summary>How many sessions succeeded.</summary>
    public long SuccessCount { get; init; }
    /// <summary>How many sessions failed.</summary>
    public long FailureCount { get; init; }
    /// <summary>Why, and where.</summary>
    public ItemList<MailTlsFailure> Failure { get; init; } = ItemList<MailTlsFailure>.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{Domain} {Type}";
}
