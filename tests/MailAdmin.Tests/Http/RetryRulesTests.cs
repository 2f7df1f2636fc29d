// The table of what may be sent again.
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using MailAdmin.Client;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class RetryRulesTests
{
    private static readonly ManualTime s_time = new();
    private readonly RetryPolicy _rules = new(null, s_time);

    [Theory]
    [InlineData(Idempotency.Idempotent, 200, false)]
    [InlineData(Idempotency.Idempotent, 500, false)]
    [InlineData(Idempotency.Idempotent, 502, true)]
    [InlineData(Idempotency.Idempotent, 503, true)]
    [InlineData(Idempotency.Idempotent, 504, true)]
    [InlineData(Idempotency.Idempotent, 401, false)]
    [InlineData(Idempotency.Idempotent, 400, false)]
    [InlineData(Idempotency.Idempotent, 404, false)]
    [InlineData(Idempotency.Idempotent, 429, false)]
    [InlineData(Idempotency.NotIdempotent, 500, false)]
    [InlineData(Idempotency.NotIdempotent, 502, false)]
    [InlineData(Idempotency.NotIdempotent, 503, false)]
    [InlineData(Idempotency.NotIdempotent, 504, false)]
    [InlineData(Idempotency.NotIdempotent, 401, false)]
    [InlineData(Idempotency.NotIdempotent, 429, false)]
    internal void Answers(Idempotency idempotency, int status, bool again) => Delay(idempotency, TestResponses.Json((HttpStatusCode)status, "{}"), null).HasValue.ShouldBe(again);

    [Fact]
    public void A_503_is_repeated_for_a_write_in_the_server_s_own_form_only()
    {
        Delay(Idempotency.NotIdempotent, TestResponses.Problem(503, "Service Unavailable"), null).ShouldNotBeNull();
        Delay(Idempotency.NotIdempotent, TestResponses.Html(HttpStatusCode.ServiceUnavailable), null).ShouldBeNull();
        Delay(Idempotency.NotIdempotent, TestResponses.Json(HttpStatusCode.ServiceUnavailable, """{"type":"https://proxy.test/reset","status":503,"title":"Reset","detail":"…"}"""), null).ShouldBeNull();
        Delay(Idempotency.NotIdempotent, TestResponses.Json(HttpStatusCode.ServiceUnavailable, """{"type":"about:blank","status":502,"detail":"…"}"""), null).ShouldBeNull();
    }

    [Theory]
    [InlineData(Idempotency.NotIdempotent, HttpRequestError.ConnectionError, true)]
    [InlineData(Idempotency.NotIdempotent, HttpRequestError.NameResolutionError, true)]
    [InlineData(Idempotency.NotIdempotent, HttpRequestError.ProxyTunnelError, true)]
    [InlineData(Idempotency.NotIdempotent, HttpRequestError.ResponseEnded, false)]
    [InlineData(Idempotency.NotIdempotent, HttpRequestError.Unknown, false)]
    [InlineData(Idempotency.Idempotent, HttpRequestError.ResponseEnded, true)]
    [InlineData(Idempotency.Idempotent, HttpRequestError.Unknown, true)]
    internal void Failures(Idempotency idempotency, HttpRequestError error, bool again) => Delay(idempotency, null, new HttpRequestException(error)).HasValue.ShouldBe(again);

    [Fact]
    public void A_handshake_may_fail_by_chance_but_a_certificate_does_not()
    {
        var handshake = new HttpRequestException(HttpRequestError.SecureConnectionError, "…", new AuthenticationException("…", new IOException("eof")));
        var certificate = new HttpRequestException(HttpRequestError.SecureConnectionError, "…", new CertificateRefusedException("expired"));
        Delay(Idempotency.NotIdempotent, null, handshake).ShouldNotBeNull();
        Delay(Idempotency.Idempotent, null, certificate).ShouldBeNull();
    }

    [Fact]
    public void A_timeout_is_repeated_for_reads_and_a_connect_timeout_for_all()
    {
        var slow = new HttpRequestException(HttpRequestError.Unknown, "…", new TimeoutException());
        Delay(Idempotency.Idempotent, null, slow).ShouldNotBeNull();
        Delay(Idempotency.NotIdempotent, null, slow).ShouldBeNull();
        Delay(Idempotency.NotIdempotent, null, new TaskCanceledException("…", new TimeoutException())).ShouldNotBeNull();
        Delay(Idempotency.NotIdempotent, null, new TaskCanceledException()).ShouldBeNull();
    }

    [Fact]
    public void The_concurrency_limit_says_that_nothing_was_executed() =>
        Delay(Idempotency.NotIdempotent, TestResponses.Problem(400, "", "maxConcurrentRequests"), null, context => context.WasRefusedUnexecuted = true).ShouldNotBeNull();

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    public void A_sign_in_is_not_repeated_once_it_was_refused(int status)
    {
        var context = new ApiRequestContext(Operations.RequestOAuthCode, RequestAuthentication.SignIn);
        _rules.GetDelay(Request(context), TestResponses.Json((HttpStatusCode)status, "{}"), null, 0).ShouldBeNull();
    }

    [Fact]
    public void Retry_After_is_honoured_in_both_forms_up_to_a_limit()
    {
        With(new RetryConditionHeaderValue(TimeSpan.FromSeconds(17))).ShouldBe(TimeSpan.FromSeconds(17));
        With(new RetryConditionHeaderValue(s_time.GetUtcNow().AddSeconds(40))).ShouldBe(TimeSpan.FromSeconds(40));
        With(new RetryConditionHeaderValue(s_time.GetUtcNow().AddSeconds(-40))).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(0.1), "a time that is over is no leave to ask without a pause");
        With(new RetryConditionHeaderValue(TimeSpan.Zero)).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(0.1));
        With(new RetryConditionHeaderValue(TimeSpan.FromHours(1))).ShouldBeNull();

        TimeSpan? With(RetryConditionHeaderValue value)
        {
            HttpResponseMessage response = TestResponses.Problem(503, "Service Unavailable");
            response.Headers.RetryAfter = value;
            return Delay(Idempotency.NotIdempotent, response, null);
        }
    }

    [Fact]
    public void Pauses_double_from_a_quarter_second_with_jitter()
    {
        for (int attempt = 0; attempt < 12; attempt++)
        {
            double nominal = Math.Min(0.25 * Math.Pow(2, attempt), 30);
            TimeSpan pause = _rules.GetDelay(Request(Call(Idempotency.Idempotent)), TestResponses.Json(HttpStatusCode.BadGateway, ""), null, attempt).ShouldNotBeNull();
            pause.TotalSeconds.ShouldBeInRange(nominal * 0.75, nominal * 1.25);
        }
    }

    [Fact]
    public void A_foreign_request_is_left_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://mail.test");
        _rules.GetDelay(request, TestResponses.Json(HttpStatusCode.ServiceUnavailable, ""), null, 0).ShouldBeNull();
    }

    private TimeSpan? Delay(Idempotency idempotency, HttpResponseMessage? response, Exception? exception, Action<ApiRequestContext>? change = null)
    {
        ApiRequestContext context = Call(idempotency);
        change?.Invoke(context);
        return _rules.GetDelay(Request(context), response, exception, 0);
    }

    private static ApiRequestContext Call(Idempotency idempotency) => new(Operations.PatchPrincipal) { Idempotency = idempotency };

    private static HttpRequestMessage Request(ApiRequestContext context)
    {
        var request = new HttpRequestMessage(context.Operation.Method, "https://mail.test/api/x");
        context.Attach(request);
        return request;
    }
}
