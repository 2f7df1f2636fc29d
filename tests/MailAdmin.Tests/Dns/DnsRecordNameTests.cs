// What a DNS provider is given: the zone, the name within it, and the text in one piece.
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Dns;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Dns;

public sealed class DnsRecordNameTests
{
    public static TheoryData<string> Recordings => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Recordings"), "*.jsonl").Select(file => Path.GetFileName(file))];

    [Theory]
    [InlineData("example.org", "example.org.", "@")]
    [InlineData("example.org", "_dmarc.example.org.", "_dmarc")]
    [InlineData("example.org", "s1._domainkey.Example.ORG.", "s1._domainkey")]
    [InlineData("Example.ORG.", "_smtp._tls.example.org", "_smtp._tls")]
    [InlineData("example.org", "_25._tcp.notexample.org.", null)]
    [InlineData("sub.example.org", "example.org.", null)]
    [InlineData("müller.example", "_dmarc.müller.example.", "_dmarc")]
    [InlineData("xn--mller-kva.example", "müller.example.", "@")]
    public void A_name_is_relative_to_the_zone_alone(string domain, string name, string? expected) =>
        MailDnsRecord.Create(domain, "TXT", name, "text").RelativeName.ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Recorded_records_are_put_together_again_from_zone_and_name(string file)
    {
        RecordedLine[] lines = [.. RecordedLine.ReadAll(Path.Combine(AppContext.BaseDirectory, "Recordings", file)).Where(line => line.Called == Operations.ListDnsRecords && line.Response.GetProperty("status").GetInt32() == 200)];
        foreach (RecordedLine line in lines)
        {
            string domain = line.Request!.Value.GetProperty("path").GetString()!.Split('/')[^1];
            using var body = JsonDocument.Parse(line.Response.GetProperty("body").GetString()!);
            JsonElement[] sent = [.. body.RootElement.GetProperty("data").EnumerateArray()];
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body.RootElement.GetProperty("data").GetRawText()));
            reader.Read();
            List<MailDnsRecord> records = RestZone.Read(ref reader, domain);
            records.Select(Join).ShouldBe(sent.Select(record => record.GetProperty("name").GetString()!), StringComparer.OrdinalIgnoreCase);
            records.Select(record => record.Content).ShouldBe(sent.Select(record => record.GetProperty("content").GetString()!));
            records.ShouldContain(record => record.RelativeName == "@" && record.Type == "MX");
        }
        lines.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("example.org", "example.org")]
    [InlineData("müller.example", "xn--mller-kva.example")]
    [InlineData("пример.рф", "xn--e1afmkfd.xn--p1ai")]
    public void Those_of_the_sandbox_name_the_zone_in_ASCII_and_long_texts_are_whole(string domain, string zone)
    {
        SandboxServer server = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(server);
        MailDnsRecord[] records = shell.Run($"if ('{domain}' -ne 'example.org') {{ $null = New-MailPrincipal '{domain}' -Type Domain }}; $null = New-MailDkimSignature '{domain}' -Selector s1 -Id own; Get-MailDnsRecord '{domain}'").ShouldHaveNoErrors().OutputAs<MailDnsRecord>();
        records.ShouldAllBe(record => record.Zone == zone);
        records.Select(Join).ShouldBe(records.Select(record => record.Name));
        records.Where(record => record.Type == "MX").ShouldHaveSingleItem().RelativeName.ShouldBe("@");
        string key = records.Single(record => record.RelativeName == "s1._domainkey").Content;
        key.Length.ShouldBeGreaterThan(255);
        key.ShouldNotContain("\"");
    }

    private static string Join(MailDnsRecord record) => record.RelativeName switch
    {
        null => "outside of " + record.Zone,
        "@" => record.Zone + ".",
        _ => $"{record.RelativeName}.{record.Zone}.",
    };
}
