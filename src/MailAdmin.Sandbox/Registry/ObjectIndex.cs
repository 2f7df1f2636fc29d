using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>What can be found in an object: whom it refers to, what has to be unique, its words.</summary>
internal sealed class ObjectIndex
{
    private readonly RegistrySchema _schema;
    private readonly ObjectType _type;
    private readonly HashSet<ObjectLink> _links = [];
    private readonly HashSet<ObjectKey> _keys = [];
    private readonly HashSet<(string Filter, string Word)> _words = [];

    private ObjectIndex(RegistrySchema schema, ObjectType type, JsonObject value)
    {
        _schema = schema;
        _type = type;
        Visit(type.Name, value);
    }

    public IReadOnlySet<ObjectLink> Links => _links;

    public IReadOnlySet<ObjectKey> Keys => _keys;

    public static ObjectIndex Of(RegistrySchema schema, ObjectType type, JsonObject value) => new(schema, type, value);

    /// <summary>Whether a word is in the properties that a filter looks at.</summary>
    public bool HasWord(string filter, string word) => _words.Contains((filter, word));

    /// <summary>The words of a text, in lower case. A single letter is none.</summary>
    public static IEnumerable<string> WordsOf(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
            {
                end++;
            }

            if (System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start)) > 1)
            {
                yield return text[start..end].ToLowerInvariant();
            }

            start = end + 1;
        }
    }

    private void Visit(string shape, JsonObject value)
    {
        StructType type = _schema.StructOf(shape, value);
        foreach ((string filter, IReadOnlyList<string> properties) in type.Words)
        {
            foreach (string word in properties.SelectMany(property => TextsOf(value[property])).SelectMany(WordsOf))
            {
                _words.Add((filter, word));
            }
        }

        foreach (UniqueKey key in type.Keys)
        {
            _keys.Add(new ObjectKey(key.Global ? "" : _type.Name, key.Name, string.Join('\n', key.Of.Select(property => value[property]?.ToString()))));
        }

        foreach ((string name, PropertyType property) in type.Properties)
        {
            if (value[name] is { } inner)
            {
                Visit(property, inner);
            }
        }
    }

    private void Visit(PropertyType type, JsonNode value)
    {
        switch (type.Kind)
        {
            case PropertyKind.Id:
                AddLink(type, value.GetValue<string>());
                break;
            case PropertyKind.Set when type.Item!.Kind == PropertyKind.Id:
                foreach (KeyValuePair<string, JsonNode?> item in value.AsObject())
                {
                    AddLink(type.Item, item.Key);
                }

                break;
            case PropertyKind.Object:
                Visit(type.Of, value.AsObject());
                break;
            case PropertyKind.List:
                foreach (KeyValuePair<string, JsonNode?> item in value.AsObject())
                {
                    Visit(type.Of, item.Value!.AsObject());
                }

                break;
            case PropertyKind.Map:
                foreach (KeyValuePair<string, JsonNode?> entry in value.AsObject().Where(entry => entry.Value is not null))
                {
                    Visit(type.Value!, entry.Value!);
                }

                break;
            default:
                break;
        }
    }

    private void AddLink(PropertyType type, string text)
    {
        string[] target = type.Of.Split('/');
        if (RegistryId.TryParse(text, out ulong id) && _schema.Objects.TryGetValue(target[0], out ObjectType? targetType))
        {
            _links.Add(new ObjectLink(new ObjectReference(targetType, id), target.ElementAtOrDefault(1)));
        }
    }

    private static IEnumerable<string> TextsOf(JsonNode? value) => value switch
    {
        JsonObject items => items.Select(item => item.Key),
        null => [],
        _ => [value.ToString()],
    };
}
