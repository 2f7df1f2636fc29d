using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Jmap;

/// <summary>The recorded answers of a server of 0.16, and the readers that the client has for them.</summary>
internal static class RecordedJmapAnswers
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "Recordings", "Jmap", "stalwart-0.16.16.jsonl");

    /// <summary>All that are whole, in order.</summary>
    public static IEnumerable<RecordedExchange> ReadAll()
    {
        foreach (string line in File.ReadLines(s_file).Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.TryGetProperty("request", out JsonElement request) && root.TryGetProperty("response", out JsonElement response)
                && response.TryGetProperty("status", out JsonElement status) && response.TryGetProperty("body", out JsonElement body) && body.GetString() is not ("" or "…"))
            {
                yield return new RecordedExchange(
                    root.GetProperty("id").ToString(),
                    root.GetProperty("section").GetString()!,
                    request.GetProperty("method").GetString()!,
                    request.GetProperty("path").GetString()!,
                    request.TryGetProperty("body", out JsonElement sent) ? sent.GetString()! : "",
                    status.GetInt32(),
                    response.GetProperty("headers").TryGetProperty("content-type", out JsonElement type) ? type.GetString() : null,
                    Encoding.UTF8.GetBytes(body.GetString()!),
                    false);
            }
        }
    }

    /// <summary>What kind of reader it takes; null where the client has none.</summary>
    public static string? GetKind(RecordedExchange exchange) => (exchange.Method, exchange.Route) switch
    {
        ("POST", "/jmap") when CreateCalls(exchange).Count > 0 => string.Join('+', CreateCalls(exchange).Select(call => call.Method.Split('/')[1])),
        ("GET", "/jmap/session") => "session",
        ("GET", "/api/account") => "account",
        ("POST", "/api/auth") when !exchange.RequestBody.Contains("authDevice", StringComparison.Ordinal) => "sign-in",
        ("POST", "/auth/token") => "tokens",
        ("POST", "/auth/device") => "device",
        _ => null,
    };

    private static readonly JmapSession s_session = new("b", null, new JmapLimits(16, 500, 500, 10_000_000, 4));

    /// <summary>Reads it as the client does: a result of which all that is shown was said by the server.</summary>
    public static async Task<object?> ReadAsync(RecordedExchange exchange)
    {
        using HttpResponseMessage response = exchange.ToResponse();
        var context = new ApiRequestContext(GetOperation(exchange)) { IsOAuth = exchange.Path.StartsWith("/auth/", StringComparison.Ordinal) };
        IReadOnlyList<JmapCall> calls = [];
        if (exchange.Path == "/jmap")
        {
            calls = CreateCalls(exchange);
            await ResponseReader.ReadUnwrappedAsync(response, context, ReadAnswers, default);
            return calls.Select(GetResult).ToArray();
        }
        return GetKind(exchange) switch
        {
            "session" => await ResponseReader.ReadUnwrappedAsync(response, context, JmapSession.Read, default),
            "account" => await ResponseReader.ReadUnwrappedAsync(response, context, JmapSignInEndpoint.ReadAccount, default),
            "sign-in" => await ResponseReader.ReadUnwrappedAsync(response, context, JmapSignInEndpoint.ReadSignIn, default),
            "tokens" => await ResponseReader.ReadUnwrappedAsync(response, context, TokenEndpoint.ReadTokens, default),
            _ => await ResponseReader.ReadUnwrappedAsync(response, context, TokenEndpoint.ReadDevice, default),
        };

        bool ReadAnswers(ref Utf8JsonReader reader)
        {
            JmapResponse.Read(ref reader, calls, new KnownPermissions(null, s_session), context);
            return true;
        }
    }

    /// <summary>The calls of a request; none where the client would not send it so.</summary>
    public static IReadOnlyList<JmapCall> CreateCalls(RecordedExchange exchange)
    {
        try
        {
            using var document = JsonDocument.Parse(exchange.RequestBody);
            JmapCall?[] calls = [.. document.RootElement.GetProperty("methodCalls").EnumerateArray().Select(call => CreateCall(call[0].GetString()!, call[1]))];
            foreach ((int place, JmapCall? call) in calls.Index())
            {
                call?.SetPlace(place);
            }
            bool isNumbered = document.RootElement.GetProperty("methodCalls").EnumerateArray().Index().All(call => call.Item[2].GetString() == $"{call.Index}");
            return isNumbered && calls.All(call => call is not null) ? [.. calls.OfType<JmapCall>()] : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return [];
        }
    }

    /// <summary>The objects of a type that the answers to gets hold.</summary>
    /// <param name="type">The type.</param>
    /// <param name="exchange">Only of this exchange.</param>
    public static IEnumerable<JsonElement> ReadObjects(string type, string? exchange = null)
    {
        foreach (RecordedExchange each in ReadAll().Where(each => each is { Path: "/jmap", Status: 200 } && (exchange is null || each.Id == exchange)))
        {
            foreach (JsonElement answer in JsonDocument.Parse(each.Body).RootElement.GetProperty("methodResponses").EnumerateArray().Where(answer => answer[0].GetString() == $"{type}/get"))
            {
                foreach (JsonElement item in answer[1].GetProperty("list").EnumerateArray())
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>What became of the changes of a set.</summary>
    public static IEnumerable<SetOutcome> GetOutcomes(RecordedExchange exchange, IEnumerable<JmapCall> calls, ApiRequestContext context)
    {
        using var document = JsonDocument.Parse(exchange.Body);
        foreach (SetCall call in calls.OfType<SetCall>())
        {
            JsonElement answer = document.RootElement.GetProperty("methodResponses").EnumerateArray().Single(candidate => candidate[2].GetString() == call.Id);
            if (answer[0].GetString() == call.Method)
            {
                call.ReadAnswer(answer[1].Clone(), context);
                foreach (SetOutcome outcome in call.Result)
                {
                    yield return outcome;
                }
            }
        }
    }

    private static Operation GetOperation(RecordedExchange exchange) => Operations.Find(exchange.Method, exchange.Route)!;

    private static JmapCall? CreateCall(string method, JsonElement arguments)
    {
        string type = method.Split('/')[0];
        return method.Split('/')[^1] switch
        {
            _ when !type.StartsWith("x:", StringComparison.Ordinal) => null,
            "get" => new GetCall<JsonElement>(type, item => item.EnsureReadable()) { Ids = ReadIds(arguments) },
            "query" => new QueryCall(type) { Limit = 1 },
            "set" => new SetCall(type, [.. ReadChanges(arguments)]),
            _ => null,
        };
    }

    private static string[]? ReadIds(JsonElement arguments) =>
        arguments.TryGetProperty("ids", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array && ids.EnumerateArray().All(id => JmapId.IsValid(id.GetString()!))
            ? [.. ids.EnumerateArray().Select(id => id.GetString()!)]
            : null;

    private static IEnumerable<SetChange> ReadChanges(JsonElement arguments)
    {
        if (arguments.TryGetProperty("create", out JsonElement created))
        {
            foreach (JsonProperty member in created.EnumerateObject())
            {
                yield return SetChange.Create(member.Name, _ => { });
            }
        }
        if (arguments.TryGetProperty("update", out JsonElement updated))
        {
            foreach (JsonProperty member in updated.EnumerateObject().Where(member => JmapId.IsValid(member.Name)))
            {
                yield return SetChange.Update(member.Name, _ => { });
            }
        }
        if (arguments.TryGetProperty("destroy", out JsonElement destroyed) && destroyed.ValueKind == JsonValueKind.Array)
        {
            foreach (string id in destroyed.EnumerateArray().Select(id => id.GetString()!).Where(JmapId.IsValid))
            {
                yield return SetChange.Destroy(id);
            }
        }
    }

    // The client's own words are no part of it.
    private static object? GetResult(JmapCall call) => call switch
    {
        GetCall<JsonElement> get => get.Result.Items,
        QueryCall query => query.Result.Ids,
        SetCall set => set.Result.Select(outcome => (object?)(outcome.ObjectId, outcome.Created, GetError(outcome.Error))).ToArray(),
        _ => null,
    };

    private static object? GetError(MailServerException? error) => error is { Code: not MailErrorCode.OutcomeUnknown } ? (error.ServerCode, error.ConflictingObject, error.LinkedObjects, error.Details, error.Reason) : null;
}
