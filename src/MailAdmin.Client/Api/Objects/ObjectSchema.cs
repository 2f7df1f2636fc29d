using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>The types of the server's objects, as it serves them.</summary>
internal sealed class ObjectSchema
{
    private readonly Dictionary<string, TypeSchema> _types;
    private readonly Dictionary<string, ObjectShape> _shapes;

    private ObjectSchema(Dictionary<string, TypeSchema> types, Dictionary<string, ObjectShape> shapes) => (_types, _shapes) = (types, shapes);

    /// <summary>The types by name, in alphabetical order.</summary>
    public IEnumerable<TypeSchema> Types => _types.Values.OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>What stands inside of objects, by name.</summary>
    public IEnumerable<ObjectShape> Shapes => _shapes.Values;

    /// <summary>The type of a name, whatever its capitals; null if there is none.</summary>
    public TypeSchema? Find(string name) => _types.GetValueOrDefault(name);

    /// <summary>The shape of a name; null if there is none.</summary>
    public ObjectShape? FindShape(string name) => _shapes.GetValueOrDefault(name);

    /// <summary>The type of a name.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: there is none.</exception>
    public TypeSchema Get(string name)
    {
        if (Find(name) is { } type)
        {
            return type;
        }
        string advice = NearestName.Find(name, _types.Keys) is { } meant ? $"Is {meant} meant?" : "Get-MailObjectType lists them.";
        throw MailServerException.CreateRefusal(Operations.CallJmap, "Type", $"The server has no objects of the type '{name}'. {advice}");
    }

    /// <summary>The shape of a value.</summary>
    /// <exception cref="MailServerException"><c>UnexpectedResponse</c>: the schema has none of this name.</exception>
    public ObjectShape GetShape(ObjectValueType type) => _shapes.GetValueOrDefault(type.Of)
        ?? throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.GetSchema, $"The schema of the server does not describe '{type.Of}', which it names.");

    /// <summary>Reads the document.</summary>
    public static ObjectSchema Read(ref Utf8JsonReader reader) => new ObjectSchemaReader(JsonElement.ParseValue(ref reader)).Read(static (types, shapes) => new ObjectSchema(types, shapes));
}
