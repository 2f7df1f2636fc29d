using System.Collections.ObjectModel;
using System.Text.Json;

namespace MailAdmin.Client;

/// <summary>One check of the DMARC test.</summary>
/// <param name="Result">What it found.</param>
/// <param name="Domain">The domain that was checked, where the answer contains it.</param>
/// <param name="Details">Further details, in the server's words.</param>
public sealed record AuthenticationCheck(AuthenticationResult Result, string? Domain, string? Details)
{
    /// <summary>Members of the answer this version does not know.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalData { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <inheritdoc/>
    public override string ToString() => Domain is null ? Result.Name : $"{Domain}={Result}";
}
