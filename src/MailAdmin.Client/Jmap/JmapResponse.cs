using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Jmap;

/// <summary>Gives each call of a request its answer, by its id: the order is not relied on.</summary>
internal static class JmapResponse
{
    private const string ErrorMethod = "error";

    /// <summary>Reads a response. What it throws says that it is of another form than the server's, or does not answer each call once.</summary>
    public static void Read(ref Utf8JsonReader reader, IReadOnlyList<JmapCall> calls, KnownPermissions permissions, ApiRequestContext context)
    {
        ILookup<string, JsonElement> answers = JsonElement.ParseValue(ref reader).GetProperty("methodResponses").EnumerateArray()
            .ToLookup(answer => answer[2].GetString() ?? "", StringComparer.Ordinal);
        foreach (JmapCall call in calls)
        {
            ReadAnswer(answers[call.Id].Single(), call, calls, permissions, context);
        }
    }

    private static void ReadAnswer(JsonElement answer, JmapCall call, IReadOnlyList<JmapCall> calls, KnownPermissions permissions, ApiRequestContext context)
    {
        string? method = answer[0].GetString();
        if (method == ErrorMethod)
        {
            // What uses its answer would be refused next.
            string[] needed = [.. calls.Where(other => other == call || other.Source == call).SelectMany(other => other.NeededPermissions).Distinct()];
            call.ReadError(answer[1], needed, permissions, context);
        }
        else if (method == call.Method)
        {
            call.ReadAnswer(answer[1], context);
        }
        else
        {
            throw new JsonException($"An answer of {method} came to {call.Method}.");
        }
    }
}
