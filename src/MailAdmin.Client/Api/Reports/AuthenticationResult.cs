using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What a check of DKIM, SPF or DMARC found. A word of a later server is kept.</summary>
public readonly record struct AuthenticationResult
{
    private static readonly OpenWords<AuthenticationResult> s_words = new(word => new AuthenticationResult(word));
    private readonly string? _name;

    private AuthenticationResult(string name) => _name = name;

    /// <summary>It passed.</summary>
    public static AuthenticationResult Pass { get; } = s_words.Add("Pass");
    /// <summary>It failed.</summary>
    public static AuthenticationResult Fail { get; } = s_words.Add("Fail");
    /// <summary>SPF: probably not authorised.</summary>
    public static AuthenticationResult SoftFail { get; } = s_words.Add("SoftFail");
    /// <summary>Nothing is asserted.</summary>
    public static AuthenticationResult Neutral { get; } = s_words.Add("Neutral");
    /// <summary>There was nothing to check.</summary>
    public static AuthenticationResult None { get; } = s_words.Add("None");
    /// <summary>DKIM: not acceptable to the receiver.</summary>
    public static AuthenticationResult Policy { get; } = s_words.Add("Policy");
    /// <summary>The check failed for now.</summary>
    public static AuthenticationResult TempError { get; } = s_words.Add("TempError");
    /// <summary>The record or signature is broken.</summary>
    public static AuthenticationResult PermError { get; } = s_words.Add("PermError");
    /// <summary>Not specified.</summary>
    public static AuthenticationResult Unspecified { get; } = s_words.AddDefault("Unspecified");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static AuthenticationResult Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(AuthenticationResult word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
