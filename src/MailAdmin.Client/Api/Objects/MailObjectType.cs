namespace MailAdmin.Client;

/// <summary>A type of objects of a server from 0.16 on, as the server itself describes it; also what an object has inside.</summary>
public sealed class MailObjectType : ServerObject
{
    /// <summary>The name, such as <c>Http</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether there is one object of it, which is always there.</summary>
    public bool IsSingleton { get; init; }

    /// <summary>Whether objects of it can be read: what stands only inside others cannot, nor actions.</summary>
    public bool IsReadable { get; init; }

    /// <summary>Whether it needs an Enterprise licence.</summary>
    public bool IsEnterprise { get; init; }

    /// <summary>The kinds that an object of it can be, as <c>@type</c> says; none where there is one form only.</summary>
    public StringList Variant { get; init; } = StringList.Empty;

    /// <summary>What puts a change into force; null where it is at once.</summary>
    public string? Reload { get; init; }

    /// <summary>The cmdlets that are made for it, and check more than these; null where there are none.</summary>
    public string? Cmdlet { get; init; }

    /// <summary>Its properties.</summary>
    public ItemList<MailObjectProperty> Property { get; init; } = ItemList<MailObjectProperty>.Empty;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
