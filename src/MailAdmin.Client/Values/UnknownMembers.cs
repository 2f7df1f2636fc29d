using System.Collections.ObjectModel;
using System.Text.Json;

namespace MailAdmin.Client.Values;

/// <summary>Gathers the members of an answer that this version does not know.</summary>
internal sealed class UnknownMembers
{
    private Dictionary<string, JsonElement>? _members;

    /// <summary>Keeps the value the reader stands on, and leaves the reader at its end.</summary>
    public void Add(string name, ref Utf8JsonReader reader) => Add(name, JsonElement.ParseValue(ref reader));

    public void Add(string name, JsonElement value) => (_members ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal))[name] = value.EnsureReadable();

    public IReadOnlyDictionary<string, JsonElement> ToDictionary() => _members is null ? ReadOnlyDictionary<string, JsonElement>.Empty : _members;
}
