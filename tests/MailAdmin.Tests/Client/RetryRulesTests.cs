// The table of what may be sent again.
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Tests.Isolated;

namespace MailAdmin.Tests.Client;

public sealed class RetryRulesTests
{
    private static readonly ManualTime s_time = new();
    private readonly RetryRules _rules = new(null, s_time);

    [Theory]
    [InlineData(CallSafety.Repeatable, 200, false)]
    [InlineData(CallSafety.Repeatable, 500, false)]
    [InlineData(CallSafety.Repeatable, 502, true)]
    [InlineData(CallSafety.Repeatable, 503, true)]
    [InlineData(CallSafety.Repeatable, 504, true)]
    [InlineData(CallSafety.Repeatable, 401, false)]
    [InlineData(CallSafety.Repeatable, 400, false)]
    [InlineData(CallSafety.Repeatable, 404, false)]
    [InlineData(CallSafety.Repeatable, 429, false)]
    [InlineData(CallSafety.Once, 500, false)]
    [InlineData(CallSafety.Once, 502, false)]
    [InlineData(CallSafety.Once, 503, true)]
    [InlineData(CallSafety.Once, 504, false)]
    [InlineData(CallSafety.Once, 401, false)]
    [InlineData(CallSafety.Once, 429, false)]
    internal void Answers(CallSafety safety, int status, bool again) => Delay(safety, Answer.Json((HttpStatusCode)status, "{}"), null).HasValue.ShouldBe(again);

    [Theory]
    [InlineData(CallSafety.Once, HttpRequestError.ConnectionError, true)]
    [InlineData(CallSafety.Once, HttpRequestError.NameResolutionError, true)]
    [InlineData(CallSafety.Once, HttpRequestError.ProxyTunnelError, true)]
    [InlineData(CallSafety.Once, HttpRequestError.ResponseEnded, false)]
    [InlineData(CallSafety.Once, HttpRequestError.Unknown, false)]
    [InlineData(CallSafety.Repeatable, HttpRequestError.ResponseEnded, true)]
    [InlineData(CallSafety.Repeatable, HttpRequestError.Unknown, true)]
    internal void Failures(CallSafety safety, HttpRequestError error, bool again) => Delay(safety, null, new HttpRequestException(error)).HasValue.ShouldBe(again);

    [Fact]
    public void A_handshake_may_fail_by_chance_but_a_certificate_does_not()
    {
        var handshake = new HttpRequestException(HttpRequestError.SecureConnectionError, "…", new AuthenticationException("…", new IOException("eof")));
        var certificate = new HttpRequestException(HttpRequestError.SecureConnectionError, "…", new CertificateRefusedException("expired"));
        Delay(CallSafety.Once, null, handshake).ShouldNotBeNull();
        Delay(CallSafety.Repeatable, null, certificate).ShouldBeNull();
    }

    [Fact]
    public void A_timeout_is_repeated_for_reads_and_a_connect_timeout_for_all()
    {
        var slow = new HttpRequestException(HttpRequestError.Unknown, "…", new TimeoutException());
        Delay(CallSafety.Repeatable, null, slow).ShouldNotBeNull();
        Delay(CallSafety.Once, null, slow).ShouldBeNull();
        Delay(CallSafety.Once, null, new TaskCanceledException("…", new TimeoutException())).ShouldNotBeNull();
        Delay(CallSafety.Once, null, new TaskCanceledException()).ShouldBeNull();
    }

    [Fact]
    public void The_concurrency_limit_says_that_nothing_was_executed() =>
        Delay(CallSafety.Once, Answer.Problem(400, "", "maxConcurrentRequests"), null, call => call.WasRefusedUnexecuted = true).ShouldNotBeNull();

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    public void A_sign_in_is_not_repeated_once_it_was_refused(int status)
    {
        var call = new Call(HttpMethod.Post, "/oauth", CallSafety.Once, CallIdentity.SignIn);
        _rules.Delay(Request(call), Answer.Json((HttpStatusCode)status, "{}"), null, 0).ShouldBeNull();
    }

    [Fact]
    public void Retry_After_is_honoured_in_both_forms_up_to_a_limit()
    {
        With(new RetryConditionHeaderValue(TimeSpan.FromSeconds(17))).ShouldBe(TimeSpan.FromSeconds(17));
        With(new RetryConditionHeaderValue(s_time.GetUtcNow().AddSeconds(40))).ShouldBe(TimeSpan.FromSeconds(40));
        With(new RetryConditionHeaderValue(s_time.GetUtcNow().AddSeconds(-40))).ShouldBe(TimeSpan.Zero);
        With(new RetryConditionHeaderValue(TimeSpan.FromHours(1))).ShouldBeNull();

        TimeSpan? With(RetryConditionHeaderValue value)
        {
            HttpResponseMessage response = Answer.Json(HttpStatusCode.ServiceUnavailable, "{}");
            response.Headers.RetryAfter = value;
            return Delay(CallSafety.Once, response, null);
        }
    }

    [Fact]
    public void Pauses_double_from_a_quarter_second_with_jitter()
    {
        for (int attempt = 0; attempt < 12; attempt++)
        {
            double nominal = Math.Min(0.25 * Math.Pow(2, attempt), 30);
            TimeSpan pause = _rules.Delay(Request(Call(CallSafety.Repeatable)), Answer.Json(HttpStatusCode.BadGateway, ""), null, attempt).ShouldNotBeNull();
            pause.TotalSeconds.ShouldBeInRange(nominal * 0.75, nominal * 1.25);
        }
    }

    [Fact]
    public void A_foreign_request_is_left_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://mail.test");
        _rules.Delay(request, Answer.Json(HttpStatusCode.ServiceUnavailable, ""), null, 0).ShouldBeNull();
    }

    private TimeSpan? Delay(CallSafety safety, HttpResponseMessage? response, Exception? exception, Action<Call>? change = null)
    {
        Call call = Call(safety);
        change?.Invoke(call);
        return _rules.Delay(Request(call), response, exception, 0);
    }

    private static Call Call(CallSafety safety) => new(HttpMethod.Post, "/x", safety);

    private static HttpRequestMessage Request(Call call)
    {
        var request = new HttpRequestMessage(call.Method, "https://mail.test/api/x");
        call.Attach(request);
        return request;
    }
}
