using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// What is wrong with a cell, which can be said with and without what the cell holds. A text that is filled in counts as part of the cell; what is not, such as a
/// list of the words that are read, is filled in as <see cref="Plain"/>.
/// </summary>
[InterpolatedStringHandler]
internal sealed partial class CellMessage
{
    private const char Hole = '…';

    private readonly StringBuilder _shown;
    private readonly StringBuilder _hidden;

    /// <param name="literalLength">The length of the sentence itself.</param>
    /// <param name="formattedCount">How many texts are filled in.</param>
    public CellMessage(int literalLength, int formattedCount)
    {
        _shown = new StringBuilder(literalLength + (formattedCount * 16));
        _hidden = new StringBuilder(literalLength + formattedCount);
    }

    private CellMessage(string shown, string hidden)
    {
        _shown = new StringBuilder(shown);
        _hidden = new StringBuilder(hidden);
    }

    /// <summary>The sentence with what the cell holds.</summary>
    public string Shown => _shown.ToString();

    /// <summary>The sentence without it.</summary>
    public string Hidden => _hidden.ToString();

    /// <summary>A text that has nothing of a cell.</summary>
    public static CellMessage Plain(string text) => new(text, text);

    /// <summary>The sentence of a check that knows nothing of cells. It quotes the value, and perhaps what it would make of it.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="value">The value as the check got it.</param>
    public static CellMessage Quoting(string sentence, string value)
    {
        string unquoted = Quoted().Replace(sentence.Replace($"'{value}'", $"'{Hole}'", StringComparison.Ordinal), $"'{Hole}'")
            // What it may have been is as much a part of the cell, and advice without it says nothing.
            .Replace($": it may be '{Hole}'", "", StringComparison.Ordinal);
        return new CellMessage(sentence, Regex.Replace(unquoted, $@"(?<!\w){Regex.Escape(value)}(?!\w)", Hole.ToString()));
    }

    /// <summary>Two sentences, where the one without the value is another.</summary>
    public static CellMessage Either(string shown, string hidden) => new(shown, hidden);

    public void AppendLiteral(string text)
    {
        _shown.Append(text);
        _hidden.Append(text);
    }

    public void AppendFormatted(string? cell)
    {
        _shown.Append(cell);
        _hidden.Append(Hole);
    }

    public void AppendFormatted(CellMessage part)
    {
        _shown.Append(part._shown);
        _hidden.Append(part._hidden);
    }

    public void AppendFormatted(PrincipalType type) => AppendLiteral(type.ToString());

    public void AppendFormatted(int number) => AppendLiteral(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void AppendFormatted(char separator) => AppendLiteral(separator.ToString());

    /// <summary>The sentence without what the cell holds.</summary>
    public override string ToString() => Hidden;

    [GeneratedRegex("'[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
