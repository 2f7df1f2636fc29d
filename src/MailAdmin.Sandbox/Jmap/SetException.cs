using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>An object that is not created, changed or destroyed. Carries the SetError.</summary>
internal sealed class SetException : Exception
{
    private SetException(string type, string? description)
        : base(description)
    {
        Error["type"] = type;
        if (description is not null)
        {
            Error["description"] = description;
        }
    }

    /// <summary>The error as the client gets it.</summary>
    public JsonObject Error { get; } = [];

    public static SetException NotFound() => new("notFound", null);

    public static SetException WillDestroy() => new("willDestroy", "The same call destroys it.");

    public static SetException Singleton() => new("singleton", "There is always one of it.");

    public static SetException Forbidden(string description) => new("forbidden", description);

    public static SetException OverQuota(string description) => new("overQuota", description);

    public static SetException InvalidPatch(PatchException refused) => new SetException("invalidPatch", refused.Message).WithProperties(refused.Path);

    public static SetException InvalidProperties(string? description, params string[] properties) =>
        new SetException("invalidProperties", description).WithProperties(properties);

    public static SetException From(StoreException refused)
    {
        switch (refused.Fault)
        {
            case StoreFault.Invalid:
                var invalid = new SetException("validationFailed", null);
                invalid.Error["validationErrors"] = new JsonArray([.. refused.Errors.Select(Write)]);
                return invalid;
            case StoreFault.Missing:
                return new SetException("invalidForeignKey", null).About(refused.Subject);
            case StoreFault.Taken:
                return new SetException("primaryKeyViolation", null).WithProperties(refused.Key).About(refused.Subject);
            default:
                SetException linked = new SetException("objectIsLinked", null).About(refused.Subject);
                linked.Error["linkedObjects"] = new JsonArray([.. refused.Linked.Select(Write)]);
                return linked;
        }
    }

    /// <summary>An expression that cannot be read.</summary>
    public static SetException InvalidExpression(string property, string reason)
    {
        SetException invalid = new SetException("validationFailed", null).WithProperties(property);
        invalid.Error["validationErrors"] = new JsonArray(Write(new ValidationError("Invalid", property, Value: reason)));
        return invalid;
    }

    /// <summary>Another object stands in the way.</summary>
    public static SetException InvalidSetting(string description, ObjectReference culprit) => new SetException("validationFailed", description).About(culprit);

    private SetException WithProperties(params string[] properties)
    {
        if (properties.Length > 0)
        {
            Error["properties"] = new JsonArray([.. properties.Select(property => JsonValue.Create(property))]);
        }

        return this;
    }

    private SetException About(ObjectReference subject)
    {
        Error["objectId"] = Write(subject);
        return this;
    }

    private static JsonObject Write(ObjectReference reference) => new() { ["object"] = reference.Type.Name, ["id"] = RegistryId.Format(reference.Id) };

    private static JsonObject Write(ValidationError error)
    {
        var json = new JsonObject { ["type"] = error.Kind, ["property"] = error.Property };
        if (error.Required is { } required)
        {
            json["required"] = required;
        }

        if (error.Value is { } value)
        {
            json["value"] = value;
        }

        return json;
    }
}
