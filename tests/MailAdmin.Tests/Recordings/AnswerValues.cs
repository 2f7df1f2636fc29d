using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MailAdmin.Tests.Recordings;

/// <summary>Every value that an answer says, in each form in which a result may show it.</summary>
internal static class AnswerValues
{
    public static HashSet<string> Collect(byte[] body)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body);
            Add(document.RootElement, values);
        }
        catch (JsonException)
        {
            values.Add(Encoding.UTF8.GetString(body));
        }
        return values;
    }

    private static void Add(JsonElement value, HashSet<string> values)
    {
        AddText(value.GetRawText, values);
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Add(item, values);
                }
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    AddText(() => member.Name, values);
                    Add(member.Value, values);
                }
                break;
            case JsonValueKind.True or JsonValueKind.False:
                values.Add(value.GetBoolean().ToString());
                break;
            case JsonValueKind.Number:
                values.UnionWith(GetNumberForms(value.GetRawText()));
                break;
            case JsonValueKind.String:
                AddText(() => value.GetString()!, values);
                break;
            default:
                break;
        }
    }

    private static void AddText(Func<string> read, HashSet<string> values)
    {
        string text;
        try
        {
            text = read();
        }
        catch (InvalidOperationException)
        {
            // Half a character, or bytes that are no UTF-8: it says nothing.
            return;
        }
        values.Add(text);
        // As the types of words show a word that they do not know.
        values.Add(text.Trim());
        values.Add(text is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : text);
        values.UnionWith(GetNumberForms(text));
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            values.Add(ResultValues.Format(time));
        }
    }

    // As the number, as seconds since 1970 and as milliseconds.
    private static IEnumerable<string> GetNumberForms(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            yield break;
        }
        yield return number.ToString(CultureInfo.InvariantCulture);
        if (Math.Abs(number) < 1e12)
        {
            yield return Math.Round(number).ToString(CultureInfo.InvariantCulture);
            yield return TimeSpan.FromMilliseconds(number).ToString();
            if (number is > -62135596800 and < 253402300800)
            {
                yield return ResultValues.Format(DateTimeOffset.FromUnixTimeSeconds((long)number));
            }
        }
    }
}
