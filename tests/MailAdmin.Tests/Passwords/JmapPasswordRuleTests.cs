// The rule of a server from 0.16 on for passwords: compared here, since the hash of a password says nothing of it.
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Passwords;

public sealed class JmapPasswordRuleTests
{
    private const string Readable = "authenticate,sysAccountGet,sysAuthenticationGet,unlimitedRequests";

    [Theory]
    [InlineData("three", 2, "it is 2 on the scale from 0 to 4 of how hard it is to guess, and this server requires 3")]
    [InlineData("four", 3, "it is 3 on the scale from 0 to 4 of how hard it is to guess, and this server requires 4")]
    [InlineData("three", 3, null)]
    [InlineData("two", 2, null)]
    [InlineData("zero", 0, null)]
    [InlineData("five", 0, null)]
    [InlineData(null, 0, null)]
    [InlineData("three", null, null)]
    public async Task A_password_is_held_to_the_strength_that_the_server_wants(string? required, int? score, string? problem)
    {
        FakeJmapServer server = Create(required);
        using MailClient client = await server.ConnectAsync(change: options => options with { ScorePassword = score is { } given ? _ => given : null });
        Task check = client.Principals.CheckPasswordAsync("any password", TestContext.Current.CancellationToken);
        if (problem is null)
        {
            await check;
            return;
        }
        MailServerException error = await Should.ThrowAsync<MailServerException>(check);
        (error.Code, error.Field).ShouldBe((MailErrorCode.RejectedByClient, "secret"));
        error.Message.ShouldBe($"The password is too weak: {problem}. Choose a longer one, such as several words that do not belong together. It was not sent.");
    }

    [Theory]
    [InlineData("1234567", "shorter than the 8 bytes")]
    [InlineData("12345678901234567", "longer than the 16 bytes")]
    public async Task Its_length_is_compared_first(string password, string problem)
    {
        using MailClient client = await Create("three").ConnectAsync(change: options => options with { ScorePassword = _ => 0 });
        (await Should.ThrowAsync<MailServerException>(client.Principals.CheckPasswordAsync(password, TestContext.Current.CancellationToken))).Message.ShouldContain(problem);
    }

    [Fact]
    public async Task Where_the_rule_may_not_be_read_nothing_is_refused_here()
    {
        FakeJmapServer server = Create("four");
        server.Permissions = "authenticate,sysAccountGet,unlimitedRequests";
        using MailClient client = await server.ConnectAsync(change: options => options with { ScorePassword = _ => throw new InvalidOperationException("Nothing is to be scored.") });
        await client.Principals.CheckPasswordAsync("12345678", TestContext.Current.CancellationToken);
        server.Requests.ShouldBeEmpty();
    }

    private static FakeJmapServer Create(string? required) => new(request =>
    {
        (string method, _, string id) = request.Calls.ShouldHaveSingleItem();
        method.ShouldBe("x:Authentication/get");
        string strength = required is null ? "" : $",\"passwordMinStrength\":{JsonSerializer.Serialize(required)}";
        return FakeJmapServer.Answer((method, $$"""{"list":[{"id":"singleton","passwordMinLength":8,"passwordMaxLength":16{{strength}}}],"notFound":[]}""", id));
    })
    { Permissions = Readable };
}
