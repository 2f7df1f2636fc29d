// Where later servers do something else, the same commands do the same for the admin.
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using OtpNet;

namespace MailAdmin.Tests.Connection;

public sealed class ServerVersionTests
{
    private const string JanesPassword = "sandbox-jane.doe";

    public static TheoryData<string> Versions => ["0.11", "0.13", "0.15"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_connection_knows_the_version(string version)
    {
        using var shell = HostedShell.CreateConnected(Server(version));
        shell.Run("(Get-MailConnection).Version.ToString(2)").ShouldHaveNoErrors().OutputAs<string>().ShouldBe([version]);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_administrators_new_password_replaces_the_old_one_and_nothing_else(string version)
    {
        SandboxServer server = Server(version);
        using var jane = HostedShell.CreateConnected(server, "jane.doe", JanesPassword);
        jane.SetVariable("me", Credential("jane.doe", JanesPassword));
        jane.SetVariable("code", EnableOtp(jane));
        jane.Run("New-MailAppPassword phone").ShouldHaveNoErrors();

        using var admin = HostedShell.CreateConnected(server);
        admin.SetVariable("new", Secure("another one"));
        admin.Run("Set-MailPrincipal jane.doe -Password $new").ShouldHaveNoErrors();

        MailPrincipal account = admin.Run("Get-MailPrincipal jane.doe").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
        account.OtpEnabled.ShouldBe(true);
        account.AppPassword.ShouldHaveSingleItem();
        account.PasswordCount.ShouldBe(1);
        SignIn(server, JanesPassword).ShouldBe("Unauthorized");
        SignIn(server, "another one").ShouldBe("TotpRequired");
    }

    [Theory]
    [InlineData("0.11", false)]
    [InlineData("0.13", false)]
    [InlineData("0.15", true)]
    public void Ones_own_new_password_asks_first_where_it_costs_codes_and_app_passwords(string version, bool costs)
    {
        SandboxServer server = Server(version);
        using var shell = HostedShell.CreateConnected(server, "jane.doe", JanesPassword);
        shell.SetVariable("me", Credential("jane.doe", JanesPassword));
        shell.Run("New-MailAppPassword phone").ShouldHaveNoErrors();
        shell.SetVariable("new", Secure("another one"));

        shell.Choice = 1;
        ScriptResult run = shell.Run("Set-MailAccountPassword $new -Credential $me");
        shell.Questions.Count.ShouldBe(costs ? 1 : 0);
        SignIn(server, JanesPassword).ShouldBe(costs ? "" : "Unauthorized");
        if (!costs)
        {
            run.ShouldHaveNoErrors();
            return;
        }
        shell.Questions[0].ShouldContain("phone");
        shell.Run("Set-MailAccountPassword $new -Credential $me -Force").ShouldHaveNoErrors();
        SignIn(server, "another one").ShouldBe("");
        shell.Run("Get-MailAccountAuth").ShouldHaveNoErrors().OutputAs<MailAccountAuth>().Single().AppPassword.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_queued_message_looks_the_same(string version)
    {
        using var shell = HostedShell.CreateConnected(Server(version));
        MailQueueMessage[] queue = shell.Run("Get-MailQueueMessage").ShouldHaveNoErrors().OutputAs<MailQueueMessage>();
        queue.Length.ShouldBeGreaterThan(5);
        queue.ShouldAllBe(message => message.Recipient.Count > 0 && message.Recipient.All(recipient => recipient.Address.Contains('@', StringComparison.Ordinal) && recipient.Domain.Length > 0));
        MailQueueRecipient[] waiting = [.. queue.SelectMany(message => message.Recipient).Where(recipient => recipient.Domain == "oldfirm.example")];
        waiting.ShouldAllBe(recipient => recipient.Status == DeliveryStatus.TemporaryFailure && recipient.NextRetry != null && recipient.Reply!.Contains("Connection"));
        shell.SetVariable("id", queue[0].Id);
        shell.Run("Get-MailQueueMessage $id").ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Single().Recipient.Count.ShouldBe(queue[0].Recipient.Count);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_reschedule_by_domain_moves_that_domain(string version)
    {
        using var shell = HostedShell.CreateConnected(Server(version));
        MailQueueMessage moved = shell.Run("Get-MailQueueMessage -To partner.example -First 1 | Invoke-MailQueueReschedule -At ([DateTimeOffset]::UtcNow.AddHours(3)) -Domain partner.example -PassThru -Force")
            .ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Single();
        moved.Recipient.Where(recipient => recipient.Domain == "partner.example").ShouldAllBe(recipient => recipient.NextRetry > DateTimeOffset.UtcNow.AddHours(2));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_message_is_not_moved_beyond_its_expiry_and_has_none_once_a_later_server_has_rescheduled_it(string version)
    {
        using var shell = HostedShell.CreateConnected(Server(version));
        shell.Run("$id = (Get-MailQueueMessage -To partner.example -First 1).Id; $late = [DateTimeOffset]::UtcNow.AddDays(30)").ShouldHaveNoErrors();
        foreach (string target in (string[])["$id", "-To partner.example"])
        {
            ErrorRecord error = shell.Run($"Invoke-MailQueueReschedule {target} -At $late -Force").Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("RejectedByClient");
            error.Exception.Message.ShouldContain("untried");
            error.Exception.Message.Contains("no longer expire", StringComparison.Ordinal).ShouldBe(version != "0.11");
        }
        shell.Run("Invoke-MailQueueReschedule $id -At ([DateTimeOffset]::UtcNow.AddHours(1)) -Force").ShouldHaveNoErrors();
        ScriptResult moved = shell.Run("Invoke-MailQueueReschedule $id -At $late -PassThru -Force");
        if (version == "0.11")
        {
            moved.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("RejectedByClient");
        }
        else
        {
            moved.ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Single().Recipient.Where(recipient => recipient.IsPending)
                .ShouldAllBe(recipient => recipient.NextRetry > DateTimeOffset.UtcNow.AddDays(29) && recipient.Expires == null);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_wildcard_finds_parts_of_names(string version)
    {
        using var shell = HostedShell.CreateConnected(Server(version));
        shell.Run("(Get-MailPrincipal j*oe -Type Individual).Name").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["jane.doe", "john.roe"]);
        shell.SetVariable("line", "Get-MailPrincipal jane");
        shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText").ShouldHaveNoErrors().OutputAs<string>().ShouldContain("jane.doe");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Deleted_mail_comes_back(string version)
    {
        using var shell = HostedShell.CreateConnected(Server(version));
        MailDeletedItem[] items = shell.Run("Get-MailDeletedItem jane.doe").ShouldHaveNoErrors().OutputAs<MailDeletedItem>();
        items.Length.ShouldBe(3);
        items.ShouldAllBe(item => (version == "0.15") == (item.Subject != null));
        shell.Run("(Get-MailDeletedItem jane.doe | Restore-MailDeletedItem).Status").ShouldHaveNoErrors().OutputAs<MailRestoreStatus>().ShouldAllBe(status => status == MailRestoreStatus.Restored);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Traces_reach_back_as_far_as_the_version_lets_them_and_After_further(string version)
    {
        SandboxServer server = Server(version);
        using var shell = HostedShell.CreateConnected(server);
        DateTimeOffset dayAgo = server.Clock.GetUtcNow().AddDays(-1);
        shell.Run("Get-MailTrace").ShouldHaveNoErrors().OutputAs<MailTrace>().Any(trace => trace.Created < dayAgo).ShouldBe(version != "0.15");
        shell.Run("Get-MailTrace -After ([DateTimeOffset]::UtcNow.AddDays(-10))").ShouldHaveNoErrors().OutputAs<MailTrace>().ShouldContain(trace => trace.Created < dayAgo);
        shell.Run("Get-MailTrace -Text partner.example").ShouldHaveNoErrors().OutputAs<MailTrace>().ShouldContain(trace => trace.Created < dayAgo);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Encryption_at_rest_can_be_switched_on_and_off(string version)
    {
        using var shell = HostedShell.CreateConnected(Server(version), "jane.doe", JanesPassword);
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=jane", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, request.CreateSelfSigned(DateTimeOffset.Now, DateTimeOffset.Now.AddDays(1)).ExportCertificatePem());
            shell.SetVariable("file", file);
            shell.Run("(Set-MailAccountCrypto $file -PassThru).Type; (Set-MailAccountCrypto -Disable -PassThru).Type").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["Smime", "Disabled"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Get-MailMetric")]
    [InlineData("Get-MailTrace")]
    [InlineData("Get-MailTrace -QueueId 342084653895266304")]
    [InlineData("Get-MailTraceEvent 342084653895266304")]
    [InlineData("Watch-MailTrace")]
    [InlineData("Watch-MailMetric")]
    [InlineData("Request-MailStreamToken Metrics")]
    [InlineData("Request-MailStreamToken Tracing")]
    [InlineData("Get-MailDeletedItem jane")]
    [InlineData("Restore-MailDeletedItem -Account jane -All -Force")]
    [InlineData("New-MailPrincipal hosting -Type Tenant")]
    [InlineData("Get-MailPrincipal -Type Tenant")]
    public void What_takes_a_licence_is_one_error_on_a_community_server(string command)
    {
        SandboxServer server = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(server);
        shell.Run("New-MailPrincipal jane -NoPassword").ShouldHaveNoErrors();
        ErrorRecord error = shell.Run(command).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        $"{error.Exception.Message} {error.ErrorDetails.RecommendedAction}".ShouldContain("Enterprise");
        error.ToString().ShouldNotContain("{");
    }

    private static SandboxServer Server(string version) => new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, ServerVersion = version });

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    private static PSCredential Credential(string login, string password) => new(login, Secure(password));

    private static string EnableOtp(HostedShell shell)
    {
        string url = shell.Run("$global:otp = Enable-MailAccountOtp -Prepare; $otp.Url").ShouldHaveNoErrors().OutputAs<string>().Single();
        string code = new Totp(Base32Encoding.ToBytes(url.Split("secret=")[1].Split('&')[0])).ComputeTotp();
        shell.SetVariable("code", code);
        shell.Run("$otp | Enable-MailAccountOtp -Code $code -Credential $me").ShouldHaveNoErrors();
        return code;
    }

    // How signing in as jane fails; nothing where it does not.
    private static string SignIn(SandboxServer server, string password)
    {
        try
        {
            using var shell = HostedShell.CreateConnected(server, "jane.doe", password);
            return "";
        }
        catch (MailAdmin.Client.MailServerException e)
        {
            return e.Code.ToString();
        }
    }
}
