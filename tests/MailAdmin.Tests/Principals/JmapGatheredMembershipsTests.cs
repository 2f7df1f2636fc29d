// Memberships of many at once on a server from 0.16 on: one patch of a list, one set of accounts, and to each what became of its own.
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Jmap;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapGatheredMembershipsTests : IAsyncLifetime
{
    private const string ListSet = "x:MailingList/set";
    private const string AccountSet = "x:Account/set";
    private const string News = "news@example.org";
    private const string Offers = "offers@example.org";
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private readonly SandboxServer _server = JmapCalls.CreateServer();
    private readonly Wire _wire;
    private MailClient _client = null!;
    private JmapGatheredMemberships _memberships = null!;

    public JmapGatheredMembershipsTests() => _wire = new Wire(_server.CreateHandler());

    public async ValueTask InitializeAsync()
    {
        _client = await MailClient.ConnectAsync(
            new MailClientOptions { BaseUri = new Uri("http://localhost:8080"), RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, Transport = () => _wire, Time = new SteppingTime(_server.Clock), MaximumRetryCount = 1 },
            Client.MailCredential.FromPassword("admin", "sandbox-admin-secret"),
            s_cancellationToken);
        var names = new DirectoryNames(_client.Jmap!);
        _memberships = new JmapGatheredMemberships(_client.Jmap!, new JmapLookup(_client.Jmap!, names), new JmapDirectoryWrites(_client.Jmap!));
        await CreateAsync(PrincipalType.List, News);
        await CreateAsync(PrincipalType.List, Offers);
        _wire.Clear();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_waits_for_a_list_is_one_patch_of_it_and_another_list_has_its_own()
    {
        MailServerException?[] errors = await ApplyTogetherAsync([.. Names(60).SelectMany(name => (JmapMembership[])[Add(News, name), Add(Offers, name)])]);

        errors.ShouldAllBe(error => error == null);
        // The first alone; then a hundred, which are a patch of each list; then what is left.
        _wire.Sets(ListSet).SelectMany(set => set.GetProperty("update").EnumerateObject()).Select(patch => patch.Value.EnumerateObject().Count()).Order().ShouldBe([1, 10, 10, 50, 50]);
        _wire.Count("x:MailingList/get").ShouldBe(5, "a list is read once for all of them");
        (await ReadAsync(News)).Order().ShouldBe(Names(60).Prepend("first@example.org").Order());
        (await ReadAsync(Offers)).Order().ShouldBe(Names(60).Order());
    }

    [Fact]
    public async Task What_is_as_it_should_be_is_left_out_and_what_contradicts_comes_later()
    {
        await ApplyTogetherAsync([.. Names(3).Select(name => Add(News, name))]);
        _wire.Clear();

        MailServerException?[] errors = await ApplyTogetherAsync([Add(News, "p1@example.org"), Remove(News, "p2@example.org"), Remove(News, "nobody@example.org"), Add(News, "p4@example.org"), Remove(News, "p4@example.org")]);

        errors.ShouldAllBe(error => error == null);
        (await ReadAsync(News)).Order().ShouldBe(["first@example.org", "p1@example.org", "p3@example.org"]);
        _wire.Sets(ListSet).Select(set => string.Join(' ', set.GetProperty("update").EnumerateObject().Single().Value.EnumerateObject().Select(path => $"{path.Name}={path.Value}").Order()))
            .ShouldBe(["recipients/p2@example.org= recipients/p4@example.org=True", "recipients/p4@example.org="], ignoreOrder: false);
    }

    [Fact]
    public async Task One_that_the_server_refuses_takes_no_other_with_it()
    {
        _wire.Intercept = request => request.Calls[0] is { Method: ListSet } set && set.Arguments.ToString().Contains("p7@", StringComparison.Ordinal)
            ? request.Answer((_, arguments) => $$$$"""{"notUpdated":{"{{{{arguments.GetProperty("update").EnumerateObject().First().Name}}}}":{"type":"invalidPatch","properties":["recipients"],"description":"No."}}}""")
            : null;

        MailServerException?[] errors = await ApplyTogetherAsync([.. Names(20).Select(name => Add(News, name))]);

        errors.Index().Where(each => each.Item is not null).Select(each => (Names(20)[each.Index], each.Item!.Code)).ShouldBe([("p7@example.org", MailErrorCode.InvalidRequest)]);
        (await ReadAsync(News)).Order().ShouldBe(Names(20).Prepend("first@example.org").Where(name => name != "p7@example.org").Order());
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_read_back_for_each()
    {
        _wire.LosesAnswer = set => set.ToString().Contains("p7@", StringComparison.Ordinal);
        (await ApplyTogetherAsync([.. Names(20).Select(name => Add(News, name))])).ShouldAllBe(error => error == null);
        _wire.Sets(ListSet).Count().ShouldBe(2, "nothing is sent twice");
    }

    [Fact]
    public async Task A_request_that_is_lost_leaves_those_in_it_unknown_and_no_other()
    {
        _wire.LosesRequest = set => set.ToString().Contains("p7@", StringComparison.Ordinal);
        // What somebody else has done meanwhile is done.
        string id = JmapId.FromNumber((await _client.Principals.GetAsync(News, s_cancellationToken)).Id);
        _wire.OnLost = () => _server.UpdateAsync("MailingList", id, """{"recipients/p9@example.org":true}""");

        MailServerException?[] errors = await ApplyTogetherAsync([.. Names(20).Select(name => Add(News, name)), Add("nothing@example.org", "p1@example.org")]);

        errors.Take(20).Index().Where(each => each.Item is null).Select(each => Names(20)[each.Index]).ShouldBe(["p9@example.org"]);
        errors.Take(20).Where(error => error is not null).Select(error => error!.Code).Distinct().ShouldBe([MailErrorCode.OutcomeUnknown]);
        errors[^1].ShouldNotBeNull().Code.ShouldBe(MailErrorCode.NotFound);
    }

    [Fact]
    public void Rows_with_a_list_are_a_few_patches_of_it()
    {
        using HostedShell shell = CreateShell();
        shell.Run("1..300 | ForEach-Object { [pscustomobject]@{ Name = \"new$_@example.org\"; List = 'news' } } | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors()
            .OutputAs<MailImportResult>().Count(result => result.Action == "Created").ShouldBe(300);
        shell.Run("(Get-MailPrincipal news).Member.Count").OutputAs<int>().ShouldBe([300]);
        // How many wait for each other is up to their pace: alone each would be one, and a request for it.
        _wire.Count(ListSet).ShouldBeLessThan(150);
        _wire.Requests.Count.ShouldBeLessThan(300);
    }

    [Fact]
    public void A_group_of_many_members_is_a_few_sets()
    {
        using HostedShell shell = CreateShell();
        shell.Run("1..400 | ForEach-Object { [pscustomobject]@{ Name = \"new$_@example.org\" } } | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors();
        _wire.Clear();
        shell.Run("[pscustomobject]@{ Name = 'staff@example.org'; Type = 'Group'; Member = (1..400 -replace '^', 'new') -join ';' } | Import-MailPrincipal").ShouldHaveNoErrors()
            .OutputAs<MailImportResult>().Single().Action.ShouldBe("Created");
        _wire.Count(AccountSet).ShouldBeLessThan(100);
        _wire.Requests.Count.ShouldBeLessThan(150);
        shell.Run("(Get-MailPrincipal staff).Member.Count").OutputAs<int>().ShouldBe([400]);
    }

    [Fact]
    public void A_pipeline_onto_a_list_leaves_nobody_out()
    {
        using HostedShell shell = CreateShell();
        shell.Run("1..100 | ForEach-Object { [pscustomobject]@{ Name = \"new$_@example.org\" } } | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors();
        shell.Run("Get-MailPrincipal -Type Individual | Where-Object Name -like 'new*' | Set-MailPrincipal -AddList news").ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal news).Member.Count").OutputAs<int>().ShouldBe([100]);
    }

    [Theory]
    [InlineData("Set-MailPrincipal sales -AddMember office", "'office@example.org' is a group. From 0.16 on only accounts of people belong to groups")]
    [InlineData("Set-MailPrincipal office -AddList sales", "'sales@example.org' is not a mailing list but of type Group")]
    [InlineData("New-MailPrincipal yy@example.org -NoPassword -List sales", "'sales@example.org' is not a mailing list but of type Group")]
    [InlineData("New-MailPrincipal yy@example.org -NoPassword -MemberOf news", "'news@example.org' is not a group but of type List")]
    [InlineData("New-MailPrincipal yy@example.org -Type Group -Member sales", "'sales@example.org' is a group. From 0.16 on only accounts of people belong to groups")]
    public void What_cannot_be_in_another_is_refused_before_anything_is_sent(string script, string reason)
    {
        using HostedShell shell = CreateShell();
        shell.Run("'sales', 'office' | ForEach-Object { New-MailPrincipal \"$_@example.org\" -Type Group }").ShouldHaveNoErrors();
        _wire.Clear();
        foreach (string whatIf in (string[])["", " -WhatIf"])
        {
            shell.Run(script + whatIf).Errors.Select(error => error.Exception.Message).ShouldHaveSingleItem().ShouldContain(reason);
        }
        _wire.Requests.ShouldAllBe(request => request.Calls.All(call => !call.Method.EndsWith("/set", StringComparison.Ordinal)));
    }

    private static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"p{number}@example.org"))];

    private static JmapMembership Add(string list, string address) => new(JmapMembership.Recipients, list, address, IsIn: true);

    private static JmapMembership Remove(string list, string address) => new(JmapMembership.Recipients, list, address, IsIn: false);

    // While one is on its way, the others come.
    private async Task<MailServerException?[]> ApplyTogetherAsync(JmapMembership[] memberships)
    {
        _wire.Hold();
        Task<MailServerException?> first = _memberships.ApplyAsync(Add(News, "first@example.org"), s_cancellationToken);
        Task<MailServerException?>[] others = [.. memberships.Select(membership => _memberships.ApplyAsync(membership, s_cancellationToken))];
        _wire.Release();
        (await first).ShouldBeNull();
        return await Task.WhenAll(others);
    }

    private Task<uint> CreateAsync(PrincipalType type, string name) => _client.Principals.CreateAsync(new NewPrincipal { Type = type, Name = name }, s_cancellationToken);

    private async Task<IEnumerable<string>> ReadAsync(string list) => (await _client.Principals.GetAsync(list, s_cancellationToken)).Member!;

    private HostedShell CreateShell()
    {
        var shell = new HostedShell();
        shell.Connect(_client);
        return shell;
    }

    /// <summary>Takes note of the requests, and loses what it is to lose.</summary>
    private sealed class Wire(HttpMessageHandler server) : DelegatingHandler(server)
    {
        private readonly ConcurrentQueue<JmapRequestBody> _requests = new();
        private TaskCompletionSource _open = CreateOpen();

        public ConcurrentQueue<JmapRequestBody> Requests => _requests;

        public Func<JmapRequestBody, HttpResponseMessage?>? Intercept { get; set; }

        public Func<JsonElement, bool>? LosesAnswer { get; set; }

        public Func<JsonElement, bool>? LosesRequest { get; set; }

        public Func<Task>? OnLost { get; set; }

        public void Clear() => _requests.Clear();

        public void Hold() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _open.SetResult();

        public int Count(string method) => _requests.Sum(request => request.Calls.Count(call => call.Method == method));

        public IEnumerable<JsonElement> Sets(string method) => _requests.SelectMany(request => request.Calls).Where(call => call.Method == method).Select(call => call.Arguments);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is null || request.RequestUri!.AbsolutePath != "/jmap" || await request.Content.ReadAsStringAsync(cancellationToken) is not { Length: > 0 } text)
            {
                return await base.SendAsync(request, cancellationToken);
            }
            await _open.Task.WaitAsync(cancellationToken);
            var body = JmapRequestBody.Parse(text);
            _requests.Enqueue(body);
            if (Intercept?.Invoke(body) is { } answer)
            {
                return answer;
            }
            JsonElement? set = body.Calls[0].Method == ListSet ? body.Calls[0].Arguments : null;
            if (set is { } lost && LosesRequest?.Invoke(lost) == true)
            {
                await (OnLost?.Invoke() ?? Task.CompletedTask);
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was cut.");
            }
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (set is { } done && LosesAnswer?.Invoke(done) == true)
            {
                response.Dispose();
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was cut.");
            }
            return response;
        }

        private static TaskCompletionSource CreateOpen()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }
    }
}
