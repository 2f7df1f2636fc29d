// Reports come from everybody: an odd member takes nothing else away, and what cannot be read is not passed over in silence.
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Reports;

public sealed class OddReportTests : IDisposable
{
    private static readonly JsonElement s_reports = JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reports", "Files", "odd-reports.json")));
    private readonly HostedShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Every_odd_report_is_read_and_none_takes_the_others_away()
    {
        _shell.Connect(await CreateServer().ConnectAsync());
        MailDmarcReport[] dmarc = _shell.Run("Get-MailDmarcReport").ShouldHaveNoErrors().OutputAs<MailDmarcReport>();
        dmarc.Length.ShouldBe(10);
        dmarc[0].Record[1].DkimResult.Count.ShouldBe(25);
        dmarc[5].Record.ShouldHaveSingleItem().MessageCount.ShouldBe(2);
        // One record where a list belongs, no report at all, numbers as texts and as 3.0.
        dmarc[6].MessageCount.ShouldBe(1);
        dmarc[7].Record.ShouldBeEmpty();
        dmarc[9].Begin.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1790000000));
        dmarc[9].End.ShouldBeNull("half a second is none of the server's");
        dmarc[9].Record.Take(2).Select(record => record.MessageCount).ShouldBe([12, 3]);
        _shell.Run("Get-MailTlsReport").ShouldHaveNoErrors().Output.Count.ShouldBe(5);
        _shell.Run("Get-MailArfReport").ShouldHaveNoErrors().Output.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Get-MailDmarcReport", 10)]
    [InlineData("Get-MailTlsReport", 5)]
    public async Task Reports_that_are_listed_and_then_do_not_exist_are_told(string script, int count)
    {
        FakeServer server = CreateServer();
        server.Intercept = request => request.Uri.AbsolutePath.Count(c => c == '/') > 3 ? TestResponses.Problem(404, "Not Found") : null;
        _shell.Connect(await server.ConnectAsync());
        ScriptResult run = _shell.Run(script).ShouldHaveNoErrors();
        run.Output.ShouldBeEmpty();
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain($"{count} reports");

        // Several are asked for at once.
        int asked = 0;
        server.Intercept = request => request.Uri.AbsolutePath.Count(c => c == '/') > 3 && Interlocked.Increment(ref asked) == 1 ? TestResponses.Problem(404, "Not Found") : null;
        run = _shell.Run(script).ShouldHaveNoErrors();
        run.Output.Count.ShouldBe(count - 1);
        run.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"1 of the {count}");
    }

    [Theory]
    [InlineData("""{"kind":"status","message":"ok"}""")]
    [InlineData("""{"report":"none"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task What_is_no_report_is_no_empty_one(string data)
    {
        using MailClient client = await new FakeServer(_ => TestResponses.Data(data)).ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.IncomingReports.GetDmarcAsync("1_2", default))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        (await Should.ThrowAsync<MailServerException>(client.IncomingReports.GetTlsAsync("1_2", default))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        (await Should.ThrowAsync<MailServerException>(client.IncomingReports.GetArfAsync("1_2", default))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    private static FakeServer CreateServer() => new(request =>
    {
        string[] path = request.Uri.AbsolutePath.Split('/');
        if (path is not ["", "api", "reports", var kind, .. var rest] || !s_reports.TryGetProperty(kind, out JsonElement reports))
        {
            return TestResponses.Problem(404, "Not Found");
        }
        return rest is [var id]
            ? TestResponses.Data(reports.GetProperty(id).GetRawText())
            : TestResponses.Data(JsonSerializer.Serialize(new { items = reports.EnumerateObject().Select(report => report.Name), total = reports.EnumerateObject().Count() }));
    })
    { Permissions = "unlimited-requests" };
}
