using System.Collections;

namespace MailAdmin.Client;

/// <summary>Which objects of a type to list, and what of them.</summary>
/// <param name="Type">The type.</param>
public sealed record ObjectQuery(string Type)
{
    /// <summary>The properties to read; none = all of them.</summary>
    public IReadOnlyList<string> Property { get; init; } = [];

    /// <summary>
    /// Values that the properties must have, all of them; null = no value. A text may contain wildcards and ignores case, a set must contain the value, null stands
    /// for what has none.
    /// </summary>
    public IDictionary? Filter { get; init; }
}
