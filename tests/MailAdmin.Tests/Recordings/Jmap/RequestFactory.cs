using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Makes of a recorded request the one that has to be sent now.</summary>
internal sealed partial class RequestFactory(LiveIds ids, LiveValues values)
{
    private readonly RequestRefresher _refresher = new(ids, values, new TestKeys());

    public SandboxRequest Create(RecordedLine line, JsonElement request)
    {
        DateTimeOffset sentAt = line.Time!.Value;
        JsonElement headers = request.GetProperty("headers");
        string target = RefreshTarget(request.GetProperty("path").GetString()!, sentAt);
        string? contentType = Header(headers, "Content-Type");
        return new SandboxRequest
        {
            Method = request.GetProperty("method").GetString()!,
            Target = target,
            Authorization = Header(headers, "Authorization") is { } header ? RefreshAuthorization(header) : null,
            ContentType = contentType,
            Body = CreateBody(line, request, target, contentType, sentAt),
        };
    }

    private byte[] CreateBody(RecordedLine line, JsonElement request, string target, string? contentType, DateTimeOffset sentAt)
    {
        if (request.TryGetProperty("bodyBase64", out JsonElement encoded))
        {
            return encoded.GetBytesFromBase64();
        }

        if (!request.TryGetProperty("body", out JsonElement json) || json.GetString() is not { } recorded)
        {
            return [];
        }

        string body = FillerBodies.Find(recorded, line.Json.GetProperty("note").GetString()!) ?? recorded;
        string refreshed = target switch
        {
            "/jmap" => _refresher.RefreshCalls(body, RecordedBody.Parse(line.Response), sentAt),
            _ when contentType?.Contains("form", StringComparison.Ordinal) == true => RefreshForm(body),
            _ when target.StartsWith("/api/", StringComparison.Ordinal) || target.StartsWith("/auth/", StringComparison.Ordinal) => _refresher.RefreshJson(body, sentAt),
            _ => body,
        };
        return Encoding.UTF8.GetBytes(refreshed);
    }

    private string RefreshForm(string body) => string.Join('&', body.Split('&').Select(field => field.Split('=', 2) is [var name, var value]
        ? $"{name}={Uri.EscapeDataString(values.GetSecret(WebUtility.UrlDecode(value)))}"
        : field));

    private string RefreshTarget(string target, DateTimeOffset sentAt)
    {
        (string path, string? query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, null);
        string[] segments = path.Split('/');
        if (segments is [_, "jmap", "download" or "upload", var account, ..])
        {
            segments[3] = ids.GetLive("Account", account);
            if (segments is [_, _, "download", _, var blob, ..])
            {
                segments[4] = ids.GetLive("Blob", blob);
            }
        }

        string live = values.GetLocation(string.Join('/', segments));
        return query is null ? live : $"{live}?{string.Join('&', query.Split('&').Select(part => RefreshParameter(part, sentAt)))}";
    }

    private string RefreshParameter(string parameter, DateTimeOffset sentAt) => parameter.Split('=', 2) is [var name, var value]
        ? $"{name}={Uri.EscapeDataString(values.Refresh(Uri.UnescapeDataString(value), sentAt))}"
        : parameter;

    private string RefreshAuthorization(string header)
    {
        string[] parts = header.Split(' ', 2);
        if (parts is not [var scheme, var credentials])
        {
            return header;
        }

        if (scheme != "Basic")
        {
            return $"{scheme} {values.GetSecret(credentials)}";
        }

        byte[] buffer = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, buffer, out int length) || Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is not [var login, var password])
        {
            return header;
        }

        string live = PasswordWithCode().IsMatch(password) ? password[..^6] + values.ComputeTotp() : values.GetSecret(password);
        return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{live}"));
    }

    private static string? Header(JsonElement headers, string name) => headers.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    [GeneratedRegex(@"\$\d{6}$")]
    private static partial Regex PasswordWithCode();
}
