namespace MailAdmin.Client.Jmap;

/// <summary>Says why a server from 0.16 on refuses a value, where it names the property alone.</summary>
internal static class InvalidValues
{
    private const string InvalidPatch = "invalidPatch";

    /// <summary>The endings of domains that are kept for texts: nobody will ever have them.</summary>
    public static IReadOnlyList<string> NeverPublicEndings { get; } = ["example", "invalid"];

    /// <summary>The refusal of a domain, or of an address in one. Which endings are public only the server knows.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="value">The value; of several, those that were sent.</param>
    /// <param name="properties">The properties that hold it: a refusal of another one is returned as it is.</param>
    public static MailServerException ExplainDomain(MailServerException refusal, string value, params ReadOnlySpan<string> properties) => Explain(refusal, properties,
        $"The server does not take {value}. From 0.16 on the last part of a domain must be one that it knows: an ending of the public suffix list, such as com, org or co.uk, or one for private networks, such as test, local, internal or lan. {string.Join(" and ", NeverPublicEndings.Select(ending => $"'{ending}'"))} are none.");

    /// <summary>The refusal of a locale.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="property">The property that holds it: a refusal of another one is returned as it is.</param>
    public static MailServerException ExplainLocale(MailServerException refusal, string property) => Explain(refusal, [property],
        "The server does not know this locale. It wants language and country, such as en_US or de_DE; (Get-MailObjectType AccountSettings).Property lists those there are, as the Word of locale.");

    private static MailServerException Explain(MailServerException refusal, ReadOnlySpan<string> properties, string message) =>
        refusal.ServerCode != InvalidPatch || refusal.Field is null || !properties.Contains(refusal.Field) ? refusal
        : refusal.WithMessage(message);
}
