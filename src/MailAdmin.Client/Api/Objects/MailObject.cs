using MailAdmin.Client.Api.Objects;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client;

/// <summary>An object of a server from 0.16 on: a setting, or a thing that the server keeps.</summary>
public sealed class MailObject : ServerObject
{
    /// <summary>The id of an object that there is once.</summary>
    public const string SingletonId = ObjectReference.SingletonId;

    /// <summary>The id of the object that a principal is.</summary>
    /// <param name="principalId">The number of the principal (<see cref="MailPrincipal.Id"/>).</param>
    public static string ToId(uint principalId) => JmapId.FromNumber(principalId);

    /// <summary>The object that something else was made of, without its properties; null where that is not known, or there is none.</summary>
    /// <param name="value">A principal, a DKIM signature or a task.</param>
    public static MailObject? FindBehind(object value) => value switch
    {
        MailPrincipal { Id: > 0 } principal when DirectoryType.Find(principal.Kind) is { } type && type != DirectoryType.ApiKey => Create(type.ObjectType, ToId(principal.Id)),
        MailDkimSignature signature => Create("DkimSignature", signature.Id),
        MailTask task => Create("Task", task.Id),
        _ => null,
    };

    private static MailObject? Create(string type, string id) => JmapId.IsValid(id) ? new MailObject(type, id, NamedValues.Empty) : null;

    /// <summary>Makes it of what the server answered.</summary>
    public MailObject(string type, string id, NamedValues property) => (Type, Id, Property) = (type, id, property);

    /// <summary>Its type, such as <c>Http</c>.</summary>
    public string Type { get; }

    /// <summary>Its id; <c>singleton</c> of a type of which there is one.</summary>
    public string Id { get; }

    /// <summary>Its properties as the server names them. Sizes are bytes, secrets a <see cref="HiddenSecret"/>, ids those of other objects.</summary>
    public NamedValues Property { get; }

    /// <inheritdoc/>
    public override string ToString() => ObjectNames.Describe(Type, Id, ObjectNames.Find(Property));
}
