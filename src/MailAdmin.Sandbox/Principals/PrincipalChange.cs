using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>One line of a PATCH.</summary>
internal sealed record PrincipalChange(ChangeAction Action, PrincipalField Field, PrincipalValue Value)
{
    public static IReadOnlyList<PrincipalChange> ReadAll(JsonElement body) => [.. body.EnumerateArray().Select(Read)];

    private static PrincipalChange Read(JsonElement line) =>
        new(ReadAction(line.GetText("action")), PrincipalFields.Parse(line.GetText("field")), PrincipalValue.Read(line.GetProperty("value")));

    private static ChangeAction ReadAction(string action) => action switch
    {
        "set" => ChangeAction.Set,
        "addItem" => ChangeAction.AddItem,
        _ => ChangeAction.RemoveItem,
    };
}
