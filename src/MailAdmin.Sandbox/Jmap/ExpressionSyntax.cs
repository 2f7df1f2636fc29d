using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>
/// Reads an expression as a real server does, which asks whether each name is known, brackets match and functions have their arguments. It does not ask whether an operator has
/// something on both sides: <c>50 +</c> passes.
/// </summary>
internal sealed partial class ExpressionSyntax
{
    private const string Mismatched = "Mismatched parentheses";

    // What takes its first argument as a text in quotation marks, which is read at once.
    private static readonly string[] s_quoted = ["matches", "metric", "system"];
    private static readonly string[] s_systemNames = ["domain", "hostname", "node_id", "node_hostname", "node_role"];

    private readonly string _text;
    private readonly Stack<Open> _open = new();
    private int _at;
    private bool _afterValue;

    private ExpressionSyntax(string text) => _text = text;

    /// <summary>What is wrong, in the words of a real server; null for nothing.</summary>
    public static string? FindError(string text)
    {
        try
        {
            new ExpressionSyntax(text).Read();
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private void Read()
    {
        while (_at < _text.Length && _text[_at] != '}')
        {
            char letter = _text[_at];
            if (Word().Match(_text, _at) is { Success: true } word)
            {
                _at += word.Length;
                ReadWord(word.Value);
            }
            else
            {
                _at++;
                ReadSign(letter);
            }
        }
        if (_open.Any(open => open.Close == ')'))
        {
            throw new FormatException("Unmatched open parenthesis");
        }
        if (_open.Count > 0)
        {
            throw new FormatException("Invalid token on the operator stack");
        }
    }

    private void ReadWord(string word)
    {
        bool isCall = _at < _text.Length && _text[_at] == '(';
        if (isCall && s_quoted.Contains(word))
        {
            _at++;
            ReadQuotedArgument(word);
        }
        else if (ExpressionNames.Functions.TryGetValue(word, out int arguments))
        {
            if (!isCall)
            {
                throw new FormatException("Invalid token on the operator stack");
            }
            _at++;
            Count(1);
            _open.Push(new Open(')', word, arguments));
            _afterValue = false;
        }
        else
        {
            CheckValue(word);
            AddValue(isVariable: !char.IsAsciiDigit(word[0]));
        }
    }

    private static void CheckValue(string word)
    {
        bool isKnown = word.StartsWith('$') ? word.Length > 1
            : word.Any(char.IsAsciiLetter) || word.Contains('_', StringComparison.Ordinal) ? ExpressionNames.Values.Contains(word) || Duration().IsMatch(word)
            : word.Contains('.', StringComparison.Ordinal) ? double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            : long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!isKnown)
        {
            throw new FormatException(word.All(letter => letter == '.' || char.IsAsciiDigit(letter)) ? $"Invalid {(word.Contains('.', StringComparison.Ordinal) ? "float" : "integer")} value {word}" : $"Invalid variable or constant \"{word}\"");
        }
    }

    private void ReadQuotedArgument(string function)
    {
        SkipSpace();
        char quote = _at < _text.Length ? _text[_at++] : throw new FormatException("Unexpected end of expression");
        if (quote is not ('"' or '\''))
        {
            throw new FormatException($"Expected '\"', found invalid character '{quote}'");
        }
        string text = ReadText(quote);
        if (function == "system" && !s_systemNames.Contains(text))
        {
            throw new FormatException($"Invalid system variable name \"{text}\"");
        }
        if (function == "matches")
        {
            SkipSpace();
            if (_at >= _text.Length || _text[_at++] != ',')
            {
                throw new FormatException("Unexpected end of expression");
            }
        }
        Count(1);
        _open.Push(new Open(')', function, function == "matches" ? 1 : 0));
        _afterValue = false;
    }

    private string ReadText(char quote)
    {
        int start = _at;
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == quote && _text[_at - 1] != '\\')
            {
                return _text[start.._at++];
            }
        }
        throw new FormatException("Unterminated string");
    }

    private void ReadSign(char sign)
    {
        switch (sign)
        {
            case ' ' or '\r' or '\n':
                break;
            case '"' or '\'':
                ReadText(sign);
                AddValue(isVariable: false);
                break;
            case '(':
                _open.Push(new Open(')', null, 0));
                _afterValue = false;
                break;
            case '[':
                if (!_afterValue)
                {
                    Count(1);
                }
                _open.Push(new Open(']', null, 0));
                _afterValue = false;
                break;
            case ')' or ']':
                CloseOne(sign);
                break;
            case ',':
                _afterValue = false;
                break;
            case '!' when !NextIs('='):
                break;
            case '-' when IsAtStart():
                break;
            case '&' or '|' or '!' or '^' or '+' or '*' or '/' or '-' or '=' or '<' or '>':
                SkipSecondSign(sign);
                Count(-1);
                _afterValue = false;
                break;
            default:
                throw new FormatException($"Invalid character '{sign}'");
        }
    }

    private void CloseOne(char sign)
    {
        if (sign == ')' && !_open.Any(open => open.Close == ')'))
        {
            throw new FormatException("Unmatched close parenthesis");
        }
        if (!_open.TryPop(out Open? open) || open.Close != sign)
        {
            throw new FormatException(Mismatched);
        }
        if (open.Function is not null && open.Count != open.Arguments)
        {
            throw new FormatException(open.Function switch
            {
                "matches" => "Expression function \"matches\" expected 2 arguments",
                _ when s_quoted.Contains(open.Function) => "Expression function expected 1 argument",
                _ => string.Create(CultureInfo.InvariantCulture, $"Expression function \"{open.Function}\" expected {open.Arguments} arguments, got {open.Count}"),
            });
        }
        _afterValue = true;
    }

    private void SkipSecondSign(char sign)
    {
        if ((sign is '&' or '|' && NextIs(sign)) || (sign is '!' or '<' or '>' && NextIs('=')) || (sign == '=' && (NextIs('=') || NextIs('>') || NextIs('<'))))
        {
            _at++;
        }
    }

    private bool NextIs(char sign) => _at < _text.Length && _text[_at] == sign;

    // There it is the sign of a number.
    private bool IsAtStart()
    {
        string before = _text[..(_at - 1)].TrimEnd(' ', '\r', '\n');
        return before.Length == 0 || before[^1] is '(' or ',' or '&' or '|' or '^' or '+' or '*' or '/' or '-' or '=' or '<' or '>';
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private void AddValue(bool isVariable)
    {
        Count(1);
        _afterValue = isVariable;
    }

    // Two values with an operator between them are one argument.
    private void Count(int values)
    {
        if (_open.FirstOrDefault(open => open.Function is not null) is { } call)
        {
            call.Count += values;
        }
    }

    private sealed class Open(char close, string? function, int arguments)
    {
        public char Close => close;

        public string? Function => function;

        public int Arguments => arguments;

        public int Count { get; set; }
    }

    [GeneratedRegex(@"\G[A-Za-z0-9_$.][A-Za-z0-9_$.]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\d+(\.\d+)?(d|h|m|s|ms)$")]
    private static partial Regex Duration();
}
