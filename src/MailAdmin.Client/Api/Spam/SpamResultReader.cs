using System.Text.Json;
using MailAdmin.Client.Calls;
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

    /// <summary>
    /// The answer of the action of 0.16 (docs/api-0.16.md §8.8). A tag without a score shows the same as one that refuses by itself, which is why nothing is said of what it does
    /// (trap 40).
    /// </summary>
    public static MailSpamResult ReadActionAnswer(JsonElement data)
    {
        try
        {
            string result = data.GetProperty("result").GetString() ?? "";
            return new MailSpamResult
            {
                Score = data.GetProperty("score").GetDouble(),
                Tag = new ItemList<MailSpamTag>(data.GetProperty("tags").EnumerateObject().Select(ReadActionTag).OrderBy(tag => tag.Action == SpamAction.Discard ? 0 : 1).ThenByDescending(tag => Math.Abs(tag.Score)).ThenBy(tag => tag.Name, StringComparer.Ordinal)),
                Disposition = result is "spam" or "ham" ? SpamAction.Allow : SpamAction.Parse(result),
                IsSpam = result switch
                {
                    "spam" => true,
                    "ham" => false,
                    _ => null,
                },
                AdditionalData = data.GetUnknownMembers("score", "tags", "result"),
            };
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.CallJmap, "The answer to the test is not one of the server's.", e);
        }
    }

    private static MailSpamTag ReadActionTag(JsonProperty tag)
    {
        double score = tag.Value.GetProperty("score").GetDouble();
        return new MailSpamTag(tag.Name, score, tag.Value.GetText("disposition") switch
        {
            "score" => SpamAction.Allow,
            "discard" => SpamAction.Discard,
            "reject" => SpamAction.Unspecified,
            var other => SpamAction.Parse(other ?? SpamAction.Unspecified.Name),
        });
    }

    private static MailSpamTag ReadTag(JsonProperty tag) => new(
        tag.Name,
        tag.Value.TryGetProperty("value", out JsonElement score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : 0,
        ReadAction(tag.Value));

    private static SpamAction ReadAction(JsonElement holder) => SpamAction.Parse(holder.GetProperty("action").GetString()!);
}
