using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

/// <summary>On a licensed server an account of a tenant sees its tenant's part of everything, and nothing beyond.</summary>
public sealed class SandboxTenantTests
{
    private static readonly string s_boss = SandboxServerExtensions.CreateBasicAuthorization("boss@acme.org", "boss-secret");

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, Enterprise = true });

    [Fact]
    public async Task Principals_of_others_are_neither_listed_nor_found()
    {
        await StartAsync();
        CapturedResponse seen = await _server.SendAsync("GET", "/api/principal?types=individual,domain&fields=name", authorization: s_boss);
        seen.Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ShouldBe(["acme.org", "boss@acme.org"], ignoreOrder: true);
        (await _server.SendAsync("GET", "/api/principal/jane", authorization: s_boss)).Error.ShouldBe("notFound");
        (await _server.SendAsync("DELETE", "/api/principal/jane", authorization: s_boss)).Error.ShouldBe("notFound");
        (await _server.SendAsync("GET", "/api/principal?types=individual&tenant=nobody", authorization: s_boss)).Data.GetProperty("total").GetInt32().ShouldBe(1, "the caller's own tenant counts");
    }

    [Fact]
    public async Task Mail_of_others_is_neither_listed_nor_cancelled()
    {
        await StartAsync();
        await _server.SendAsync("PATCH", "/api/queue/status/stop");
        Send("jane", "jane@example.org");
        Send("boss@acme.org", "boss@acme.org");
        ulong[] all = (await _server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("items").EnumerateArray().Select(id => id.GetUInt64()).ToArray();
        all.Length.ShouldBe(2);
        JsonElement own = (await _server.SendAsync("GET", "/api/queue/messages", authorization: s_boss)).Data;
        own.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetUInt64().ShouldBe(all[1]);
        (await _server.SendAsync("GET", $"/api/queue/messages/{all[0]}", authorization: s_boss)).Status.ShouldBe(404);
        (await _server.SendAsync("DELETE", "/api/queue/messages", authorization: s_boss)).Data.GetBoolean().ShouldBeTrue();
        (await _server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetUInt64().ShouldBe(all[0]);
    }

    [Fact]
    public async Task Reports_to_others_are_not_seen()
    {
        await StartAsync();
        foreach (string domain in new[] { "example.org", "acme.org" })
        {
            await _server.SendAsync("POST", "/api/principal", $$"""{"type":"list","name":"dmarc@{{domain}}","emails":["dmarc@{{domain}}"]}""");
            _server.Deliver(null, "a@remote.test", [$"dmarc@{domain}"], Encoding.ASCII.GetBytes(Report(domain))).ShouldBeNull();
        }

        (await _server.SendAsync("GET", "/api/reports/dmarc")).Data.GetProperty("total").GetInt32().ShouldBe(2);
        JsonElement own = (await _server.SendAsync("GET", "/api/reports/dmarc", authorization: s_boss)).Data;
        own.GetProperty("total").GetInt32().ShouldBe(1);
        string? id = own.GetProperty("items")[0].GetString();
        (await _server.SendAsync("GET", $"/api/reports/dmarc/{id}", authorization: s_boss)).Text.ShouldContain("acme.org");
    }

    private static string Report(string domain) => $"""
        From: a@remote.test
        To: dmarc@{domain}
        Subject: Report Domain: {domain}
        MIME-Version: 1.0
        Content-Type: application/xml; name="report.xml"

        <feedback><report_metadata><org_name>Reporter</org_name><email>a@remote.test</email><report_id>r1</report_id><date_range><begin>1</begin><end>2</end></date_range></report_metadata>
        <policy_published><domain>{domain}</domain><p>none</p></policy_published>
        <record><row><source_ip>192.0.2.1</source_ip><count>5</count></row><identifiers><header_from>{domain}</header_from></identifiers></record></feedback>
        """;

    private void Send(string account, string from) => _server.Deliver(account, from, ["a@remote.test"], Encoding.ASCII.GetBytes("Subject: x\r\n\r\nHello\r\n")).ShouldBeNull();

    private async Task StartAsync()
    {
        await _server.AddUserAsync("jane", "jane-secret");
        await _server.SendAsync("POST", "/api/principal", """{"type":"tenant","name":"acme","roles":["tenant-admin"]}""");
        await _server.SendAsync("POST", "/api/principal", """{"type":"domain","name":"acme.org","tenant":"acme"}""");
        (await _server.SendAsync(
            "POST", "/api/principal", """{"type":"individual","name":"boss@acme.org","tenant":"acme","secrets":"boss-secret","roles":["tenant-admin"],"emails":["boss@acme.org"]}""")).Error.ShouldBeNull();
    }
}
