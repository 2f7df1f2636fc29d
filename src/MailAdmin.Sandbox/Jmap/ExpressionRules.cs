using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>
/// Expressions in settings. A real server compiles them; here quotes and brackets have to match, so a name or an operator that there is not passes.
/// </summary>
internal static class ExpressionRules
{
    private const string Shape = "Expression";

    /// <summary>Checks the expressions of an object.</summary>
    /// <exception cref="SetException">One cannot be read.</exception>
    public static void Check(RegistrySchema schema, string shape, JsonObject value)
    {
        foreach ((string name, PropertyType property) in schema.StructOf(shape, value).Properties)
        {
            if (property is { Kind: PropertyKind.Object, Of: Shape } && value[name] is JsonObject expression && TextsOf(expression).Any(text => !IsComplete(text)))
            {
                throw SetException.InvalidExpression(name, "The expression is not complete.");
            }
        }
    }

    private static IEnumerable<string> TextsOf(JsonObject expression) => expression["match"]!.AsObject()
        .SelectMany(item => new[] { item.Value!["if"], item.Value["then"] }).Append(expression["else"]).Select(text => text?.ToString() ?? "");

    private static bool IsComplete(string text)
    {
        var open = new Stack<char>();
        char quote = '\0';
        foreach (char letter in text)
        {
            if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (letter is '(' or '[')
            {
                open.Push(letter == '(' ? ')' : ']');
            }
            else if (letter is ')' or ']' && (!open.TryPop(out char expected) || expected != letter))
            {
                return false;
            }
        }

        return quote == '\0' && open.Count == 0;
    }
}
