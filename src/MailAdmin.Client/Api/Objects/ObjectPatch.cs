using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// Compares what an object is to be with what it is: only what is different is in the patch, by its path. An object inside keeps what is not said of it, and so its secrets; a set or
/// a list is written as a whole, since a place in it names nothing.
/// </summary>
internal sealed class ObjectPatch(ObjectSchema schema, TypeSchema type)
{
    /// <summary>What is to be said where a domain is switched off.</summary>
    public const string DomainSwitch = "The server keeps isEnabled and acts on it nowhere: mail and sign-ins of the domain go on. Disable-MailPrincipal disables accounts.";

    private readonly ObjectText _text = new(schema);
    private readonly ObjectWriter _writer = new(schema);
    private readonly List<(string Path, JsonNode? Value)> _values = [];
    private readonly List<MailObjectChange> _changes = [];
    private readonly List<string> _warnings = [];

    /// <summary>Paths and values.</summary>
    public IReadOnlyList<(string Path, JsonNode? Value)> Values => _values;

    /// <summary>The same for people.</summary>
    public IReadOnlyList<MailObjectChange> Changes => _changes;

    /// <summary>What is lost or left undone by it.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings, .. _writer.Notices];

    /// <summary>The secrets in it.</summary>
    public IReadOnlyList<string> Secrets => _writer.Secrets;

