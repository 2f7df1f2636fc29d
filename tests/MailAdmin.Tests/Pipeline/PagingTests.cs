// -First and -Skip mean the same to every cmdlet that has them, whatever the numbers.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Queue;

namespace MailAdmin.Tests.Pipeline;

public sealed class PagingTests : IDisposable
{
    private static readonly ulong[] s_numbers =
    [
        0, 1, 2, 64, 65_537, int.MaxValue, int.MaxValue + 1UL, long.MaxValue, long.MaxValue + 1UL, ulong.MaxValue,
    ];

    private readonly HostedShell _shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true }));

    public void Dispose() => _shell.Dispose();

    /// <summary>Every cmdlet with -First and -Skip, and the ways in which they go through code of their own.</summary>
    public static TheoryData<string> Commands =>
    [
        // Tasks and objects are of servers from 0.16 on.
        .. typeof(ConnectMailServer).Assembly.GetTypes().Select(type => type.GetCustomAttribute<CmdletAttribute>()).Where(cmdlet => cmdlet is { SupportsPaging: true, NounName: not ("MailTask" or "MailObject") })
            .Select(cmdlet => $"{cmdlet!.VerbName}-{cmdlet.NounName}{GetOption(cmdlet.NounName)}"),
        "Get-MailPrincipal *a*", "Get-MailPrincipal *a* -Property Name", "Get-MailPrincipal -Domain example.org", "Get-MailPrincipal -Text doe",
        "Get-MailSetting -Prefix server", "Get-MailSetting -Group server.listener", "Get-MailSetting -Group server.listener -Suffix protocol",
        "Get-MailQueueMessage -To partner.example", "(Get-MailQueueMessage) | Get-MailTrace",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_pair_of_numbers_gives_that_part_of_the_list(string command)
    {
        string[] all = List($"{command} -First 100000");
        all.ShouldNotBeEmpty();
        foreach (ulong skip in s_numbers)
        {
            foreach (ulong first in s_numbers)
            {
                IEnumerable<string> expected = skip >= (ulong)all.Length ? [] : all.Skip((int)skip).Take((int)Math.Min(first, int.MaxValue));
                List($"{command} -Skip {skip} -First {first}").ShouldBe(expected, $"-Skip {skip} -First {first}");
            }
        }
    }

    [Theory]
    [InlineData("Get-MailObject Account")]
    [InlineData("Get-MailObject Domain, Role")]
    [InlineData("Get-MailPrincipal")]
    [InlineData("Get-MailPrincipal *a*")]
    [InlineData("Get-MailQueueMessage")]
    [InlineData("Get-MailQueueMessage -To partner.example")]
    [InlineData("Get-MailDmarcReport")]
    [InlineData("Get-MailQueueReport")]
    public void Every_pair_of_numbers_gives_that_part_of_the_list_of_a_server_from_0_16_on(string command)
    {
        _shell.Run("Connect-MailServer -Sandbox -ServerVersion 0.16").ShouldHaveNoErrors();
        Every_pair_of_numbers_gives_that_part_of_the_list(command);
    }

    // Each request makes the log longer.
    [Theory]
    [InlineData("Get-MailServerLog")]
    [InlineData("Get-MailServerLog -EventId http.*")]
    public void A_list_that_grows_gives_as_many_as_are_wanted(string command)
    {
        foreach (ulong skip in s_numbers)
        {
            foreach (ulong first in s_numbers)
            {
                string[] listed = List($"{command} -Skip {skip} -First {first}");
                ((ulong)listed.Length).ShouldBeLessThanOrEqualTo(first, $"-Skip {skip} -First {first}");
                if (skip is <= 2 or > 65_536)
                {
                    (listed.Length > 0).ShouldBe(skip <= 2 && first > 0, $"-Skip {skip} -First {first}");
                }
            }
        }
    }

    // As Select-Object would of what the command gives without them.
    [Theory]
    [MemberData(nameof(Commands))]
    public void The_numbers_are_those_of_all_servers_together(string command)
    {
        _shell.Run($"$PSDefaultParameterValues['Connect-MailServer:Sandbox'] = $true; 'one', 'two' | ForEach-Object {{ Connect-MailServer -Name $_ -NoDefault }}").ShouldHaveNoErrors();
        // What is piped goes to both servers in an order that depends on which answers first.
        bool isPiped = command.Contains('|', StringComparison.Ordinal);
        string[] ListBoth(string options) => List($"{command.Replace("(Get-MailQueueMessage)", "(Get-MailQueueMessage -Connection one, two)", StringComparison.Ordinal)} {options} -Connection one, two", withServer: !isPiped);
        string[] all = ListBoth("-First 100000");
        all.Count(key => isPiped || key.StartsWith("one ", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        int half = all.Length / 2;
        foreach (ulong skip in new ulong[] { 0, 1, (ulong)half, (ulong)half + 1, ulong.MaxValue })
        {
            foreach (ulong first in new ulong[] { 0, 1, (ulong)half, (ulong)half + 1, ulong.MaxValue })
            {
                string[] expected = skip > (ulong)all.Length ? [] : [.. all.Skip((int)skip).Take((int)Math.Min(first, int.MaxValue))];
                string[] listed = ListBoth($"-Skip {skip} -First {first}");
                listed.Length.ShouldBe(expected.Length, $"-Skip {skip} -First {first}");
                if (!isPiped)
                {
                    listed.ShouldBe(expected, $"-Skip {skip} -First {first}");
                }
            }
        }
    }

    [Fact]
    public async Task A_server_of_which_nothing_is_needed_is_asked_only_for_its_count()
    {
        var first = new FakeQueue(3);
        var second = new FakeQueue(3);
        _shell.AddConnection(await first.Server.ConnectAsync(), "first");
        _shell.AddConnection(await second.Server.ConnectAsync(), "second");
        List("Get-MailQueueMessage -First 2 -Connection first, second").Length.ShouldBe(2);
        List("'first', 'second' | ForEach-Object { Get-MailConnection $_ } | Get-MailTrace -First 0").ShouldBeEmpty();
        second.Server.Requests.ShouldBeEmpty();
        _shell.Run("Get-MailQueueMessage -First 0 -IncludeTotalCount -Connection first, second").ShouldHaveNoErrors().Output.Count.ShouldBe(2);
    }

    // Reports are read one by one; the beginning of the log alone stays as it is.
    private static string GetOption(string noun) => noun == "MailServerLog" ? " -EventId server.*" : noun.EndsWith("Report", StringComparison.Ordinal) ? " -IdOnly" : "";

    private string[] List(string script, bool withServer = false) =>
        [.. _shell.Run(script).ShouldHaveNoErrors().Output.Select(item => withServer ? $"{item.Properties["Server"].Value} {GetKey(item)}" : GetKey(item))];

    private static string GetKey(PSObject item) =>
        (item.Properties["SpanId"] ?? item.Properties["Id"] ?? item.Properties["Key"] ?? item.Properties["Prefix"] ?? item.Properties["Details"])?.Value?.ToString() ?? item.ToString();
}
