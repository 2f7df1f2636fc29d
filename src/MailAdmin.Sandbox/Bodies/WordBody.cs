using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>One of some words, in the server's own case.</summary>
internal sealed class WordBody(params string[] words) : BodyType
{
    public override string? FindFault(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return DescribeKind(value, "a string");
        }

        string word = value.GetString()!;
        return words.Contains(word, StringComparer.Ordinal) ? null : DescribeUnknown(word, words);
    }

    public static string DescribeUnknown(string word, IEnumerable<string> words) => $"unknown variant `{word}`, expected one of {string.Join(", ", words.Select(known => $"`{known}`"))}";
}
