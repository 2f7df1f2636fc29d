// What goes over the wire is held to the table of the server's types: a sandbox that is too kind cannot hide a body that real servers refuse.
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;
using OtpNet;

namespace MailAdmin.Tests.Bodies;

public sealed class ClientBodyTests : IDisposable
{
    private const string Account = "jane.doe";
    private const string Message = "From: bill@spam.test\r\nTo: jane.doe@example.org\r\nSubject: Earn money fast\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@spam.test>\r\n\r\nBuy now.\r\n";
    private const string Key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----\n";
    private const string Hash = "$6$ONjGT6nQtmPNaxw0$NNF5DXtPfOay2mfVnPJ0uQ77C.L3LNxXO/QMyphP/DzpODqbDBBGd4/gCnckYPQj3st6pqwY8/KeBsCJ.oe1Y1";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-bodies-");

    public static TheoryData<string> Versions => new("0.11", "0.13", "0.15");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_body_that_a_cmdlet_sends_is_of_the_server_s_type(string version)
    {
        IReadOnlyDictionary<Operation, WireType> types = ServerTypes.GetJson(version);
        var faults = new List<string>();
        using var shell = new HostedShell();
        foreach (BodyUse use in BodyUses.All.Where(use => use.Versions.Contains(version)))
        {
            IReadOnlyList<RecordedCall> calls = Run(shell, use.Script, version, use.RunsAsAccount, out string[] errors);
            if (calls.All(call => call.Operation != use.Operation))
            {
                faults.Add($"{use}: {use.Operation} was not called. {string.Join(' ', errors)}");
            }
            faults.AddRange(calls.Select(call => FindFault(types, call)).OfType<string>().Select(fault => $"{use}: {fault}"));
        }
        faults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_query_that_a_cmdlet_sends_is_read_as_it_was_meant(string version)
    {
        var faults = new List<string>();
        using var shell = new HostedShell();
        foreach (string script in QueryUses.All)
        {
            IReadOnlyList<RecordedCall> calls = Run(shell, script, version, runsAsAccount: false, out string[] errors);
            // The sandbox downloads nothing, and says so with a 500 as a server without a network does.
            if (calls.Count == 0 || (errors.Length > 0 && calls.All(call => call.Status == 200)))
            {
                faults.Add($"{script}: {calls.Count} calls. {string.Join(' ', errors)}");
            }
            faults.AddRange(calls.Select(call => call.Operation is { } operation ? ServerQueries.FindFault(operation, call.Query) : $"{call} is no operation").OfType<string>().Select(fault => $"{script}: {fault}"));
        }
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Every_cmdlet_that_sends_a_body_is_walked_with_all_that_it_can_be_given()
    {
        Operation[] reading = [.. ServerTypes.GetJson("0.15").Keys, .. ServerTypes.Mail];
        string[] sending = [.. CmdletMap.All.Where(use => reading.Contains(use.Operation)).Select(use => use.Cmdlet).Distinct()];
        ILookup<string, string> used = BodyUses.All.SelectMany(use => FindParameters(use.Script)).ToLookup(pair => pair.Cmdlet, pair => pair.Parameter, StringComparer.OrdinalIgnoreCase);
        using var shell = new HostedShell();
        var missing = new List<string>();
        foreach (string cmdlet in sending.Append("Invoke-MailApi"))
        {
            CommandInfo command = shell.Run($"Get-Command {cmdlet}").ShouldHaveNoErrors().OutputAs<CommandInfo>().Single();
            // A table is read and its rows come as objects too; what becomes of a column does not depend on where it was read from.
            string[] needless = cmdlet == "Import-MailPrincipal" ? ["InputObject", "Strict", "GeneratePassword", "NameFrom", "ColumnMap", "Encoding", "Delimiter", "FailedPath", "CredentialPath", "AllowUnusualName"] : cmdlet == "New-MailPrincipal" ? ["InputObject", "CredentialPath", "Expires", "AllowedIp"]
                // What a row says of its type is not sent.
                : cmdlet is "Enable-MailPrincipal" or "Disable-MailPrincipal" ? ["InputObject", "Type", "CredentialPath"]
                : cmdlet == "Set-MailPrincipal" ? ["InputObject", "Type", "CredentialPath", "DisableEmail", "EnableEmail", "Expires", "AllowedIp"]
                // Of servers from 0.16 on.
                : cmdlet switch
                {
                    "New-MailDkimSignature" => ["Stage"],
                    "Request-MailOAuthCode" => ["CodeChallenge", "Credential", "TotpCode"],
                    "Approve-MailDeviceCode" => ["Credential", "TotpCode"],
                    "New-MailAppPassword" => ["Expires", "AllowedIp"],
                    "Restore-MailDeletedItem" => ["Wait"],
                    _ => [],
                };
            missing.AddRange(command.Parameters.Keys
                .Except(Cmdlet.CommonParameters).Except(BodyUses.Elsewhere).Except(needless)
                .Except(used[cmdlet], StringComparer.OrdinalIgnoreCase)
                .Select(parameter => $"{cmdlet} -{parameter}"));
        }
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_operation_with_a_body_that_a_cmdlet_can_call_is_walked()
    {
        Operation[] reading = [.. ServerTypes.GetJson("0.15").Keys, .. ServerTypes.Mail];
        BodyUses.All.Select(use => use.Operation).Distinct().ShouldBe(reading.Except(CmdletMap.WithoutCmdlet), ignoreOrder: true);
    }

    [Fact]
    public async Task Forms_have_the_fields_that_the_server_reads()
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
        var recorder = new CallRecorder(server);
        using (MailClient client = await ConnectAsync(recorder, MailCredential.FromPassword("admin", HostedShell.SandboxPassword)))
        {
            server.Clock.Advance(TimeSpan.FromHours(2));
            await client.Queue.GetStatusAsync(TestContext.Current.CancellationToken);
            using MailClient device = await ConnectAsync(recorder, MailCredential.FromDevice(async (shown, token) => (await client.OAuth.ApproveDeviceAsync(shown.UserCode, token)).ShouldBeTrue()));
        }
        string[] forms = [.. recorder.Calls.Where(call => call.Operation is { } operation && ServerTypes.Forms.ContainsKey(operation)).Select(call => $"{call.Operation}: {FindForm(call)}").Distinct()];
        forms.ShouldBe(
            [.. ServerTypes.Forms[Operations.RequestToken].Select(form => $"{Operations.RequestToken}: {form}"), $"{Operations.StartDeviceFlow}: client_id"], ignoreOrder: true);
    }

    [Fact]
    public void A_locale_is_not_sent_to_a_server_that_has_none()
    {
        using var shell = new HostedShell();
        foreach (string script in new[] { "New-MailPrincipal new.colleague -NoPassword -Locale de", "Set-MailPrincipal jane.doe -Locale de", "Set-MailPrincipal jane.doe -Clear Locale" })
        {
            IReadOnlyList<RecordedCall> calls = Run(shell, script, "0.11", runsAsAccount: false, out string[] errors);
            calls.ShouldNotContain(call => call.Body.Length > 0, script);
            errors.Single().ShouldContain("0.12.5");
        }
    }

    [Fact]
    public void A_text_that_the_server_would_refuse_as_too_long_is_not_sent()
    {
        using var shell = new HostedShell();
        foreach (string parameter in new[] { "Description", "Picture", "Tenant" })
        {
            IReadOnlyList<RecordedCall> calls = Run(shell, $"New-MailPrincipal new.colleague -NoPassword -{parameter} ('ü' * 257)", "0.15", runsAsAccount: false, out string[] errors);
            calls.ShouldNotContain(call => call.Body.Length > 0, parameter);
            errors.Single().ShouldContain("512 bytes");
        }
    }

    [Fact]
    public void A_null_is_no_value_of_a_change()
    {
        Should.Throw<ArgumentNullException>(() => PrincipalChange.Set(PrincipalField.Description, (string)null!));
        Should.Throw<ArgumentNullException>(() => PrincipalChange.Add(PrincipalField.Emails, null!));
        Should.Throw<ArgumentNullException>(() => PrincipalChange.Remove(PrincipalField.Emails, null!));
        Should.Throw<ArgumentException>(() => PrincipalChange.Set(PrincipalField.Urls, [null!]));
    }

    private static string? FindFault(IReadOnlyDictionary<Operation, WireType> types, RecordedCall call)
    {
        if (call.Operation is not { } operation)
        {
            return $"{call} is no operation";
        }
        if (ServerTypes.Forms.ContainsKey(operation) || ServerTypes.Mail.Contains(operation))
        {
            return call.Body.Length > 0 ? null : $"{call} has no body";
        }
        if (!types.TryGetValue(operation, out WireType? type))
        {
            return call.Body.Length == 0 ? null : $"{call} has a body";
        }
        if (call.Status == 400)
        {
            return $"the sandbox refuses {call}";
        }
        using var body = JsonDocument.Parse(call.Body);
        return type.Fits(body.RootElement, isSender: true) && call.MediaType == "application/json" ? null : $"{call} does not fit";
    }

    private static string FindForm(RecordedCall call)
    {
        string[] pairs = call.Text.Split('&');
        pairs.ShouldAllBe(pair => pair.Split('=', 2)[1].Length > 0, call.Text);
        return string.Join('&', pairs.Select(pair => pair.StartsWith("grant_type", StringComparison.Ordinal) ? pair : pair.Split('=')[0]));
    }

    private static IEnumerable<(string Cmdlet, string Parameter)> FindParameters(string script) =>
        Parser.ParseInput(script, out _, out _).FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
            .SelectMany(command => command.CommandElements.OfType<CommandParameterAst>().Select(parameter => (command.GetCommandName() ?? "", parameter.ParameterName)));

    private static Task<MailClient> ConnectAsync(CallRecorder recorder, MailCredential credential, TimeProvider? time = null) => MailClient.ConnectAsync(
        new MailClientOptions { BaseUri = new Uri("https://sandbox.example.org"), RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, Transport = recorder.CreateHandler, Time = time ?? TimeProvider.System },
        credential,
        CancellationToken.None);

    private IReadOnlyList<RecordedCall> Run(HostedShell shell, string script, string version, bool runsAsAccount, out string[] errors)
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, ServerVersion = version });
        var recorder = new CallRecorder(server);
        (string login, string password) = runsAsAccount ? (Account, "sandbox-jane.doe") : ("admin", HostedShell.SandboxPassword);
        shell.Connect(ConnectAsync(recorder, MailCredential.FromPassword(login, password), server.Clock).GetAwaiter().GetResult());
        string key = Path.Combine(_folder.FullName, "key.asc");
        File.WriteAllText(key, Key);
        shell.SetVariable("key", key);
        shell.SetVariable("folder", _folder.FullName);
        shell.SetVariable("hash", Hash);
        shell.SetVariable("message", Encoding.ASCII.GetBytes(Message));
        shell.SetVariable("credential", new PSCredential(login, Secure(password)));
        shell.SetVariable("newPassword", Secure("another one"));
        shell.SetVariable("function", (Func<string, string>)(url => new Totp(Base32Encoding.ToBytes(url.Split("secret=")[1].Split('&')[0])).ComputeTotp()));
        shell.Run("$code = { param($url) $function.Invoke($url) }");
        int before = recorder.Calls.Count;
        ScriptResult result = shell.Run(script);
        errors = [.. result.Errors.Select(error => error.ToString())];
        return [.. recorder.Calls.Skip(before)];
    }

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;
}
