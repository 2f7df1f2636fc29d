// Invoke-MailApi: stored secrets are not printed, sent ones are in no error.
using System.Net;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Calls;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Connection;

public sealed class RawSecretTests : IDisposable
{
    private const string Pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n-----END PRIVATE KEY-----";
    private readonly HostedShell _shell = new();

    public RawSecretTests() => _shell.SetVariable("secret", new NetworkCredential("", "hunter2-hunter2").SecurePassword);

    [Theory]
    [InlineData("principal/jane.doe", "secrets")]
    [InlineData("principal?types=individual", "secrets")]
    [InlineData("settings/list", "PRIVATE KEY")]
    public void Stored_secrets_are_hidden_unless_asked_for(string path, string mark)
    {
        _shell.Run("Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        string all = _shell.Run($"Invoke-MailApi '{path}' -Raw -IncludeSecret").ShouldHaveNoErrors().OutputAs<string>().Single();
        all.ShouldContain(mark);
        string shown = _shell.Run($"Invoke-MailApi '{path}' -Raw").ShouldHaveNoErrors().OutputAs<string>().Single();
        shown.ShouldContain("(hidden)");
        shown.ShouldNotContain("$6$");
        shown.ShouldNotContain("PRIVATE KEY");
    }

    [Theory]
    [InlineData("""{"name":"jane","secrets":["$6$a"],"emails":["a@x.org"]}""", """{"name":"jane","secrets":["(hidden)"],"emails":["a@x.org"]}""")]
    [InlineData("""{"secrets":"clear"}""", """{"secrets":"(hidden)"}""")]
    [InlineData("""{"items":{"store.db.password":"x","store.db.host":"y","oauth.expiry.token":"1h"}}""", """{"items":{"store.db.password":"(hidden)","store.db.host":"y","oauth.expiry.token":"1h"}}""")]
    [InlineData("""{"access_token":"t","expires_in":3600}""", """{"access_token":"(hidden)","expires_in":3600}""")]
    [InlineData("""[["acme.secret","x"],["acme.name","y"]]""", """[["acme.secret","(hidden)"],["acme.name","y"]]""")]
    [InlineData("""[{"action":"set","field":"secrets","value":"x"},{"action":"set","field":"name","value":"y"}]""", """[{"action":"set","field":"secrets","value":"(hidden)"},{"action":"set","field":"name","value":"y"}]""")]
    [InlineData("""{"secret":""}""", """{"secret":""}""")]
    [InlineData("""18446744073709551615""", """18446744073709551615""")]
    [InlineData("\"text\"", "\"text\"")]
    public void What_is_secret_is_found_by_its_name(string json, string shown) =>
        new RawResponse(JsonElement.Parse(json), null).WithoutSecrets().Data!.Value.GetRawText().ShouldBe(shown);

    [Theory]
    [InlineData("x.y.hmac", "settings/list?prefix=x.y")]
    [InlineData("x.y.pwd", "settings/list?prefix=x.y.")]
    [InlineData("secret.x.y", "settings/list?prefix=secret")]
    [InlineData("secret.x.y", "/api/settings/list?limit=5&prefix=secret.x")]
    [InlineData("cluster.key", "settings/list?prefix=cluster")]
    [InlineData("x.y.hmac", "settings/keys?keys=x.y.hmac")]
    [InlineData("x.y.hmac", "settings/group?prefix=x&suffix=hmac")]
    public void A_setting_is_as_secret_here_as_elsewhere(string key, string path)
    {
        _shell.Run($"Connect-MailServer -Sandbox; Set-MailSetting {key} 'zz5Secret' -Confirm:$false").ShouldHaveNoErrors();
        _shell.Run($"(Get-MailSetting {key}).IsSecret").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([true]);
        _shell.Run($"Invoke-MailApi '{path}' -Raw -IncludeSecret").ShouldHaveNoErrors().OutputAs<string>().Single().ShouldContain("zz5Secret");
        _shell.Run($"Invoke-MailApi '{path}' -Raw").ShouldHaveNoErrors().OutputAs<string>().Single().ShouldNotContain("zz5Secret");
    }

    [Theory]
    [InlineData("@{ type = 'individual'; name = 'x'; description = $secret }")]
    [InlineData("@{ nested = @(@{ deep = $secret }) }")]
    [InlineData("$secret")]
    public async Task A_secure_string_of_a_body_is_sent_and_is_in_no_error(string body)
    {
        var server = new FakeServer(r => TestResponses.Json(HttpStatusCode.OK, $$"""{"error":"other","details":"Cannot take 'hunter2-hunter2'","reason":"hunter2-hunter2 is short"}"""));
        _shell.Connect(await server.ConnectAsync());
        System.Management.Automation.ErrorRecord error = _shell.Run($"Invoke-MailApi x -Method Post -Body {body} -Confirm:$false").Errors.ShouldHaveSingleItem();
        server.Requests.Single().Body.ShouldContain("hunter2-hunter2");
        error.FullyQualifiedErrorId.ShouldStartWith("RejectedByServer");
        (error + error.Exception.ToString()).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("""{"name":"x","secrets":["hunter2-hunter2"]}""")]
    [InlineData("""[{"action":"set","field":"secrets","value":"hunter2-hunter2"}]""")]
    [InlineData("""[{"type":"insert","values":[["acme.secret","hunter2-hunter2"]]}]""")]
    public async Task A_secret_of_a_sent_text_is_in_no_error_either(string body)
    {
        var server = new FakeServer(_ => TestResponses.Json(HttpStatusCode.OK, """{"error":"fieldAlreadyExists","field":"hunter2-hunter2","value":"hunter2-hunter2"}"""));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Raw.SendAsync(HttpMethod.Post, "x", System.Text.Encoding.UTF8.GetBytes(body), "application/json", TestContext.Current.CancellationToken));
        $"{e} {e.Field} {e.Value}".ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(Pem)]
    [InlineData("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkq")]
    [InlineData("-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\\n-----END PRIVATE KEY-----")]
    public void A_key_is_redacted_in_every_form_in_which_a_server_quotes_it(string quoted)
    {
        var context = new ApiRequestContext(Operations.ChangeSettings) { Secrets = [Pem] };
        string text = Redaction.Redact($"Invalid value '{quoted}' for key", context);
        text.ShouldNotContain("MII");
        text.ShouldStartWith("Invalid value '***");
    }

    [Fact]
    public void A_private_key_that_nobody_sent_is_redacted_too() =>
        Redaction.Redact($"stored: {Pem}, and more", new ApiRequestContext(Operations.ChangeSettings)).ShouldBe("stored: ***, and more");

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"A":2}""")]
    [InlineData("""{"":1}""")]
    public async Task An_object_that_PowerShell_cannot_have_is_an_error_of_ours_and_Raw_returns_it(string json)
    {
        var server = new FakeServer(_ => TestResponses.Data(json));
        _shell.Connect(await server.ConnectAsync());
        System.Management.Automation.ErrorRecord error = _shell.Run("Invoke-MailApi x").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("InvalidFormat");
        error.ToString().ShouldContain("-Raw");
        _shell.Run("Invoke-MailApi x -Raw").ShouldHaveNoErrors().OutputAs<string>().Single().ShouldBe(json);
    }

    [Fact]
    public void A_token_for_a_stream_is_shown_as_a_table_without_its_text()
    {
        _shell.Run("Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        string shown = _shell.Render("Request-MailStreamToken Troubleshooting");
        shown.ShouldContain("Purpose");
        shown.ShouldContain("SecureString");
    }

    public void Dispose() => _shell.Dispose();
}
