// Every parameter of the cmdlets of maintenance, tests, keys and zones works on servers from 0.16 on, or is refused by name: none is ignored in silence.
using System.Management.Automation;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Tasks;

public sealed class JmapMaintenanceParameterTests : IDisposable
{
    // Of the pipeline, the same for all servers; -Wait is tested with tasks that end.
    private static readonly string[] s_general = ["Connection", "Server", "ThrottleLimit", "OutageTimeout", "Wait", .. PSCmdlet.CommonParameters, .. PSCmdlet.OptionalCommonParameters];

    private static readonly JmapParameterUse[] s_all =
    [
        Works("Get-MailTask", "Id", "$task", "$output.Id -eq $task.Id"),
        Works("Get-MailTask", "Kind", "-Kind AccountMaintenance", "@($output).Count -eq 1"),
        Works("Get-MailTask", "State", "-State Pending", "@($output).Count -eq 2"),
        Works("Get-MailTask", "First", "-First 1", "@($output).Count -eq 1"),
        Works("Get-MailTask", "Skip", "-Skip 1", "@($output).Count -eq 1"),
        Works("Get-MailTask", "IncludeTotalCount", "-IncludeTotalCount", "$output[0] -eq 2"),
        Works("Remove-MailTask", "Id", "$task", "-not (Get-MailTask -Kind AccountMaintenance)"),
        Works("Invoke-MailReindex", "Account", "jane", "$output.Account -eq 'jane@example.org'"),
        Works("Invoke-MailReindex", "All", "-All -Force", "$output.Maintenance -eq 'ReindexAccounts'"),
        Works("Invoke-MailReindex", "Index", "-All -Index Tracing -Force", "$output.Maintenance -eq 'ReindexTelemetry'"),
        IsRefused("Invoke-MailReindex", "Index", "jane -Index Email", "Omit -Index"),
        Works("Invoke-MailReindex", "Force", "-All -Force", "$output.Maintenance -eq 'ReindexAccounts'"),
        Works("Invoke-MailPurge", "Account", "jane -Force", "$output.Account -eq 'jane@example.org'"),
        Works("Invoke-MailPurge", "Scope", "-Scope Blob -Force", "$output.Maintenance -eq 'PurgeBlob'"),
        IsRefused("Invoke-MailPurge", "Scope", "-Scope InMemory -Force", "use -Scope Data"),
        Works("Invoke-MailPurge", "Force", "-Scope Data -Force", "$output.Maintenance -eq 'PurgeData'"),
        Works("Update-MailQuotaUsage", "Account", "jane", "$output.Maintenance -eq 'RecalculateQuota'"),
        Works("Reset-MailImapUid", "Account", "jane -Force", "$output.Maintenance -eq 'RecalculateImapUid'"),
        Works("Reset-MailImapUid", "Force", "jane -Force", "$output.Maintenance -eq 'RecalculateImapUid'"),
        Works("Get-MailQuotaUsage", "Account", "jane", "$output.UsedBytes -eq 0"),
        Works("Get-MailDeletedItem", "Account", "jane", "$output.Subject -eq 'Hello'"),
        Works("Restore-MailDeletedItem", "InputObject", "(Get-MailDeletedItem jane)", "$output.Status -eq 'Requested'"),
        Works("Restore-MailDeletedItem", "Account", "jane -All -Force", "$output.Account -eq 'jane@example.org'"),
        Works("Restore-MailDeletedItem", "All", "jane -All -Force", "$output.Status -eq 'Requested'"),
        Works("Restore-MailDeletedItem", "Force", "jane -All -Force", "$output.Status -eq 'Requested'"),
        IsRefused("Update-MailSpamFilter", "Overwrite", "-Overwrite", "Omit -Overwrite"),
        IsRefused("Update-MailSpamFilter", "IgnoreVersion", "-IgnoreVersion", "Omit -IgnoreVersion"),
        Works("Invoke-MailSettingReload", "Scope", "Certificate", "$null -eq $output -or @($output).Count -eq 0"),
        IsRefused("Invoke-MailSettingReload", "DryRun", "-DryRun", "no reload that only reports"),
        IsRefused("Suspend-MailQueue", "PassThru", "-PassThru", "Omit -PassThru"),
        IsRefused("Resume-MailQueue", "PassThru", "-PassThru", "Omit -PassThru"),
        Works("Test-MailSpam", "Path", "$folder/a.eml -RemoteIp 192.0.2.1 -EhloDomain a.test", "$output.Source -eq 'a.eml'"),
        Works("Test-MailSpam", "LiteralPath", "-LiteralPath $folder/a.eml -RemoteIp 192.0.2.1 -EhloDomain a.test", "$output.Source -eq 'a.eml'"),
        Works("Test-MailSpam", "Message", "-Message $message -RemoteIp 192.0.2.1 -EhloDomain a.test", "$output.IsSpam -eq $false"),
        Works("Test-MailSpam", "RemoteIp", "-Message $message -RemoteIp 192.0.2.7 -EhloDomain a.test", "$output.RemoteIp -eq '192.0.2.7'"),
        Works("Test-MailSpam", "From", "-Message $message -RemoteIp 192.0.2.1 -EhloDomain a.test -From x@a.test", "$output.From -eq 'x@a.test'"),
        IsRefused("Test-MailSpam", "From", "-Message $message -RemoteIp 192.0.2.1 -EhloDomain a.test -From '<>'", "Specify -From"),
        Works("Test-MailSpam", "To", "-Message $message -RemoteIp 192.0.2.1 -EhloDomain a.test -To x@example.org", "$output.To -eq 'x@example.org'"),
        Works("Test-MailSpam", "EhloDomain", "-Message $message -RemoteIp 192.0.2.1 -EhloDomain single", "$output.Tag.Name -contains 'HELO_NOT_FQDN'"),
        Works("Test-MailSpam", "AuthenticatedAs", "-Message $message -RemoteIp 192.0.2.1 -EhloDomain a.test -AuthenticatedAs jane", "$output.Tag.Name -contains 'RCVD_VIA_SMTP_AUTH'"),
        Works("Test-MailSpam", "Tls", "-Message $message -RemoteIp 192.0.2.1 -EhloDomain a.test -Tls", "$output.Disposition -eq 'Allow'"),
        Works("Test-MailDmarc", "Path", "$folder/a.eml -RemoteIp 192.0.2.1 -EhloDomain a.test", "$output.Path -like '*a.eml'"),
        Works("Test-MailDmarc", "LiteralPath", "-LiteralPath $folder/a.eml -RemoteIp 192.0.2.1 -EhloDomain a.test", "$output.Path -like '*a.eml'"),
        Works("Test-MailDmarc", "Message", "-Message $message -RemoteIp 192.0.2.1", "$output.From -eq 'bill@spam.test'"),
        Works("Test-MailDmarc", "RemoteIp", "-RemoteIp 192.0.2.7 -From x@a.test", "$output.RemoteIp -eq '192.0.2.7'"),
        Works("Test-MailDmarc", "From", "-RemoteIp 192.0.2.7 -From x@a.test", "$output.SpfMailFrom.Domain -eq 'a.test'"),
        IsRefused("Test-MailDmarc", "From", "-RemoteIp 192.0.2.7 -From '<>' -EhloDomain a.test", "Specify -From"),
        Works("Test-MailDmarc", "EhloDomain", "-RemoteIp 192.0.2.7 -From x@a.test -EhloDomain b.test", "$output.SpfEhlo.Domain -eq 'b.test'"),
        Works("Test-MailDmarc", "Quiet", "-RemoteIp 192.0.2.7 -From x@a.test -Quiet", "$output -eq $false -and $output -is [bool]"),
        Works("Test-MailDelivery", "Recipient", "x@nowhere.test", "$output[-1].Summary.Success -eq $false"),
        Works("Test-MailDelivery", "Summary", "x@nowhere.test -Summary", "$output.Target -eq 'x@nowhere.test'"),
        Works("Test-MailDelivery", "Quiet", "x@nowhere.test -Quiet", "$output -eq $false -and $output -is [bool]"),
        Works("Test-MailDelivery", "StepTimeoutSeconds", "x@nowhere.test -Quiet -StepTimeoutSeconds 3", "$output -eq $false"),
        Works("Test-MailDelivery", "MaxEvents", "x@nowhere.test -MaxEvents 1", "@($output).Count -eq 1"),
        Works("Test-MailDelivery", "TimeoutSeconds", "x@nowhere.test -Quiet -TimeoutSeconds 30", "$output -eq $false"),
        Works("New-MailDkimSignature", "Domain", "example.org -Selector s", "$output.Domain -eq 'example.org'"),
        Works("New-MailDkimSignature", "Algorithm", "example.org -Selector s -Algorithm Ed25519", "$output.Algorithm -eq 'Ed25519'"),
        Works("New-MailDkimSignature", "Selector", "example.org -Selector s", "$output.Selector -eq 's'"),
        Works("New-MailDkimSignature", "Stage", "example.org -Selector s -Stage Pending", "(Get-MailDkimSignature -Id $output.Id).Stage -eq 'Pending'"),
        IsRefused("New-MailDkimSignature", "Id", "example.org -Id mine", "Omit -Id"),
        Works("New-MailDkimSignature", "Reload", "example.org -Selector s -Reload", "$output.Selector -eq 's'"),
        Works("Get-MailDkimSignature", "Domain", "example.org", "@($output | Where-Object Selector -eq old).Count -eq 1"),
        Works("Get-MailDkimSignature", "Id", "-Id $signature.Id", "$output.Selector -eq 'old'"),
        Works("Get-MailDnsRecord", "Domain", "example.org", "@($output | Where-Object Type -eq MX).Count -eq 1"),
        Works("Get-MailDnsRecord", "AsZone", "example.org -AsZone", "$output -is [string]"),
    ];

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, Enterprise = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-parameters-");
    private readonly HostedShell _shell;

