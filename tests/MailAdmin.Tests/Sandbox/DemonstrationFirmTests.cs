using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

public sealed class DemonstrationFirmTests
{
    [Fact]
    public async Task The_demonstration_is_a_licensed_firm_with_people_of_all_scripts()
    {
        using var client = new HttpClient(Sandboxes.CreateDemonstration(out var clock, out var password)) { BaseAddress = new Uri("https://mx.example.org") };
        clock.ShouldBeOfType<SandboxClock>();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxTalk.Basic("admin", password));

        using var code = new StringContent("""{"type":"code","client_id":"test"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/api/oauth", UriKind.Relative), code);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("data").GetProperty("isEnterprise").GetBoolean().ShouldBeTrue();

        var people = JsonElement.Parse(await client.GetStringAsync(new Uri("/api/principal?types=individual", UriKind.Relative))).GetProperty("data");
        people.GetProperty("total").GetInt32().ShouldBeGreaterThanOrEqualTo(25);
        var descriptions = people.GetProperty("items").EnumerateArray().Select(person => person.GetProperty("description").GetString()!).ToArray();
        descriptions.ShouldContain("Jürgen Müller");
        descriptions.Count(text => text.Any(c => c > 127)).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task The_demonstration_is_the_same_every_time_and_nobody_shares_it()
    {
        var (one, two) = (new SandboxServer(), new SandboxServer());
        var all = (await one.SendAsync("GET", "/api/principal")).Text;
        (await two.SendAsync("GET", "/api/principal")).Text.ShouldBe(all);
        await one.SendAsync("DELETE", "/api/principal/jane.doe");
        (await two.SendAsync("GET", "/api/principal/jane.doe")).Error.ShouldBeNull();
    }
}
