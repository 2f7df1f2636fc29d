using MailAdmin.Client;
using MailAdmin.Client.Api.Raw;
using MailAdmin.Client.Http;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class ApiUriTests
{
    [Theory]
    [InlineData("user+tag@x", "user%2Btag%40x")]
    [InlineData("a=b&c", "a%3Db%26c")]
    [InlineData("müller", "m%C3%BCller")]
    [InlineData("a/b c", "a%2Fb%20c")]
    [InlineData("100%", "100%25")]
    [InlineData("..", "%2E%2E")]
    [InlineData(".", "%2E")]
    [InlineData("example.org", "example.org")]
    public async Task A_name_arrives_as_it_is(string name, string encoded)
    {
        var server = new FakeServer(_ => TestResponses.Data("""{"id":1,"type":"individual"}"""));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.GetAsync(name, TestContext.Current.CancellationToken);
        server.RequestLines.ShouldBe([$"GET /api/principal/{encoded}"]);
        Uri.UnescapeDataString(encoded).ShouldBe(name);
    }

    [Fact]
    public void A_path_of_the_base_address_is_kept_and_empty_pairs_are_not_sent()
    {
        var uri = new ApiUri(new Uri("https://host:8443/mail/"));
        uri.ForQuery(Operations.ListPrincipals, [KeyValuePair.Create("filter", (string?)"a b&c"), KeyValuePair.Create("tenant", (string?)""), KeyValuePair.Create("x", (string?)null), KeyValuePair.Create("page", (string?)"2")])
            .AbsoluteUri.ShouldBe("https://host:8443/mail/api/principal?filter=a%20b%26c&page=2");
        uri.For(Operations.RequestToken).AbsoluteUri.ShouldBe("https://host:8443/mail/auth/token");
    }

    [Fact]
    public void Every_open_place_of_a_route_takes_one_value()
    {
        var uri = new ApiUri(new Uri("https://host"));
        uri.For(Operations.ReindexNamedForAccount, "email", "a/b").AbsoluteUri.ShouldBe("https://host/api/store/reindex/email/a%2Fb");
        Should.Throw<ArgumentException>(() => uri.For(Operations.GetPrincipal, "jane", "doe"));
        Should.Throw<ArgumentException>(() => uri.For(Operations.GetPrincipal));
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("https://user:secret@host")]
    [InlineData("https://host?x=1")]
    public void An_address_of_no_server_is_refused(string address) => Should.Throw<ArgumentException>(() => new ApiUri(new Uri(address)));

    [Theory]
    [InlineData("principal?limit=5", "/principal?limit=5")]
    [InlineData("/principal", "/principal")]
    [InlineData("/api/principal/jane", "/principal/jane")]
    [InlineData("principal/müller x", "/principal/m%C3%BCller%20x")]
    [InlineData("principal/user%2Btag%40x", "/principal/user%2Btag%40x")]
    [InlineData("dns?u=https://x", "/dns?u=https://x")]
    public void A_raw_path_stays_under_the_api(string path, string sent) => RawPath.Parse(HttpMethod.Get, path).PathAndQuery.ShouldBe(sent);

    [Theory]
    [InlineData("https://evil.test/api/principal")]
    [InlineData("//evil.test/x")]
    [InlineData("../auth/token")]
    [InlineData("principal/../../auth/token")]
    [InlineData("principal/%2e%2E/x")]
    [InlineData("principal\\..\\x")]
    [InlineData("principal#x")]
    [InlineData("/api/https://evil.test/x")]
    public void A_raw_path_that_leads_elsewhere_is_refused(string path) =>
        Should.Throw<MailServerException>(() => RawPath.Parse(HttpMethod.Get, path)).Code.ShouldBe(MailErrorCode.RejectedByClient);

    [Theory]
    [InlineData("GET", "principal", Idempotency.Idempotent)]
    [InlineData("GET", "principal/jane?x=1", Idempotency.Idempotent)]
    [InlineData("HEAD", "principal", Idempotency.Idempotent)]
    [InlineData("GET", "reload", Idempotency.NotIdempotent)]
    [InlineData("GET", "reload?dry-run=1", Idempotency.NotIdempotent)]
    [InlineData("GET", "reload/certificate", Idempotency.NotIdempotent)]
    [InlineData("GET", "update/webadmin", Idempotency.NotIdempotent)]
    [InlineData("GET", "store/purge/blob", Idempotency.NotIdempotent)]
    [InlineData("GET", "store/reindex", Idempotency.NotIdempotent)]
    [InlineData("GET", "restart", Idempotency.NotIdempotent)]
    [InlineData("GET", "store/%70urge/data", Idempotency.NotIdempotent)]
    [InlineData("GET", "from/a/later/version", Idempotency.NotIdempotent)]
    [InlineData("POST", "principal", Idempotency.NotIdempotent)]
    [InlineData("POST", "account/crypto", Idempotency.NotIdempotent)]
    [InlineData("DELETE", "principal/x", Idempotency.NotIdempotent)]
    public void Only_plain_reads_may_be_repeated(string method, string path, Idempotency idempotency) =>
        RawPath.Parse(new HttpMethod(method), path).Idempotency.ShouldBe(idempotency);
}
