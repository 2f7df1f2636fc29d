using System.Text.Json.Nodes;
using MailAdmin.Client.Api.Objects;

namespace MailAdmin.Client;

/// <summary>A new object that is checked, and not sent yet.</summary>
public sealed class ObjectCreation
{
    internal ObjectCreation(TypeSchema schema, JsonObject value, IReadOnlyList<string> secrets, string description, IReadOnlyList<string> warnings) =>
        (Schema, Value, Secrets, Description, Warnings) = (schema, value, secrets, description, warnings);

    /// <summary>Its type.</summary>
    public string Type => Schema.Name;

    /// <summary>Its properties for people; secrets are hidden.</summary>
    public string Description { get; }

    /// <summary>What the server does with it that one may not expect.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What people will call it; null where nothing names it.</summary>
    public string? Name => ObjectNames.Properties.Select(name => ObjectShape.GetText(Value, name)).FirstOrDefault(text => text is not null);

    internal TypeSchema Schema { get; }

    internal JsonObject Value { get; }

    internal IReadOnlyList<string> Secrets { get; }
}
