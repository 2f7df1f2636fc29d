// What is piped to a cmdlet without other pipeline input: the connection to use. Nothing else makes it act, on the default server least of all.
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Queue;

namespace MailAdmin.Tests.Pipeline;

public sealed class PipedConnectionTests : IDisposable
{
    private readonly FakeQueue _default = new();
    private readonly FakeQueue _other = new();
    private readonly HostedShell _shell = new();

    public PipedConnectionTests()
    {
        AnswerThatCodesAreOn(_default.Server);
        AnswerThatCodesAreOn(_other.Server);
        _shell.Connect(_default.Server.ConnectAsync().GetAwaiter().GetResult());
        AddConnection("other", _other.Server);
        _shell.SetVariable("password", new System.Net.NetworkCredential("", "a new secret").SecurePassword);
    }

    [Fact]
    public void A_password_for_one_connection_is_not_sent_to_the_server_of_the_next_one()
    {
        _shell.SetVariable("credential", new System.Management.Automation.PSCredential("admin", new System.Net.NetworkCredential("", "admin-secret").SecurePassword));
        System.Management.Automation.ErrorRecord[] errors = [.. _shell.Run("Get-MailConnection | Disable-MailAccountOtp -Credential $credential -Force").Errors];
        errors.Last().FullyQualifiedErrorId.ShouldStartWith("InvalidArgument");
        errors.Last().ToString().ShouldContain("Run the command once for each connection");
        int[] passwords = [.. new[] { _default, _other }.Select(queue => queue.Server.Requests.Count(r => r.Authorization?.StartsWith("Basic", StringComparison.Ordinal) == true))];
        passwords.Order().ShouldBe([0, 1]);
    }

