// The three editions of the server, through the cmdlets: what needs Enterprise says which part of it is missing, and all else works.
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Connection;

public sealed class ServerEditionTests
{
    public static TheoryData<SandboxEdition, string, string> EnterpriseCommands
    {
        get
        {
            (string Command, string Feature)[] commands =
            [
                ("Get-MailMetric", "Metrics are"),
                ("Get-MailTrace", "Traces are"),
                ("Get-MailTrace -QueueId 342084653895266304", "Traces are"),
                ("Get-MailTraceEvent 342084653895266304", "Traces are"),
                ("Watch-MailTrace -MaxEvents 1 -TimeoutSeconds 1", "Traces are"),
                ("Watch-MailMetric -MaxEvents 1", "Metrics are"),
                ("Request-MailStreamToken Metrics", "Metrics are"),
                ("Request-MailStreamToken Tracing", "Traces are"),
                ("Get-MailDeletedItem jane", "Restoring deleted mail is"),
                ("Get-MailDeletedItem nobody", "Restoring deleted mail is"),
                ("Get-MailDeletedItem jane@example.org", "Restoring deleted mail is"),
                ("Restore-MailDeletedItem -Account jane -All -Force", "Restoring deleted mail is"),
                ("$item | Restore-MailDeletedItem", "Restoring deleted mail is"),
                ("Invoke-MailApi telemetry/metrics", "Metrics are"),
                ("Invoke-MailApi store/undelete/jane", "Restoring deleted mail is"),
            ];
            var data = new TheoryData<SandboxEdition, string, string>();
            foreach (SandboxEdition edition in Enum.GetValues<SandboxEdition>())
            {
                foreach ((string command, string feature) in commands)
                {
                    data.Add(edition, command, feature);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EnterpriseCommands))]
    public void What_is_part_of_Enterprise_says_what_the_server_lacks(SandboxEdition edition, string command, string feature)
    {
        using HostedShell shell = Connect(edition);
        ScriptResult run = shell.Run(command);
        if (edition == SandboxEdition.Enterprise)
        {
            run.Errors.ShouldAllBe(error => !error.FullyQualifiedErrorId.StartsWith("Unsupported", StringComparison.Ordinal));
            return;
        }
        ErrorRecord record = run.Errors.ShouldHaveSingleItem();
        record.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        record.CategoryInfo.Category.ShouldBe(ErrorCategory.NotImplemented);
        string advice = record.ErrorDetails.RecommendedAction;
        advice.ShouldNotContain("login");
        if (edition == SandboxEdition.Oss)
        {
            record.ToString().ShouldBe($"{feature} part of Stalwart Enterprise; this build has none of it.");
            advice.ShouldContain("a licence alone does not add it");
        }
        else
        {
            $"{record} {advice}".ShouldContain("Enterprise");
            $"{record} {advice}".ShouldNotContain("build");
        }
    }

    [Theory]
    [InlineData(SandboxEdition.Enterprise)]
    [InlineData(SandboxEdition.Oss)]
    public void An_account_that_does_not_exist_is_what_is_missing(SandboxEdition edition)
    {
        using HostedShell shell = Connect(edition);
        foreach (string command in (string[])["Get-MailQuotaUsage nobody", "Get-MailDeletedItem nobody@example.org", "Restore-MailDeletedItem -Account nobody@example.org -All -Force", "Reset-MailImapUid nobody -Force"])
        {
            ErrorRecord error = shell.Run(command).Errors.ShouldHaveSingleItem(command);
            error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
            error.ToString().ShouldStartWith("There is no account 'nobody");
            error.ErrorDetails.RecommendedAction.ShouldContain("Get-MailPrincipal");
        }
    }

    [Fact]
    public void With_a_licence_an_unknown_account_has_no_deleted_mail()
    {
        using HostedShell shell = Connect(SandboxEdition.Enterprise);
        foreach (string command in (string[])["Get-MailDeletedItem nobody", "Restore-MailDeletedItem -Account nobody -All -Force", "$itemOfNobody | Restore-MailDeletedItem"])
        {
            ErrorRecord error = shell.Run(command).Errors.ShouldHaveSingleItem(command);
            error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
            error.ToString().ShouldContain("There is no account 'nobody'.");
        }
    }

    // A key that may not request a code knows neither version nor edition.
    [Theory]
    [InlineData(SandboxEdition.Oss, "jane", MailErrorCode.Unsupported, "this build has none of it")]
    [InlineData(SandboxEdition.Oss, "nobody", MailErrorCode.NotFound, "There is no account 'nobody'")]
    [InlineData(SandboxEdition.Community, "jane", MailErrorCode.Unsupported, "Enterprise feature")]
    [InlineData(SandboxEdition.Enterprise, "nobody", MailErrorCode.NotFound, "There is no account 'nobody'")]
    public async Task Without_the_edition_another_call_tells_the_account_from_the_build(SandboxEdition edition, string account, MailErrorCode code, string says)
    {
        SandboxServer sandbox = CreateServer(edition);
        using MailClient client = await ConnectWithoutServerInfoAsync(sandbox.CreateHandler());
        client.Server.ShouldBeNull();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Store.ListDeletedAsync(account, TestContext.Current.CancellationToken));
        e.Code.ShouldBe(code);
        e.Message.ShouldContain(says);
    }

