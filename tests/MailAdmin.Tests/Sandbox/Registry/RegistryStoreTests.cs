using System.Text.Json.Nodes;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox.Registry;

/// <summary>What the registry of 0.16 holds together: references, unique keys, tenants, secrets.</summary>
public sealed class RegistryStoreTests
{
    private readonly SandboxServer _server = JmapCalls.CreateServer();

    [Fact]
    public async Task An_address_belongs_to_one_account_group_or_list()
    {
        await _server.CreateAsync("Account", """{"@type":"Group","name":"staff","domainId":"b","aliases":{"0":{"name":"all","domainId":"b"}}}""");
        (_, JsonObject answer) = await _server.CallAsync("x:MailingList/set", """{"create":{"a":{"name":"all","domainId":"b"},"b":{"name":"news","domainId":"b"}}}""");
        answer["created"]!.AsObject().Select(entry => entry.Key).ShouldBe(["b"]);
        answer["notCreated"]!["a"]!.ToJsonString().ShouldBe("""{"type":"primaryKeyViolation","properties":["email"],"objectId":{"object":"Account","id":"c"}}""");
    }

    [Fact]
    public async Task An_address_is_free_again_when_its_owner_is_renamed()
    {
        string id = await _server.CreateAsync("Account", """{"@type":"User","name":"jane","domainId":"b"}""");
        (await _server.UpdateAsync("Account", id, """{"name":"jane2"}""")).ShouldBeNull();
        await _server.CreateAsync("Account", """{"@type":"User","name":"jane","domainId":"b"}""");
        (await _server.UpdateAsync("Account", id, """{"name":"jane"}"""))!["type"]!.GetValue<string>().ShouldBe("primaryKeyViolation");
    }

    [Fact]
    public async Task What_others_refer_to_stays()
    {
        string group = await _server.CreateAsync("Account", """{"@type":"Group","name":"staff","domainId":"b"}""");
        string member = await _server.CreateAsync("Account", $$$"""{"@type":"User","name":"jane","domainId":"b","memberGroupIds":{"{{{group}}}":true}}""");
        (_, JsonObject refused) = await _server.CallAsync("x:Account/set", $$"""{"destroy":["{{group}}"]}""");
        refused["notDestroyed"]![group]!["linkedObjects"]!.ToJsonString().ShouldBe($$"""[{"object":"Account","id":"{{member}}"}]""");
        (_, JsonObject done) = await _server.CallAsync("x:Account/set", $$"""{"destroy":["{{member}}","{{group}}"]}""");
        done["destroyed"]!.ToJsonString().ShouldBe($$"""["{{member}}","{{group}}"]""");
    }

    [Fact]
    public async Task An_account_of_a_tenant_is_in_its_domains()
    {
        string tenant = await _server.CreateAsync("Tenant", """{"name":"acme"}""");
        string domain = await _server.CreateAsync("Domain", $$$"""{"name":"acme.test","memberTenantId":"{{{tenant}}}","dkimManagement":{"@type":"Manual"}}""");
        await _server.CreateAsync("Account", $$"""{"@type":"User","name":"al","domainId":"{{domain}}","memberTenantId":"{{tenant}}"}""");
        (_, JsonObject answer) = await _server.CallAsync("x:Account/set", $$$$"""{"create":{"n":{"@type":"User","name":"al","domainId":"b","memberTenantId":"{{{{tenant}}}}"}}}""");
        answer["notCreated"]!["n"]!.ToJsonString().ShouldBe("""{"type":"invalidForeignKey","objectId":{"object":"Domain","id":"b"}}""");
    }

    [Fact]
    public async Task A_mask_sent_back_is_kept_in_an_account_and_stored_elsewhere()
    {
        string account = await _server.CreateAsync("Account", """{"@type":"User","name":"jane","domainId":"b","credentials":{"0":{"@type":"Password","secret":"jane walks a made-up road"}}}""");
        (await _server.UpdateAsync("Account", account, """{"credentials/0/secret":"****","description":"Jane"}""")).ShouldBeNull();
        (await _server.GetAsync("Account", account))["credentials"]!["0"]!["secret"]!.GetValue<string>().ShouldBe("****");
        string authorization = SandboxServerExtensions.CreateBasicAuthorization("jane@example.org", "jane walks a made-up road");
        (await _server.SendAsync("GET", "/api/account", authorization: authorization)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_setting_of_limits_is_in_force_after_a_reload()
    {
        (await _server.UpdateAsync("SpamPyzor", "singleton", """{"enable":false}""")).ShouldBeNull();
        (await _server.UpdateAsync("Jmap", "singleton", """{"getMaxResults":1}""")).ShouldBeNull();
        (await _server.CallAsync("x:Role/get", """{"ids":["b","c"]}""")).Name.ShouldBe("x:Role/get");
        await _server.CreateAsync("Action", """{"@type":"ReloadSettings"}""");
        (await _server.CallAsync("x:Role/get", """{"ids":["b","c"]}""")).Answer["type"]!.GetValue<string>().ShouldBe("requestTooLarge");
    }

    [Fact]
    public async Task The_types_are_served_as_the_server_serves_its_own()
    {
        CapturedResponse redirect = await _server.SendAsync("GET", "/api/schema");
        redirect.Status.ShouldBe(302);
        string location = redirect.Response.Headers.Single(header => header.Key == "Location").Value;
        using HttpClient client = new(_server.CreateHandler()) { BaseAddress = new Uri("http://sandbox.test") };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        using HttpResponseMessage response = await client.GetAsync(new Uri(location, UriKind.Relative), TestContext.Current.CancellationToken);
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var stream = new System.IO.Compression.GZipStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), System.IO.Compression.CompressionMode.Decompress);
        JsonObject schema = (await JsonNode.ParseAsync(stream, cancellationToken: TestContext.Current.CancellationToken))!.AsObject();
        schema["objects"]!.AsObject().Count.ShouldBe(117);
        schema["schemas"]!["x:Account"]!["variants"]![1]!.ToJsonString().ShouldBe("""{"name":"Group","schemaName":"x:GroupAccount"}""");
        schema["fields"]!["x:Jmap"]!["properties"]!["getMaxResults"]!.ToJsonString().ShouldBe("""{"type":{"type":"number","format":"unsignedInteger","min":1},"update":"mutable"}""");
        schema["fields"]!["x:Jmap"]!["defaults"]!["getMaxResults"]!.GetValue<int>().ShouldBe(500);
        schema["fields"]!["x:UserAccount"]!["properties"]!["memberGroupIds"]!["type"]!.ToJsonString().ShouldBe("""{"type":"set","class":{"type":"objectId","objectName":"x:Account/Group"}}""");
    }
}
