using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Expressions in settings, which a real server compiles before it takes them.</summary>
internal static class ExpressionRules
{
    private const string Shape = "Expression";

    /// <summary>Checks the expressions of an object.</summary>
    /// <exception cref="SetException">One cannot be read.</exception>
    public static void Check(RegistrySchema schema, string shape, JsonObject value)
    {
        foreach ((string name, PropertyType property) in schema.StructOf(shape, value).Properties)
        {
            if (property is { Kind: PropertyKind.Object, Of: Shape } && value[name] is JsonObject expression && FindError(expression) is { } error)
            {
                throw SetException.InvalidExpression(name, error);
            }
        }
    }

    /// <summary>What is wrong with an expression, in the words of a real server; null for nothing.</summary>
    public static string? FindError(JsonObject expression)
    {
        string otherwise = GetText(expression["else"]);
        (string If, string Then)[] conditions = [.. expression["match"]!.AsObject().Select(item => (GetText(item.Value!["if"]), GetText(item.Value["then"])))];
        if (otherwise.Length == 0)
        {
            return conditions.Length == 0 ? null : "Missing 'else' block in 'if' expression";
        }
        if (Array.Exists(conditions, condition => condition.If.Length == 0 || condition.Then.Length == 0))
        {
            return "All 'if' and 'then' blocks must be non-empty";
        }
        return conditions.SelectMany((condition, index) => new[]
        {
            Describe($"'if' expression in condition #{index + 1}", condition.If),
            Describe($"'then' expression in condition #{index + 1}", condition.Then),
        }).Prepend(Describe("'else' expression", otherwise)).FirstOrDefault(error => error is not null);
    }

    private static string? Describe(string place, string text) => ExpressionSyntax.FindError(text) is { } error ? $"Error parsing {place}: {error}" : null;

    private static string GetText(JsonNode? value) => value?.ToString() ?? "";
}
