// Every parameter of the cmdlets of the queue works on servers from 0.16 on: none is ignored in silence.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Queue;

public sealed class JmapQueueParameterTests : IDisposable
{
    private const string Get = "Get-MailQueueMessage";
    private const string Reschedule = "Invoke-MailQueueReschedule";
    private const string Remove = "Remove-MailQueueMessage";
    private static readonly string[] s_general = ["Connection", "Server", "ThrottleLimit", "OutageTimeout", .. PSCmdlet.CommonParameters, .. PSCmdlet.OptionalCommonParameters];

    // $all are the messages of the sample organisation, $several one of them with several recipients that wait, $at is in 30 minutes.
    private static readonly JmapParameterUse[] s_uses =
    [
        Works(Get, "Id", "$all[1]", "$output.Id -eq $all[1].Id"),
        Works(Get, "Id", "$all[1].Id.ToString()", "$output.Id -eq $all[1].Id"),
        Works(Get, "Text", "-Text PARTNER.example", "$output.Count -eq ($all | Where-Object { \"$($_.From) $($_.To)\" -like '*partner.example*' }).Count"),
        Works(Get, "From", "-From JANE.doe", "$output.Count -eq ($all | Where-Object From -like 'jane.doe*').Count"),
        Works(Get, "To", "-To '@Partner.EXAMPLE'", "$output.Count -eq ($all | Where-Object { $_.To -like '*@partner.example' }).Count"),
        Works(Get, "DueBefore", "-DueBefore $at", "$output.Count -eq ($all | Where-Object NextRetry -lt $at).Count -and $output.Count -lt $all.Count"),
        Works(Get, "DueAfter", "-DueAfter $at", "$output.Count -eq ($all | Where-Object NextRetry -gt $at).Count -and $output.Count -lt $all.Count"),
        Works(Get, "First", "-First 2", "\"$output\" -eq \"$($all[0..1])\""),
        Works(Get, "Skip", "-Skip 2 -First 2", "\"$output\" -eq \"$($all[2..3])\""),
        Works(Get, "IncludeTotalCount", "-First 1 -IncludeTotalCount", "$output[0] -eq $all.Count"),
        Works(Get, "IncludeTotalCount", "-To '@partner.example' -First 1 -IncludeTotalCount", "$output[0] -eq ($all | Where-Object { $_.To -like '*@partner.example' }).Count"),

        Works(Reschedule, "Id", "$several", "(Get-MailQueueMessage $several).NextRetry -le [DateTimeOffset]::Now"),
        Works(Reschedule, "At", "$several -At $at", "[Math]::Abs(((Get-MailQueueMessage $several).NextRetry - $at).TotalSeconds) -lt 2"),
        IsRefused(Reschedule, "At", "$several -At ([DateTimeOffset]::Now.AddDays(-1))", "in the past"),
        IsRefused(Reschedule, "At", "$several -At ([DateTimeOffset]::Now.AddDays(30))", "Choose an earlier time."),
        Works(Reschedule, "Domain", "$several -At $at -Domain $several.Recipient[0].Domain", "@((Get-MailQueueMessage $several).Recipient | Where-Object { [Math]::Abs(($_.NextRetry - $at).TotalSeconds) -lt 2 }).Domain -contains $several.Recipient[0].Domain"),
        IsRefused(Reschedule, "Domain", "$several -Domain nobody.test", "no recipient in 'nobody.test'"),
        Works(Reschedule, "Text", "-Text '@PARTNER.example' -At $at", "@(Get-MailQueueMessage -Text '@partner.example' | Where-Object { [Math]::Abs(($_.NextRetry - $at).TotalSeconds) -ge 2 }).Count -eq 0"),
        Works(Reschedule, "From", "-From JANE -At $at", "@(Get-MailQueueMessage -From jane | Where-Object { [Math]::Abs(($_.NextRetry - $at).TotalSeconds) -ge 2 }).Count -eq 0"),
        Works(Reschedule, "To", "-To '@partner.example' -At $at", "@(Get-MailQueueMessage -To '@partner.example' | Where-Object { [Math]::Abs(($_.NextRetry - $at).TotalSeconds) -ge 2 }).Count -eq 0"),
        Works(Reschedule, "All", "-All -Force", "@(Get-MailQueueMessage -DueAfter ([DateTimeOffset]::Now.AddSeconds(5))).Count -eq 0"),
        Works(Reschedule, "Force", "-All -Force -At ([DateTimeOffset]::Now.AddSeconds(20))", "@(Get-MailQueueMessage -DueAfter ([DateTimeOffset]::Now.AddSeconds(30))).Count -eq 0"),
        Works(Reschedule, "PassThru", "$several -At $at -PassThru", "$output.Id -eq $several.Id -and [Math]::Abs(($output.NextRetry - $at).TotalSeconds) -lt 2"),

        Works(Remove, "Id", "$several -Force", "@(Get-MailQueueMessage | Where-Object Id -eq $several.Id).Count -eq 0 -and @(Get-MailQueueMessage).Count -eq $all.Count - 1"),
        Works(Remove, "Recipient", "$several -Recipient $several.Recipient[0].Address.ToUpper() -Force", "((Get-MailQueueMessage $several).Recipient | Where-Object Address -eq $several.Recipient[0].Address).Status -eq 'PermanentFailure'"),
        IsRefused(Remove, "Recipient", "$several -Recipient nobody@partner.example -Force", "no recipient 'nobody@partner.example'"),
        Works(Remove, "Text", "-Text '@PARTNER.example' -Force", "@(Get-MailQueueMessage -Text '@partner.example').Count -eq 0 -and @(Get-MailQueueMessage).Count -gt 0"),
        Works(Remove, "From", "-From JANE -Force", "@(Get-MailQueueMessage -From jane).Count -eq 0 -and @(Get-MailQueueMessage).Count -gt 0"),
        Works(Remove, "To", "-To '@partner.example' -Force", "@(Get-MailQueueMessage -To '@partner.example').Count -eq 0 -and @(Get-MailQueueMessage).Count -gt 0"),
        Works(Remove, "All", "-All -Force", "@(Get-MailQueueMessage).Count -eq 0"),
        Works(Remove, "Force", "-All -Force", "@(Get-MailQueueMessage).Count -eq 0"),
    ];

