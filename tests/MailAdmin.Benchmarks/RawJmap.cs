using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MailAdmin.Benchmarks;

/// <summary>The JMAP calls of a hand-written program: accounts read by pages with query and get, made and removed by the hundred.</summary>
internal sealed partial class RawJmap(HttpClient client)
{
    private const int PageSize = 500;
    private static readonly Uri s_path = new("/jmap", UriKind.Relative);

    /// <summary>The id of a domain; the sandbox is made with one.</summary>
    public async Task<string> FindDomainAsync(string name)
    {
        JsonNode answer = await CallAsync($$"""["x:Domain/query",{"filter":{"name":"{{name}}"} },"0"]""").ConfigureAwait(false);
        return answer[0]![1]!["ids"]!.AsArray().Single()!.GetValue<string>();
    }

    /// <summary>Creates accounts, as many in a call as given.</summary>
    public async Task CreateAsync(IEnumerable<string> names, string domainId, int atOnce)
    {
        foreach (string[] chunk in names.Chunk(atOnce))
        {
            var create = new JsonObject(chunk.Select(name => KeyValuePair.Create(name, (JsonNode?)CreateAccount(name, domainId))));
            JsonNode answer = await CallAsync($"""["x:Account/set",{new JsonObject { ["create"] = create }.ToJsonString()},"0"]""").ConfigureAwait(false);
            if (answer[0]![1]!["created"]?.AsObject().Count != chunk.Length)
            {
                throw new InvalidOperationException($"Accounts were rejected: {answer}");
            }
        }
    }

    /// <summary>All accounts by pages of 500, each with the properties that a principal has.</summary>
    public async Task<List<RawAccount>> ReadAllAsync()
    {
        var all = new List<RawAccount>();
        string? last = null;
        RawPage page;
        do
        {
            string anchor = last is null ? "" : $",\"anchor\":\"{last}\"";
            string calls = $$"""
                ["x:Account/query",{"filter":{"@type":"User"},"sort":[{"property":"id","isAscending":true}],"limit":{{PageSize}}{{anchor}}},"0"],
                ["x:Account/get",{"#ids":{"resultOf":"0","name":"x:Account/query","path":"/ids"},"properties":["emailAddress","aliases","description","quotas","usedDiskQuota","roles","memberGroupIds","permissions","memberTenantId","locale","credentials"]},"1"]
                """;
            using HttpResponseMessage response = await PostAsync(calls).ConfigureAwait(false);
            JsonElement[][] answers = (await response.Content.ReadFromJsonAsync(RawJmapJson.Default.RawAnswer).ConfigureAwait(false))!.MethodResponses;
            page = answers[1][1].Deserialize(RawJmapJson.Default.RawPage)!;
            all.AddRange(page.List);
            last = page.List is [.., var account] ? account.Id : last;
        }
        while (page.List.Length == PageSize);
        return all;
    }

    /// <summary>Removes all accounts but groups, and fails unless there were as many as expected.</summary>
    public async Task ClearAsync(int? expected = null)
    {
        List<RawAccount> all = await ReadAllAsync().ConfigureAwait(false);
        if (expected is not null && all.Count != expected)
        {
            throw new InvalidOperationException($"{expected} accounts should exist, but there are {all.Count}.");
        }
        foreach (RawAccount[] chunk in all.Chunk(PageSize))
        {
            await CallAsync($$"""["x:Account/set",{"destroy":[{{string.Join(',', chunk.Select(account => $"\"{account.Id}\""))}}]},"0"]""").ConfigureAwait(false);
        }
    }

    private static JsonObject CreateAccount(string name, string domainId) => new()
    {
        ["@type"] = "User",
        ["name"] = name,
        ["domainId"] = domainId,
        ["description"] = BenchmarkAccounts.Description,
        ["aliases"] = new JsonObject { ["0"] = new JsonObject { ["name"] = $"{name}.alias", ["domainId"] = domainId } },
        ["quotas"] = new JsonObject { ["maxDiskQuota"] = BenchmarkAccounts.Quota },
        ["credentials"] = new JsonObject { ["0"] = new JsonObject { ["@type"] = "Password", ["secret"] = BenchmarkAccounts.Hash } },
    };

    private async Task<JsonNode> CallAsync(string call)
    {
        using HttpResponseMessage response = await PostAsync(call).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<JsonNode>().ConfigureAwait(false))!["methodResponses"]!;
    }

    private async Task<HttpResponseMessage> PostAsync(string calls)
    {
        using var content = new StringContent($$"""{"using":["urn:ietf:params:jmap:core","urn:stalwart:jmap"],"methodCalls":[{{calls}}]}""", null, "application/json");
        HttpResponseMessage response = await client.PostAsync(s_path, content).ConfigureAwait(false);
        return response.EnsureSuccessStatusCode();
    }

    internal sealed record RawAnswer(JsonElement[][] MethodResponses);

    internal sealed record RawPage(RawAccount[] List);

    internal sealed record RawAccount(
        string Id, string EmailAddress, JsonElement Aliases, string? Description, JsonElement Quotas, long UsedDiskQuota, JsonElement Roles, JsonElement MemberGroupIds, JsonElement Permissions,
        string? MemberTenantId, string? Locale, JsonElement Credentials);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(RawAnswer))]
    [JsonSerializable(typeof(RawPage))]
    internal sealed partial class RawJmapJson : JsonSerializerContext;
}
