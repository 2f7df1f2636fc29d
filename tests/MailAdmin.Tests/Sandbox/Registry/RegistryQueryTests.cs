using CsCheck;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox.Registry;

/// <summary>How lists from 0.16 are filtered, sorted and cut. The accounts of the domain are c to n; b is the administrator's.</summary>
public sealed class RegistryQueryTests : IAsyncLifetime
{
    private const string All = "cdefghijklmn";
    private const string Filter = "\"filter\":{\"domainId\":\"c\"}";
    private const string Ascending = "\"sort\":[{\"property\":\"id\",\"isAscending\":true}]";

    private readonly SandboxServer _server = JmapCalls.CreateServer();

    public async ValueTask InitializeAsync()
    {
        (await _server.CreateAsync("Domain", """{"name":"example.net","dkimManagement":{"@type":"Manual"}}""")).ShouldBe("c");
        for (int i = 0; i < All.Length; i++)
        {
            // By name they are the other way round.
            (await _server.CreateAsync("Account", $$"""{"@type":"User","name":"page{{All.Length - i:d2}}","domainId":"c","description":"Page {{i}} ünter"}""")).ShouldBe(All[i..(i + 1)]);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("", "nmlkjihgfedc")]
    [InlineData($"{Ascending}", All)]
    // The store cuts before the page is turned.
    [InlineData("\"limit\":5", "gfedc")]
    [InlineData($"{Ascending},\"limit\":5", "cdefg")]
    [InlineData("\"limit\":0", "c")]
    [InlineData("\"position\":5,\"limit\":5", "lkjih")]
    [InlineData("\"position\":50,\"limit\":5", "")]
    [InlineData("\"anchor\":\"g\",\"limit\":5", "lkjih")]
    [InlineData($"{Ascending},\"anchor\":\"g\",\"limit\":5", "hijkl")]
    [InlineData("\"anchor\":\"zzzz\",\"limit\":5", "")]
    // Each of these makes it an ordered list, with the anchor in its page.
    [InlineData("\"position\":0,\"limit\":5", "nmlkj")]
    [InlineData("\"position\":-3,\"limit\":5", "edc")]
    [InlineData("\"calculateTotal\":true,\"limit\":5", "nmlkj")]
    [InlineData("\"calculateTotal\":true,\"position\":5,\"limit\":5", "ihgfe")]
    [InlineData("\"calculateTotal\":true,\"anchor\":\"g\",\"limit\":5", "gfedc")]
    [InlineData("\"anchor\":\"g\",\"anchorOffset\":1,\"limit\":5", "fedc")]
    [InlineData("\"calculateTotal\":true,\"anchor\":\"zzzz\"", "anchorNotFound")]
    [InlineData("\"sort\":[{\"property\":\"name\",\"isAscending\":true}],\"limit\":3", "nml")]
    [InlineData("\"sort\":[{\"property\":\"text\"}]", "unsupportedSort")]
    [InlineData("\"sort\":[{\"property\":\"nonsense\"}]", "unsupportedSort")]
    public async Task A_page_is_cut_as_the_server_cuts(string arguments, string expected) =>
        (await _server.QueryAsync("Account", $"{{{Filter}{(arguments.Length > 0 ? "," : "")}{arguments}}}")).ShouldBe(expected);

    [Theory]
    [InlineData("""{"text":"PAGE01"}""", "n")]
    [InlineData("""{"text":"page"}""", "nmlkjihgfedc")]
    [InlineData("""{"text":"pag"}""", "")]
    [InlineData("""{"text":"ünter page01"}""", "n")]
    [InlineData("""{"text":"page01 nosuchword"}""", "")]
    [InlineData("""{"text":"nosuchword page01"}""", "n")]
    [InlineData("""{"text":""}""", "")]
    [InlineData("""{"text":"3"}""", "")]
    [InlineData("""{"name":"page01"}""", "n")]
    [InlineData("""{"nameIsGreaterThan":"page10"}""", "dc")]
    [InlineData("""{"nameIsLessThanOrEqual":"page02","domainId":"c"}""", "nm")]
    [InlineData("""{"operator":"AND","conditions":[{"domainId":"c"},{"operator":"AND","conditions":[{"name":"page02"}]}]}""", "m")]
    [InlineData("""{"operator":"OR","conditions":[{"name":"page01"}]}""", "unsupportedFilter")]
    [InlineData("""{"@type":"Group"}""", "")]
    [InlineData("""{"@type":"Robot"}""", "unsupportedFilter")]
    [InlineData("""{"description":"Page 0"}""", "unsupportedFilter")]
    [InlineData("""{"domainId":"example.net"}""", "unsupportedFilter")]
    [InlineData("""{"nope":1}""", "unsupportedFilter")]
    [InlineData("[]", "invalidArguments")]
    public async Task A_filter_finds_what_the_server_finds(string filter, string expected) =>
        (await _server.QueryAsync("Account", $$"""{"filter":{{filter}}}""")).ShouldBe(expected);

    /// <summary>The safe way through a long list, whatever the size of its pages.</summary>
    [Fact]
    public async Task Pages_by_ascending_anchor_hold_everything_once()
    {
        await Gen.Int[1, 14].SampleAsync(async size =>
        {
            string found = "";
            string page;
            do
            {
                string anchor = found.Length == 0 ? "" : $",\"anchor\":\"{found[^1]}\"";
                page = await _server.QueryAsync("Account", $"{{{Ascending},\"limit\":{size}{anchor}}}");
                found += page;
            }
            while (page.Length == size);
            found.ShouldBe("b" + All);
        });
    }
}
