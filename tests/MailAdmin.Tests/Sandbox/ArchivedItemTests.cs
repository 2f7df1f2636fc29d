// x:ArchivedItem of the sandbox, as the server's source has it: nobody has recorded one with a licence.
using System.Text.Json.Nodes;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

public sealed class ArchivedItemTests
{
    private const string Later = "2126-11-29T07:04:11Z";

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, Enterprise = true, ServerVersion = "0.16", Seed = 1 });

    [Theory]
    [InlineData("""{"status":"requestRestore"}""", null, false)]
    [InlineData($$"""{"archivedUntil":"{{Later}}"}""", null, false)]
    [InlineData($$"""{"status":"requestRestore","archivedUntil":"{{Later}}"}""", null, true)]
    [InlineData("""{"status":"archived"}""", "notFound", true)]
    [InlineData("""{"status":"other"}""", "invalidPatch", true)]
    [InlineData("""{"archivedUntil":"2020-01-01T00:00:00Z"}""", "invalidPatch", true)]
    [InlineData("""{"subject":"x"}""", "invalidProperties", true)]
    public async Task An_update_restores_or_moves_the_end_or_is_refused(string patch, string? error, bool stays)
    {
        string domain = await _server.QueryAsync("Domain", """{"filter":{"name":"example.org"}}""");
        await _server.CreateAsync("Account", $$"""{"@type":"User","name":"jane","domainId":"{{domain}}"}""");
        string id = ArchivedMail.Add(_server, "jane", "Hello");
        ((await _server.UpdateAsync("ArchivedItem", id, patch))?["type"]?.GetValue<string>()).ShouldBe(error);
        (_, JsonObject left) = await _server.CallAsync("x:ArchivedItem/get", $$"""{"ids":["{{id}}"]}""");
        left["list"]!.AsArray().Select(item => item!["archivedUntil"]!.GetValue<string>() == Later).ShouldBe(stays ? [error is null] : []);
    }

    [Fact]
    public async Task None_is_made_by_hand()
    {
        (_, JsonObject answer) = await _server.CallAsync("x:ArchivedItem/set", """{"create":{"a":{"@type":"Email"}}}""");
        answer["notCreated"]!["a"]!["type"]!.GetValue<string>().ShouldBe("forbidden");
    }
}
