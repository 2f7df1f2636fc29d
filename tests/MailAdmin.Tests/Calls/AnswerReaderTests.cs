// Every form of answer becomes a value or the one exception.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Calls;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Calls;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("[1,2]")]
    [InlineData("""{"error":"a member of data is no error"}""")]
    public async Task Data_may_be_anything(string json) => (await ReadAsync(TestResponses.Data(json))).ShouldBe(json);

    [Theory]
    [InlineData("""{"error":"fieldMissing","field":"name"}""", MailErrorCode.FieldMissing, "name")]
    [InlineData("""{"error":"fieldAlreadyExists","field":"emails","value":"a@x.org"}""", MailErrorCode.AlreadyExists, "a@x.org")]
    [InlineData("""{"error":"notFound","item":"jane"}""", MailErrorCode.NotFound, "jane")]
    [InlineData("""{"error":"notFound","item":""}""", MailErrorCode.NotFound, "does not exist")]
    [InlineData("""{"error":"unsupported","details":"Enterprise feature"}""", MailErrorCode.Unsupported, "Enterprise feature")]
    [InlineData("""{"error":"assertFailed"}""", MailErrorCode.PreconditionFailed, "exist")]
    [InlineData("""{"error":"other","details":"Invalid role","reason":null}""", MailErrorCode.RejectedByServer, "Invalid role")]
    [InlineData("""{"error":"somethingNew","details":"what"}""", MailErrorCode.Unknown, "somethingNew")]
    [InlineData("""{"details":"first","error":"other"}""", MailErrorCode.RejectedByServer, "first")]
    public async Task A_200_with_error_is_an_error(string body, MailErrorCode code, string named)
    {
        MailServerException e = await FailAsync(TestResponses.Json(HttpStatusCode.OK, body));
        e.Code.ShouldBe(code);
        e.Status.ShouldBe(HttpStatusCode.OK);
        e.Message.ShouldContain(named);
        e.ServerCode.ShouldNotBeNull();
        e.Operation.ShouldBe(Operations.GetPrincipal);
    }

    [Theory]
    [InlineData(200, """{"error":"fieldInvalid"}""", false)]
    [InlineData(400, """{"error":"fieldInvalid"}""", false)]
    [InlineData(400, """{"error":"other","details":"Invalid role","reason":null}""", false)]
    [InlineData(403, """{"error":"notFound","item":"jane"}""", false)]
    [InlineData(422, """{"error":"fieldInvalid","field":"name","value":"x"}""", false)]
    [InlineData(200, """{"error":"upstream","message":"reset"}""", true)]
    [InlineData(200, """{"error":"fieldInvalid","data":null}""", true)]
    [InlineData(400, """{"error":"upstream gone"}""", true)]
    [InlineData(400, """{"error":"fieldInvalid","trace":1}""", true)]
    [InlineData(404, """{"error":"fieldInvalid"}""", true)]
    [InlineData(408, """{"error":"timeout"}""", true)]
    [InlineData(500, """{"error":"fieldInvalid"}""", true)]
    [InlineData(502, """{"error":"fieldInvalid"}""", true)]
    public async Task An_error_in_the_servers_own_form_is_a_refusal_whatever_its_word(int status, string body, bool mayHaveBeenExecuted)
    {
        MailServerException e = await FailAsync(TestResponses.Json((HttpStatusCode)status, body), new ApiRequestContext(Operations.PatchPrincipal));
        e.MayHaveBeenExecuted.ShouldBe(mayHaveBeenExecuted);
        if (!mayHaveBeenExecuted)
        {
            e.Message.ShouldContain(e.ServerCode == "fieldInvalid" ? "'fieldInvalid'" : e.Item ?? e.Details!);
        }
    }

    [Fact]
    public async Task The_fields_of_an_error_are_kept()
    {
        MailServerException e = await FailAsync(TestResponses.Json(HttpStatusCode.OK, """{"error":"fieldAlreadyExists","field":"name","value":"jane","item":"i","details":"d","reason":"r"}"""));
        (e.ServerCode, e.Field, e.Value, e.Item, e.Details, e.Reason).ShouldBe(("fieldAlreadyExists", "name", "jane", "i", "d", "r"));
    }

    [Fact]
    public async Task Retry_After_is_kept_in_both_forms_a_date_by_the_clock_of_the_server()
    {
        HttpResponseMessage delta = TestResponses.Problem(503, "Unavailable");
        delta.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(17));
        (await FailAsync(delta)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(17));

        var there = new DateTimeOffset(2031, 4, 1, 12, 0, 0, TimeSpan.Zero);
        HttpResponseMessage date = TestResponses.Problem(503, "Unavailable");
        date.Headers.Date = there;
        date.Headers.RetryAfter = new RetryConditionHeaderValue(there.AddSeconds(40));
        (await FailAsync(date)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("""{"error":"fieldAlreadyExists","field":"signature.rsa-x.private-key","value":"-----BEGIN RSA PRIVATE KEY-----abc"}""")]
    [InlineData("""{"error":"fieldAlreadyExists","value":"-----BEGIN PRIVATE KEY-----abc","field":"elsewhere"}""")]
    public async Task A_private_key_is_never_kept(string body)
    {
        MailServerException e = await FailAsync(TestResponses.Json(HttpStatusCode.OK, body));
        e.Code.ShouldBe(MailErrorCode.AlreadyExists);
        e.Value.ShouldBeNull();
        e.ToString().ShouldNotContain("abc");
    }

    [Fact]
    public async Task What_the_server_quotes_of_a_secret_is_taken_out()
    {
        var context = new ApiRequestContext(Operations.PatchPrincipal) { Secrets = ["hunter2"] };
        MailServerException e = await FailAsync(TestResponses.Json(HttpStatusCode.OK, """{"error":"other","details":"bad","reason":"value String(\"hunter2\")"}"""), context);
        e.ToString().ShouldNotContain("hunter2");
        e.Reason.ShouldNotBeNull().ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(400, "Invalid parameters", null, MailErrorCode.InvalidRequest)]
    [InlineData(400, "", "maxConcurrentRequests", MailErrorCode.TooManyConcurrentRequests)]
    [InlineData(401, "Unauthorized", null, MailErrorCode.Unauthorized)]
    [InlineData(402, "TOTP code required", null, MailErrorCode.TotpRequired)]
    [InlineData(403, "Forbidden", null, MailErrorCode.Forbidden)]
    [InlineData(403, "Quota exceeded", null, MailErrorCode.QuotaExceeded)]
    [InlineData(403, "Tenant quota exceeded", null, MailErrorCode.QuotaExceeded)]
    [InlineData(404, "Not Found", null, MailErrorCode.UnexpectedResponse)]
    [InlineData(429, "Too Many Authentication Attempts", null, MailErrorCode.Banned)]
    [InlineData(500, "Internal Server Error", null, MailErrorCode.ServerError)]
    [InlineData(418, "Teapot", null, MailErrorCode.Unknown)]
    public async Task A_problem_document_goes_by_its_status(int status, string title, string? limit, MailErrorCode code)
    {
        MailServerException e = await FailAsync(TestResponses.Problem(status, title, limit));
        e.Code.ShouldBe(code);
        ((int?)e.Status).ShouldBe(status);
        e.Limit.ShouldBe(limit);
    }

    [Fact]
    public async Task Of_an_accepted_credential_a_429_is_a_limit_and_a_401_the_end_of_the_session()
    {
        var context = new ApiRequestContext(Operations.GetPrincipal) { CredentialAccepted = true };
        (await FailAsync(TestResponses.Problem(429, "Too Many Requests"), context)).Code.ShouldBe(MailErrorCode.RateLimited);
        (await FailAsync(TestResponses.Problem(401, "Unauthorized"), context)).Code.ShouldBe(MailErrorCode.SessionExpired);
    }

    [Theory]
    [InlineData(413, MailErrorCode.InvalidRequest, "1 MiB")]
    [InlineData(414, MailErrorCode.InvalidRequest, "length")]
    [InlineData(407, MailErrorCode.Unreachable, "-ProxyCredential")]
    public async Task What_only_a_proxy_refuses_is_told_so_and_not_as_a_web_page(int status, MailErrorCode code, string says)
    {
        MailServerException e = await FailAsync(TestResponses.Html((HttpStatusCode)status));
        e.Code.ShouldBe(code);
        e.Message.ShouldContain(says);
        e.Message.ShouldNotContain("web page");
    }

    [Fact]
    public async Task A_problem_document_without_a_title_is_one()
    {
        MailServerException e = await FailAsync(TestResponses.Json(HttpStatusCode.Forbidden, """{"type":"about:blank","status":403,"detail":"Not from here"}""", "application/problem+json"));
        e.Code.ShouldBe(MailErrorCode.Forbidden);
        e.Details.ShouldBe("Not from here");
    }

    [Theory]
    [InlineData("invalid_grant")]
    [InlineData("access_denied")]
    [InlineData("a_new_one")]
    public async Task An_OAuth_error_has_its_own_code(string error)
    {
        var context = new ApiRequestContext(Operations.RequestToken, RequestAuthentication.None) { IsOAuth = true };
        MailServerException e = await FailAsync(TestResponses.Json(HttpStatusCode.BadRequest, $$"""{"error":"{{error}}"}"""), context);
        e.Code.ShouldBe(MailErrorCode.OAuthError);
        e.ServerCode.ShouldBe(error);
        e.Details.ShouldBe(error);
    }

    [Theory]
    [InlineData(200, MailErrorCode.UnexpectedResponse)]
    [InlineData(404, MailErrorCode.UnexpectedResponse)]
    [InlineData(403, MailErrorCode.UnexpectedResponse)]
    [InlineData(502, MailErrorCode.ServerError)]
    [InlineData(504, MailErrorCode.TimedOut)]
    public async Task A_proxys_page_is_told_for_what_it_is(int status, MailErrorCode code)
    {
        MailServerException e = await FailAsync(TestResponses.Html((HttpStatusCode)status));
        e.Code.ShouldBe(code);
        e.Message.ShouldContain("proxy");
        e.Message.ShouldNotContain("<html>");
    }

    [Theory]
    [InlineData("", "application/json", "empty")]
    [InlineData("", null, "empty")]
    [InlineData("""{"data":{"items":[{"id":1""", "application/json", "ends too early")]
    [InlineData("""{"data":1""", "application/json", "ends too early")]
    [InlineData("""{"data":1}}""", "application/json", "ends too early")]
    [InlineData("""{"items":[]}""", "application/json", "not of the management API")]
    [InlineData("""[1]""", "application/json", "not of the management API")]
    [InlineData("plain", "text/plain", "not what the management API sends")]
    [InlineData("\uFEFF  <html>", "text/plain", "web page")]
    public async Task A_body_that_is_no_answer_says_what_it_is(string body, string? type, string says)
    {
        MailServerException e = await FailAsync(TestResponses.Create(HttpStatusCode.OK, System.Text.Encoding.UTF8.GetBytes(body), type));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        e.Message.ShouldContain(says);
    }

    [Fact]
    public async Task Bytes_are_handed_on_unless_they_are_an_error()
    {
        ApiRequestContext context = CreateCall();
        (await ResponseReader.ReadBytesAsync(TestResponses.Create(HttpStatusCode.OK, [1, 2, 0], "application/octet-stream"), context, default)).ShouldBe([1, 2, 0]);
        MailServerException e = await Should.ThrowAsync<MailServerException>(
            ResponseReader.ReadBytesAsync(TestResponses.Json(HttpStatusCode.OK, """{"error":"notFound","item":""}"""), context, default));
        e.Code.ShouldBe(MailErrorCode.NotFound);
    }

    [Fact]
    public async Task A_value_of_another_shape_is_an_unexpected_answer()
    {
        MailServerException e = await Should.ThrowAsync<MailServerException>(
            ResponseReader.ReadDataAsync(TestResponses.Data("\"text\""), CreateCall(), static (ref Utf8JsonReader reader) => reader.GetInt32(), default));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    private static ApiRequestContext CreateCall() => new(Operations.GetPrincipal);

    private static Task<string> ReadAsync(HttpResponseMessage response, ApiRequestContext? context = null) => ResponseReader.ReadDataAsync(
        response,
        context ?? CreateCall(),
        static (ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader).GetRawText(),
        TestContext.Current.CancellationToken);

    private static Task<MailServerException> FailAsync(HttpResponseMessage response, ApiRequestContext? context = null) =>
        Should.ThrowAsync<MailServerException>(ReadAsync(response, context));
}
