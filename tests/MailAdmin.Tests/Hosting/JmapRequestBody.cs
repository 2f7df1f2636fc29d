using System.Text.Json;

namespace MailAdmin.Tests.Hosting;

/// <summary>A request of POST /jmap.</summary>
internal sealed record JmapRequestBody(IReadOnlyList<string> Using, IReadOnlyList<(string Method, JsonElement Arguments, string Id)> Calls, int Length)
{
    public static JmapRequestBody Parse(string body)
    {
        using var document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        return new JmapRequestBody(
            [.. root.GetProperty("using").EnumerateArray().Select(capability => capability.GetString()!)],
            [.. root.GetProperty("methodCalls").EnumerateArray().Select(call => (call[0].GetString()!, call[1].Clone(), call[2].GetString()!))],
            System.Text.Encoding.UTF8.GetByteCount(body));
    }

    /// <summary>Each call answered with arguments made of its own.</summary>
    public HttpResponseMessage Answer(Func<string, JsonElement, string> arguments) => FakeJmapServer.Answer(Calls.Select(call => (call.Method, arguments(call.Method, call.Arguments), call.Id)));
}
