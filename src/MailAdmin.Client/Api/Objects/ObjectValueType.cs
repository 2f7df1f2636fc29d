namespace MailAdmin.Client.Api.Objects;

/// <summary>What a property holds, or an item of a set, or a key or value of a map.</summary>
internal sealed record ObjectValueType(ValueKind Kind)
{
    /// <summary>The format of a text, such as <c>ipNetwork</c>; of an unknown kind its name.</summary>
    public string Format { get; init; } = "";

    /// <summary>The shape of an object or of the items of a list, or the type that an id names.</summary>
    public string Of { get; init; } = "";

    /// <summary>The words that there are.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The items of a set, or the values of a map.</summary>
    public ObjectValueType? Item { get; init; }

    /// <summary>The keys of a map.</summary>
    public ObjectValueType? Key { get; init; }

    public bool IsNullable { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public int? MinItems { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>What it is called where people read of it.</summary>
    public string Describe() => Kind switch
    {
        ValueKind.Text => Format switch
        {
            "emailAddress" => "EmailAddress",
            "ipAddress" => "IpAddress",
            "ipNetwork" => "IpNetwork",
            "socketAddress" => "SocketAddress",
            "uri" => "Uri",
            _ => "Text",
        },
        ValueKind.Id => $"Id of {Of}",
        ValueKind.Object => $"Object {Of}",
        ValueKind.List => $"List of {Of}",
        ValueKind.Set => $"Set of {Item!.Describe()}",
        ValueKind.Map => $"Map of {Key!.Describe()} to {Item!.Describe()}",
        ValueKind.Unknown => Format,
        _ => Kind.ToString(),
    };
}
