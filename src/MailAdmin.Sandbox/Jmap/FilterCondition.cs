using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>One condition of a filter.</summary>
/// <param name="Property">The property.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">With what.</param>
internal sealed record FilterCondition(string Property, FilterComparison Comparison, JsonNode? Value)
{
    private static readonly (string Suffix, FilterComparison Comparison)[] s_suffixes =
    [
        ("IsGreaterThanOrEqual", FilterComparison.GreaterThanOrEqual), ("IsGreaterThan", FilterComparison.GreaterThan),
        ("IsLessThanOrEqual", FilterComparison.LessThanOrEqual), ("IsLessThan", FilterComparison.LessThan),
    ];

    /// <summary>The text to compare with; null where it is none.</summary>
    public string? Text => Value is JsonValue text && text.TryGetValue(out string? read) ? read : null;

    /// <summary>Reads a member of a filter: a property, and how it is compared.</summary>
    public static FilterCondition Read(string member, JsonNode? value)
    {
        foreach ((string suffix, FilterComparison comparison) in s_suffixes)
        {
            if (member.EndsWith(suffix, StringComparison.Ordinal))
            {
                return new FilterCondition(member[..^suffix.Length], comparison, value);
            }
        }

        return new FilterCondition(member, FilterComparison.Equal, value);
    }

    /// <summary>Whether the order of a value and the one to compare with is the one asked for.</summary>
    public bool Accepts(int order) => Comparison switch
    {
        FilterComparison.GreaterThan => order > 0,
        FilterComparison.GreaterThanOrEqual => order >= 0,
        FilterComparison.LessThan => order < 0,
        FilterComparison.LessThanOrEqual => order <= 0,
        _ => order == 0,
    };
}
