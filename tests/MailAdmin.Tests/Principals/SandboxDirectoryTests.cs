using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

/// <summary>What the recordings do not show of the directory: grants, tenants, batches that fail late, large lists.</summary>
public sealed class SandboxDirectoryTests
{
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, Enterprise = true });

    [Fact]
    public async Task A_batch_that_fails_at_its_end_leaves_memberships_addresses_and_name_as_they_were()
    {
        await _server.AddUserAsync("jane", "secret");
        await CreateAsync("""{"type":"group","name":"staff"}""");
        await CreateAsync("""{"type":"group","name":"sales"}""");
        await PatchAsync("jane", """[{"action":"addItem","field":"memberOf","value":"staff"}]""");
        string before = (await GetAsync("jane")).GetRawText();

        CapturedResponse refused = await PatchAsync("jane", """
            [{"action":"set","field":"name","value":"other"},{"action":"set","field":"memberOf","value":["sales"]},
             {"action":"addItem","field":"emails","value":"other@example.org"},{"action":"addItem","field":"roles","value":"nope"}]
            """);
        refused.Error.ShouldBe("notFound");
        (await GetAsync("jane")).GetRawText().ShouldBe(before);
        (await GetAsync("sales")).TryGetProperty("members", out _).ShouldBeFalse();
        (await CreateAsync("""{"type":"individual","name":"other","emails":["other@example.org"]}""")).Error.ShouldBeNull("the address was not taken");
    }

    [Fact]
    public async Task A_caller_grants_only_what_it_holds()
    {
        await _server.AddUserAsync("ada", "ada-secret", "tenant-admin");
        string ada = SandboxServerExtensions.CreateBasicAuthorization("ada", "ada-secret");
        (await CreateAsync("""{"type":"individual","name":"a","roles":["admin"]}""", ada)).Error.ShouldBe("other");
        (await CreateAsync("""{"type":"individual","name":"a","roles":["user"]}""", ada)).Error.ShouldBeNull();
        (await CreateAsync("""{"type":"role","name":"r","enabledPermissions":["settings-update"]}""", ada)).Error.ShouldBe("other");
        (await CreateAsync("""{"type":"role","name":"r","disabledPermissions":["settings-update"]}""", ada)).Error.ShouldBeNull("anything may be taken away");
        (await _server.SendAsync("PATCH", "/api/principal/a", """[{"action":"addItem","field":"roles","value":"admin"}]""", ada)).Error.ShouldBe("other");
        (await _server.SendAsync("PATCH", "/api/principal/a", """[{"action":"removeItem","field":"roles","value":"admin"}]""", ada)).Error.ShouldBeNull();
        (await CreateAsync("""{"type":"tenant","name":"t"}""", ada)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Roles_of_roles_count_and_what_is_disabled_anywhere_is_gone()
    {
        await CreateAsync("""{"type":"role","name":"inner","enabledPermissions":["authenticate","individual-list"]}""");
        await CreateAsync("""{"type":"role","name":"outer","roles":["inner"],"disabledPermissions":["individual-list"]}""");
        await CreateAsync("""{"type":"individual","name":"one","secrets":"s","roles":["inner"]}""");
        await CreateAsync("""{"type":"individual","name":"two","secrets":"s","roles":["outer"],"enabledPermissions":["individual-list"]}""");
        (await _server.SendAsync("GET", "/api/principal?types=individual", authorization: SandboxServerExtensions.CreateBasicAuthorization("one", "s"))).Status.ShouldBe(200);
        (await _server.SendAsync("GET", "/api/principal?types=individual", authorization: SandboxServerExtensions.CreateBasicAuthorization("two", "s"))).Status.ShouldBe(403);
        (await _server.SendAsync("GET", "/api/store/quota/two", authorization: SandboxServerExtensions.CreateBasicAuthorization("two", "s"))).Data.GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_tenant_counts_its_accounts_and_stays_while_it_has_any()
    {
        await CreateAsync("""{"type":"tenant","name":"acme","quota":[1000,2,0]}""");
        await CreateAsync("""{"type":"domain","name":"acme.org","tenant":"acme"}""");
        (await CreateAsync("""{"type":"individual","name":"joe","tenant":"acme"}""")).Error.ShouldBe("other", "names of a tenant end with its domain");
        (await CreateAsync("""{"type":"individual","name":"joe@acme.org","tenant":"acme","emails":["joe@acme.org"]}""")).Error.ShouldBeNull();
        JsonElement tenant = await GetAsync("acme");
        tenant.GetProperty("members").GetInt32().ShouldBe(1);
        tenant.GetProperty("quota").GetArrayLength().ShouldBe(3);
        (await GetAsync("joe@acme.org")).GetProperty("tenant").GetString().ShouldBe("acme");
        (await _server.SendAsync("GET", "/api/principal?tenant=acme&fields=name")).Data.GetProperty("total").GetInt32().ShouldBe(2);
        (await _server.SendAsync("DELETE", "/api/principal/acme")).Error.ShouldBe("other");
        (await _server.SendAsync("DELETE", "/api/principal/acme.org")).Error.ShouldBe("other");
    }

    [Theory]
    [InlineData("""{"type":"individual","name":"x","tenant":""}""", "notFound")]
    [InlineData("""{"type":"individual","name":"x","memberOf":["newsletter"]}""", "notFound")]
    [InlineData("""{"type":"individual","name":"x","members":["nobody"]}""", "notFound")]
    public async Task Names_that_lead_nowhere_are_refused_and_nothing_is_created(string body, string error)
    {
        await CreateAsync("""{"type":"list","name":"newsletter"}""");
        (await CreateAsync(body)).Error.ShouldBe(error);
        (await _server.SendAsync("GET", "/api/principal/x")).Error.ShouldBe("notFound");
    }

    [Fact]
    public async Task A_nameless_principal_is_found_by_an_empty_path_element_only()
    {
        await CreateAsync("""{"type":"group","name":"lost"}""");
        (await PatchAsync("lost", """[{"action":"set","field":"name","value":""}]""")).Status.ShouldBe(200);
        (await _server.SendAsync("GET", "/api/principal/lost")).Error.ShouldBe("notFound");
        (await PatchAsync("", """[{"action":"set","field":"name","value":"found"}]""")).Error.ShouldBeNull();
        (await GetAsync("found")).GetProperty("type").GetString().ShouldBe("group");
    }

    [Fact]
    public async Task Names_are_listed_by_their_bytes()
    {
        string[] names = ["zoe", "müller", "a-z", "a", "ﬀ", "😀", "10"];
        foreach (string name in names)
        {
            await CreateAsync($$"""{"type":"group","name":"{{name}}"}""");
        }

        IEnumerable<string?> listed = (await _server.SendAsync("GET", "/api/principal?types=group&fields=name")).Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString());
        listed.ShouldBe(["10", "a", "a-z", "müller", "zoe", "ﬀ", "😀"], "U+1F600 comes after U+FB00 in UTF-8, before it in UTF-16");
    }

    [Fact]
    public async Task A_hundred_thousand_principals_are_listed_by_pages_each_once_and_in_order()
    {
        const int Count = 100_000;
        await CreateAsync("""{"type":"domain","name":"example.org"}""");
        await CreateAsync("""{"type":"group","name":"everyone"}""");
        for (int i = 0; i < Count; i++)
        {
            CapturedResponse answer = await CreateAsync($$"""{"type":"individual","name":"user{{i}}","emails":["user{{i}}@example.org"],"roles":["user"],"memberOf":["everyone"]}""");
            answer.Text.ShouldStartWith("{\"data\":");
        }

        var names = new List<string>();
        for (int limit = 64, page = 1; names.Count < Count; page = 2, limit = names.Count)
        {
            JsonElement data = (await _server.SendAsync("GET", $"/api/principal?types=individual&page={page}&limit={limit}")).Data;
            data.GetProperty("total").GetInt32().ShouldBe(Count);
            names.AddRange(data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
        }

        names.Count.ShouldBe(Count);
        names.ShouldBe(names.Distinct().Order(StringComparer.Ordinal), ignoreOrder: false);
        (await GetAsync("example.org")).GetProperty("members").GetInt32().ShouldBe(Count);
        (await GetAsync("everyone")).GetProperty("members").GetArrayLength().ShouldBe(Count);
        (await _server.SendAsync("GET", "/api/principal?filter=user4711&count=1")).Data.GetProperty("total").GetInt32().ShouldBe(11);
    }

    private Task<CapturedResponse> CreateAsync(string body, string authorization = SandboxServerExtensions.AdminAuthorization) => _server.SendAsync("POST", "/api/principal", body, authorization);

    private Task<CapturedResponse> PatchAsync(string name, string body) => _server.SendAsync("PATCH", $"/api/principal/{Uri.EscapeDataString(name)}", body);

    private async Task<JsonElement> GetAsync(string name) => (await _server.SendAsync("GET", $"/api/principal/{Uri.EscapeDataString(name)}")).Data;
}
