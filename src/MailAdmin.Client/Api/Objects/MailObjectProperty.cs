namespace MailAdmin.Client;

/// <summary>A property of a type of objects.</summary>
public sealed class MailObjectProperty
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds, such as <c>Text</c>, <c>Duration</c>, <c>Set of Text</c>, <c>Object Rate</c> or <c>Id of Domain</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether a new object must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether only the server sets it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether it can be set of a new object only.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether the server does not show its value.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it may be without a value.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether it needs an Enterprise licence.</summary>
    public bool IsEnterprise { get; init; }

    /// <summary>What it is where nothing is said, as text; null where there is nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The words that it can be.</summary>
    public StringList Word { get; init; } = StringList.Empty;

    /// <summary>The smallest number; of a duration in milliseconds, of a size in bytes.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number; of a duration in milliseconds, of a size in bytes.</summary>
    public double? Maximum { get; init; }

    /// <summary>The variants of the type that have it; none where all do.</summary>
    public StringList Variant { get; init; } = StringList.Empty;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
