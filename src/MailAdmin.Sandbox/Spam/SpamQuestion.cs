using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>The action <c>ClassifySpam</c>: an action that answers.</summary>
internal static class SpamQuestion
{
    /// <summary>Answers it.</summary>
    /// <exception cref="SetException">The message is none.</exception>
    public static JsonObject Answer(SpamClassifier classifier, JsonObject action)
    {
        using MimeMessage message = Read(action["message"]!.GetValue<string>());
        return classifier.Classify(new SpamInput(
            message,
            IPAddress.Parse(action["remoteIp"]!.GetValue<string>()),
            action["ehloDomain"]!.GetValue<string>().ToLowerInvariant(),
            action["authenticatedAs"]?.GetValue<string>(),
            action["isTls"]!.GetValue<bool>(),
            action["envFrom"]!.GetValue<string>().ToLowerInvariant(),
            [.. action["envRcptTo"]!.AsObject().Select(recipient => recipient.Key.ToLowerInvariant())])).Show();
    }

    /// <summary>A setting of the filter by its name up to 0.15.</summary>
    public static string? FindSetting(SettingsInForce settings, string name)
    {
        const string Scores = "list.scores.";
        JsonObject filter = settings["SpamSettings"];
        if (!name.StartsWith(Scores, StringComparison.Ordinal))
        {
            return name switch
            {
                "score.spam" => Format(filter["scoreSpam"]),
                "score.discard" => Format(filter["scoreDiscard"]),
                "score.reject" => Format(filter["scoreReject"]),
                _ => null,
            };
        }

        RegistryObject? tag = settings.List("SpamTag").FirstOrDefault(tag => tag.Text("tag") == name[Scores.Length..]);
        return tag?.Text(RegistrySchema.Variant) is "Score" ? Format(tag.Value["score"]) : tag?.Text(RegistrySchema.Variant)?.ToLowerInvariant();
    }

    private static MimeMessage Read(string message)
    {
        try
        {
            return MessageText.Parse(Encoding.UTF8.GetBytes(message));
        }
        catch (ApiException)
        {
            throw SetException.InvalidProperties("The message could not be parsed.", "message");
        }
    }

    private static string? Format(JsonNode? number) => number?.GetValue<double>().ToString("R", CultureInfo.InvariantCulture);
}
