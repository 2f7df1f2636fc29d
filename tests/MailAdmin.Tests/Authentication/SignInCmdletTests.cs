// Each way of signing in, over a socket, as an administrator would.
using System.Management.Automation;
using System.Net;
using System.Text.RegularExpressions;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;
using OtpNet;

namespace MailAdmin.Tests.Authentication;

public sealed partial class SignInCmdletTests : IAsyncLifetime
{
    private const string TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell = new();
    private RunningSandbox _running = null!;

    public async ValueTask InitializeAsync()
    {
        _running = await SandboxHost.StartAsync(_server);
        _shell.SetVariable("address", _running.BaseUri.ToString());
        using var admin = HostedShell.CreateConnected(_server);
        admin.Run("""
            [pscustomobject]@{ Name = 'boss'; Password = 'boss secret'; Role = 'admin' } | New-MailPrincipal
            $global:key = (New-MailPrincipal robot -Type ApiKey -Role admin).ApiKey
            """).ShouldHaveNoErrors();
        _shell.SetVariable("key", admin.Runspace.SessionStateProxy.GetVariable("key"));
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _running.DisposeAsync();
    }

    private static PSCredential Credential(string login, string password) => new(login, new NetworkCredential("", password).SecurePassword);

    [Fact]
    public void An_API_key_signs_in()
        => _shell.Run("(Connect-MailServer $address -ApiKey $key -PassThru).UserName").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["robot"]);

    [Fact]
    public void A_wrong_kind_of_key_is_refused_by_name()
    {
        _shell.SetVariable("wrong", new NetworkCredential("", "api_bm9ib2R5Om5vdGhpbmc=").SecurePassword);
        _shell.Run("Connect-MailServer $address -ApiKey $wrong").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Unauthorized");
    }

    [Fact]
    public void The_environment_signs_in_where_nothing_is_given()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "boss secret\n");
            Environment.SetEnvironmentVariable("STALWART_URL", _running.BaseUri.ToString());
            Environment.SetEnvironmentVariable("STALWART_USER", "boss");
            Environment.SetEnvironmentVariable("STALWART_PASSWORD_FILE", file);
            _shell.Run("(Connect-MailServer -PassThru).UserName").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["boss"]);
            // As from the folder of the session, which is not that of the process.
            Environment.SetEnvironmentVariable("STALWART_PASSWORD_FILE", $"./{Path.GetFileName(file)}");
            _shell.SetVariable("folder", Path.GetDirectoryName(file)!);
            _shell.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($folder); (Connect-MailServer -PassThru).UserName").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["boss"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("STALWART_URL", null);
            Environment.SetEnvironmentVariable("STALWART_USER", null);
            Environment.SetEnvironmentVariable("STALWART_PASSWORD_FILE", null);
            File.Delete(file);
        }
    }

    [Fact]
    public async Task TOTP_is_asked_for_and_answered()
    {
        using var http = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("https://sandbox.example.org") };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("boss:boss secret"u8));
        using HttpResponseMessage set = await http.PostAsync("/api/account/auth", new StringContent($$"""[{"type":"enableOtpAuth","url":"otpauth://totp/Test:boss?secret={{TotpSecret}}&algorithm=SHA1&digits=6&period=30"}]"""));
        set.EnsureSuccessStatusCode();

        _shell.SetVariable("credential", Credential("boss", "boss secret"));
        ErrorRecord unanswered = _shell.Run("Connect-MailServer $address -Credential $credential").Errors.ShouldHaveSingleItem();
        unanswered.FullyQualifiedErrorId.ShouldStartWith("TotpRequired");
        unanswered.ErrorDetails.RecommendedAction.ShouldContain("-TotpCode");

        _shell.SetVariable("code", new Totp(Base32Encoding.ToBytes(TotpSecret)).ComputeTotp(_server.Clock.GetUtcNow().UtcDateTime));
        _shell.Run("(Connect-MailServer $address -Credential $credential -TotpCode $code -PassThru).UserName").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["boss"]);
    }

    [Fact]
    public void A_device_code_is_shown_and_approved_elsewhere()
    {
        using var device = new HostedShell();
        device.SetVariable("address", _running.BaseUri.ToString());
        using var ps = System.Management.Automation.PowerShell.Create(device.Runspace);
        ps.AddScript("(Connect-MailServer $address -DeviceCode -PassThru).UserName");
        using var shown = new ManualResetEventSlim();
        string code = "";
        ps.Streams.Information.DataAdded += (_, e) =>
        {
            string message = ps.Streams.Information[e.Index].ToString();
            code = UserCode().Match(message).Value;
            // The page is on the address the user gave, not on the one the server claims.
            message.ShouldContain(_running.BaseUri.Authority);
            shown.Set();
        };
        IAsyncResult connecting = ps.BeginInvoke();
        shown.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken).ShouldBeTrue();

        _shell.SetVariable("credential", Credential("boss", "boss secret"));
        _shell.SetVariable("code", code);
        _shell.Run("Connect-MailServer $address -Credential $credential; Approve-MailDeviceCode $code -Confirm:$false").ShouldHaveNoErrors();

        ps.EndInvoke(connecting).Count.ShouldBe(1);
        ps.Streams.Error.ShouldBeEmpty();
        _shell.Run("Approve-MailDeviceCode $code -Confirm:$false").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("DeviceCodeNotFound");
    }

    [Fact]
    public void A_session_that_cannot_be_renewed_says_connect_again_and_ends_the_pipeline()
    {
        _shell.SetVariable("credential", Credential("boss", "boss secret"));
        _shell.Run("Connect-MailServer $address -Credential $credential").ShouldHaveNoErrors();
        using var admin = HostedShell.CreateConnected(_server);
        admin.SetVariable("new", new NetworkCredential("", "another secret").SecurePassword);
        // A new password ends the refresh token; the fault ends the access token.
        admin.Run("Set-MailPrincipal boss -Password $new").ShouldHaveNoErrors();
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.ExpireToken, Path = "/api/principal", Count = 1 });
        ScriptResult run = _shell.Run("'a', 'b', 'c' | Get-MailPrincipal -ThrottleLimit 1");
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("SessionExpired");
        run.Errors[0].ErrorDetails.RecommendedAction.ShouldContain("Connect-MailServer");
    }

    [Fact]
    public void Each_connection_has_its_own_name_and_Get_finds_it_by_wildcard()
    {
        _shell.SetVariable("credential", Credential("boss", "boss secret"));
        _shell.Run("Connect-MailServer $address -Credential $credential -Name production; Connect-MailServer -Sandbox -Name rehearsal").ShouldHaveNoErrors();
        _shell.Run("Get-MailConnection re*").ShouldHaveNoErrors().OutputAs<MailConnection>().Single().IsSandbox.ShouldBeTrue();
        _shell.Run("Disconnect-MailServer rehearsal; (Get-MailConnection).Name").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["production"]);
    }

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex UserCode();
}
