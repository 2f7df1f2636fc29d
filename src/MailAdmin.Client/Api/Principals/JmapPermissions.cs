using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The permissions of an account, a group or a tenant beside those of its roles, or in place of them.</summary>
internal static class JmapPermissions
{
    private const string Replace = "Replace";

    /// <summary>Whether those of an object stand in place of its roles'.</summary>
    public static bool Replaces(JsonElement item) => item.TryGetProperty("permissions", out JsonElement permissions) && permissions.GetText(DirectoryType.TypeProperty) == Replace;

    /// <summary>Writes them; none beside those of the roles = what the roles give.</summary>
    public static void Write(Utf8JsonWriter writer, bool replaces, IReadOnlyCollection<string> enabled, IReadOnlyCollection<string> disabled)
    {
        bool inherits = !replaces && enabled.Count + disabled.Count == 0;
        writer.WriteStartObject();
        writer.WriteString(DirectoryType.TypeProperty, replaces ? Replace : inherits ? "Inherit" : "Merge");
        if (!inherits)
        {
            writer.WritePropertyName("enabledPermissions");
            JmapValues.WriteSet(writer, enabled);
            writer.WritePropertyName("disabledPermissions");
            JmapValues.WriteSet(writer, disabled);
        }
        writer.WriteEndObject();
    }
}
