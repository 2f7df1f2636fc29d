// What the spam filter of servers from 0.16 on learns from: the message is handed in, and becomes a sample.
using System.Net;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Spam;

public sealed class JmapSpamTrainingTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private static readonly byte[] s_message = "Subject: x\r\n\r\nBuy now.\r\n"u8.ToArray();

    [Theory]
    [InlineData(SpamClass.Spam, "true")]
    [InlineData(SpamClass.Ham, "false")]
    public async Task A_message_is_handed_in_and_becomes_a_sample(SpamClass spamClass, string isSpam)
    {
        FakeJmapServer server = CreateServer("""{"created":{"0":{"id":"jq7g"} } }""");
        using MailClient client = await server.ConnectAsync();
        client.Spam.StoresSamples.ShouldBe(true);
        (await client.Spam.TrainAsync(s_message, spamClass, null, s_cancellationToken)).ShouldBe(SpamTrainingStatus.Stored);
        RecordedRequest upload = server.Server.AllRequests.Single(request => request.Target.StartsWith("/jmap/upload", StringComparison.Ordinal));
        (upload.Method, upload.Target, upload.Body).ShouldBe((HttpMethod.Post, "/jmap/upload/d/", "Subject: x\r\n\r\nBuy now.\r\n"));
        (string method, System.Text.Json.JsonElement arguments, string _) = server.Requests.Single().Calls.Single();
        method.ShouldBe("x:SpamTrainingSample/set");
        arguments.GetRawText().ShouldBe("""{"create":{"0":{"blobId":"ebnse0oh","isSpam":SPAM}}}""".Replace("SPAM", isSpam, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_that_is_no_message_is_refused_by_the_server()
    {
        FakeJmapServer server = CreateServer("""{"notCreated":{"0":{"type":"invalidProperties","description":"no message","properties":["blobId"]} } }""");
        using MailClient client = await server.ConnectAsync();
        MailServerException error = await Should.ThrowAsync<MailServerException>(client.Spam.TrainAsync(s_message, SpamClass.Spam, null, s_cancellationToken));
        (error.Code, error.Field, error.Message).ShouldBe((MailErrorCode.InvalidRequest, "blobId", "The server does not learn from the message: no message"));
    }

    [Fact]
    public async Task An_answer_without_an_id_of_the_bytes_is_none_and_nothing_is_made_of_it()
    {
        FakeJmapServer server = CreateServer("{}", upload: """{"accountId":"d"}""");
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Spam.TrainAsync(s_message, SpamClass.Spam, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_training_is_a_task()
    {
        FakeJmapServer server = CreateServer("""{"created":{"0":{"id":"jq7g"} } }""");
        using MailClient client = await server.ConnectAsync();
        SpamTrainingStart start = await client.Spam.StartTrainingAsync(s_cancellationToken);
        (start.IsStarted, start.Task!.Id, start.Task.Kind, start.Task.Maintenance).ShouldBe((true, "jq7g", "SpamFilterMaintenance", "Train"));
        server.Requests.Single().Calls.Single().Arguments.GetRawText().ShouldBe("""{"create":{"0":{"@type":"SpamFilterMaintenance","maintenanceType":"train"}}}""");
    }

    private static FakeJmapServer CreateServer(string answer, string upload = """{"accountId":"d","blobId":"ebnse0oh","type":"message/rfc822","size":22}""") =>
        new(request => request.Answer((_, _) => answer))
        {
            Intercept = request => request.Target.StartsWith("/jmap/upload", StringComparison.Ordinal) ? TestResponses.Json(HttpStatusCode.OK, upload) : null,
        };
}
