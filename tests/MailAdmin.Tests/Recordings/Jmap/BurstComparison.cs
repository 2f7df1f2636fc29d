using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>
/// Many calls from an address that is no loopback. The recording holds which answers came, from which call on, not the calls: what they
/// were stands here. The first of each status has to come within three calls of where it came, with the same headers.
/// </summary>
internal sealed class BurstComparison(SandboxServer server)
{
    private const int Tolerance = 3;
    private const string Refused = "refused";

    private static readonly string[] s_comparedHeaders = ["retry-after", "ratelimit", "ratelimit-policy", "www-authenticate"];

    private static readonly Burst[] s_bursts =
    [
        new("the same by an administrator", 1100, "/api/account", i => "boss@example.org:boss walks a made-up road"),
        new("130 anonymous", 130, "/healthz/live", i => null),
        new("130 wrong passwords", 130, "/api/account", i => $"jane@example.org:wrong{i}"),
        new("after the ban was lifted", 3, "/api/account", i => $"jane@example.org:again{i}"),
        new("after the counters", 2, "/api/account", i => "jane@example.org:jane walks a made-up road"),
    ];

    /// <summary>The machine that was banned when it was recorded.</summary>
    private static IPAddress Address { get; } = IPAddress.Parse("192.0.2.54");

    /// <summary>One call from there: its status, or that the connection was closed.</summary>
    public async Task<IReadOnlyList<string>> CompareReachabilityAsync(string recorded)
    {
        string wanted = recorded.All(char.IsAsciiDigit) ? recorded : Refused;
        (string now, _) = await CallAsync("/healthz/live", null);
        return wanted == now ? [] : [$"{wanted} became {now}"];
    }

    public async Task<IReadOnlyList<string>> CompareAsync(string note, JsonElement recorded)
    {
        Burst burst = s_bursts.Single(candidate => note.StartsWith(candidate.Note, StringComparison.Ordinal));
        var first = new Dictionary<string, First>();
        int others = 0;
        for (int i = 0; i < burst.Count && others <= 5; i++)
        {
            (string outcome, string headers) = await CallAsync(burst.Path, burst.Login(i));
            first.TryAdd(outcome, new First(i + 1, headers));
            others += outcome is "200" or "401" ? 0 : 1;
        }

        var wanted = new Dictionary<string, First>();
        foreach (JsonProperty member in recorded.GetProperty("first").EnumerateObject())
        {
            wanted.TryAdd(
                member.Name.All(char.IsAsciiDigit) ? member.Name : Refused,
                new First(member.Value.GetProperty("call").GetInt32(), member.Value.TryGetProperty("headers", out JsonElement headers) ? Describe(headers.EnumerateObject().Select(header => header.Name)) : ""));
        }

        return
        [
            .. wanted.Keys.Union(first.Keys)
                .Where(outcome => !AreSimilar(wanted.GetValueOrDefault(outcome), first.GetValueOrDefault(outcome)))
                .Select(outcome => $"{outcome}: {wanted.GetValueOrDefault(outcome)} became {first.GetValueOrDefault(outcome)}"),
        ];
    }

    private async Task<(string Outcome, string Headers)> CallAsync(string path, string? login)
    {
        SandboxResponse response = await server.HandleAsync(new SandboxRequest
        {
            Method = "GET",
            Target = path,
            RemoteAddress = Address,
            Authorization = login is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)),
        });
        return response.IsReset ? (Refused, "") : ($"{response.Status}", Describe(response.Headers.Select(header => header.Key)));
    }

    private static bool AreSimilar(First? wanted, First? now) =>
        wanted is not null && now is not null && Math.Abs(wanted.Call - now.Call) <= Tolerance && wanted.Headers == now.Headers;

    private static string Describe(IEnumerable<string> headers) => string.Join(
        ' ', headers.Select(header => header.ToLowerInvariant()).Intersect(s_comparedHeaders).Order(StringComparer.Ordinal));

    private sealed record Burst(string Note, int Count, string Path, Func<int, string?> Login);

    private sealed record First(int Call, string Headers);
}
