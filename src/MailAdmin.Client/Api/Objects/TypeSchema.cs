using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>A type of objects that can be read and written.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">What its objects have.</param>
internal sealed record TypeSchema(string Name, ObjectShape Shape)
{
    public bool IsSingleton { get; init; }

    public bool IsEnterprise { get; init; }

    /// <summary>How the names of its permissions begin.</summary>
    public string PermissionPrefix { get; init; } = "";

    /// <summary>The name that its methods have.</summary>
    public string WireName => ObjectTypeName.ToWire(Name);
}
