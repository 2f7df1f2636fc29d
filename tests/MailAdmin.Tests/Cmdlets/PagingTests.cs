// -First and -Skip mean the same to every cmdlet that has them, whatever the numbers.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Cmdlets;

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
        .. typeof(ConnectMailServer).Assembly.GetTypes().Select(type => type.GetCustomAttribute<CmdletAttribute>()).Where(cmdlet => cmdlet is { SupportsPaging: true })
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

    // Reports are read one by one; the beginning of the log alone stays as it is.
    private static string GetOption(string noun) => noun == "MailServerLog" ? " -EventId server.*" : noun.EndsWith("Report", StringComparison.Ordinal) ? " -IdOnly" : "";

    private string[] List(string script) => [.. _shell.Run(script).ShouldHaveNoErrors().Output.Select(GetKey)];

    private static string GetKey(PSObject item) =>
        (item.Properties["SpanId"] ?? item.Properties["Id"] ?? item.Properties["Key"] ?? item.Properties["Prefix"] ?? item.Properties["Details"])?.Value?.ToString() ?? item.ToString();
}
