// Every parameter of the cmdlets of reports and of the log works on servers from 0.16 on: none is ignored in silence.
using System.Management.Automation;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Reports;

public sealed class JmapReportParameterTests : IDisposable
{
    private const string Log = "Get-MailServerLog";
    private static readonly string[] s_general = ["Connection", "Server", "ThrottleLimit", "OutageTimeout", .. PSCmdlet.CommonParameters, .. PSCmdlet.OptionalCommonParameters];

    // $dmarc, $tls, $arf and $queued are the reports of the sample organisation.
    private static readonly JmapParameterUse[] s_uses =
    [
        .. UsesOf("Get-MailDmarcReport", "$dmarc"), .. UsesOf("Get-MailTlsReport", "$tls"), .. UsesOf("Get-MailArfReport", "$arf"),
        Works("Get-MailDmarcReport", "Text", "-Text EXAMPLE.or", "@($output).Count -eq $dmarc.Count"),
        Works("Get-MailTlsReport", "Text", "-Text nobody-at-all", "@($output).Count -eq 0"),
        Works("Get-MailArfReport", "Text", "-Text EXAMPLE.or", "@($output).Count -eq @($arf).Count"),
        .. UsesOf("Get-MailQueueReport", "$queued"),
        Works("Get-MailQueueReport", "Kind", "-Kind Dmarc", "@($output | Where-Object Kind -ne Dmarc).Count -eq 0 -and @($output).Count -eq @($queued | Where-Object Kind -eq Dmarc).Count"),
        IsRefused("Get-MailQueueReport", "Kind", "-Kind Arf", "none of kind Arf"),
        Works("Get-MailQueueReport", "Domain", "-Domain $queued[0].Domain.Substring(1).ToUpper()", "@($output).Domain -contains $queued[0].Domain"),
        Works("Remove-MailReport", "Kind", "Dmarc $dmarc[0].Id -Force", "@(Get-MailDmarcReport).Count -eq $dmarc.Count - 1"),
        Works("Remove-MailReport", "Id", "-Kind Dmarc -Id $dmarc[0].Id -Force", "@(Get-MailDmarcReport | Where-Object Id -eq $dmarc[0].Id).Count -eq 0"),
        Works("Remove-MailReport", "InputObject", "-InputObject $dmarc[0] -Kind Dmarc -Id $dmarc[0].Id -Force", "@(Get-MailDmarcReport | Where-Object Id -eq $dmarc[0].Id).Count -eq 0"),
        IsRefused("Remove-MailReport", "Id", "-Kind Tls -Id $dmarc[0].Id -Force", "There is no Tls report"),
        Works("Remove-MailReport", "Force", "-Kind Dmarc -Id $dmarc[0] -Force", "@(Get-MailDmarcReport).Count -eq $dmarc.Count - 1"),
        Works("Remove-MailQueueReport", "Id", "$queued[0].Id -Force", "@(Get-MailQueueReport | Where-Object Id -eq $queued[0].Id).Count -eq 0"),
        Works("Remove-MailQueueReport", "Force", "$queued[0] -Force", "@(Get-MailQueueReport).Count -eq @($queued).Count - 1"),
        Works(Log, "Text", "-Text queueId -First 2", "@($output).Count -eq 2 -and @($output | Where-Object Details -cnotlike '*queueId*').Count -eq 0"),
        Works(Log, "Level", "-Level Warn -First 3", "@($output | Where-Object Level -lt Warn).Count -eq 0"),
        Works(Log, "EventId", "-EventId delivery.* -First 3", "@($output).Count -gt 0 -and @($output | Where-Object EventId -notlike 'delivery.*').Count -eq 0"),
        Works(Log, "First", "-First 2", "@($output).Count -eq 2"),
        Works(Log, "Skip", "-EventId delivery.* -First 1 -Skip 1", "@($output).Count -eq 1"),
        Works(Log, "IncludeTotalCount", "-First 1 -IncludeTotalCount", "$output[0].ToString() -like 'Unknown*'"),
        Works(Log, "Wait", "-Wait -MaxEvents 2", "@($output).Count -eq 2"),
        Works(Log, "Tail", "-Wait -Tail 3 -MaxEvents 3", "@($output).Count -eq 3"),
        Works(Log, "PollSeconds", "-Wait -PollSeconds 1 -MaxEvents 1", "@($output).Count -eq 1"),
        Works(Log, "MaxEvents", "-Wait -MaxEvents 1", "@($output).Count -eq 1"),
        Works(Log, "TimeoutSeconds", "-Wait -Tail 1 -TimeoutSeconds 1 -MaxEvents 1", "@($output).Count -eq 1"),
    ];

    private readonly SandboxServer _server = new(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapReportParameterTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        foreach ((string variable, string cmdlet) in new[] { ("dmarc", "Get-MailDmarcReport"), ("tls", "Get-MailTlsReport"), ("arf", "Get-MailArfReport"), ("queued", "Get-MailQueueReport") })
        {
            _shell.SetVariable(variable, _shell.Run(cmdlet).ShouldHaveNoErrors().Output.ToArray());
        }
    }

    public static TheoryData<int, string> Uses => JmapParameterUse.ToData(s_uses);

    public static TheoryData<string> Cmdlets => [.. s_uses.Select(use => use.Cmdlet).Distinct()];

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_in_the_table(string cmdlet)
    {
        string[] parameters = [.. _shell.Run($"(Get-Command {cmdlet}).Parameters.Keys").ShouldHaveNoErrors().OutputAs<string>()];
        s_uses.Where(use => use.Cmdlet == cmdlet).Select(use => use.Parameter).Distinct()
            .ShouldBe(parameters.Where(parameter => !s_general.Contains(parameter) || (cmdlet.StartsWith("Get-", StringComparison.Ordinal) && parameter is "First" or "Skip" or "IncludeTotalCount")), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_parameter_does_what_it_is_for_or_is_refused_by_name(int index, string use)
    {
        use.ShouldBe(s_uses[index].ToString());
        s_uses[index].ShouldHold(_shell, _shell.Run(s_uses[index].Script));
    }

    private static IEnumerable<JmapParameterUse> UsesOf(string cmdlet, string all) =>
    [
        Works(cmdlet, "Id", $"{all}[0].Id", $"$output.Id -eq {all}[0].Id"),
        Works(cmdlet, "IdOnly", "-IdOnly", $"@($output).Count -eq @({all}).Count"),
        Works(cmdlet, "First", "-First 1", $"$output.Id -eq {all}[0].Id"),
        Works(cmdlet, "Skip", "-Skip 1", $"@($output).Count -eq @({all}).Count - 1"),
        Works(cmdlet, "IncludeTotalCount", "-First 1 -IncludeTotalCount", $"$output[0] -eq @({all}).Count"),
    ];
}
