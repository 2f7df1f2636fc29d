using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// Finds expressions of settings that are none, as far as their signs tell. A server takes an operator that has nothing on one side, and counts with nothing there; which names there
/// are only the server knows.
/// </summary>
internal static partial class ExpressionText
{
    private const string Operators = "+*/-&|^=<>!";

    /// <summary>The expressions in what is written of an object, as a whole or by paths.</summary>
    public static IEnumerable<(string Path, string Text)> Find(JsonObject written, string path = "")
    {
        foreach ((string name, JsonNode? value) in written)
        {
            string inner = ObjectWriter.Join(path, name);
            if (value is JsonObject members)
            {
                foreach ((string Path, string Text) found in Find(members, inner))
                {
                    yield return found;
                }
            }
            else if (name[(name.LastIndexOf('/') + 1)..] is "else" or "if" or "then" && value?.GetValueKind() == JsonValueKind.String)
            {
                yield return (inner, value.GetValue<string>());
            }
        }
    }

    /// <summary>What is wrong with an expression; null where its signs do not tell.</summary>
    public static string? FindError(string expression)
    {
        int open = 0;
        // The operator that has nothing on its right yet, and whether a value stands before what comes next.
        char? waiting = null;
        bool afterValue = false;
        for (int at = 0; at < expression.Length; at++)
        {
            char sign = expression[at];
            if (char.IsWhiteSpace(sign))
            {
                continue;
            }
            if (sign is '"' or '\'')
            {
                at = FindEnd(expression, at);
                if (at < 0)
                {
                    return $"a quotation mark {sign} is not closed";
                }
                (waiting, afterValue) = (null, true);
            }
            else if (sign is '(' or '[')
            {
                open += sign == '(' ? 1 : 0;
                (waiting, afterValue) = (null, false);
            }
            else if (sign is ')' or ']' or ',')
            {
                open -= sign == ')' ? 1 : 0;
                if (waiting is not null || open < 0)
                {
                    return waiting is null ? "a parenthesis is closed that is not open" : Describe(waiting.Value);
                }
                afterValue = sign != ',';
            }
            else if (Operators.Contains(sign, StringComparison.Ordinal))
            {
                bool isSingle = sign is '-' or '!' && !(sign == '!' && Next(expression, at) == '=');
                if (!afterValue && !isSingle)
                {
                    return Describe(sign);
                }
                at += IsOfTwoSigns(sign, Next(expression, at)) ? 1 : 0;
                (waiting, afterValue) = (sign, false);
            }
            else
            {
                (waiting, afterValue) = (null, true);
            }
        }
        return waiting is not null ? Describe(waiting.Value) : open > 0 ? "a parenthesis is not closed" : null;
    }

    /// <summary>Whether it names what the server may not know.</summary>
    public static bool HasNames(string expression) => Parts().Matches(expression).Any(part => part.Groups["name"] is { Success: true, Value: not ("true" or "false") });

    private static string Describe(char sign) => $"the operator {sign} has nothing on one side, which the server would take without a word";

    private static char Next(string expression, int at) => at + 1 < expression.Length ? expression[at + 1] : '\0';

    private static bool IsOfTwoSigns(char sign, char next) =>
        (sign is '&' or '|' && next == sign) || (sign is '!' or '<' or '>' && next == '=') || (sign == '=' && next is '=' or '<' or '>');

    // A sign after a backslash does not end the text.
    private static int FindEnd(string expression, int start)
    {
        for (int at = start + 1; at < expression.Length; at++)
        {
            if (expression[at] == '\\')
            {
                at++;
            }
            else if (expression[at] == expression[start])
            {
                return at;
            }
        }
        return -1;
    }

    // Texts and durations are passed over.
    [GeneratedRegex(@"""(\\.|[^""\\])*""|'(\\.|[^'\\])*'|[0-9][A-Za-z0-9.]*|(?<name>[A-Za-z_$][A-Za-z0-9_$.]*)")]
    private static partial Regex Parts();
}