    /// <summary>Every cmdlet without pipeline input of its own, in a form that would act, ask the server, or connect.</summary>
    public static TheoryData<string> Commands =>
    [
        "Connect-MailServer -Sandbox",
        "Disable-MailAccountOtp -Force",
        "Get-MailAccountAuth",
        "Get-MailAccountCrypto",
        "Get-MailConnection",
        "Get-MailMetric",
        "Get-MailQueueStatus",
        "Get-MailServerLog",
        "Invoke-MailApi principal/jane.doe -Method Delete -Confirm:$false",
        "Invoke-MailSettingReload -Confirm:$false",
        "New-MailAppPassword phone -Confirm:$false",
        "Request-MailOAuthCode -Confirm:$false",
        "Request-MailStreamToken Metrics",
        "Resume-MailQueue -Confirm:$false",
        "Set-MailAccountCrypto -Disable -Confirm:$false",
        "Set-MailAccountPassword $password -Force -Confirm:$false",
        "Suspend-MailQueue -Confirm:$false",
        "Test-MailConnection",
        "Test-MailSetting",
        "Update-MailSpamFilter -Confirm:$false",
        "Update-MailWebAdmin -Confirm:$false",
        "Watch-MailTrace -TimeoutSeconds 1",
        // Those gather their input; without any, and without a set of their own that needs none, there is nothing to do either.
        "Invoke-MailSpamTraining -Class Spam -StartTraining -Confirm:$false",
        "Import-MailPrincipal never-read.csv -Confirm:$false",
        "Watch-MailMetric -TimeoutSeconds 1",
        "Export-MailPrincipal ([IO.Path]::Combine([IO.Path]::GetTempPath(), 'mailadmin-never-written.csv'))",
    ];

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_empty_pipeline_does_nothing(string command)
    {
        int before = _default.Server.AllRequests.Count;
        _shell.Run($"@() | {command}").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _default.Server.AllRequests.Count.ShouldBe(before);
        RunspaceConnections.Find(_shell.Runspace)!.OpenConnections.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_object_of_another_kind_is_an_error_and_does_nothing(string command)
    {
        int before = _default.Server.AllRequests.Count;
        _shell.SetVariable("foreign", new Version(1, 2));
        ScriptResult run = _shell.Run($"$foreign | {command}");
        // A parameter that takes rows by their properties names the type itself.
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.Split(',')[0].ShouldBeOneOf("InputObjectNotBound", "ParameterArgumentTransformationError");
        run.Output.ShouldBeEmpty();
        _default.Server.AllRequests.Count.ShouldBe(before);
        RunspaceConnections.Find(_shell.Runspace)!.OpenConnections.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("$undefined | Suspend-MailQueue -Confirm:$false")]
    [InlineData("'nonesuch' | Suspend-MailQueue -Confirm:$false")]
    [InlineData("Get-MailConnection other | Suspend-MailQueue -Connection test -Confirm:$false")]
    public void What_is_no_connection_of_this_runspace_is_an_error(string script)
    {
        _shell.Run(script).Errors.ShouldHaveSingleItem();
        (_default.IsRunning, _other.IsRunning).ShouldBe((true, true));
    }

    [Fact]
    public void A_piped_connection_is_the_one_that_is_used()
    {
        _shell.Run("Get-MailConnection other | Suspend-MailQueue -Confirm:$false").ShouldHaveNoErrors();
        (_default.IsRunning, _other.IsRunning).ShouldBe((true, false));
        _shell.Run("Get-MailConnection other | Resume-MailQueue -Confirm:$false").ShouldHaveNoErrors();
        _other.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public void A_piped_connection_takes_a_raw_call()
    {
        _shell.Run("Get-MailConnection other | Invoke-MailApi queue/messages/1 -Method Delete -Confirm:$false");
        _default.Server.Requests.ShouldBeEmpty();
        _other.WriteRequests.ShouldBe(["DELETE /api/queue/messages/1"]);
    }

    [Fact]
    public void Each_of_several_connections_is_used_and_the_failure_of_one_is_not_the_next_ones()
    {
        _default.Server.OnRequest = _ => TestResponses.Problem(403, "Forbidden");
        ScriptResult run = _shell.Run("Get-MailConnection | Get-MailQueueStatus");
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Forbidden");
        run.OutputAs<MailQueueStatus>().ShouldHaveSingleItem().Running.ShouldBeTrue();
        // Without a pipeline it is a failure of the command, which try and -ErrorAction see as such.
        _shell.Run("try { Get-MailQueueStatus } catch { 'caught' }").OutputAs<string>().ShouldBe(["caught"]);
        _shell.Run("try { Get-MailConnection | Get-MailQueueStatus } catch { 'caught' }").Output.ShouldHaveSingleItem().BaseObject.ShouldBeOfType<MailQueueStatus>();
    }

    [Fact]
    public void A_closed_connection_is_an_error_and_the_default_one_is_left_alone()
    {
        ScriptResult run = _shell.Run("$other = Get-MailConnection other; $other | Disconnect-MailServer; $other | Suspend-MailQueue -Confirm:$false");
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("ConnectionClosed");
        _default.IsRunning.ShouldBeTrue();
    }

    [Theory]
    [InlineData("$closed, 'test' | Get-MailQueueStatus")]
    [InlineData("'test', $closed | Get-MailQueueStatus")]
    [InlineData("$closed, 'test' | Suspend-MailQueue -PassThru -Confirm:$false")]
    public void A_closed_connection_is_not_the_end_of_the_open_ones(string script)
    {
        ScriptResult run = _shell.Run($"$closed = Get-MailConnection other; $closed | Disconnect-MailServer; {script}");
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("ConnectionClosed");
        run.Output.ShouldHaveSingleItem();
        // Alone it is a failure of the command, which try and -ErrorAction see as such.
        _shell.Run("try { Get-MailQueueStatus -Connection $closed } catch { 'caught' }").OutputAs<string>().ShouldBe(["caught"]);
    }

    [Fact]
    public void The_password_asked_for_one_account_is_not_sent_for_another()
    {
        int asked = 0;
        _shell.OnCredential = user => new System.Management.Automation.PSCredential(user, new System.Net.NetworkCredential("", $"secret-{++asked}").SecurePassword);
        _shell.Run("Get-MailConnection | Disable-MailAccountOtp -Force");
        asked.ShouldBe(2);
        GetPassword(_default.Server).ShouldBe("secret-1");
        GetPassword(_other.Server).ShouldBe("secret-2");
    }

    private static string GetPassword(FakeServer server) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(server.Requests.Where(request => request.Authorization?.StartsWith("Basic ", StringComparison.Ordinal) == true).ShouldHaveSingleItem().Authorization!["Basic ".Length..])).Split(':')[1];

    // Else no password would be asked for.
    private static void AnswerThatCodesAreOn(FakeServer server)
    {
        Func<RecordedRequest, HttpResponseMessage> queue = server.OnRequest;
        server.OnRequest = request => RequestLines.FindOperation(request.RequestLine) == Operations.GetAccountAuth ? TestResponses.Data("""{"otpEnabled":true,"appPasswords":[]}""") : queue(request);
    }

    private void AddConnection(string name, FakeServer server) => RunspaceConnections.GetOrCreate(_shell.Runspace)
        .Add(new MailConnection(server.ConnectAsync().GetAwaiter().GetResult(), name, isSandbox: true), makeDefault: false);
}
