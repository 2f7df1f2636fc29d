using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxReportTests
{
    private const string Xml = """
        <feedback><report_metadata><org_name>Reporter</org_name><email>a@reporter.test</email><report_id>r1</report_id><date_range><begin>1</begin><end>2</end></date_range></report_metadata>
        <policy_published><domain>example.org</domain><p>none</p></policy_published>
        <record><row><source_ip>192.0.2.1</source_ip><count>5</count></row><identifiers><header_from>example.org</header_from></identifiers></record></feedback>
        """;

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true });

    [Theory]
    [InlineData("application/zip", "reporter.test!example.org!1!2.zip")]
    [InlineData("application/gzip", "reporter.test!example.org!1!2.xml.gz")]
    [InlineData("application/octet-stream", "reporter.test!example.org!1!2.xml.gz")]
    [InlineData("application/xml", "report.xml")]
    [InlineData("text/xml", "report")]
    public async Task A_DMARC_report_is_read_however_it_is_packed(string type, string name)
    {
        await ReceiveAsync("dmarc", type, name, Pack(type == "application/zip" ? "zip" : Path.GetExtension(name)));
        string? id = (await ListAsync("dmarc"))[0].GetString();
        JsonElement report = (await _server.SendAsync("GET", $"/api/reports/dmarc/{id}")).Data.GetProperty("report");
        report.GetProperty("version").GetRawText().ShouldBe("0.0");
        report.GetProperty("policy_published").GetProperty("sp").GetString().ShouldBe("Unspecified");
        report.GetProperty("record")[0].GetProperty("row").GetProperty("count").GetInt32().ShouldBe(5);
        (await _server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_report_is_not_kept_and_reports_expire()
    {
        await ReceiveAsync("dmarc", "application/xml", "report.xml", "<html/>"u8.ToArray());
        await ReceiveAsync("dmarc", "application/gzip", "report.xml.gz", "no gzip"u8.ToArray());
        (await ListAsync("dmarc")).GetArrayLength().ShouldBe(0);
        await ReceiveAsync("dmarc", "application/xml", "report.xml", Encoding.UTF8.GetBytes(Xml));
        (await ListAsync("dmarc")).GetArrayLength().ShouldBe(1);
        _server.Clock.Advance(TimeSpan.FromDays(30));
        (await ListAsync("dmarc")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Spoofed_mail_is_counted_until_the_day_ends()
    {
        await _server.AddUserAsync("john", "john-secret");
        for (int i = 0; i < 3; i++)
        {
            _server.Deliver(null, "x@sender.test", ["john@example.org"], Encoding.ASCII.GetBytes("From: x@sender.test\r\nSubject: hello\r\n\r\nhello\r\n")).ShouldBeNull();
        }

        string id = (await _server.SendAsync("GET", "/api/queue/reports?type=dmarc")).Data.GetProperty("items")[0].GetString()!;
        (await _server.SendAsync("GET", $"/api/queue/reports/{id}")).Data.GetProperty("report").GetProperty("record")[0].GetProperty("row").GetProperty("count").GetInt32().ShouldBe(3);
        (await _server.SendAsync("GET", "/api/queue/reports?type=tls")).Data.GetProperty("total").GetInt32().ShouldBe(0);
        _server.Clock.Advance(TimeSpan.FromDays(1));
        (await _server.SendAsync("GET", "/api/queue/reports")).Data.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task The_demonstration_has_mail_in_all_states_and_reports_of_all_kinds()
    {
        var sample = new SandboxServer();
        JsonElement[] messages = (await sample.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("items").EnumerateArray().ToArray();
        messages.Length.ShouldBeGreaterThanOrEqualTo(10);
        string text = string.Concat(messages.Select(message => message.GetRawText()));
        foreach (string state in new[] { "completed", "temp_fail", "perm_fail" })
        {
            text.ShouldContain($"\"{state}\"");
        }

        messages.SelectMany(message => message.GetProperty("domains").EnumerateArray()).Select(domain => domain.GetProperty("name").GetString()).Distinct().Count().ShouldBeGreaterThan(4);
        foreach (string kind in new[] { "dmarc", "tls", "arf" })
        {
            JsonElement ids = (await sample.SendAsync("GET", $"/api/reports/{kind}")).Data.GetProperty("items");
            ids.GetArrayLength().ShouldBeGreaterThanOrEqualTo(2);
            (await sample.SendAsync("GET", $"/api/reports/{kind}/{ids[0].GetString()}")).Data.GetProperty("report").ValueKind.ShouldBe(JsonValueKind.Object);
        }

        foreach (JsonElement id in (await sample.SendAsync("GET", "/api/queue/reports")).Data.GetProperty("items").EnumerateArray())
        {
            (await sample.SendAsync("GET", $"/api/queue/reports/{Uri.EscapeDataString(id.GetString()!)}")).Data.GetProperty("id").GetString().ShouldBe(id.GetString());
        }
    }

    private static byte[] Pack(string extension)
    {
        byte[] plain = Encoding.UTF8.GetBytes(Xml);
        using var packed = new MemoryStream();
        if (extension == "zip")
        {
            using var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true);
            using Stream entry = archive.CreateEntry("report.xml").Open();
            entry.Write(plain);
        }
        else if (extension == ".gz")
        {
            using var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(plain);
        }
        else
        {
            return plain;
        }

        return packed.ToArray();
    }

    private async Task ReceiveAsync(string mailbox, string type, string name, byte[] attachment)
    {
        await _server.SendAsync("POST", "/api/principal", """{"type":"domain","name":"example.org"}""");
        await _server.SendAsync("POST", "/api/principal", $$"""{"type":"group","name":"{{mailbox}}","emails":["{{mailbox}}@example.org"]}""");
        string mail = $"""
            From: a@reporter.test
            To: {mailbox}@example.org
            Subject: Report
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=part

            --part
            Content-Type: text/plain

            This is a report.
            --part
            Content-Type: {type}
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename="{name}"

            {Convert.ToBase64String(attachment)}
            --part--

            """;
        _server.Deliver(null, "a@reporter.test", [$"{mailbox}@example.org"], Encoding.ASCII.GetBytes(mail)).ShouldBeNull();
    }

    private async Task<JsonElement> ListAsync(string kind) => (await _server.SendAsync("GET", $"/api/reports/{kind}")).Data.GetProperty("items");
}
