// Commands for many items, on a server that goes away, fails, or hangs when it is asked too much at once.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Pipeline;

public sealed class BatchCmdletTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    /// <summary>The command, and what to count after it.</summary>
    public static TheoryData<string, string, int> Commands => new()
    {
        { "1..60 | ForEach-Object { @{ Name = \"new$_\"; Email = \"new$_@example.org\" } } | Import-MailPrincipal -NoPassword -NoAddress | Out-Null", "@(Get-MailPrincipal new*).Count", 60 },
        { "1..60 | ForEach-Object { [pscustomobject]@{ Name = \"new$_\"; Email = \"new$_@example.org\" } } | New-MailPrincipal -NoPassword", "@(Get-MailPrincipal new*).Count", 60 },
        { "Get-MailPrincipal p* | Set-MailPrincipal -Description moved", "@(Get-MailPrincipal p* | Where-Object { $_.Description -eq 'moved' }).Count", 60 },
        { "Get-MailPrincipal p* | Disable-MailPrincipal", "@(Get-MailPrincipal p* | Where-Object { -not $_.Enabled }).Count", 60 },
        { "1..60 | ForEach-Object { \"p$_\" } | Remove-MailPrincipal -Force", "60 - @(Get-MailPrincipal p*).Count", 60 },
        { "Get-MailQueueMessage | Remove-MailQueueMessage -Force", "20 - @(Get-MailQueueMessage).Count", 20 },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task What_a_server_that_goes_away_interrupts_is_done_when_it_is_back(string command, string count, int expected)
    {
        SandboxServer server = CreateServer();
        var way = new OutageHandler(server, writesBefore: 5, checksUntilBack: 6);
        using HostedShell shell = await ConnectAsync(server, () => way);

        ScriptResult run = shell.Run(command);

        run.ShouldHaveNoErrors();
        way.Checks.ShouldBeInRange(6, 10);
        way.CallsWhileAway.ShouldBeLessThanOrEqualTo(4, "nothing is sent while the server is away");
        run.Warnings.Select(warning => warning.Message).Where(warning => warning.Contains("has been away since", StringComparison.Ordinal)).ShouldHaveSingleItem();
        run.Progress.Where(record => record.Activity == "Waiting for the server").ToArray()[^1].RecordType.ShouldBe(ProgressRecordType.Completed);
        ((int)shell.Run(count).ShouldHaveNoErrors().Output[0].BaseObject).ShouldBe(expected);
    }

    [Fact]
    public async Task Of_a_message_that_may_have_been_learnt_it_is_said_that_nobody_knows()
    {
        SandboxServer server = CreateServer();
        using HostedShell shell = await ConnectAsync(server, () => new OutageHandler(server, writesBefore: 5, checksUntilBack: 6));
        string folder = CreateMessages(20);
        shell.SetVariable("folder", folder);
        ScriptResult run = shell.Run("Invoke-MailSpamTraining \"$folder/*.eml\" -Class Spam");
        System.Management.Automation.ErrorRecord unknown = run.Errors.ShouldHaveSingleItem();
        unknown.FullyQualifiedErrorId.ShouldStartWith("OutcomeUnknown");
        // What to do is in the recommendation alone.
        unknown.ToString().ShouldNotContain("repeat it");
        unknown.ErrorDetails.RecommendedAction.ShouldContain("repeat it");
        server.RequestLog.Count(line => line.StartsWith("POST /api/spam-filter", StringComparison.Ordinal)).ShouldBe(20, "each was sent once");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_import_survives_a_server_that_is_killed_and_started_again()
    {
        SandboxServer server = CreateServer();
        RunningSandbox running = await SandboxHost.StartAsync(server, cancellationToken: s_cancellationToken);
        Uri address = running.BaseUri;
        using var shell = new HostedShell();
        using MailClient client = await MailClient.ConnectAsync(
            new MailClientOptions { BaseUri = address, RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, RetryInterval = TimeSpan.FromMilliseconds(5) },
            MailCredential.FromPassword("admin", HostedShell.SandboxPassword), s_cancellationToken);
        shell.Connect(client);
        var isBack = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        client.Waiting += notice =>
        {
            if (notice.Kind == WaitKind.Outage && Interlocked.Increment(ref asked) == 3)
            {
                _ = Task.Run(async () =>
                {
                    running = await SandboxHost.StartAsync(server, address.ToString());
                    isBack.SetResult();
                });
            }
        };
        var killer = Task.Run(async () =>
        {
            while (server.RequestLog.Count(line => line.StartsWith("POST /api/principal", StringComparison.Ordinal)) < 100)
            {
                await Task.Yield();
            }
            await running.DisposeAsync();
        }, s_cancellationToken);

        ScriptResult run = shell.Run("1..1000 | ForEach-Object { @{ Name = \"new$_\"; Email = \"new$_@example.org\" } } | Import-MailPrincipal -NoPassword -NoAddress");

        await killer;
        await isBack.Task;
        run.ShouldHaveNoErrors();
        run.OutputAs<MailImportResult>().Select(result => result.Action).Distinct().ShouldBe(["Created"]);
        run.Output.Count.ShouldBe(1000);
        ((int)shell.Run("@(Get-MailPrincipal new*).Count").Output[0].BaseObject).ShouldBe(1000);
        await running.DisposeAsync();
    }

    [Fact]
    public async Task With_an_OutageTimeout_of_0_each_row_fails_by_itself()
    {
        SandboxServer server = CreateServer();
        var way = new OutageHandler(server, writesBefore: 5, checksUntilBack: 1);
        using HostedShell shell = await ConnectAsync(server, () => way);
        ScriptResult run = shell.Run("1..20 | ForEach-Object { @{ Name = \"new$_\" } } | Import-MailPrincipal -NoPassword -NoAddress -OutageTimeout 0 -ThrottleLimit 1");
        way.Checks.ShouldBe(0);
        MailImportResult[] results = run.OutputAs<MailImportResult>();
        results.Count(result => result.Action == "Created").ShouldBe(5);
        results.Count(result => result.Action == "Unknown").ShouldBe(1);
        results.Count(result => result is { Action: "Failed", ErrorId: "Unreachable" }).ShouldBe(14);
    }

    [Fact]
    public async Task A_server_that_stays_away_stops_the_import_and_what_was_not_sent_is_told()
    {
        SandboxServer server = CreateServer();
        var way = new OutageHandler(server, writesBefore: 5, checksUntilBack: int.MaxValue);
        using HostedShell shell = await ConnectAsync(server, () => way);
        string failed = Path.GetTempFileName();
        shell.SetVariable("failed", failed);
        ScriptResult run = shell.Run("$rows = 1..20 | ForEach-Object { @{ Name = \"new$_\" } } | Import-MailPrincipal -NoPassword -NoAddress -OutageTimeout 0.2 -ThrottleLimit 1 -FailedPath $failed");
        run.Errors[^1].FullyQualifiedErrorId.ShouldStartWith("BatchStopped");
        run.Errors[^1].ToString().ShouldContain("5 rows done");
        run.Errors[^1].ToString().ShouldContain("0 failed, 1 unknown, 14 not sent");
        run.Errors[^1].ErrorDetails.RecommendedAction.ShouldContain("run the same import again");
        run.Errors.Single(error => error.FullyQualifiedErrorId.StartsWith("OutcomeUnknown", StringComparison.Ordinal)).ErrorDetails.RecommendedAction.ShouldContain("Import the same file again");
        run.Terminated.ShouldBeFalse("else the results would not be in the variable");
        string[] actions = [.. shell.Run("$rows").OutputAs<MailImportResult>().Select(result => result.Action)];
        actions.Count(action => action == "Created").ShouldBe(5);
        actions.Count(action => action == "Unknown").ShouldBe(1);
        actions.Count(action => action == "NotSent").ShouldBe(14);
        File.ReadAllLines(failed).Length.ShouldBe(1 + 15);
        File.Delete(failed);
    }

    [Theory]
    [InlineData("1..40 | ForEach-Object { [pscustomobject]@{ Name = \"new$_\" } } | New-MailPrincipal -NoPassword -ThrottleLimit 1", "/api/principal", "POST", 3)]
    [InlineData("1..40 | ForEach-Object { @{ Name = \"new$_\" } } | Import-MailPrincipal -NoPassword -NoAddress -ThrottleLimit 1", "/api/principal", "POST", 3)]
    [InlineData("1..40 | ForEach-Object { \"p$_\" } | Get-MailPrincipal -ThrottleLimit 1", "/api/principal/", "GET", 3)]
    [InlineData("1..40 | ForEach-Object { \"p$_\" } | Remove-MailPrincipal -Force -ThrottleLimit 1", "/api/principal/", "DELETE", 3)]
    [InlineData("1..40 | ForEach-Object { [pscustomobject]@{ Key = \"test.key$_\"; Value = 'x' } } | Set-MailSetting -NoClobber -ThrottleLimit 1", "/api/settings", "POST", 3)]
    [InlineData("Invoke-MailSpamTraining \"$folder/*.eml\" -Class Spam -ThrottleLimit 1", "/api/spam-filter", "POST", 3)]
    [InlineData("Test-MailSpam \"$folder/*.eml\" -RemoteIp 192.0.2.1 -From a@b.test -To c@d.test -ThrottleLimit 1", "/api/spam-filter", "POST", 3)]
    public async Task Three_failures_of_the_server_in_a_row_stop_the_command(string command, string path, string method, int sent)
    {
        SandboxServer server = CreateServer();
        using HostedShell shell = await ConnectAsync(server, server.CreateHandler);
        server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Path = path, Method = method });
        int before = server.RequestLog.Count(line => line.StartsWith(method, StringComparison.Ordinal));
        string folder = CreateMessages(40);
        shell.SetVariable("folder", folder);
        ScriptResult run = shell.Run(command);
        Directory.Delete(folder, recursive: true);
        run.Errors[^1].FullyQualifiedErrorId.ShouldStartWith("BatchStopped");
        run.Errors[^1].ToString().ShouldContain("3 times in a row");
        run.Errors[^1].ToString().ShouldMatch("\\b0( rows)? done, 3 failed");
        run.Errors[^1].CategoryInfo.Category.ShouldBe(ErrorCategory.OperationStopped);
        (server.RequestLog.Count(line => line.StartsWith(method, StringComparison.Ordinal)) - before).ShouldBe(sent);
    }

    [Theory]
    [InlineData("POST", 500, 5)]
    [InlineData("POST", 401, 5)]
    public async Task What_was_done_before_the_stop_keeps_its_result(string method, int status, int done)
    {
        int posts = 0;
        var server = new FakeServer(request => request.Method.Method != method || Interlocked.Increment(ref posts) <= done ? TestResponses.Data("7") : TestResponses.Problem(status, "x"));
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        ScriptResult run = shell.Run("$made = 1..40 | ForEach-Object { [pscustomobject]@{ Name = \"new$_\" } } | New-MailPrincipal -GeneratePassword -ThrottleLimit 1");
        run.Errors[^1].FullyQualifiedErrorId.ShouldStartWith("BatchStopped");
        run.Errors[^1].ToString().ShouldContain($"{done} done");
        int failed = status == 500 ? 3 : 1;
        run.Errors[^1].ToString().ShouldContain($"{failed} failed, {40 - done - failed} not sent");
        ((object[])run.Errors[^1].TargetObject).Length.ShouldBe(40 - done - failed);
        shell.Run("@($made).Count").Output[0].BaseObject.ShouldBe(done);
        // A rejected token is renewed once.
        posts.ShouldBe(status == 401 ? done + 2 : done + failed);
    }

    [Fact]
    public async Task Failures_between_which_something_succeeds_stop_nothing()
    {
        SandboxServer server = CreateServer();
        using HostedShell shell = await ConnectAsync(server, server.CreateHandler);
        server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Path = "/api/principal", Method = "POST", Count = 2 });
        ScriptResult run = shell.Run("1..40 | ForEach-Object { @{ Name = \"new$_\" } } | Import-MailPrincipal -NoPassword -NoAddress");
        run.Terminated.ShouldBeFalse();
        run.OutputAs<MailImportResult>().Count(result => result.Action == "Created").ShouldBe(38);
        run.Errors.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("$names | Get-MailPrincipal", 40)]
    [InlineData("$names | Set-MailPrincipal -Description x -PassThru", 40)]
    [InlineData("$names | Get-MailPrincipal -ThrottleLimit 64", 40)]
    [InlineData("Get-MailPrincipal -Type Group | Set-MailPrincipal -Description x -PassThru", 40)]
    [InlineData("1..40 | ForEach-Object { [pscustomobject]@{ Name = \"h$_\"; Type = 'Group' } } | New-MailPrincipal", 40)]
    [InlineData("Get-MailPrincipal g* | Get-MailPrincipal", 40)]
    public async Task Groups_never_hang_the_server(string command, int expected)
    {
        SandboxServer server = CreateServer();
        using HostedShell shell = await ConnectAsync(server, server.CreateHandler);
        shell.Run("1..40 | ForEach-Object { @{ Name = \"g$_\"; Type = 'Group' } } | Import-MailPrincipal | Out-Null; $names = 1..40 | ForEach-Object { \"g$_\" }").ShouldHaveNoErrors();
        shell.Run(command).ShouldHaveNoErrors().Output.Count.ShouldBe(expected);
        server.Rest.ExpandedCalls.TripCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("1..40 | ForEach-Object { @{ Name = \"new$_\" } } | Import-MailPrincipal -GeneratePassword -NoAddress -ThrottleLimit 4 | Where-Object Action -eq Created")]
    [InlineData("1..40 | ForEach-Object { [pscustomobject]@{ Name = \"new$_\" } } | New-MailPrincipal -GeneratePassword -CredentialPath $path -ThrottleLimit 4")]
    public async Task Where_the_sign_in_ends_what_was_done_meanwhile_is_told(string command)
    {
        SandboxServer server = CreateServer();
        using HostedShell shell = await ConnectAsync(server, () => new RejectingHandler(server, "new3", createdBefore: 4));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mailadmin-batch-");
        shell.SetVariable("path", Path.Combine(folder.FullName, "passwords.csv"));
        ScriptResult run = shell.Run($"{command} | ForEach-Object {{ $done += @($_) }}");
        run.Errors[0].FullyQualifiedErrorId.ShouldMatch("^(Unauthorized|SessionExpired)");
        run.Errors.Skip(1).ShouldAllBe(error => error.FullyQualifiedErrorId.StartsWith("BatchStopped", StringComparison.Ordinal));
        int created = (int)shell.Run("@(Get-MailPrincipal new*).Count").Output[0].BaseObject;
        created.ShouldBeInRange(4, 8);
        ((int)shell.Run("@($done | Where-Object Credential).Count").Output[0].BaseObject).ShouldBe(created);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("300", 300)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    [InlineData("'00:05:00'", 300)]
    [InlineData("'90'", 90)]
    [InlineData("([timespan]::FromMinutes(2))", 120)]
    public void A_duration_is_a_time_span_or_seconds(string argument, double seconds)
    {
        using var shell = new HostedShell();
        shell.Run($"function f {{ param($value) (Get-Command Import-MailPrincipal).Parameters['OutageTimeout'].Attributes.Where{{ $_ -is [System.Management.Automation.ArgumentTransformationAttribute] }}[0].Transform($ExecutionContext, $value) }}; f {argument}")
            .ShouldHaveNoErrors().OutputAs<TimeSpan>().ShouldBe([TimeSpan.FromSeconds(seconds)]);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("'soon'")]
    [InlineData("'5:00'")]
    [InlineData("100000")]
    [InlineData("$null")]
    public void What_is_no_duration_is_refused_with_an_example(string argument)
    {
        using var shell = new HostedShell();
        shell.Run($"Connect-MailServer -Sandbox; Get-MailPrincipal x -OutageTimeout {argument}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("such as 300");
    }

    /// <summary>Rejects the sign-in for one creation, once some others are made.</summary>
    private sealed class RejectingHandler(SandboxServer server, string name, int createdBefore) : DelegatingHandler(server.CreateHandler())
    {
        private readonly TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool isCreation = request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/api/principal";
            if (isCreation && (await request.Content!.ReadAsStringAsync(cancellationToken)).Contains($"\"{name}\"", StringComparison.Ordinal))
            {
                await _created.Task.WaitAsync(cancellationToken);
                return new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized) { RequestMessage = request };
            }
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (isCreation && Interlocked.Increment(ref _count) == createdBefore)
            {
                _created.SetResult();
            }
            return response;
        }
    }

    private static string CreateMessages(int count)
    {
        string folder = Directory.CreateTempSubdirectory("mailadmin-batch-").FullName;
        for (int i = 0; i < count; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"{i}.eml"), $"From: a@b.test\r\nSubject: {i}\r\n\r\ntext {i}\r\n");
        }
        return folder;
    }

    private static SandboxServer CreateServer()
    {
        SandboxServer server = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(server);
        shell.Run("1..60 | ForEach-Object { @{ Name = \"p$_\"; Email = \"p$_@example.org\" } } | Import-MailPrincipal -NoPassword -NoAddress | Out-Null").ShouldHaveNoErrors();
        for (int i = 0; i < 20; i++)
        {
            server.Deliver("p1", "p1@example.org", [$"someone{i}@elsewhere.test"], "Subject: x\r\n\r\nx\r\n"u8.ToArray()).ShouldBeNull();
        }
        return server;
    }

    private static async Task<HostedShell> ConnectAsync(SandboxServer server, Func<HttpMessageHandler> transport)
    {
        var shell = new HostedShell();
        shell.Connect(await MailClient.ConnectAsync(
            new MailClientOptions
            {
                BaseUri = new Uri("https://sandbox.example.org"),
                RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
                Transport = transport,
                Time = server.Clock,
                RetryInterval = TimeSpan.FromMilliseconds(1),
            },
            MailCredential.FromPassword("admin", HostedShell.SandboxPassword), s_cancellationToken));
        return shell;
    }
}