    public JmapMaintenanceParameterTests()
    {
        const string Message = "From: bill@spam.test\r\nTo: jane@example.org\r\nSubject: Money\r\n\r\nBuy now.\r\n";
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("PSDefaultParameterValues", new DefaultParameterDictionary());
        _shell.SetVariable("folder", _folder.FullName);
        _shell.SetVariable("message", Message);
        File.WriteAllText(Path.Combine(_folder.FullName, "a.eml"), Message);
        _shell.Run("New-MailPrincipal jane@example.org -NoPassword").ShouldHaveNoErrors();
        ArchivedMail.Add(_server, "jane", "Hello");
        _shell.Run("$signature = New-MailDkimSignature example.org -Selector old -Stage Pending -Algorithm Ed25519").ShouldHaveNoErrors();
    }

    public static TheoryData<int, string> Uses => JmapParameterUse.ToData(s_all);

    public static TheoryData<string> Cmdlets => [.. s_all.Select(use => use.Cmdlet).Append("Update-MailWebAdmin").Distinct()];

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_in_the_table(string cmdlet)
    {
        string[] parameters = [.. _shell.Run($"(Get-Command {cmdlet}).Parameters.Keys").ShouldHaveNoErrors().OutputAs<string>()];
        string[] paging = cmdlet == "Get-MailTask" ? ["First", "Skip", "IncludeTotalCount"] : [];
        s_all.Where(use => use.Cmdlet == cmdlet).Select(use => use.Parameter).Distinct().ShouldBe(parameters.Except(s_general).Concat(paging).Distinct(), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_parameter_does_what_it_is_for_or_is_refused_by_name(int index, string use)
    {
        JmapParameterUse tried = s_all[index];
        use.ShouldBe(tried.ToString());
        await PrepareAsync(tried.Cmdlet);
        int before = _server.RequestCount;
        ScriptResult result = _shell.Run(tried.Script);
        if (tried.Check is null)
        {
            _server.RequestCount.ShouldBe(before);
        }
        tried.ShouldHold(_shell, result);
    }

    // Tasks that are not due for a century, and settings without what does not resolve in the sandbox.
    private async Task PrepareAsync(string cmdlet)
    {
        string admin = SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword);
        (await _server.UpdateAsync("SpamPyzor", "singleton", """{"enable":false}""", admin)).ShouldBeNull();
        if (!cmdlet.EndsWith("-MailTask", StringComparison.Ordinal))
        {
            return;
        }
        string id = _shell.Run("(Get-MailPrincipal jane).Id").OutputAs<uint>().Select(number => Client.Jmap.JmapId.FromNumber(number)).Single();
        const string Later = """ "status":{"@type":"Pending","due":"2126-11-29T07:04:11Z"} """;
        await _server.CallAsync("x:Task/set", $$$"""{"create":{"a":{"@type":"AccountMaintenance","accountId":"{{{id}}}","maintenanceType":"purge",{{{Later}}}},"b":{"@type":"StoreMaintenance","maintenanceType":"purgeData",{{{Later}}}} } }""", admin);
        _shell.Run("$task = Get-MailTask -Kind AccountMaintenance").ShouldHaveNoErrors();
    }
}
