using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Puts live ids, secrets, times and keys into the calls of a recorded request, by where they stand.</summary>
internal sealed class RequestRefresher(LiveIds ids, LiveValues values, TestKeys keys)
{
    /// <summary>The method calls of a request, each with the recorded answer to it.</summary>
    public string RefreshCalls(string body, JsonElement? recordedAnswer, DateTimeOffset sentAt)
    {
        if (Parse(body) is not JsonObject request || request["methodCalls"] is not JsonArray calls)
        {
            return body;
        }

        foreach (JsonArray call in calls.OfType<JsonArray>())
        {
            if (call is [JsonValue name, JsonObject arguments, JsonNode id] && name.GetValueKind() == JsonValueKind.String)
            {
                call[1] = RefreshArguments(name.GetValue<string>(), arguments, FindAnswer(recordedAnswer, id), sentAt);
            }
        }

        return Write(request);
    }

    /// <summary>A JSON body of another kind.</summary>
    public string RefreshJson(string body, DateTimeOffset sentAt) => Parse(body) is JsonObject json ? Write(Refresh(json, null, null, sentAt)!) : body;

    private JsonObject RefreshArguments(string method, JsonObject arguments, JsonElement? answer, DateTimeOffset sentAt)
    {
        string? account = Text(arguments["accountId"]) ?? (answer is { } given && given.TryGetProperty("accountId", out JsonElement id) ? id.GetString() : null);
        string kind = MemberKinds.KindOfMethod(method, account);
        ReplaceKeys(method, arguments, answer);
        var refreshed = new JsonObject();
        foreach ((string name, JsonNode? value) in arguments)
        {
            refreshed[name] = (name, value) switch
            {
                ("ids" or "destroy", JsonArray list) => new JsonArray([.. list.Select(item => Text(item) is { } recorded ? (JsonNode)ids.GetLive(kind, recorded) : item?.DeepClone())]),
                ("update", JsonObject patches) => RefreshPatches(kind, patches, sentAt),
                ("anchor", JsonValue anchor) when Text(anchor) is { } recorded => ids.GetRanked(kind, recorded),
                ("accountId", JsonValue owner) when Text(owner) is { } recorded => ids.GetLive("Account", recorded),
                _ when name.StartsWith('#') || name is "properties" or "sort" => value?.DeepClone(),
                _ => Refresh(value, name, null, sentAt),
            };
        }

        return refreshed;
    }

    private JsonObject RefreshPatches(string kind, JsonObject patches, DateTimeOffset sentAt)
    {
        var refreshed = new JsonObject();
        foreach ((string id, JsonNode? patch) in patches)
        {
            refreshed[ids.GetLive(kind, id)] = Refresh(patch, null, kind == "Account" ? id : null, sentAt);
        }

        return refreshed;
    }

    /// <param name="value">The value.</param>
    /// <param name="name">The member that it is the value of.</param>
    /// <param name="account">The recorded id of the account that is changed, if it is one.</param>
    /// <param name="sentAt">When it was sent.</param>
    private JsonNode? Refresh(JsonNode? value, string? name, string? account, DateTimeOffset sentAt) => value switch
    {
        JsonObject members => RefreshMembers(members, name, account, sentAt),
        JsonArray items => new JsonArray([.. items.Select(item => Refresh(item, name, account, sentAt))]),
        _ when Text(value) is { } text => RefreshText(text, name, account, sentAt),
        _ => value?.DeepClone(),
    };

    private JsonObject RefreshMembers(JsonObject members, string? name, string? account, DateTimeOffset sentAt)
    {
        var refreshed = new JsonObject();
        foreach ((string member, JsonNode? value) in members)
        {
            string[] path = member.Split('/');
            string live = member;
            if (MemberKinds.KindOfIdSet(name) is { } kind)
            {
                live = ids.GetLive(kind, member);
            }
            else if (path.Length > 1 && MemberKinds.KindOfIdSet(path[0]) is { } kindInPath)
            {
                live = string.Join('/', [path[0], ids.GetLive(kindInPath, path[1]), .. path[2..]]);
            }

            refreshed[live] = Refresh(value, path[^1], account, sentAt);
        }

        return refreshed;
    }

    private string RefreshText(string text, string? name, string? account, DateTimeOffset sentAt) => name switch
    {
        _ when text.StartsWith('#') => text,
        _ when MemberKinds.KindOfId(name) is { } kind => ids.GetLive(kind, text),
        "publicKey" when text.Length < 30 => ids.GetLive("PublicKey", text),
        "credentialId" => ids.GetLive(MemberKinds.KindOfCredential(account), text),
        "mfaToken" or "otpCode" when LiveValues.IsTotpCode(text) => values.ComputeTotp(),
        _ => values.Refresh(text, sentAt),
    };

    private void ReplaceKeys(string method, JsonObject arguments, JsonElement? answer)
    {
        IEnumerable<KeyValuePair<string, JsonNode?>> objects = [.. arguments["create"] as JsonObject ?? [], .. arguments["update"] as JsonObject ?? []];
        foreach ((string id, JsonNode? node) in objects)
        {
            if (node is not JsonObject made)
            {
                continue;
            }

            string certificate = made["certificate"] is JsonObject holder && Text(holder["value"]) is { } pem && pem.StartsWith("-----BEGIN CERT", StringComparison.Ordinal) ? pem : "";
            if (certificate.Length > 0)
            {
                made["certificate"]!["value"] = keys.GetCertificate(certificate);
            }

            if (made["privateKey"] is JsonObject key && Text(key["secret"]) is { } secret && secret.Contains("REDACTED", StringComparison.Ordinal))
            {
                key["secret"] = method.Contains("DkimSignature", StringComparison.Ordinal) ? GetDkimKey(made, secret, IsRefused(answer, id)) : keys.TakeKeyOf(certificate);
            }
        }
    }

    /// <summary>Where the key was refused, any other kind will do.</summary>
    private string GetDkimKey(JsonObject signature, string recorded, bool isRefused)
    {
        if (isRefused || Text(signature["@type"])?.Contains("Ed25519", StringComparison.Ordinal) == true)
        {
            return keys.Ed25519;
        }

        return recorded.Contains("RSA PRIVATE", StringComparison.Ordinal) ? keys.RsaPkcs1 : keys.Rsa;
    }

    private static bool IsRefused(JsonElement? answer, string id) =>
        answer is { } given && given.TryGetProperty("notCreated", out JsonElement refused) && refused.ValueKind == JsonValueKind.Object && refused.TryGetProperty(id, out _);

    /// <summary>The arguments of the recorded answer to a call.</summary>
    private static JsonElement? FindAnswer(JsonElement? answer, JsonNode callId) =>
        answer is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("methodResponses", out JsonElement responses)
            ? responses.EnumerateArray().Where(response => response[2].ToString() == callId.ToString()).Select(response => (JsonElement?)response[1]).FirstOrDefault()
            : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The JSON of a body; null where it is none, or where a member stands twice.</summary>
    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Write(JsonNode json) => json.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
