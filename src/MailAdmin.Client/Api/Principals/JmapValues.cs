using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Values of the directory's objects that are no plain text or number, as the server takes them.</summary>
internal static class JmapValues
{
    /// <summary>A set: its elements are the names of members that are true.</summary>
    public static void WriteSet(Utf8JsonWriter writer, IEnumerable<string> elements)
    {
        writer.WriteStartObject();
        foreach (string element in elements.Distinct())
        {
            writer.WriteBoolean(element, true);
        }
        writer.WriteEndObject();
    }
}
