// Delivery tests as real servers streamed them: every stage is read, and the verdict is what a person would say.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Delivery;

public sealed class DeliveryRecordingTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Recorded
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Recordings"), "*.jsonl"))
            {
                foreach (RecordedExchange exchange in RecordedExchange.ReadFile(file).Where(e => e.IsStream))
                {
                    data.Add(Path.GetFileName(file), exchange.Id);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Every_recorded_stage_is_known_and_nothing_of_it_is_lost(string file, string id)
    {
        (List<MailDeliveryStage> stages, int frames) = await PlayAsync(file, id);
        stages.Count.ShouldBe(frames);
        stages.ShouldAllBe(stage => stage.AdditionalData.Count == 0);
        stages.ShouldAllBe(stage => typeof(DeliveryStep).GetProperties().Any(property => property.Name == stage.Step));
        stages[^1].Step.ShouldBe(DeliveryStep.Completed);
        stages[^1].Summary.ShouldNotBeNull().Stage.Count.ShouldBe(frames - 1);
    }

    [Theory]
    [InlineData("436", "mx.remote.test", "192.0.2.26", "StartTls", "STARTTLS not advertised by host")]
    [InlineData("438", "mx.badcert.test", "192.0.2.29", "StartTls", null)]
    [InlineData("439", "mx.elsewhere.test", null, "Connection", null)]
    [InlineData("442", null, null, "MxLookup", "DNS record not found")]
    public async Task The_verdict_names_host_step_and_reason(string id, string? host, string? address, string step, string? reason)
    {
        MailDeliverySummary summary = (await PlayAsync("stalwart-0.11.8.jsonl", id)).Stages[^1].Summary!;
        summary.Success.ShouldBeFalse();
        summary.Hostname.ShouldBe(host);
        if (address is not null)
        {
            summary.RemoteIp.ShouldBe(address);
            summary.Verdict.ShouldContain(address);
        }
        summary.Step.ShouldBe(DeliveryStep.Parse(step));
        summary.Reason.ShouldNotBeNullOrEmpty();
        summary.Verdict.ShouldContain(summary.Target);
        summary.Verdict.ShouldContain(summary.Reason);
        if (reason is not null)
        {
            summary.Reason.ShouldContain(reason);
        }
        if (host is not null)
        {
            summary.Verdict.ShouldContain(host);
            summary.Mx.ShouldHaveSingleItem().Exchange.ShouldBe(new MailAdmin.Client.StringList([host]));
        }
    }

    // By the table of the contract: no recorded host came this far.
    [Fact]
    public async Task Every_stage_of_a_delivery_that_succeeds_at_the_second_host()
    {
        string[] stages =
        [
            """{"type":"mxLookupStart","domain":"example.net"}""",
            """{"type":"mxLookupSuccess","mxs":[{"exchanges":["mx1.example.net."],"preference":10},{"exchanges":["mx2.example.net.","mx3.example.net."],"preference":20}],"elapsed":3}""",
            """{"type":"mtaStsFetchStart"}""",
            """{"type":"mtaStsFetchSuccess","policy":{"id":"20260101","mode":"enforce","mx":[{"equals":"mx2.example.net"},{"startsWith":"example.net"}],"max_age":86400},"elapsed":40}""",
            """{"type":"tlsRptLookupStart"}""",
            """{"type":"tlsRptLookupSuccess","rua":[{"type":"mail","email":"tls@example.net"},{"type":"http","url":"https://example.net/tls"}],"elapsed":2}""",
            """{"type":"deliveryAttemptStart","hostname":"mx1.example.net"}""",
            """{"type":"mtaStsVerifyError","reason":"not in the policy"}""",
            """{"type":"deliveryAttemptStart","hostname":"mx2.example.net"}""",
            """{"type":"mtaStsVerifySuccess"}""",
            """{"type":"tlsaLookupStart"}""",
            """{"type":"tlsaLookupSuccess","record":{"entries":[{"is_end_entity":true,"is_sha256":true,"is_spki":true,"data":[1,171,255]}],"has_end_entities":true,"has_intermediates":false},"elapsed":2}""",
            """{"type":"ipLookupStart"}""",
            """{"type":"ipLookupSuccess","remote_ips":["2001:db8::1","192.0.2.40"],"elapsed":2}""",
            """{"type":"connectionStart","remote_ip":"2001:db8::1"}""",
            """{"type":"connectionError","elapsed":30000,"reason":"timed out"}""",
            """{"type":"connectionStart","remote_ip":"192.0.2.40"}""",
            """{"type":"connectionSuccess","elapsed":9}""",
            """{"type":"readGreetingStart"}""", """{"type":"readGreetingSuccess","elapsed":9}""",
            """{"type":"ehloStart"}""", """{"type":"ehloSuccess","elapsed":9}""",
            """{"type":"startTlsStart"}""", """{"type":"startTlsSuccess","elapsed":20}""",
            """{"type":"daneVerifySuccess"}""",
            """{"type":"ehloStart"}""", """{"type":"ehloSuccess","elapsed":9}""",
            """{"type":"mailFromStart"}""", """{"type":"mailFromSuccess","elapsed":9}""",
            """{"type":"rcptToStart"}""", """{"type":"rcptToSuccess","elapsed":9}""",
            """{"type":"quitStart"}""", """{"type":"quitCompleted","elapsed":9}""",
            """{"type":"completed"}""",
        ];
        var server = new FakeServer(_ => TestResponses.Create(System.Net.HttpStatusCode.OK, System.Text.Encoding.UTF8.GetBytes(string.Concat(stages.Select(stage => $"event: event\ndata: [{stage}]\n\n"))), "text/event-stream"));
        using MailClient client = await server.ConnectAsync();
        MailDeliverySummary summary = (await RunAsync(client, "Jane@example.net"))[^1].Summary!;

        summary.Success.ShouldBeTrue();
        summary.Verdict.ShouldBe("mx2.example.net [192.0.2.40] takes the mail for jane@example.net.");
        summary.Step.ShouldBe(DeliveryStep.Completed);
        summary.Mx.ToString().ShouldBe("10 mx1.example.net;20 mx2.example.net, mx3.example.net");
        summary.MtaSts.ShouldNotBeNull().ToString().ShouldBe("enforce: mx2.example.net, *.example.net");
        summary.TlsReportUri.ShouldBe(["mailto:tls@example.net", "https://example.net/tls"]);
        summary.Stage.Single(stage => stage.Tlsa.Count > 0).Tlsa.ToString().ShouldBe("3 1 1 01abff");
        summary.Attempt.Select(attempt => $"{attempt.Hostname} {attempt.RemoteIp} {attempt.Success} {attempt.Step}").ShouldBe(
        [
            "mx1.example.net  False MtaStsVerify", "mx2.example.net 2001:db8::1 False Connection", "mx2.example.net 192.0.2.40 True Completed",
        ]);
        summary.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(30));
        summary.Stage.Where(stage => stage.Step == DeliveryStep.Quit).ShouldAllBe(stage => stage.RemoteIp == "192.0.2.40");
    }

    // The server takes leave of a host that refused as it does of one that accepted, and goes on after a certificate that DANE forbids.
    [Theory]
    [InlineData("""{"type":"mailFromStart"}|{"type":"mailFromError","elapsed":1,"reason":"no"}""", "MailFrom")]
    [InlineData("""{"type":"mailFromStart"}|{"type":"mailFromSuccess","elapsed":1}|{"type":"rcptToStart"}|{"type":"rcptToError","elapsed":1,"reason":"no"}""", "RcptTo")]
    [InlineData("""{"type":"daneVerifyError","reason":"no"}|{"type":"rcptToStart"}|{"type":"rcptToSuccess","elapsed":1}""", "DaneVerify")]
    [InlineData("""{"type":"daneVerifyError","reason":"no"}|{"type":"rcptToStart"}|{"type":"rcptToError","elapsed":1,"reason":"later"}""", "DaneVerify")]
    public async Task A_polite_farewell_is_no_acceptance(string between, string step)
    {
        string[] stages =
        [
            """{"type":"deliveryAttemptStart","hostname":"mx.example.net"}""", """{"type":"connectionStart","remote_ip":"192.0.2.40"}""",
            .. between.Split('|'), """{"type":"quitStart"}""", """{"type":"quitCompleted","elapsed":1}""", """{"type":"completed"}""",
        ];
        string body = "event: ping\ndata: {}\n\n" + string.Concat(stages.Select(stage => $"event: event\ndata: [{stage}]\n\n"));
        var server = new FakeServer(_ => TestResponses.Create(System.Net.HttpStatusCode.OK, System.Text.Encoding.UTF8.GetBytes(body), "text/event-stream"));
        using MailClient client = await server.ConnectAsync();
        MailDeliverySummary summary = (await RunAsync(client, "jane@example.net"))[^1].Summary!;
        summary.Success.ShouldBeFalse();
        summary.Step.ShouldBe(DeliveryStep.Parse(step));
        summary.Reason.ShouldBe("no");
        summary.Attempt.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("@example.org")]
    [InlineData("jane@")]
    [InlineData("jane doe@example.org")]
    [InlineData("*@example.org")]
    public async Task What_is_no_place_is_not_asked_about(string target)
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailAdmin.Client.MailServerException>(RunAsync(client, target))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.Requests.ShouldBeEmpty();
    }

    private static async Task<(List<MailDeliveryStage> Stages, int Frames)> PlayAsync(string file, string id)
    {
        RecordedExchange exchange = RecordedExchange.ReadFile(Path.Combine(AppContext.BaseDirectory, "Recordings", file)).Single(e => e.Id == id);
        var server = new FakeServer(_ => exchange.ToResponse());
        using MailClient client = await server.ConnectAsync();
        List<MailDeliveryStage> stages = await RunAsync(client, Uri.UnescapeDataString(exchange.Route.Split('/')[^1]).Replace(' ', '-'));
        return (stages, System.Text.Encoding.UTF8.GetString(exchange.Body).Split("event: event").Length - 1);
    }

    private static async Task<List<MailDeliveryStage>> RunAsync(MailClient client, string target)
    {
        var stages = new List<MailDeliveryStage>();
        await foreach (MailDeliveryStage stage in client.DeliveryTest.RunAsync(target, null, s_cancellationToken))
        {
            stages.Add(stage);
        }
        return stages;
    }
}
