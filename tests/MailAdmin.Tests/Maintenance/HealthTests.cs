using System.Net;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Maintenance;

public sealed class HealthTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_web_page_is_no_sign_of_health()
    {
        var server = new FakeServer(_ => TestResponses.Html());
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Health.IsReadyAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        (await Should.ThrowAsync<MailServerException>(client.Health.IsLiveAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(503, false)]
    [InlineData(404, false)]
    public async Task The_status_says_whether_it_is_ready(int status, bool ready)
    {
        var server = new FakeServer(_ => TestResponses.Problem(status, "…"));
        using MailClient client = await server.ConnectAsync(null, o => o with { MaximumRetryCount = 0 });
        (await client.Health.IsReadyAsync(s_cancellationToken)).ShouldBe(ready);
    }

    [Fact]
    public async Task An_empty_200_is_one()
    {
        var server = new FakeServer(_ => TestResponses.Create(HttpStatusCode.OK, [], null));
        using MailClient client = await server.ConnectAsync();
        (await client.Health.IsReadyAsync(s_cancellationToken)).ShouldBeTrue();
    }
}
