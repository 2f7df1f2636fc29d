using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>What is to be different about an object, by path; the rest of it stays as it is.</summary>
internal sealed class JmapPatch
{
    private readonly List<(string Path, Action<Utf8JsonWriter> WriteValue)> _values = [];

    /// <summary>Whether nothing is to be different.</summary>
    public bool IsEmpty => _values.Count == 0;

    /// <summary>Sets a text; null clears it.</summary>
    public void Set(string path, string? text) => Set(path, writer => writer.WriteStringValue(text));

    /// <summary>Sets a number; null clears it.</summary>
    public void Set(string path, long? number) => Set(path, writer =>
    {
        if (number is { } value)
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    });

    /// <summary>Puts an element into a set, or takes it out.</summary>
    public void SetElement(string set, string element, bool isIn) => Set(JmapPath.Combine(set, element), writer =>
    {
        if (isIn)
        {
            writer.WriteBooleanValue(true);
        }
        else
        {
            writer.WriteNullValue();
        }
    });

    /// <summary>Sets a value of any form.</summary>
    public void Set(string path, Action<Utf8JsonWriter> writeValue) => _values.Add((path, writeValue));

    /// <summary>Writes paths and values.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        foreach ((string path, Action<Utf8JsonWriter> writeValue) in _values)
        {
            writer.WritePropertyName(path);
            writeValue(writer);
        }
    }
}
