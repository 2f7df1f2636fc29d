using System.Text.Json;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>The actions of a sandbox of 0.16 that answer, beyond what the recording tells of them.</summary>
public sealed class JmapQuestionTests
{
    private readonly JmapSandbox _sandbox = new(new FrozenTime());

    [Theory]
    [InlineData("""{"@type":"Score","tag":"FROM_NO_DN","score":7.5}""", "spam", 7.5, "score")]
    [InlineData("""{"@type":"Discard","tag":"FROM_NO_DN"}""", "discard", 0, "discard")]
    public async Task A_message_is_judged_by_the_scores_in_force(string tag, string result, double score, string disposition)
    {
        await _sandbox.CallAsync("x:SpamTag/set", $$"""{"create":{"n":{{tag}} } }""");
        (await ClassifyAsync()).GetProperty("result").GetString().ShouldBe("ham", "not yet in force");
        await _sandbox.CallAsync("x:SpamPyzor/set", """{"update":{"singleton":{"enable":false}}}""");
        await _sandbox.CallAsync("x:Action/set", """{"create":{"a":{"@type":"ReloadSettings"}}}""");
        JsonElement verdict = await ClassifyAsync();
        verdict.GetProperty("result").GetString().ShouldBe(result);
        verdict.GetProperty("score").GetDouble().ShouldBe(score);
        verdict.GetProperty("tags").GetProperty("FROM_NO_DN").GetProperty("disposition").GetString().ShouldBe(disposition);
    }

    [Fact]
    public async Task A_signature_that_cannot_be_read_does_not_pass_and_SPF_may()
    {
        JsonElement answer = await _sandbox.CallAsync("x:Action/set", """
            {"create":{"a":{"@type":"TroubleshootDmarc","remoteIp":"192.0.2.25","ehloDomain":"mail.sender.test","mailFrom":"a@mail.sender.test","spfEhloDomain":"-",
            "spfMailFromDomain":"-","message":"From: a@sender.test\r\nDKIM-Signature: v=1; d=nowhere.test\r\n\r\nA line.\r\n"}}}
            """);
        JsonElement verdict = answer.GetProperty("created").GetProperty("a");
        verdict.GetProperty("dmarcPass").GetBoolean().ShouldBeTrue("SPF is relaxed");
        verdict.GetProperty("dkimPass").GetBoolean().ShouldBeFalse();
        verdict.GetProperty("dkimResults").GetProperty("0").GetProperty("@type").GetString().ShouldBe("PermError");
    }

    private async Task<JsonElement> ClassifyAsync()
    {
        JsonElement answer = await _sandbox.CallAsync("x:Action/set", """
            {"create":{"a":{"@type":"ClassifySpam","message":"From: bill@spam.test\r\nSubject: Earn\r\n\r\nA line.\r\n","remoteIp":"192.0.2.1","ehloDomain":"foo.test",
            "envFrom":"bill@spam.test","envRcptTo":{"john@example.org":true}}}}
            """);
        return answer.GetProperty("created").GetProperty("a");
    }
}
