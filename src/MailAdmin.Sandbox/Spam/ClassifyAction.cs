using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Spam;

/// <summary>The action <c>ClassifySpam</c>. No rules are installed, so no tag has a score, and the server calls that <c>reject</c>.</summary>
internal sealed class ClassifyAction(TransportTags transport, TimeProvider clock)
{
    public JsonObject Run(JsonObject action)
    {
        SpamInput input = Read(action);
        using (input.Message)
        {
            var tags = new SortedSet<string>(StringComparer.Ordinal);
            tags.UnionWith(HeaderTags.GetTags(input, clock.GetUtcNow()));
            tags.UnionWith(SenderTags.GetTags(input));
            tags.UnionWith(RecipientTags.GetTags(input));
            tags.UnionWith(ContentTags.GetTags(input));
            tags.UnionWith(transport.GetTags(input));
            return new JsonObject
            {
                ["score"] = 0.0,
                ["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag, (JsonNode?)new JsonObject { ["score"] = 0.0, ["disposition"] = "reject" }))),
                ["result"] = "ham",
            };
        }
    }

    private static SpamInput Read(JsonObject action)
    {
        try
        {
            return new SpamInput(
                MessageText.Parse(Encoding.UTF8.GetBytes(action["message"]!.GetValue<string>())),
                IPAddress.Parse(action["remoteIp"]!.GetValue<string>()),
                action["ehloDomain"]!.GetValue<string>().ToLowerInvariant(),
                action["authenticatedAs"]?.GetValue<string>(),
                action["isTls"]!.GetValue<bool>(),
                action["envFrom"]!.GetValue<string>().ToLowerInvariant(),
                [.. action["envRcptTo"]!.AsObject().Select(recipient => recipient.Key.ToLowerInvariant())]);
        }
        catch (ApiException)
        {
            throw SetException.InvalidProperties("The message cannot be read.", "message");
        }
    }
}
