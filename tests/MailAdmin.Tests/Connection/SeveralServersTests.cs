// One command for several servers: each is worked on for itself, and what comes back says whose it is.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Queue;

namespace MailAdmin.Tests.Connection;

public sealed class SeveralServersTests : IDisposable
{
    private readonly FakeQueue _first = new(2);
    private readonly FakeQueue _second = new(2);
    private readonly HostedShell _shell = new();

    public SeveralServersTests()
    {
        _shell.AddConnection(_first.Server.ConnectAsync().GetAwaiter().GetResult(), "first");
        _shell.AddConnection(_second.Server.ConnectAsync().GetAwaiter().GetResult(), "second");
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("first, second", "first second")]
    [InlineData("second, first", "second first")]
    [InlineData("first, first", "first")]
    [InlineData("(Get-MailConnection)", "first second")]
    [InlineData("second", "second")]
    public void The_command_runs_on_each_once_in_the_order_given(string connections, string servers) =>
        string.Join(' ', _shell.Run($"Get-MailQueueStatus -Connection {connections}").ShouldHaveNoErrors().OutputAs<MailQueueStatus>().Select(status => status.Server)).ShouldBe(servers);

    [Theory]
    [InlineData("@()")]
    [InlineData("@('first', $null)")]
    [InlineData("@('first', 'nonesuch')")]
    [InlineData("(Get-MailConnection nonesuch*)")]
    public void A_list_with_what_is_no_connection_sends_nothing(string connections)
    {
        _shell.Run($"Get-MailQueueStatus -Connection {connections}").Errors.ShouldHaveSingleItem();
        (_first.Server.Requests.Count + _second.Server.Requests.Count).ShouldBe(0);
    }

