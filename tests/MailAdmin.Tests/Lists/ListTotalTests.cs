using System.Globalization;
using System.Web;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Lists;

/// <summary>A list that holds less than its total says is not taken for the whole, whichever list it is.</summary>
public sealed class ListTotalTests : IDisposable
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The operation, and the cmdlet that lists.</summary>
    public static TheoryData<string, string> Lists => new()
    {
        { "/principal", "Get-MailPrincipal" },
        { "/principal", "Get-MailPrincipal -Domain example.org" },
        { "/principal", "Get-MailPrincipal a*" },
        { "/principal", "Export-MailPrincipal $folder/all.csv" },
        { "/principal", "@{ Name = 'example.net'; Type = 'Domain' } | Import-MailPrincipal -WhatIf" },
        { "/queue/messages", "Get-MailQueueMessage" },
        { "/queue/reports", "Get-MailQueueReport -IdOnly" },
        { "/reports/dmarc", "Get-MailDmarcReport -IdOnly" },
        { "/reports/tls", "Get-MailTlsReport -IdOnly" },
        { "/reports/arf", "Get-MailArfReport -IdOnly" },
        { "/settings/list", "Get-MailSetting -Prefix a" },
        { "/settings/list", "Get-MailSetting a.*" },
        { "/settings/group", "Get-MailSetting -Group a -Suffix b" },
        { "/settings/group", "Get-MailDkimSignature" },
        { "/store/undelete", "Get-MailDeletedItem jane" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_few_that_are_missing_are_a_warning(string route, string command)
    {
        ScriptResult run = await RunAsync(route, count: 2, total: 3, command);

        run.ShouldHaveNoErrors();
        run.Warnings.ShouldContain(warning => warning.Message.Contains("counts 3 entries", StringComparison.Ordinal) && warning.Message.Contains("sent 2 of them", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Many_that_are_missing_are_an_error(string route, string command)
    {
        foreach (int count in (int[])[0, 2])
        {
            ScriptResult run = await RunAsync(route, count, total: 1000, command);

            run.Errors.ShouldHaveSingleItem().ToString().ShouldMatch($@"counts \d{{3,4}} entries \(GET {route}", command);
            Directory.GetFiles(_folder).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_whole_list_is_neither(string route, string command)
    {
        ScriptResult run = await RunAsync(route, count: 3, total: 3, command);

        run.ShouldHaveNoErrors();
        run.Warnings.ShouldNotContain(warning => warning.Message.Contains("counts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/principal", "Get-MailPrincipal -First 2")]
    [InlineData("/queue/messages", "Get-MailQueueMessage -First 2")]
    [InlineData("/reports/dmarc", "Get-MailDmarcReport -IdOnly -First 2")]
    [InlineData("/settings/list", "Get-MailSetting -Prefix a -First 2")]
    public async Task Nor_is_what_was_not_asked_for(string route, string command)
    {
        ScriptResult run = await RunAsync(route, count: 2, total: 1000, command);

        run.ShouldHaveNoErrors();
        run.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_short_page_of_principals_is_not_the_last()
    {
        // The server counts 300, and cannot read number 10.
        var server = new FakeServer(request =>
        {
            System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(request.Uri.Query);
            int limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
            int start = (int.Parse(query["page"]!, CultureInfo.InvariantCulture) - 1) * limit;
            return Answer(Enumerable.Range(start, Math.Clamp(300 - start, 0, limit)).Where(id => id != 10).Select(FormatPrincipal), 300);
        });
        using MailClient client = await server.ConnectAsync();
        var warnings = new List<string>();
        client.Warned += warning => warnings.Add(warning.Message);

        List<MailPrincipal> found = await client.Principals.ListAsync(new PrincipalQuery(), null, s_cancellationToken).ToListAsync(s_cancellationToken);

        found.Count.ShouldBe(299);
        warnings.ShouldHaveSingleItem().ShouldContain("counts 300 entries (GET /principal) and sent 299 of them");
    }

    [Fact]
    public async Task A_short_page_of_the_queue_is_not_the_last()
    {
        // Number 10 and number 100 leave the queue between the moment when they are counted and the one when they are read.
        var server = new FakeServer(request =>
        {
            System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(request.Uri.Query);
            int limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
            int start = query["range-start"] is { } first ? int.Parse(first, CultureInfo.InvariantCulture) : 1;
            int left = 301 - start;
            return Answer(Enumerable.Range(start, Math.Clamp(left, 0, limit)).Where(id => id is not (10 or 100)).Select(FormatMessage), query["max-total"] is null ? left : Math.Min(left, limit));
        });
        using MailClient client = await server.ConnectAsync();
        var warnings = new List<string>();
        client.Warned += warning => warnings.Add(warning.Message);

        List<MailQueueMessage> found = await client.Queue.ListAsync(new QueueQuery(), null, s_cancellationToken).ToListAsync(s_cancellationToken);

        found.Select(message => message.Id).ShouldBe(Enumerable.Range(1, 300).Where(id => id is not (10 or 100)).Select(id => (ulong)id));
        warnings.ShouldHaveSingleItem().ShouldContain("counts 300 entries (GET /queue/messages) and sent 298 of them");
    }

    private async Task<ScriptResult> RunAsync(string route, int count, int total, string command)
    {
        var server = new FakeServer(request => request.Uri.AbsolutePath.StartsWith("/api" + route, StringComparison.Ordinal) ? Answer(route, count, total, request) : TestResponses.Data("null"))
        {
            IsEnterprise = true,
            Version = "0.15.5",
        };
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        shell.SetVariable("folder", _folder);
        ScriptResult run = shell.Run(command);
        foreach (string file in Directory.GetFiles(_folder).Where(_ => count == total || total == 3))
        {
            File.Delete(file);
        }
        return run;
    }

    private static HttpResponseMessage Answer(string route, int count, int total, RecordedRequest request)
    {
        IEnumerable<int> ids = Enumerable.Range(1, count);
        return route switch
        {
            "/principal" when request.Uri.AbsolutePath.Length > "/api/principal".Length => TestResponses.Data(FormatPrincipal(1)),
            "/principal" => Answer(ids.Select(FormatPrincipal), total),
            "/queue/messages" => Answer(ids.Where(id => id >= GetRangeStart(request)).Select(FormatMessage), total),
            "/settings/list" => TestResponses.Data($$$"""{"total":{{{total}}},"items":{{{{string.Join(',', ids.Select(id => $"\"k{id}\":\"v\""))}}}}}"""),
            "/settings/group" => Answer(ids.Select(id => $$"""{"_id":"g{{id}}","b":"v","domain":"example.org","selector":"s","algorithm":"rsa-sha256"}"""), total),
            "/store/undelete" => Answer(ids.Select(id => $$"""{"hash":"a{{id}}","size":1,"deletedAt":"2025-01-05T14:50:13Z","expiresAt":"2025-02-04T14:50:13Z","collection":"email"}"""), total),
            _ => Answer(ids.Select(id => route.StartsWith("/queue", StringComparison.Ordinal) ? $"\"d!example.net!{id}!1795392000!1795478400\"" : $"\"{id}_9\""), total),
        };
    }

    private static int GetRangeStart(RecordedRequest request) =>
        HttpUtility.ParseQueryString(request.Uri.Query)["range-start"] is { } start ? int.Parse(start, CultureInfo.InvariantCulture) : 0;

    private static HttpResponseMessage Answer(IEnumerable<string> items, int total) => TestResponses.Data($$"""{"items":[{{string.Join(',', items)}}],"total":{{total}},"status":true}""");

    private static string FormatPrincipal(int id) => $$"""{"id":{{id}},"type":"individual","name":"a{{id}}","emails":["a{{id}}@example.org"]}""";

    private static string FormatMessage(int id) =>
        $$"""{"id":{{id}},"return_path":"a@example.org","domains":[],"created":"2025-01-05T14:33:15Z","size":1,"blob_hash":"x"}""";
}
