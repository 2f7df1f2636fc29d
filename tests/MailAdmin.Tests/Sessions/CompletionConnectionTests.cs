// Completion offers names of the server that the command line means, and of no other.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Tests.Sessions;

public sealed class CompletionConnectionTests : IDisposable
{
    private readonly SandboxServer _production = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true });
    private readonly HostedShell _shell;

    public CompletionConnectionTests()
    {
        _shell = HostedShell.CreateConnected(_production);
        _shell.Run("""
            New-MailPrincipal only.production -NoPassword
            $global:stage = Connect-MailServer -Sandbox -Name stage -NoDefault -PassThru
            $global:closed = Connect-MailServer -Sandbox -Name closed -NoDefault -PassThru
            Disconnect-MailServer $closed
            $null = New-MailPrincipal only.stage -NoPassword -Connection $stage
            $global:word = 'stage'
            $global:servers = @{ Stage = $stage }
            $global:splat = @{ Connection = 'stage' }
            $global:broken = @{ Connection = 'nowhere' }
            $global:unrelated = @{ Force = $true }
            $global:several = @($stage, $stage)
            $global:asked = 0
            """).ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    /// <summary>Every parameter with a completer.</summary>
    public static TheoryData<string, string> Completers
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Type type in typeof(ConnectMailServer).Assembly.GetTypes())
            {
                if (type.GetCustomAttribute<CmdletAttribute>() is not { } cmdlet || type.GetProperty("Connection") is null)
                {
                    continue;
                }
                foreach (PropertyInfo property in type.GetProperties().Where(property => property.IsDefined(typeof(ArgumentCompleterAttribute), true) && property.Name != "Connection"))
                {
                    data.Add($"{cmdlet.VerbName}-{cmdlet.NounName}", property.Name);
                }
            }
            return data;
        }
    }

    [Theory]
    [InlineData("Remove-MailPrincipal only", "only.production")]
    [InlineData("Remove-MailPrincipal @unrelated only", "only.production")]
    [InlineData("Remove-MailPrincipal @undefined only", "only.production")]
    [InlineData("Remove-MailPrincipal -Connection stage only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection STAGE only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection 'stage' only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection \"stage\" only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection:stage only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Conn stage only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection $stage only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection:$stage only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection ${stage} only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection $global:stage only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection $word only", "only.stage")]
    [InlineData("Remove-MailPrincipal @splat only", "only.stage")]
    // Of several, the first.
    [InlineData("Remove-MailPrincipal -Connection $several only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Connection stage, test -Identity only", "only.stage")]
    [InlineData("Remove-MailPrincipal -Identity only| -Connection stage", "only.stage")]
    [InlineData("Remove-MailPrincipal -Identity only| -Connection $stage -Force", "only.stage")]
    [InlineData("Get-MailPrincipal -C stage only", "only.stage")]
    [InlineData("'x' | Remove-MailPrincipal -Connection $stage -Identity only", "only.stage")]
    public void The_connection_on_the_line_is_asked(string line, string expected) => Complete(line).ShouldBe([expected]);

    [Theory]
    [InlineData("Remove-MailPrincipal -Connection nowhere only")]
    [InlineData("Remove-MailPrincipal -Connection $undefined only")]
    [InlineData("Remove-MailPrincipal -Connection $closed only")]
    [InlineData("Remove-MailPrincipal -Connection (Get-MailConnection stage) only")]
    [InlineData("Remove-MailPrincipal -Connection $(++$global:asked; 'stage') only")]
    [InlineData("Remove-MailPrincipal -Connection (& { ++$global:asked; 'stage' }) only")]
    [InlineData("Remove-MailPrincipal -Connection \"st$(++$global:asked)age\" only")]
    [InlineData("Remove-MailPrincipal -Connection 42 only")]
    [InlineData("Remove-MailPrincipal @broken only")]
    [InlineData("Remove-MailPrincipal -Connection: -Identity only")]
    [InlineData("Remove-MailPrincipal -Con (Get-MailConnection stage) -Identity only")]
    public void One_that_cannot_be_told_offers_nothing_and_runs_nothing(string line)
    {
        Complete(line).ShouldBeEmpty();
        _shell.Run("$global:asked").ShouldHaveNoErrors().OutputAs<int>().Single().ShouldBe(0);
    }

    [Fact]
    public void A_member_of_a_variable_never_means_the_default() => Complete("Remove-MailPrincipal -Connection $servers.Stage only").ShouldNotContain("only.production");

    [Theory]
    [InlineData("@{ '*-Mail*:Connection' = 'stage' }", "Remove-MailPrincipal only", "only.stage")]
    [InlineData("@{ 'remove-mailprincipal : connection' = $stage }", "Remove-MailPrincipal only", "only.stage")]
    [InlineData("@{ 'Remove-MailPrincipal:Connection' = 'stage' }", "rmp only", "only.stage")]
    [InlineData("@{ '*:Connection' = 'nowhere' }", "Remove-MailPrincipal -Connection stage only", "only.stage")]
    [InlineData("@{ '*:Connection' = 'stage'; Disabled = $true }", "Remove-MailPrincipal only", "only.production")]
    [InlineData("@{ 'Get-Mail*:Connection' = 'stage'; '*:Force' = $true }", "Remove-MailPrincipal only", "only.production")]
    [InlineData("@{ '*:Connection' = 'nowhere' }", "Remove-MailPrincipal only", null)]
    [InlineData("@{ '*:Connection' = { ++$global:asked; 'stage' } }", "Remove-MailPrincipal only", null)]
    [InlineData("@{ '*:Connection' = 'stage'; '*-Mail*:Connection' = 'nowhere' }", "Remove-MailPrincipal only", null)]
    [InlineData("@{ '[*:Connection' = 'stage' }", "Remove-MailPrincipal only", null)]
    public void A_default_value_of_the_session_counts_where_the_line_names_none(string defaults, string line, string? expected)
    {
        _shell.Run($"$alias:rmp = 'Remove-MailPrincipal'; $global:PSDefaultParameterValues = {defaults}").ShouldHaveNoErrors();
        Complete(line).ShouldBe(expected is null ? [] : [expected]);
        _shell.Run("$global:asked").ShouldHaveNoErrors().OutputAs<int>().Single().ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Completers))]
    public void No_completer_asks_the_default_server_for_another(string command, string parameter)
    {
        string needed = command.Contains("Report", StringComparison.Ordinal) && parameter == "Id" && command.StartsWith("Remove-MailReport", StringComparison.Ordinal) ? "-Kind Dmarc " : "";
        int before = _production.RequestCount;
        _ = Complete($"{command} {needed}-Connection nowhere -{parameter} ");
        _ = Complete($"{command} {needed}-Connection stage -{parameter} ");
        _production.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Permissions_are_those_of_the_connection_on_the_line()
    {
        Complete("New-MailPrincipal x -Type Role -EnabledPermission individual-cr").ShouldBe(["individual-create"]);
        Complete("New-MailPrincipal x -Type Role -Connection stage -EnabledPermission individual-cr").ShouldBe(["individual-create"]);
        Complete("New-MailPrincipal x -Type Role -Connection nowhere -EnabledPermission individual-cr").ShouldBeEmpty();
    }

    // The cursor stands at |, else at the end.
    private string[] Complete(string line)
    {
        bool marked = line.Contains("only|", StringComparison.Ordinal);
        int cursor = marked ? line.IndexOf("only|", StringComparison.Ordinal) + 4 : line.Length;
        string text = marked ? line.Remove(cursor, 1) : line;
        using var ps = PS.Create(_shell.Runspace);
        return [.. CommandCompletion.CompleteInput(text, cursor, null, ps).CompletionMatches.Where(match => match.ResultType == CompletionResultType.ParameterValue).Select(match => match.ListItemText)];
    }
}
