// What a server from 0.16 on takes for something else is found in every request that a cmdlet of a test sends, and each of it is found.
using System.Text;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Jmap;

public sealed class JmapWireTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1", "x:OAuthClient/set", """{"update":{"b":{"secret":"****"}}}""")]
    [InlineData("1", "x:OAuthClient/set", """{"create":{"n":{"clientId":"app","secret":"****"}}}""")]
    [InlineData("1", "x:DataStore/set", """{"update":{"singleton":{"readReplicas":{"0":{"authSecret":{"@type":"Value","secret":"****"}}}}}}""")]
    [InlineData("2", "x:Account/set", """{"update":{"b":{"credentials":{"0":{"@type":"Password","secret":"x"}}}}}""")]
    [InlineData("3", "x:Account/set", """{"update":{"b":{"domainId":""}}}""")]
    [InlineData("3", "x:Account/set", """{"update":{"b":{"credentials//secret":"x"}}}""")]
    [InlineData("3", "x:Account/get", """{"ids":[""]}""")]
    [InlineData("3", "x:MtaVirtualQueue/set", """{"destroy":[""]}""")]
    [InlineData("4", "x:Http/set", """{"create":{"n":{"enableHsts":true}}}""")]
    [InlineData("4", "x:Http/set", """{"destroy":["singleton"]}""")]
    [InlineData("10", "x:Account/query", """{"limit":5}""")]
    [InlineData("10", "x:Account/query", """{"limit":5,"sort":[{"property":"id","isAscending":false}]}""")]
    [InlineData("10", "x:Account/query", """{"limit":5,"sort":[{"property":"name","isAscending":true}]}""")]
    [InlineData("10", "x:Account/query", """{"limit":0,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("10", "x:Account/query", """{"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("10", "x:Account/query", """{"limit":5,"position":0,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("10", "x:Account/query", """{"limit":5,"anchor":"b","calculateTotal":true,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("11", "x:Account/get", """{"ids":null}""")]
    [InlineData("11", "x:Account/get", "{}")]
    [InlineData("12", "x:Account/get", """{"ids":["b"],"properties":["emailAdress"]}""")]
    [InlineData("12", "x:Account/get", """{"ids":["b"],"properties":[]}""")]
    [InlineData("13", "x:Account/query", """{"filter":{"text":"jane@example.org"},"limit":5,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("13", "x:Role/query", """{"filter":{"description":"x y"},"limit":5,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("14", "x:Account/set", """{"update":{"#n":{"description":"x"}}}""")]
    [InlineData("14", "x:Account/set", """{"destroy":["jane@example.org"]}""")]
    [InlineData("14", "x:Account/get", """{"ids":["B"]}""")]
    [InlineData("14", "x:AppPassword/get", """{"accountId":"jane@example.org","ids":["b"]}""")]
    [InlineData("16", "x:Account/set", """{"ifInState":"s","update":{"b":{"description":"x"}}}""")]
    [InlineData("18", "x:Task/query", """{"filter":{"status":"Pending"},"limit":5,"sort":[{"property":"due","isAscending":true}]}""")]
    [InlineData("19", "x:DmarcExternalReport/query", """{"filter":{"domain":"example.org"},"limit":5,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("19", "x:TlsExternalReport/query", """{"filter":{"totalFailedSessionsIsGreaterThan":1},"limit":5,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("19", "x:Account/query", """{"filter":{"type":"User"},"limit":5,"sort":[{"property":"id","isAscending":true}]}""")]
    [InlineData("20", "x:Account/set", """{"update":{"b":{"aliases/0":null}}}""")]
    [InlineData("20", "x:Account/set", """{"update":{"b":{"credentials/1":null}}}""")]
    [InlineData("31", "x:Account/set", """{"update":{"b":{"description":""}}}""")]
    [InlineData("38", "x:Acount/get", """{"ids":["b"]}""")]
    [InlineData("39", "x:Account/set", """{"create":{"n":{"@type":"User","nmae":"jane"}}}""")]
    [InlineData("39", "x:Account/set", """{"update":{"b":{"emailAddress":"jane@example.org"}}}""")]
    public void Each_trap_of_a_request_is_found(string trap, string method, string arguments)
    {
        var body = JmapRequestBody.Parse($$"""{"using":["urn:stalwart:jmap"],"methodCalls":[["{{method}}",{{arguments}},"0"]]}""");
        JmapWire.FindFaults(body).ShouldContain(fault => fault.Substring(method.Length + 2).Split(':', 2)[0].Split(", ", StringSplitOptions.None).Contains(trap));
    }

    [Theory]
    [InlineData("x:Account/query", """{"filter":{"domainId":"b","@type":"User"},"sort":[{"property":"id","isAscending":true}],"limit":500,"anchor":"c"}""")]
    [InlineData("x:Account/query", """{"sort":[{"property":"id","isAscending":true}],"limit":1,"calculateTotal":true}""")]
    [InlineData("x:Role/query", """{"filter":{"description":"Help desk"},"sort":[{"property":"id","isAscending":true}],"limit":500}""")]
    [InlineData("x:Http/get", """{"ids":["singleton"],"properties":["enableHsts"]}""")]
    [InlineData("x:Account/get", """{"#ids":{"resultOf":"0","name":"x:Account/query","path":"/ids"},"properties":["emailAddress","@type"]}""")]
    [InlineData("x:Account/set", """{"update":{"b":{"credentials/0/secret":"x","memberGroupIds/c":true,"description":null}},"destroy":["c"]}""")]
    public void What_means_what_it_says_is_no_trap(string method, string arguments) =>
        JmapWire.FindFaults(JmapRequestBody.Parse($$"""{"using":["urn:stalwart:jmap"],"methodCalls":[["{{method}}",{{arguments}},"0"]]}""")).ShouldBeEmpty();

    [Fact]
    public async Task What_a_shell_sends_is_listened_to()
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));
        shell.Run("Get-MailPrincipal").ShouldHaveNoErrors();
        shell.JmapRequests.SelectMany(request => request.Calls).Select(call => call.Method).ShouldContain("x:Account/query");

        var guard = new JmapWireGuard();
        using var invoker = new HttpMessageInvoker(guard.Listen(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.16" }).CreateHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://mx.example.org/jmap")
        {
            Content = new StringContent("""{"using":[],"methodCalls":[["x:Account/get",{"ids":null},"0"]]}""", Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage answer = await invoker.SendAsync(request, s_cancellationToken);
        guard.Faults.ShouldHaveSingleItem().ShouldStartWith("x:Account/get: 11:");
    }

    [Fact]
    public async Task Nothing_is_sent_of_a_call_with_an_id_that_is_none()
    {
        var server = new FakeJmapServer();
        using MailClient client = await server.ConnectAsync();
        foreach (string bad in (string[])["", "#n", "B", "jane@example.org"])
        {
            foreach (JmapCall call in (JmapCall[])
                [
                    new GetCall<string>("x:Account", item => item.GetRawText()) { Ids = ["b", bad] },
                    new GetCall<string>("x:AppPassword", item => item.GetRawText()) { Ids = ["b"], AccountId = bad },
                    new QueryCall("x:Account") { Limit = 1, Anchor = bad },
                    new QueryCall("x:AppPassword") { Limit = 1, AccountId = bad },
                    new SetCall("x:AppPassword", [SetChange.Destroy("b")]) { AccountId = bad },
                    new SetCall("x:Account", [SetChange.Update(bad, patch => patch.WriteNull("description"))]),
                    new SetCall("x:Account", [SetChange.Destroy(bad)]),
                ])
            {
                MailServerException e = await Should.ThrowAsync<MailServerException>(client.Jmap!.SendAsync([call], s_cancellationToken));
                (e.Code, e.Message[..16]).ShouldBe((MailErrorCode.RejectedByClient, "Nothing was sent"));
            }
        }
        var filter = new QueryCall("x:Account") { Limit = 1, Filter = writer => writer.WriteString("domainId", "") };
        (await Should.ThrowAsync<MailServerException>(client.Jmap!.SendAsync([filter], s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_without_a_limit_and_a_get_without_ids_are_never_sent()
    {
        var server = new FakeJmapServer();
        using MailClient client = await server.ConnectAsync();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(client.Jmap!.SendAsync([new QueryCall("x:Account") { Limit = 0 }], s_cancellationToken));
        await Should.ThrowAsync<InvalidOperationException>(client.Jmap!.SendAsync([new GetCall<string>("x:Account", item => item.GetRawText())], s_cancellationToken));
        server.Requests.ShouldBeEmpty();
    }

    // Its outcomes are accounted for one by one: nothing else may write.
    [Fact]
    public void What_changes_the_server_is_a_set_and_nothing_else()
    {
        Type[] calls = [.. typeof(JmapCall).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(JmapCall)))];
        calls.ShouldContain(typeof(SetCall));
        calls.Where(type => type.GetProperty(nameof(JmapCall.ChangesServer))!.GetMethod!.DeclaringType != typeof(JmapCall)).ShouldBe([typeof(SetCall)]);
        new SetCall("x:Account", [SetChange.Destroy("b")]).ChangesServer.ShouldBeTrue();
        new GetCall<string>("x:Account", item => item.GetRawText()).Method.ShouldBe("x:Account/get");
    }
}
