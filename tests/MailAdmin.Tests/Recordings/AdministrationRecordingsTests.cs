// What three real servers answered about DKIM, DNS, settings, reloads, updates and reindexing, read by the client: every answer, value by value.
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Recordings;

public sealed class AdministrationRecordingsTests
{
    private static readonly Operation[] s_reloads = [Operations.ReloadSettings, Operations.ReloadLookups, Operations.ReloadCertificates, Operations.ReloadBlockedIps];

    private static readonly Operation[] s_reindexings = [Operations.Reindex, Operations.ReindexAccount, Operations.ReindexNamedForAccount];

    private static readonly Operation[] s_operations =
    [
        Operations.CreateDkimSignature, Operations.GetDkimPublicKey, Operations.ListDnsRecords,
        Operations.GetSettings, Operations.ListSettings, Operations.ListSettingGroups, Operations.ChangeSettings, Operations.DeleteSetting,
        .. s_reloads, Operations.UpdateSpamFilter, Operations.UpdateWebAdmin, .. s_reindexings, Operations.Restart,
    ];

    // What no cmdlet asks: the deletion of one key by its address (twice), a restart that no version has.
    private static readonly string[] s_skippedIds = ["278", "279", "296"];

    [Theory]
    [InlineData("0.11.8")]
    [InlineData("0.13.4")]
    [InlineData("0.15.5")]
    public async Task Every_answer_is_read(string version)
    {
        var server = new FakeServer { Version = version };
        using MailClient client = await server.ConnectAsync();
        var complaints = new List<string>();
        var left = new List<string>();
        int read = 0;
        foreach (RecordedLine line in RecordedLine.ReadAll(Path.Combine(AppContext.BaseDirectory, "Recordings", $"stalwart-{version}.jsonl")))
        {
            if (line.Called is not { } called || !s_operations.Contains(called))
            {
                continue;
            }
            string path = line.Request!.Value.GetProperty("path").GetString()!;
            string body = line.Response.GetProperty("body").GetString()!;
            server.OnRequest = _ => CreateResponse(line.Response, body);
            Func<JsonElement, Task>? ask = Ask(client, called, path);
            if (ask is null)
            {
                left.Add(line.Id);
                continue;
            }
            read++;
            try
            {
                using var json = JsonDocument.Parse(body);
                await CheckAsync(ask, json.RootElement, line.Response.GetProperty("status").GetInt32());
            }
            catch (Exception e) when (e is ShouldAssertException or MailServerException)
            {
                complaints.Add($"{line.Id} {path}: {e.Message}");
            }
        }
        complaints.ShouldBeEmpty();
        left.ShouldBe(s_skippedIds);
        read.ShouldBeGreaterThan(60);
    }

    private static HttpResponseMessage CreateResponse(JsonElement response, string body)
    {
        string? type = response.TryGetProperty("headers", out JsonElement headers) && headers.TryGetProperty("content-type", out JsonElement value) ? value.GetString() : null;
        return TestResponses.Create((HttpStatusCode)response.GetProperty("status").GetInt32(), Encoding.UTF8.GetBytes(body), type);
    }

    private static async Task CheckAsync(Func<JsonElement, Task> ask, JsonElement body, int status)
    {
        if (body.TryGetProperty("data", out JsonElement data))
        {
            await ask(data);
            return;
        }
        MailServerException e = await Should.ThrowAsync<MailServerException>(() => ask(default));
        e.ToString().ShouldNotContain("PRIVATE KEY");
        (e.Value ?? "").ShouldNotContain("PRIVATE KEY");
        e.Code.ShouldBe(body.TryGetProperty("error", out JsonElement error)
            ? error.GetString() switch
            {
                "fieldAlreadyExists" => MailErrorCode.AlreadyExists,
                "assertFailed" => MailErrorCode.PreconditionFailed,
                "notFound" => MailErrorCode.NotFound,
                var other => throw new ShouldAssertException($"the error '{other}' is not expected here"),
            }
            : status switch
            {
                400 => MailErrorCode.InvalidRequest,
                // A server of this version has the call that the client sends: only the older one is a 404.
                404 when s_reindexings.Contains(e.Operation) => MailErrorCode.UnexpectedResponse,
                404 => MailErrorCode.NotFound,
                500 => MailErrorCode.ServerError,
                _ => throw new ShouldAssertException($"the status {status} is not expected here"),
            });
    }

