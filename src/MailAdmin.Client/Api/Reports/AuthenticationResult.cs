// The result of a check.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What a check of DKIM, SPF or DMARC found. A word of a later server is kept.</summary>
public readonly record struct AuthenticationResult
{
    private const string DefaultName = "Unspecified";

    // Null is the unstated one, so that the default value equals it.
    private readonly string? _name;

    private AuthenticationResult(string name) => _name = name == DefaultName ? null : name;

    /// <summary>It passed.</summary>
    public static AuthenticationResult Pass { get; } = new("Pass");
    /// <summary>It failed.</summary>
    public static AuthenticationResult Fail { get; } = new("Fail");
    /// <summary>SPF: probably not authorised.</summary>
    public static AuthenticationResult SoftFail { get; } = new("SoftFail");
    /// <summary>Nothing is asserted.</summary>
    public static AuthenticationResult Neutral { get; } = new("Neutral");
    /// <summary>There was nothing to check.</summary>
    public static AuthenticationResult None { get; } = new("None");
    /// <summary>DKIM: not acceptable to the receiver.</summary>
    public static AuthenticationResult Policy { get; } = new("Policy");
    /// <summary>The check failed for now.</summary>
    public static AuthenticationResult TempError { get; } = new("TempError");
    /// <summary>The record or signature is broken.</summary>
    public static AuthenticationResult PermError { get; } = new("PermError");
    /// <summary>Not said.</summary>
    public static AuthenticationResult Unspecified { get; } = new("Unspecified");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static AuthenticationResult Parse(string text) => new(KnownValues.Normalize(text, ["Pass", "Fail", "SoftFail", "Neutral", "None", "Policy", "TempError", "PermError", "Unspecified"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
