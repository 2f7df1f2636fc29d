using System.Text.Json;

namespace MailAdmin.Client.Values;

/// <summary>Gathers the members of an answer that this version does not know.</summary>
internal sealed class UnknownMembers
{
    private Dictionary<string, object?>? _members;

    /// <summary>Keeps the value the reader stands on, and leaves the reader at its end.</summary>
    public void Add(string name, ref Utf8JsonReader reader) => Add(name, JsonElement.ParseValue(ref reader));

    public void Add(string name, JsonElement value) => (_members ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = NamedValues.FromJson(value.EnsureReadable());

    public NamedValues ToValues() => _members is null ? NamedValues.Empty : new NamedValues(_members);
}
