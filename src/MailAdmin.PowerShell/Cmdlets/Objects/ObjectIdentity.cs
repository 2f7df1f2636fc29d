using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>A type of objects, or one object.</summary>
public sealed class ObjectIdentity : ServerIdentity
{
    // Not public: PowerShell would create an identity from anything that converts to text.
    internal ObjectIdentity(string type) => Type = type.Trim();

    internal ObjectIdentity(MailObject item) => (Type, Item) = (item.Type, item);

    /// <summary>The type.</summary>
    public string Type { get; }

    /// <summary>The object, if one was passed.</summary>
    internal MailObject? Item { get; }

    /// <summary>Whether it is a pattern with wildcards rather than a type.</summary>
    internal bool IsPattern => Type.HasWildcard();

    /// <inheritdoc/>
    public override string ToString() => Item?.ToString() ?? Type;
}

/// <summary>Creates identities from names of types, types and objects.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectArgumentAttribute : IdentityArgumentAttribute<ObjectIdentity>
{
    private protected override ObjectIdentity? CreateIdentity(object value) => value switch
    {
        string name when string.IsNullOrWhiteSpace(name) => throw new ArgumentException("The type is empty. Get-MailObjectType lists the types."),
        string name => new ObjectIdentity(name),
        MailObject item => new ObjectIdentity(item),
        MailObjectType type => new ObjectIdentity(type.Name),
        _ when MailObject.FindBehind(value) is { } behind => new ObjectIdentity(behind),
        _ when PipelineObject.IsOwn(value) => throw new ArgumentException(
            $"'{InputText.Format(value)}' is a {value.GetType().Name}, and which object of the server it is made of is not known here. Specify type and id: Get-MailObjectType lists the types, and Get-MailObject the objects of one with their ids."),
        _ => null,
    };
}