    private readonly SandboxServer _server = new(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapQueueParameterTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        // What a test changes must not be delivered before it is looked at.
        _server.CallAsync("x:Action/set", """{"create":{"a":{"@type":"PauseMtaQueue"} } }""", SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword)).GetAwaiter().GetResult();
        MailQueueMessage[] all = _shell.Run(Get).ShouldHaveNoErrors().OutputAs<MailQueueMessage>();
        _shell.SetVariable("all", all);
        _shell.SetVariable("several", all.First(message => message.Recipient.Count(recipient => DeliveryStatus.Parse(recipient.Status).IsPending) > 1));
        _shell.SetVariable("at", DateTimeOffset.UtcNow.AddMinutes(30));
    }

    public static TheoryData<int, string> Uses => JmapParameterUse.ToData(s_uses);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData(Get)]
    [InlineData(Reschedule)]
    [InlineData(Remove)]
    public void Every_parameter_is_in_the_table(string cmdlet)
    {
        string[] parameters = [.. _shell.Run($"(Get-Command {cmdlet}).Parameters.Keys").ShouldHaveNoErrors().OutputAs<string>()];
        s_uses.Where(use => use.Cmdlet == cmdlet).Select(use => use.Parameter).Distinct()
            .ShouldBe(parameters.Where(parameter => !s_general.Contains(parameter) || (cmdlet == Get && parameter is "First" or "Skip" or "IncludeTotalCount")), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_parameter_does_what_it_is_for_or_is_refused_by_name(int index, string use)
    {
        use.ShouldBe(s_uses[index].ToString());
        s_uses[index].ShouldHold(_shell, _shell.Run(s_uses[index].Script));
    }

    [Theory]
    [InlineData(Reschedule + " -All")]
    [InlineData(Reschedule + " $several")]
    [InlineData(Remove + " -All")]
    [InlineData(Remove + " $several")]
    [InlineData(Remove + " $several -Recipient $several.Recipient[0].Address")]
    [InlineData(Remove + " -To '@partner.example'")]
    public void With_WhatIf_nothing_is_written_and_what_would_be_done_is_shown(string script)
    {
        string before = Describe();
        _shell.Run(script + " -WhatIf").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.HostText.ShouldContain("What if");
        Describe().ShouldBe(before);
    }

    [Fact]
    public void What_has_left_meanwhile_is_an_error_of_its_own()
    {
        _shell.Run($"{Remove} $several -Force").ShouldHaveNoErrors();
        foreach (string script in (string[])[$"{Remove} $several -Force", $"{Remove} $several -WhatIf", $"{Reschedule} $several", $"{Get} $several"])
        {
            ErrorRecord error = _shell.Run(script).Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("NotFound,");
            error.Exception.Message.ShouldContain("is not in the queue");
        }
    }

    [Fact]
    public void A_due_time_in_the_past_is_taken()
    {
        _shell.Run("Get-MailQueueMessage -DueBefore ([DateTimeOffset]::Now.AddDays(-9))").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Get-MailQueueMessage -DueAfter ([DateTimeOffset]::Now.AddDays(-9))").ShouldHaveNoErrors().Output.Count.ShouldBe(_shell.Run(Get).Output.Count);
    }

    private string Describe() => string.Join(' ', _shell.Run($"{Get}").OutputAs<MailQueueMessage>().Select(message => $"{message.Id} {message.NextRetry:O} {string.Join(',', message.Recipient.Select(recipient => recipient.Status))}"));
}
