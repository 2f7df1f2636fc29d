using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

public sealed class SampleOrganisationTests
{
    [Fact]
    public async Task The_demonstration_is_a_licensed_organisation_with_people_of_all_scripts()
    {
        using var client = new HttpClient(Sandboxes.CreateDemonstration(null, out TimeProvider clock, out NetworkCredential administrator)) { BaseAddress = new Uri("https://mx.example.org") };
        clock.ShouldBeOfType<SandboxClock>();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.CreateBasicAuthorization(administrator.UserName, administrator.Password));

        using var code = new StringContent("""{"type":"code","client_id":"test"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/api/oauth", UriKind.Relative), code);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("data").GetProperty("isEnterprise").GetBoolean().ShouldBeTrue();

        JsonElement people = JsonElement.Parse(await client.GetStringAsync(new Uri("/api/principal?types=individual", UriKind.Relative))).GetProperty("data");
        people.GetProperty("total").GetInt32().ShouldBeGreaterThanOrEqualTo(25);
        string[] descriptions = people.GetProperty("items").EnumerateArray().Select(person => person.GetProperty("description").GetString()!).ToArray();
        descriptions.ShouldContain("Jürgen Müller");
        descriptions.Count(text => text.Any(c => c > 127)).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task The_demonstration_is_the_same_every_time_and_nobody_shares_it()
    {
        (SandboxServer one, SandboxServer two) = (new SandboxServer(), new SandboxServer());
        string all = (await one.SendAsync("GET", "/api/principal")).Text;
        (await two.SendAsync("GET", "/api/principal")).Text.ShouldBe(all);
        await one.SendAsync("DELETE", "/api/principal/jane.doe");
        (await two.SendAsync("GET", "/api/principal/jane.doe")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Deleted_mail_of_the_organisation_can_be_read_and_restored()
    {
        var server = new SandboxServer(new SandboxOptions { Enterprise = true });
        JsonElement deleted = JsonElement.Parse((await server.SendAsync("GET", "/api/store/undelete/jane.doe?limit=2&page=2")).Text).GetProperty("data");
        deleted.GetProperty("total").GetInt32().ShouldBe(3);
        JsonElement item = deleted.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        string hash = item.GetProperty("hash").GetString()!;
        await server.SendAsync("GET", "/api/store/purge/blob");
        (await server.SendAsync("GET", $"/api/store/blobs/{hash}")).Text.ShouldContain("Subject: Offer 3");

        CapturedResponse restored = await server.SendAsync("POST", "/api/store/undelete/jane.doe", $$"""[{"hash":"{{hash}}","collection":"email","restoreTime":"{{item.GetProperty("deletedAt").GetString()}}","cancelDeletion":"{{item.GetProperty("expiresAt").GetString()}}"},{"hash":"b25l","collection":"mailbox","restoreTime":"2025-01-01T00:00:00Z"}]""");
        restored.Text.ShouldStartWith("""{"data":[{"type":"success"},{"type":"error","reason":""");
        (await server.SendAsync("POST", "/api/store/undelete/jane.doe", "null")).Text.ShouldBe("""{"data":[{"type":"success"},{"type":"success"}]}""");
        (await server.SendAsync("POST", "/api/store/undelete/jane.doe", "")).Status.ShouldBe(400);
        (await server.SendAsync("POST", "/api/store/undelete/jane.doe", """[{"hash":"b25l"}]""")).Status.ShouldBe(400);
        (await server.SendAsync("GET", "/api/store/undelete/nobody")).Status.ShouldBe(404);
    }
}
