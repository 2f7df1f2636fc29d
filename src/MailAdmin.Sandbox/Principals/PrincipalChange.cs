using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>One line of a PATCH.</summary>
internal sealed record PrincipalChange(ChangeAction Action, PrincipalField Field, PrincipalValue Value)
{
    /// <summary>Parses the whole body, or refuses all of it.</summary>
    public static IReadOnlyList<PrincipalChange> ParseAll(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            throw ApiException.BadParameters();
        }

        return [.. body.EnumerateArray().Select(Parse)];
    }

    private static PrincipalChange Parse(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object
            || !line.TryGetProperty("action", out JsonElement action)
            || !line.TryGetProperty("field", out JsonElement field)
            || !line.TryGetProperty("value", out JsonElement value)
            || action.ValueKind != JsonValueKind.String
            || field.ValueKind != JsonValueKind.String)
        {
            throw ApiException.BadParameters();
        }

        PrincipalField parsedField = PrincipalFields.Parse(field.GetString());
        if (parsedField == PrincipalField.None)
        {
            throw ApiException.BadParameters();
        }

        return new PrincipalChange(ParseAction(action.GetString()), parsedField, PrincipalValue.Parse(value));
    }

    private static ChangeAction ParseAction(string? action) => action switch
    {
        "set" => ChangeAction.Set,
        "addItem" => ChangeAction.AddItem,
        "removeItem" => ChangeAction.RemoveItem,
        _ => throw ApiException.BadParameters(),
    };
}
