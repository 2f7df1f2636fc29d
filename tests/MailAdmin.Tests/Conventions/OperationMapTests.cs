// No operation without a cmdlet, no cmdlet without an operation, and no claim of either that is not tried.
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;
using OtpNet;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Tests.Conventions;

public sealed class OperationMapTests
{
    private const string Account = "jane.doe";
    private const string AccountPassword = "sandbox-jane.doe";
    private const string Message = "From: bill@spam.test\r\nTo: jane.doe@example.org\r\nSubject: Earn money fast\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@spam.test>\r\n\r\nBuy now.\r\n";
    // What never ends, and what is written into one file.
    private static readonly string[] s_forOneServer = ["Watch-MailMetric", "Watch-MailTrace", "Export-MailPrincipal"];
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string> Uses
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (CmdletInvocation use in CmdletMap.All)
            {
                data.Add(use.Cmdlet, use.Operation.ToString());
            }
            return data;
        }
    }

    [Fact]
    public void Every_operation_has_a_cmdlet_or_is_known_to_need_none() =>
        CmdletMap.All.Select(use => use.Operation).Distinct().Concat(CmdletMap.WithoutCmdlet).ShouldBe(Operations.All, ignoreOrder: true);

    [Fact]
    public void Every_cmdlet_has_an_operation_or_is_known_to_send_nothing()
    {
        using var shell = new HostedShell();
        string[] exported = [.. shell.Run("(Get-Module MailAdmin).ExportedCmdlets.Keys").ShouldHaveNoErrors().OutputAs<string>().Order(StringComparer.Ordinal)];
        CmdletMap.All.Select(use => use.Cmdlet).Concat(CmdletMap.LocalCmdlets).Distinct().Order(StringComparer.Ordinal).ShouldBe(exported);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task The_cmdlet_calls_the_operation(string cmdlet, string operation)
    {
        CmdletInvocation use = CmdletMap.All.Single(candidate => candidate.Cmdlet == cmdlet && candidate.Operation.ToString() == operation);
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true, ServerVersion = use.Version });
        await using RunningSandbox running = await SandboxHost.StartAsync(server, cancellationToken: TestContext.Current.CancellationToken);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mailadmin-operations-");
        try
        {
            using var shell = new HostedShell();
            Prepare(shell, use, running.BaseUri, folder.FullName);
            int before = server.RequestLog.Count;
            (string[] errors, object[] output) = Run(shell, use.Script, () => Called(server, before, use));
            Called(server, before, use).ShouldBeTrue($"{operation} was not called; these were: {string.Join(", ", server.RequestLog.Skip(before))}. {string.Join(' ', errors)}");
            output.OfType<ServerObject>().ShouldAllBe(one => one.Server == running.BaseUri.Authority);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task The_cmdlet_calls_the_operation_on_each_of_several_servers(string cmdlet, string operation)
    {
        CmdletInvocation use = CmdletMap.All.Single(candidate => candidate.Cmdlet == cmdlet && candidate.Operation.ToString() == operation);
        Assert.SkipWhen(cmdlet == "Connect-MailServer", "It makes the connection.");
        SandboxServer[] servers = [.. Enumerable.Range(0, 2).Select(_ => new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true, ServerVersion = use.Version }))];
        await using RunningSandbox first = await SandboxHost.StartAsync(servers[0], cancellationToken: TestContext.Current.CancellationToken);
        await using RunningSandbox second = await SandboxHost.StartAsync(servers[1], cancellationToken: TestContext.Current.CancellationToken);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mailadmin-operations-");
        try
        {
            using var shell = new HostedShell();
            Prepare(shell, use, second.BaseUri, folder.FullName);
            Prepare(shell, use, first.BaseUri, folder.FullName);
            shell.Run("$PSDefaultParameterValues['*-Mail*:Connection'] = Get-MailConnection").ShouldHaveNoErrors();
            int[] before = [.. servers.Select(server => server.RequestLog.Count)];
            bool[] GetCalled() => [.. servers.Zip(before, (server, count) => Called(server, count, use))];
            // One object of one of the servers goes only there.
            bool isOfOne = use.Script.Contains("-First 1 | ", StringComparison.Ordinal);
            (string[] errors, object[] output) = Run(shell, use.Script, () => !isOfOne && GetCalled().All(called => called));
            if (errors.Any(error => error.Contains("it is one account's", StringComparison.Ordinal)))
            {
                GetCalled().ShouldBe([true, false], ignoreOrder: true);
                return;
            }
            if (errors.Any(error => error.Contains($"Run {cmdlet} once for each connection", StringComparison.Ordinal)))
            {
                s_forOneServer.ShouldContain(cmdlet);
                GetCalled().ShouldNotContain(true);
                return;
            }
            s_forOneServer.ShouldNotContain(cmdlet);
            GetCalled().ShouldBe([true, !isOfOne], ignoreOrder: true, string.Join(' ', errors));
            // It was stopped when it had called both: not all may have come out.
            output.OfType<ServerObject>().Select(one => one.Server).ShouldBeSubsetOf([first.BaseUri.Authority, second.BaseUri.Authority]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Called(SandboxServer server, int before, CmdletInvocation use) => server.RequestLog.Skip(before).Any(use.Matches);

    private static void Prepare(HostedShell shell, CmdletInvocation use, Uri uri, string folder)
    {
        (string login, string password) = use.RunsAsAccount ? (Account, AccountPassword) : ("admin", HostedShell.SandboxPassword);
        shell.SetVariable("uri", uri);
        shell.SetVariable("folder", folder);
        shell.SetVariable("message", Message);
        shell.SetVariable("credential", new PSCredential(login, Secure(password)));
        shell.SetVariable("newPassword", Secure("another one"));
        shell.SetVariable("function", (Func<string, string>)(url => new Totp(Base32Encoding.ToBytes(url.Split("secret=")[1].Split('&')[0])).ComputeTotp()));
        shell.Run("$code = { param($url) $function.Invoke($url) }");
        shell.Run("Connect-MailServer $uri -Credential $credential").ShouldHaveNoErrors();
    }

    // Some of them never end by themselves: they are stopped when they have done what they are here for.
    private static (string[] Errors, object[] Output) Run(HostedShell shell, string script, Func<bool> done)
    {
        using var running = PS.Create(shell.Runspace);
        running.AddScript(script);
        using var output = new PSDataCollection<PSObject>();
        IAsyncResult run = running.BeginInvoke<PSObject, PSObject>(null, output);
        SpinWait.SpinUntil(() => run.IsCompleted || done(), s_timeout);
        string[] errors = [.. running.Streams.Error.Select(error => error.ToString())];
        running.Stop();
        return (errors, [.. output.ReadAll().Where(one => one is not null).Select(one => one.BaseObject)]);
    }

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;
}