    public static TheoryData<string> WithServer =>
        [.. typeof(InputCmdlet).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(InputCmdlet))).Select(type => type.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>().Single()).Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}")];

    // Hidden, and read of piped objects alone: typed, it would be ignored, and the default server acted on.
    [Theory]
    [MemberData(nameof(WithServer))]
    public async Task Server_on_the_command_line_is_refused_and_nothing_is_sent(string cmdlet)
    {
        _shell.Connect(await _first.Server.ConnectAsync());
        int before = _first.Server.Requests.Count;
        // The mandatory parameters of some set, whatever they are: it is refused before they are looked at.
        string[] arguments = [.. _shell.Run($"(Get-Command {cmdlet}).ParameterSets.Where({{ $_.IsDefault -or (Get-Command {cmdlet}).ParameterSets.Count -eq 1 }}, 'First').Parameters.Where{{ $_.IsMandatory }} | ForEach-Object {{ \"-$($_.Name)\" + $(if ($_.ParameterType -eq [switch]) {{ '' }} else {{ ' 342084653895266304' }}) }}").OutputAs<string>()];
        ErrorRecord error = _shell.Run($"{cmdlet} {string.Join(' ', arguments)} -Server second").Errors[0];
        string[] refusedByPowerShell = ["ParameterArgument", "Ambiguous", "CannotConvertArgument"];
        if (!refusedByPowerShell.Any(id => error.FullyQualifiedErrorId.StartsWith(id, StringComparison.Ordinal)))
        {
            error.FullyQualifiedErrorId.ShouldStartWith("ServerNotSupported", Case.Sensitive, $"{cmdlet} {string.Join(' ', arguments)}: {error}");
        }
        _first.Server.Requests.Count.ShouldBe(before);
    }

    [Fact]
    public void What_fails_on_one_is_an_error_that_names_it_and_the_others_go_on()
    {
        _first.Server.OnRequest = _ => TestResponses.Problem(403, "Forbidden");
        ScriptResult run = _shell.Run("Get-MailQueueStatus -Connection first, second -ErrorVariable kept; $kept.Count");
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Forbidden");
        error.ToString().ShouldStartWith("first: ");
        run.Output.Count.ShouldBe(2);
        run.Output[0].BaseObject.ShouldBeOfType<MailQueueStatus>().Server.ShouldBe("second");
        run.Output[1].BaseObject.ShouldBe(1);
        // Alone it ends the command, as ever, and needs no name.
        _shell.Run("try { Get-MailQueueStatus -Connection first } catch { \"$_\" }").OutputAs<string>().ShouldHaveSingleItem().ShouldNotContain("first: ");
    }

    [Fact]
    public void A_closed_connection_is_not_the_end_of_the_others()
    {
        ScriptResult run = _shell.Run("$closed = Get-MailConnection first; Disconnect-MailServer first; Get-MailQueueStatus -Connection $closed, second");
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("ConnectionClosed");
        run.OutputAs<MailQueueStatus>().ShouldHaveSingleItem().Server.ShouldBe("second");
    }

    [Fact]
    public void The_first_error_ends_the_command_where_that_is_asked_for()
    {
        _first.Server.OnRequest = _ => TestResponses.Problem(403, "Forbidden");
        _shell.Run("try { Get-MailQueueStatus -Connection first, second -ErrorAction Stop } catch { 'caught' }").OutputAs<string>().ShouldBe(["caught"]);
        _second.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void What_ends_the_pipeline_early_asks_no_other_server()
    {
        _shell.Run("foreach ($once in 1) { Get-MailQueueStatus -Connection first, second | ForEach-Object { break } }").ShouldHaveNoErrors();
        _first.Server.Requests.ShouldNotBeEmpty();
        _second.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_question_and_its_rehearsal_say_which_server()
    {
        _shell.Run("Suspend-MailQueue -Connection first, second -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("on first");
        _shell.HostText.ShouldContain("on second");
        _first.WriteRequests.Concat(_second.WriteRequests).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Id = $ids[0] }, [pscustomobject]@{ Id = $ids[1] } | Remove-MailQueueMessage -Connection first, second -Force")]
    [InlineData("$ids | Remove-MailQueueMessage -Connection first, second -Force")]
    [InlineData("Remove-MailQueueMessage $ids -Connection first, second -Force")]
    public void Names_go_to_each_and_what_one_has_seen_is_not_counted_for_the_other(string script)
    {
        ScriptResult run = _shell.Run($"$ids = (Get-MailQueueMessage -Connection first).Id; {script}").ShouldHaveNoErrors();
        run.Warnings.Select(warning => warning.Message).ShouldAllBe(message => !message.Contains("already", StringComparison.Ordinal));
        _first.Messages.ShouldBeEmpty();
        _second.Messages.ShouldBeEmpty();
    }

    // Both servers have the same ids.
    [Theory]
    [InlineData("$all | Remove-MailQueueMessage -Connection first, second -Force")]
    [InlineData("$all | ForEach-Object { [pscustomobject]@{ Id = $_.Id; From = $_.From; Server = $_.Server } } | Remove-MailQueueMessage -Connection first, second -Force")]
    [InlineData("Remove-MailQueueMessage $all -Connection first, second -Force")]
    [InlineData(", $all | Remove-MailQueueMessage -Connection second, first -Force")]
    public void An_object_goes_only_to_its_own_server_where_that_is_one_of_them(string script)
    {
        ScriptResult run = _shell.Run($"$all = 'first', 'second' | ForEach-Object {{ Get-MailQueueMessage -First 1 -Connection $_ }}; {script}").ShouldHaveNoErrors();
        run.Warnings.Select(warning => warning.Message).ShouldAllBe(message => !message.Contains("already", StringComparison.Ordinal));
        _first.Messages.Count.ShouldBe(1);
        _second.Messages.Count.ShouldBe(1);
        _first.WriteRequests.Count().ShouldBe(1);
        _second.WriteRequests.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("second", 2, 1)]
    [InlineData("second, third", 2, 1)]
    public async Task An_object_of_none_of_them_goes_to_each_since_that_is_meant(string connections, int left, int leftThere)
    {
        var third = new FakeQueue(2);
        _shell.AddConnection(await third.Server.ConnectAsync(), "third");
        _shell.Run($"Get-MailQueueMessage -Connection first -First 1 | Remove-MailQueueMessage -Connection {connections} -Force").ShouldHaveNoErrors();
        _first.Messages.Count.ShouldBe(left);
        _second.Messages.Count.ShouldBe(leftThere);
        third.Messages.Count.ShouldBe(connections.Contains("third", StringComparison.Ordinal) ? 1 : 2);
    }

    [Fact]
    public void What_one_server_returns_has_no_mark_of_several()
    {
        _shell.Run("(Get-MailQueueStatus -Connection first).PSTypeNames[0]").OutputAs<string>().ShouldBe(["MailAdmin.Client.MailQueueStatus"]);
        _shell.Run("Get-MailQueueStatus -Connection first, second | ForEach-Object { $_.PSTypeNames[0] }").OutputAs<string>().ShouldAllBe(name => name == "MailAdmin.Client.MailQueueStatus#SeveralServers");
    }

    [Fact]
    public void Several_connections_are_closed() =>
        _shell.Run("Disconnect-MailServer first, second; Get-MailConnection").ShouldHaveNoErrors().Output.ShouldBeEmpty();

    [Theory]
    [InlineData("https://mail.example.org", "mail.example.org")]
    [InlineData("https://mail.example.org:443/path", "mail.example.org")]
    [InlineData("https://MAIL.example.org:8443", "mail.example.org:8443")]
    [InlineData("http://mail.example.org", "mail.example.org")]
    [InlineData("https://müller.example", "xn--mller-kva.example")]
    [InlineData("https://[2001:db8::1]:8443", "[2001:db8::1]:8443")]
    public void A_server_is_named_by_host_and_port(string address, string server) => ServerAddress.Format(new Uri(address)).ShouldBe(server);
}