    /// <summary>The roles that it names.</summary>
    public IReadOnlyCollection<string> RoleIds => _writer.RoleIds;

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        foreach ((string path, JsonNode? value) in _values)
        {
            writer.WritePropertyName(path);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }
    }

    /// <summary>Compares an object with what is said of it.</summary>
    /// <param name="current">The object as the server has it.</param>
    /// <param name="values">The properties that are to be different.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the property.</exception>
    public void Compare(JsonObject current, IDictionary values)
    {
        string? before = ObjectShape.GetVariant(current);
        string? after = ObjectWriter.FindVariant(type.Shape, values, "");
        if (after is not null && after != before)
        {
            ChangeVariant(current, values, before, after);
            return;
        }
        CompareMembers(type.Shape, current, values, "", "", type.Name, before);
        if (type.Name == "Domain" && _changes.Any(change => change.Path == "isEnabled"))
        {
            _warnings.Add(DomainSwitch);
        }
    }

    // The whole object is of another kind: what is not said starts from defaults.
    private void ChangeVariant(JsonObject current, IDictionary values, string? before, string after)
    {
        foreach ((string name, JsonNode? value) in _writer.WriteNew(type, values))
        {
            _values.Add((JmapPath.Escape(name), value?.DeepClone()));
            _changes.Add(new MailObjectChange(name, _text.Show(current[name], null), _text.Show(value, type.Shape.GetForm(after).GetValueOrDefault(name)?.Type)));
        }
        _warnings.Add($"From {before} to {after}, the object is made anew: what is not specified starts from the defaults of {after}.");
    }

    private void CompareMembers(ObjectShape shape, JsonObject current, IDictionary values, string path, string wirePath, string typeName, string? variant)
    {
        foreach ((PropertySchema property, object? value) in _writer.Resolve(shape, variant, values, path, typeName))
        {
            ObjectWriter.ThrowIfReadOnly(property, path, typeName);
            string at = ObjectWriter.Join(path, property.Name);
            if (property.IsFixed && path.Length == 0)
            {
                throw ObjectWriter.Refuse(at, $"'{at}' of {typeName} is set when the object is made, and cannot be changed: make a new one, and remove this one.");
            }
            CompareValue(property.Type, current[property.Name], value, at, ObjectWriter.Join(wirePath, JmapPath.Escape(property.Name)));
        }
    }

    private void CompareValue(ObjectValueType kind, JsonNode? current, object? value, string path, string wirePath)
    {
        if (kind.Kind == ValueKind.Object && current is JsonObject inner && value is not null)
        {
            ObjectShape shape = schema.GetShape(kind);
            string? before = ObjectShape.GetVariant(inner);
            if (ObjectWriter.ToTable(shape, value) is { } table)
            {
                string? after = ObjectWriter.FindVariant(shape, table, path);
                if (after is null || after == before)
                {
                    CompareMembers(shape, inner, table, path, wirePath, kind.Of, before);
                    return;
                }
                Add(kind, current, _writer.Write(kind, value, path), path, wirePath);
                _warnings.Add($"'{path}' changes from {before} to {after}: what is not specified of it starts from the defaults of {after}.");
                return;
            }
        }
        if (kind.Kind == ValueKind.Map && current is JsonObject entries && value is IDictionary said)
        {
            CompareMap(kind, entries, said, path, wirePath);
            return;
        }
        JsonNode? written = _writer.Write(kind, value, path);
        if (kind.Kind == ValueKind.List && ObjectText.HoldsSecrets(current) && !AreEqual(current, written))
        {
            ThrowIfSecretsAreLost((JsonObject)current!, (JsonObject)written!, path);
        }
        Add(kind, current, written, path, wirePath);
    }

    private void CompareMap(ObjectValueType kind, JsonObject current, IDictionary said, string path, string wirePath)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (object key in said.Keys)
        {
            string name = _writer.WriteName(kind.Key!, key, path);
            if (!wanted.Add(name))
            {
                throw ObjectWriter.Refuse(path, $"'{path}' has '{name}' twice.");
            }
            CompareValue(kind.Item!, current[name], said[key], ObjectWriter.Join(path, name), ObjectWriter.Join(wirePath, JmapPath.Escape(name)));
        }
        foreach ((string name, JsonNode? value) in current.Where(entry => !wanted.Contains(entry.Key)))
        {
            _values.Add((ObjectWriter.Join(wirePath, JmapPath.Escape(name)), null));
            _changes.Add(new MailObjectChange(ObjectWriter.Join(path, name), _text.Show(value, kind.Item), ObjectText.Nothing));
        }
    }

    private void Add(ObjectValueType kind, JsonNode? current, JsonNode? written, string path, string wirePath)
    {
        if (kind.Kind != ValueKind.Secret && AreEqual(current, written))
        {
            return;
        }
        _values.Add((wirePath, written));
        _changes.Add(new MailObjectChange(path, _text.Show(current, kind), _text.Show(written, kind)));
    }

    // What is written may leave out what is the default anyway, and never holds what is hidden.
    private static bool AreEqual(JsonNode? current, JsonNode? written) => (current, written) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (JsonObject left, JsonObject right) => left.Count == right.Count && right.All(member => left.ContainsKey(member.Key) && AreEqual(left[member.Key], member.Value)),
        (JsonValue left, JsonValue right) => left.GetValueKind() == right.GetValueKind() && Format(left) == Format(right),
        _ => JsonNode.DeepEquals(current, written),
    };

    // 5.0 and 5 are one number.
    private static string Format(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out decimal number) ? number.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture) : value.ToJsonString();

    // A list is written as a whole: a secret in it that is not said anew would be gone.
    private static void ThrowIfSecretsAreLost(JsonObject current, JsonObject written, string path)
    {
        foreach ((string name, JsonNode? value) in current)
        {
            string at = ObjectWriter.Join(path, name);
            if (!written.TryGetPropertyValue(name, out JsonNode? kept))
            {
                if (written.Count > 0 && !name.All(char.IsAsciiDigit) && ObjectText.HoldsSecrets(value))
                {
                    throw ObjectWriter.Refuse(at, $"'{at}' holds a secret that the server does not show, and the list that it is in is written as a whole: specify the secret too.");
                }
                continue;
            }
            if (value is JsonObject inner && kept is JsonObject next)
            {
                ThrowIfSecretsAreLost(inner, next, at);
            }
        }
    }
}
