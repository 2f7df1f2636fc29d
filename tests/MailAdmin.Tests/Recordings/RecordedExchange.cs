using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;

namespace MailAdmin.Tests.Recordings;

/// <summary>One answer of a recording: an exchange, or one of several calls made at once.</summary>
internal sealed record RecordedExchange(string Id, string Section, string Method, string Path, string RequestBody, int Status, string? ContentType, byte[] Body, bool IsStream)
{
    /// <summary>The path without its query.</summary>
    public string Route => Path.Split('?')[0];

    /// <summary>What was called; null when that is no operation, or several at once.</summary>
    public Operation? Operation => RecordedOperations.Find(Method, Path);

    /// <summary>Everything in a file that was answered over HTTP.</summary>
    public static IEnumerable<RecordedExchange> ReadFile(string path)
    {
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            foreach (RecordedExchange exchange in ReadLine(document.RootElement))
            {
                yield return exchange;
            }
        }
    }

    public HttpResponseMessage ToResponse()
    {
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Body) };
        response.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        return response;
    }

    private static IEnumerable<RecordedExchange> ReadLine(JsonElement line)
    {
        string id = line.GetProperty("id").ToString();
        if (!line.TryGetProperty("response", out JsonElement response))
        {
            yield break;
        }
        string section = line.GetProperty("section").GetString()!;
        if (response.TryGetProperty("answers", out JsonElement answers))
        {
            foreach (JsonElement answer in answers.EnumerateArray())
            {
                JsonElement[] parts = [.. answer.EnumerateArray()];
                // The recorder keeps no more than so much of each: a cut one is no answer.
                if (parts[^1].GetString()!.Length >= 300)
                {
                    continue;
                }
                int status = parts[0].GetInt32();
                string type = status == 200 ? "application/json" : "application/problem+json";
                yield return new RecordedExchange(id, section, "", "concurrency", "", status, type, Encoding.UTF8.GetBytes(parts[^1].GetString()!), false);
            }
            yield break;
        }
        if (line.TryGetProperty("request", out JsonElement request))
        {
            yield return Read(id, section, request, response);
        }
    }

    private static RecordedExchange Read(string id, string section, JsonElement request, JsonElement response)
    {
        string? type = response.GetProperty("headers").TryGetProperty("content-type", out JsonElement header) ? header.GetString() : null;
        byte[] body = response.TryGetProperty("bodyBase64", out JsonElement encoded) ? Convert.FromBase64String(encoded.GetString()!)
            : response.TryGetProperty("frames", out JsonElement frames) ? Encoding.UTF8.GetBytes(string.Concat(frames.EnumerateArray().Select(frame => frame.GetString() + "\n\n")))
            : Encoding.UTF8.GetBytes(response.TryGetProperty("body", out JsonElement text) ? text.GetString()! : "");
        return new RecordedExchange(
            id,
            section,
            request.GetProperty("method").GetString()!,
            request.GetProperty("path").GetString()!,
            request.TryGetProperty("body", out JsonElement sent) ? sent.GetString()! : "",
            response.GetProperty("status").GetInt32(),
            type,
            body,
            response.TryGetProperty("frames", out _));
    }
}
