using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Spam;

/// <summary>Reads the answer of POST /spam-filter/classify (docs/api.md §6.10): tags keyed by name, each with an action and, where it only scores, a value.</summary>
internal static class SpamResultReader
{
    private static readonly string[] s_known = ["score", "tags", "disposition"];

    public static MailSpamResult Read(ref Utf8JsonReader reader)
    {
        var data = JsonElement.ParseValue(ref reader);
        JsonElement disposition = data.GetProperty("disposition");
        return new MailSpamResult
        {
            Score = data.GetProperty("score").GetDouble(),
            Tag = new ItemList<MailSpamTag>(data.GetProperty("tags").EnumerateObject().Select(ReadTag).OrderBy(tag => tag.Action == SpamAction.Allow).ThenByDescending(tag => Math.Abs(tag.Score)).ThenBy(tag => tag.Name, StringComparer.Ordinal)),
            Disposition = ReadAction(disposition),
            Headers = disposition.GetText("value"),
            AdditionalData = data.GetUnknownMembers(s_known),
        };
    }

    private static MailSpamTag ReadTag(JsonProperty tag) => new(
        tag.Name,
        tag.Value.TryGetProperty("value", out JsonElement score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : 0,
        ReadAction(tag.Value));

    private static SpamAction ReadAction(JsonElement holder) => SpamAction.Parse(holder.GetProperty("action").GetString()!);
}
