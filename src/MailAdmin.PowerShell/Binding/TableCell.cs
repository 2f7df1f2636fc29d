using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>One value of a row as the text of a cell. An object with members of its own is no value, and says so: as an empty cell it would be lost.</summary>
/// <param name="Text">The text; null for an empty cell.</param>
/// <param name="IsObject">Whether the value was an object.</param>
internal readonly record struct TableCell(string? Text, bool IsObject)
{
    /// <summary>Takes a property of an object.</summary>
    public static TableCell FromValue(object? value)
    {
        object? unwrapped = value.Unwrap();
        return unwrapped switch
        {
            null or DBNull => default,
            string text => new TableCell(text, false),
            SecureString secure => new TableCell(SecureStringConverter.ToPlainText(secure), false),
            PSCredential credential => new TableCell(SecureStringConverter.ToPlainText(credential.Password), false),
            StringList items => new TableCell(string.Join(';', items), false),
            PSObject bag => FromBag(bag),
            NamedValues => new TableCell(unwrapped.ToString(), true),
            IDictionary table => FromMembers(table["Word"], table["Name"], table.ToString()),
            IDictionary<string, object?> table => FromMembers(table.TryGetValue("Word", out object? word) ? word : null, table.TryGetValue("Name", out object? name) ? name : null, table.ToString()),
            IEnumerable items => Join(items.Cast<object?>().Select(FromValue)),
            IFormattable => new TableCell(InputText.Format(unwrapped), false),
            _ => FromText(unwrapped.ToString(), unwrapped.GetType().ToString()),
        };
    }

    /// <summary>Takes a member of a JSON object.</summary>
    public static TableCell FromJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => default,
        JsonValueKind.Array => Join(value.EnumerateArray().Select(FromJson)),
        JsonValueKind.String => new TableCell(value.GetString(), false),
        JsonValueKind.Object => FromMembers(GetText(value, "Word"), GetText(value, "Name"), value.GetRawText()),
        _ => new TableCell(value.GetRawText(), false),
    };

    // What came from a file or another process has lost its type; its text is kept beside its properties.
    private static TableCell FromBag(PSObject bag)
    {
        TableCell word = FromMembers(bag.Properties["Word"]?.Value, bag.Properties["Name"]?.Value, bag.ToString());
        string type = bag.TypeNames.Count > 0 ? bag.TypeNames[0] : "";
        return word.IsObject && type.StartsWith(PipelineObject.LostType, StringComparison.Ordinal) ? FromText(bag.ToString(), type[PipelineObject.LostType.Length..]) : word;
    }

    // A word of this module (a type of principal) has the server's word and that of people, and is known by both.
    private static TableCell FromMembers(object? word, object? name, string? text) =>
        word.Unwrap() is string own && string.Equals(own, name.Unwrap() as string, StringComparison.OrdinalIgnoreCase) ? new TableCell(own, false) : new TableCell(text, true);

    // Without a text of its own an object has the name of its type, or a list of its properties.
    private static TableCell FromText(string? text, string type) => new(text, string.IsNullOrEmpty(text) || text == type || text.StartsWith("@{", StringComparison.Ordinal));

    private static TableCell Join(IEnumerable<TableCell> items)
    {
        TableCell[] cells = [.. items];
        return new TableCell(string.Join(';', cells.Select(cell => cell.Text)), Array.Exists(cells, cell => cell.IsObject));
    }

    private static string? GetText(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
