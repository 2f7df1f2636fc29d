// The table of operations is the API as docs/api.md describes it: what one has the other has.
using System.Text.RegularExpressions;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Conventions;

public sealed partial class OperationTableTests
{
    private static readonly string[] s_docs = File.ReadAllLines(ProjectRoot.File("docs", "api.md"));

    [Fact]
    public void The_58_are_58() => Numbered().Select(row => row.Number).ShouldBe(Enumerable.Range(1, 58).Select(number => $"{number}"));

    [Fact]
    public void The_table_has_the_operations_of_the_docs_and_no_others() =>
        Operations.All.Select(operation => operation.ToString()).ShouldBe(Numbered().Select(row => row.Operation).Concat(Beyond()).Distinct(), ignoreOrder: true);

    [Fact]
    public void Every_operation_stands_once() => Operations.All.Select(operation => operation.ToString()).ShouldBeUnique();

    // The suite for live servers up to 0.15 leaves out what says so.
    [Fact]
    public void What_servers_have_from_0_16_on_says_so() =>
        Operations.All.Where(operation => operation.Purpose.EndsWith(", from 0.16 on", StringComparison.Ordinal)).ShouldBe(CmdletMap.OfNewerServers, ignoreOrder: true);

    // A server that has a REST API is not administered over JMAP; and a named reindex is reached by its older twin, which has the same path.
    [Fact]
    public void The_sandbox_answers_every_operation()
    {
        RouteTable routes = new SandboxServer(new SandboxOptions()).Rest.Routes;
        IEnumerable<string> answered = routes.Api.Keys.Concat(routes.Anonymous.Keys).Concat(routes.Authenticated.Keys).Select(operation => operation.ToString());
        Operations.All.Select(operation => operation.ToString()).Except(answered)
            .ShouldBe([Operations.DescribeJmap.ToString(), Operations.ReindexNamed.ToString(), .. CmdletMap.OfNewerServers.Select(operation => operation.ToString())], ignoreOrder: true);
    }

    [Theory]
    [InlineData("GET", "/api/principal/jane", "GET /principal/{name}")]
    [InlineData("GET", "/api/principal/", "GET /principal/{name}")]
    [InlineData("PATCH", "/api/queue/status/stop", "PATCH /queue/status/stop")]
    [InlineData("GET", "/api/telemetry/traces/live", "GET /telemetry/traces/live")]
    [InlineData("GET", "/healthz/live", "GET /healthz/live")]
    [InlineData("POST", "/auth/token", "POST /auth/token")]
    [InlineData("PUT", "/api/principal/jane", null)]
    [InlineData("GET", "/api/principal/jane/doe", null)]
    [InlineData("GET", "/principal/jane", null)]
    [InlineData("POST", "/api/auth/token", null)]
    public void A_request_is_found_by_method_and_path(string method, string path, string? operation) => Operations.Find(method, path)?.ToString().ShouldBe(operation);

    // Before 0.15 it is a name, from then on an index: either way the path leads to the first of the two.
    [Fact]
    public void Every_route_leads_to_its_operation() =>
        Operations.All.Where(operation => operation != Operations.ReindexNamed).ShouldAllBe(operation => Operations.Find(operation.Method.Method, operation.Path) == operation);

    [Theory]
    [InlineData("MailAdmin.Client")]
    [InlineData("MailAdmin.Isolated")]
    [InlineData("MailAdmin.PowerShell")]
    [InlineData("MailAdmin.Sandbox")]
    [InlineData("MailAdmin.Sandbox.Host")]
    public void No_route_is_typed_elsewhere(string project)
    {
        string first = string.Join('|', Operations.All.Select(operation => Regex.Escape(operation.Template.Split('/')[1])).Distinct());
        var route = new Regex($"\"[^\" ]*((GET|POST|PATCH|DELETE) )?(?<!/)/({first})\\b|\"({first})/[a-z{{]", RegexOptions.CultureInvariant);
        Directory.EnumerateFiles(ProjectRoot.File("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("Operations.cs" or "UnlistedOperations.cs" or "JmapOperations.cs"))
            .SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && route.IsMatch(line))
            .ShouldBeEmpty();
    }

    private static IEnumerable<(string Number, string Operation)> Numbered() =>
        Rows("## 5.").Select(cells => (cells[0], cells[1]));

    private static IEnumerable<string> Beyond() => Rows("## 8.").Where(cells => !cells.Contains("not used here")).Select(cells => cells[0].Split('?', '`')[0].Trim());

    private static IEnumerable<string[]> Rows(string section) => s_docs
        .SkipWhile(line => !line.StartsWith(section, StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => Row().IsMatch(line))
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"^\|.*\b(GET|POST|PATCH|DELETE) /")]
    private static partial Regex Row();
}
