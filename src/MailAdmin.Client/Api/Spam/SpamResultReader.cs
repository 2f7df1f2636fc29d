// The answer of the spam test: tags keyed by name, each with an action and, where it only scores, a value.
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Spam;

/// <summary>Reads what /spam-filter/classify answers (contract §6.10).</summary>
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
            Tag = new ItemList<MailSpamTag>(data.GetProperty("tags").EnumerateObject().Select(Tag).OrderBy(tag => tag.Action == SpamAction.Allow).ThenByDescending(tag => Math.Abs(tag.Score)).ThenBy(tag => tag.Name, StringComparer.Ordinal)),
            Disposition = Action(disposition),
            Headers = disposition.Text("value"),
            AdditionalData = data.Except(s_known),
        };
    }

    private static MailSpamTag Tag(JsonProperty tag) => new(
        tag.Name,
        tag.Value.TryGetProperty("value", out JsonElement score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : 0,
        Action(tag.Value));

    private static SpamAction Action(JsonElement holder) => SpamAction.Parse(holder.GetProperty("action").GetString()!);
}
