namespace MailAdmin.Client;

/// <summary>One check of the DMARC test.</summary>
public sealed class AuthenticationCheck
{
    /// <summary>One of these values.</summary>
    public AuthenticationCheck(string result, string? domain, string? details) =>
        (Result, Domain, Details) = (result, domain, details);

    /// <summary>What it found.</summary>
    public string Result { get; }
    /// <summary>The domain that was checked, where the answer contains it.</summary>
    public string? Domain { get; }
    /// <summary>Further details, in the server's words.</summary>
    public string? Details { get; }

    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    /// <inheritdoc/>
    public override string ToString() => Domain is null ? Result : $"{Domain}={Result}";
}