    [Theory]
    [InlineData(SandboxEdition.Oss)]
    [InlineData(SandboxEdition.Community)]
    [InlineData(SandboxEdition.Enterprise)]
    public void Tenants_are_made_and_listed_where_the_edition_lets_them(SandboxEdition edition)
    {
        using HostedShell shell = Connect(edition);
        ScriptResult made = shell.Run("New-MailPrincipal hosting -Type Tenant; Get-MailPrincipal -Type Tenant");
        if (edition == SandboxEdition.Community)
        {
            made.Errors.ShouldAllBe(error => error.FullyQualifiedErrorId.StartsWith("Unsupported", StringComparison.Ordinal));
            made.Errors.Count.ShouldBe(2);
            return;
        }
        made.ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal -Type Tenant).Name").OutputAs<string>().ShouldBe(["hosting"]);
    }

    [Theory]
    [InlineData(SandboxEdition.Oss)]
    [InlineData(SandboxEdition.Community)]
    [InlineData(SandboxEdition.Enterprise)]
    public void What_every_edition_has_works_in_each(SandboxEdition edition)
    {
        using HostedShell shell = Connect(edition);
        shell.Run("Get-MailPrincipal; Get-MailQueueStatus; Get-MailQueueMessage; Get-MailSetting -Prefix server; Request-MailStreamToken Troubleshooting; Get-MailQuotaUsage jane; Test-MailConnection; Get-MailServerLog -First 1")
            .ShouldHaveNoErrors();
        shell.Run("(Get-MailConnection).Edition").OutputAs<string>().ShouldBe([edition == SandboxEdition.Enterprise ? "Enterprise" : "Community"]);
    }

    [Theory]
    [InlineData("no/such/path")]
    [InlineData("Principal")]
    [InlineData("principal -Method Put")]
    [InlineData("queue/messages -Method Post")]
    public void A_call_of_ones_own_that_no_server_has_says_where_to_look(string call)
    {
        using HostedShell shell = Connect(SandboxEdition.Community);
        ErrorRecord error = shell.Run($"Invoke-MailApi {call} -Confirm:$false").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
        error.ToString().ShouldContain($"/{call.Split(' ')[0]}");
        error.ErrorDetails.RecommendedAction.ShouldContain("Check method and path");
    }

    [Theory]
    [InlineData("0.11", "spam-filter/train/status", "from 0.15 on")]
    [InlineData("0.13", "spam-filter/train/status", "from 0.15 on")]
    [InlineData("0.15", "store/reindex", "before 0.15 only")]
    public void A_call_of_another_version_names_the_versions_that_have_it(string version, string path, string says)
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, AdminPassword = HostedShell.SandboxPassword, ServerVersion = version }));
        ErrorRecord error = shell.Run($"Invoke-MailApi {path} -Confirm:$false").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.ToString().ShouldContain($"({version}.");
        error.ToString().ShouldContain(says);
    }

    public static TheoryData<string> Cmdlets => [.. CmdletMap.All.Where(use => use.Cmdlet is not ("Connect-MailServer" or "Test-MailConnection") && use.Version != "0.16").Select(use => use.ToString()).Distinct()];

    /// <summary>The server is replaced by another one, or a proxy no longer finds it: no cmdlet takes that for news about what it was asked for.</summary>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task No_cmdlet_takes_the_404_of_another_server_for_a_missing_thing(string use)
    {
        var server = new FakeServer(_ => TestResponses.Create(HttpStatusCode.NotFound, "404 page not found"u8.ToArray(), "text/plain"));
        IReadOnlyList<ErrorRecord> errors = await RunAsync(server, CmdletMap.All.First(candidate => candidate.ToString() == use));
        foreach (ErrorRecord error in errors)
        {
            error.FullyQualifiedErrorId.ShouldNotStartWith("NotFound");
            error.FullyQualifiedErrorId.ShouldNotStartWith("Unsupported");
            error.ToString().ShouldNotContain("There is no ", Case.Sensitive, use);
            (error.ErrorDetails?.RecommendedAction ?? "").ShouldNotContain("logins");
        }
    }

    /// <summary>The same of Stalwart itself: only what answers 404 for a thing may say that the thing is missing.</summary>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task No_cmdlet_takes_a_missing_call_for_a_missing_thing(string use)
    {
        var server = new FakeServer(_ => TestResponses.Problem(404, "Not Found"));
        IReadOnlyList<ErrorRecord> errors = await RunAsync(server, CmdletMap.All.First(candidate => candidate.ToString() == use));
        foreach (ErrorRecord error in errors.Where(error => error.Exception is MailServerException))
        {
            var e = (MailServerException)error.Exception;
            bool isThing = !e.Operation.IsEnterprise && MailAdmin.Client.Calls.MissingRoutes.MeansMissingThing(e.Operation);
            (e.Code == MailErrorCode.NotFound).ShouldBe(isThing, $"{use}: {e.Message}");
            (error.ErrorDetails?.RecommendedAction ?? "").ShouldNotContain("logins");
        }
    }

    private static async Task<IReadOnlyList<ErrorRecord>> RunAsync(FakeServer server, CmdletInvocation use)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mailadmin-missing-");
        try
        {
            using var shell = new HostedShell();
            shell.Connect(await server.ConnectAsync());
            shell.SetVariable("folder", folder.FullName);
            shell.SetVariable("message", "From: a@example.org\r\nTo: b@example.org\r\n\r\nHello.\r\n");
            shell.SetVariable("newPassword", new NetworkCredential("", "another one").SecurePassword);
            shell.SetVariable("credential", new PSCredential("admin", new NetworkCredential("", "admin-secret").SecurePassword));
            shell.SetVariable("code", null);
            return shell.Run(use.Script).Errors;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<MailClient> ConnectWithoutServerInfoAsync(HttpMessageHandler sandbox, Func<HttpResponseMessage>? refusal = null) => MailClient.ConnectAsync(
        new MailClientOptions
        {
            BaseUri = new Uri("https://sandbox.example.org"),
            RetryHandlerBuilder = MailAdmin.PowerShell.Module.IsolatedHttp.CreateRetryHandler,
            Transport = () => new WithoutCodes(sandbox, refusal ?? (() => TestResponses.Problem(403, "Forbidden"))),
        },
        MailCredential.FromToken("a-token"),
        TestContext.Current.CancellationToken);

    // A firewall refuses without a title, and says nothing about the sign-in.
    [Theory]
    [InlineData("problem", true)]
    [InlineData("text", false)]
    public async Task Only_a_refusal_of_the_mail_server_itself_shows_that_the_sign_in_is_accepted(string form, bool signedIn)
    {
        using var shell = new HostedShell();
        shell.Connect(await ConnectWithoutServerInfoAsync(HostedShell.CreateServer().CreateHandler(), () => form switch
        {
            "problem" => TestResponses.Problem(403, "Forbidden"),
            _ => TestResponses.Create(HttpStatusCode.Forbidden, [], null),
        }));
        MailConnectionTest test = shell.Run("Test-MailConnection").ShouldHaveNoErrors().OutputAs<MailConnectionTest>().Single();
        (test.Reachable, test.SignedIn).ShouldBe((true, signedIn));
        test.Problem.ShouldNotBeNull().Contains("permission", StringComparison.Ordinal).ShouldBe(signedIn);
        shell.Run("Test-MailConnection -Quiet").OutputAs<bool>().ShouldBe([signedIn]);
    }

    private static HostedShell Connect(SandboxEdition edition)
    {
        var shell = HostedShell.CreateConnected(CreateServer(edition));
        // As Get-MailDeletedItem returned it while the server had a licence.
        var item = new MailDeletedItem { Account = "jane", BlobId = "abc", Kind = MailDeletedItem.EmailKind };
        shell.SetVariable("item", item);
        shell.SetVariable("itemOfNobody", new MailDeletedItem { Account = "nobody", BlobId = item.BlobId, Kind = item.Kind });
        return shell;
    }

    private static SandboxServer CreateServer(SandboxEdition edition)
    {
        SandboxServer server = HostedShell.CreateServer(edition);
        using var shell = HostedShell.CreateConnected(server);
        shell.Run("New-MailPrincipal jane -Email jane@example.org -NoPassword").ShouldHaveNoErrors();
        return server;
    }

    /// <summary>The administrator's session, but for codes, which it may not request.</summary>
    private sealed class WithoutCodes(HttpMessageHandler sandbox, Func<HttpResponseMessage> refuse) : DelegatingHandler(sandbox)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/api/oauth")
            {
                return Task.FromResult(refuse());
            }
            request.Headers.Authorization = request.Headers.Authorization is null ? null : System.Net.Http.Headers.AuthenticationHeaderValue.Parse(
                SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
