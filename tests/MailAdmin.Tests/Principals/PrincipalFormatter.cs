using MailAdmin.Client;

namespace MailAdmin.Tests.Principals;

/// <summary>Everything a principal holds, as text to compare.</summary>
internal static class PrincipalFormatter
{
    public static string Format(MailPrincipal p) => string.Join(" | ", typeof(MailPrincipal).GetProperties()
        .Where(property => property.Name is not nameof(MailPrincipal.AdditionalData) and not nameof(MailPrincipal.PrincipalLimit))
        .Select(property => $"{property.Name}={property.GetValue(p)}")
        .Append("Limits=" + string.Join(',', p.PrincipalLimit!.Select(pair => $"{pair.Key}:{pair.Value}")))
        .Append("Data=" + string.Join(',', p.AdditionalData.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{System.Text.Json.JsonSerializer.Serialize(pair.Value)}"))));
}