    // Each asks in the client's own way; the server answers as recorded, whatever was asked.
    private static Func<JsonElement, Task>? Ask(MailClient client, Operation operation, string path)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        return operation switch
        {
            _ when operation == Operations.CreateDkimSignature => _ => client.Dkim.CreateAsync(NewDkimSignature.Create("example.org", DkimAlgorithm.Rsa, null, null, DateTimeOffset.UnixEpoch), stop),
            _ when operation == Operations.GetDkimPublicKey => async data =>
            {
                string? key = await client.Dkim.GetPublicKeyAsync(path.Split('/')[^1], stop);
                if (data.ValueKind == JsonValueKind.Undefined)
                {
                    // A signature that is not there has no key.
                    key.ShouldBeNull();
                    throw new MailServerException(MailErrorCode.NotFound, Operations.GetDkimPublicKey, "");
                }
                key.ShouldBe(data.GetString());
            }
            ,
            _ when operation == Operations.ListDnsRecords => async data =>
                (await client.Dns.GetRecordsAsync("example.org", stop)).Select(r => (r.Type, r.Name, r.Content))
                    .ShouldBe(data.EnumerateArray().Select(r => (r.GetProperty("type").GetString()!, r.GetProperty("name").GetString()!, r.GetProperty("content").GetString()!))),
            _ when operation == Operations.GetSettings => async data => ShouldEqual(await client.Settings.GetAsync(["a"], stop), data, ""),
            _ when operation == Operations.ListSettings => async data =>
            {
                SettingPage<MailSetting> page = await client.Settings.ListAsync("a", FindLimit(path), stop);
                page.Total.ShouldBe(data.GetProperty("total").GetInt64());
                ShouldEqual(page.Items, data.GetProperty("items"), "a.");
            }
            ,
            _ when operation == Operations.ListSettingGroups => async data =>
            {
                SettingPage<MailSettingGroup> page = await client.Settings.ListGroupsAsync("a", "b", null, null, null, stop);
                page.Total.ShouldBe(data.GetProperty("total").GetInt64());
                foreach ((MailSettingGroup group, JsonElement item) in page.Items.Zip(data.GetProperty("items").EnumerateArray(), (group, item) => (group, item)))
                {
                    group.Id.ShouldBe(item.GetProperty("_id").GetString());
                    foreach (JsonProperty member in item.EnumerateObject().Where(m => m.Name is not ("_id" or "_value")))
                    {
                        group[member.Name].ShouldBe(member.Value.GetString());
                    }
                    group.Setting.Count.ShouldBe(item.EnumerateObject().Count() - 1);
                }
                page.Items.Count.ShouldBe(data.GetProperty("items").GetArrayLength());
            }
            ,
            _ when operation == Operations.ChangeSettings => _ => client.Settings.InsertAsync([new("a", "b")], mustBeNew: true, stop),
            _ when s_reloads.Contains(operation) => async data =>
                (await (path.Contains("dry-run", StringComparison.Ordinal) ? client.Maintenance.TestAsync(stop) : client.Maintenance.ReloadAsync(ReloadScope.All, stop)))
                    .Select(p => (p.Severity, p.Key, p.Message))
                    .ShouldBe(data.GetProperty("errors").EnumerateObject().Select(p => (MailSettingSeverity.Error, p.Name, p.Value.GetProperty("error").GetString()!))),
            _ when operation == Operations.UpdateSpamFilter => _ => client.Maintenance.UpdateSpamFilterAsync(false, false, stop),
            _ when operation == Operations.UpdateWebAdmin => _ => client.Maintenance.UpdateWebAdminAsync(stop),
            _ when s_reindexings.Contains(operation) => _ => client.Maintenance.ReindexAsync("jane", null, stop),
            _ => null,
        };
    }

    // An answer to fewer has a total above what it holds.
    private static int? FindLimit(string path) =>
        Regex.Match(path, "[?&]limit=([0-9]+)") is { Success: true } limit ? int.Parse(limit.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    private static void ShouldEqual(IReadOnlyList<MailSetting> settings, JsonElement pairs, string prefix) =>
        settings.Select(s => (s.Key, s.Value)).ShouldBe(pairs.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (prefix + p.Name, p.Value.GetString())));
}
