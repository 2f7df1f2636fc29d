// What Tab offers, the command takes: on the sample organisation of each family.
using System.Management.Automation;
using MailAdmin.Tests.Hosting;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Tests.Sessions;

public sealed class CompletionAcceptedTests(SampleShells shells) : IClassFixture<SampleShells>
{
    // Of long lists the first and the last.
    private const int MaxOffers = 25;

    [Theory]
    [InlineData("Get-MailPrincipal -Type ", " -First 1")]
    [InlineData("Get-MailPrincipal ", "")]
    [InlineData("Get-MailPrincipal -Domain ", " -First 1")]
    [InlineData("Get-MailPrincipal -First 1 -Property ", "")]
    [InlineData("Set-MailPrincipal $jane -AddMemberOf ", " -WhatIf")]
    [InlineData("Set-MailPrincipal $jane -AddList ", " -WhatIf")]
    [InlineData("Set-MailPrincipal $jane -AddRole ", " -WhatIf")]
    [InlineData("Set-MailPrincipal $jane -AddEnabledPermission ", " -WhatIf")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -PrimaryEmail ", " -WhatIf", "0.15")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -RemoveEmail ", " -WhatIf")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -DisableEmail ", " -WhatIf", "0.16")]
    [InlineData("Get-MailQuotaUsage ", "")]
    [InlineData("Get-MailQueueMessage ", "")]
    [InlineData("Get-MailQueueMessage -From ", "")]
    [InlineData("Get-MailQueueMessage -To ", "")]
    [InlineData("Get-MailTrace -First 1 -Type ", "")]
    [InlineData("Get-MailMetric ", "")]
    [InlineData("Get-MailDmarcReport ", "")]
    [InlineData("Get-MailTlsReport ", "")]
    [InlineData("Get-MailArfReport ", "")]
    [InlineData("Get-MailDkimSignature -Id ", "")]
    [InlineData("Get-MailDnsRecord ", "")]
    [InlineData("Get-MailServerLog -First 1 -EventId ", "")]
    [InlineData("Get-MailServerLog -First 1 -Level ", "")]
    [InlineData("Get-MailSetting -Key ", "", "0.15")]
    [InlineData("Get-MailSetting -Prefix ", "", "0.15")]
    [InlineData("Get-MailObjectType ", "", "0.16")]
    [InlineData("Get-MailObject ", " -First 1", "0.16")]
    [InlineData("Get-MailObject Domain ", "", "0.16")]
    [InlineData("Get-MailObject Domain -Property ", "", "0.16")]
    [InlineData("Get-MailTask -Kind ", "", "0.16")]
    public void What_is_offered_is_taken(string begin, string end, string? only = null)
    {
        foreach (string version in only is null ? (string[])["0.15", "0.16"] : [only])
        {
            HostedShell shell = shells.Get(version);
            string[] offers = Complete(shell, begin);
            offers.ShouldNotBeEmpty($"{begin} on {version}");
            IEnumerable<string> tried = offers.Length <= MaxOffers || begin.StartsWith("Get-MailObject ", StringComparison.Ordinal) ? offers : [.. offers.Take(MaxOffers), offers[^1]];
            // What the signed-in account may not do is another matter.
            tried.SelectMany(offer => shell.Run($"{begin}{offer}{end}").Errors.Where(error => !error.FullyQualifiedErrorId.StartsWith("Forbidden", StringComparison.Ordinal)).Select(error => $"{begin}{offer} on {version}: {error}"))
                .ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("0.15", true)]
    [InlineData("0.16", false)]
    public void Types_are_offered_where_the_server_has_them(string version, bool hasResources)
    {
        HostedShell shell = shells.Get(version);
        foreach (string line in (string[])["Get-MailPrincipal -Type ", "New-MailPrincipal x -Type ", "Export-MailPrincipal x.csv -Type "])
        {
            string[] types = Complete(shell, line);
            types.Contains("Resource").ShouldBe(hasResources, line);
            types.Contains("Location").ShouldBe(hasResources, line);
            types.ShouldContain("ApiKey");
        }
    }

    [Fact]
    public void No_primary_address_is_offered_where_the_name_is_it() => Complete(shells.Get("0.16"), "Set-MailPrincipal jane.doe@example.org -PrimaryEmail ").ShouldBeEmpty();

    // The server lists those that are built in from 0.16 on, some of them in other letters.
    [Theory]
    [InlineData("0.15")]
    [InlineData("0.16")]
    public void A_role_is_offered_once(string version)
    {
        string[] roles = Complete(shells.Get(version), "New-MailPrincipal x -Role ");
        roles.ShouldContain("user");
        roles.ShouldContain("auditor");
        roles.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(roles.Length);
    }

    [Fact]
    public void All_types_are_offered_without_a_connection()
    {
        using var shell = new HostedShell();
        Complete(shell, "Get-MailPrincipal -Type ").ShouldBe(Client.PrincipalType.Known.Select(type => type.Name));
    }

    [Fact]
    public void Types_of_objects_are_offered_where_they_can_be_used()
    {
        HostedShell shell = shells.Get("0.16");
        Complete(shell, "Get-MailObjectType ").ShouldContain("Action");
        Complete(shell, "New-MailObject ").ShouldContain("Action");
        Complete(shell, "New-MailObject ").ShouldNotContain("Http");
        Complete(shell, "Set-MailObject ").ShouldContain("Http");
        Complete(shell, "Remove-MailObject ").ShouldNotContain("Http");
        foreach (string verb in (string[])["Get", "Set", "Remove"])
        {
            Complete(shell, $"{verb}-MailObject ").ShouldNotContain("Action");
        }
    }

    [Theory]
    [InlineData("0.15")]
    [InlineData("0.16")]
    public void Names_are_offered_by_name(string version)
    {
        string[] names = [.. Complete(shells.Get(version), "Get-MailPrincipal ").Select(name => name.Trim('\''))];
        names.Length.ShouldBeGreaterThan(30);
        names.ShouldBe(names.Order(StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Complete(HostedShell shell, string line)
    {
        using var engine = PS.Create(shell.Runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, engine).CompletionMatches.Select(match => match.CompletionText)];
    }
}

/// <summary>A shell for each family of servers, connected to the sample organisation.</summary>
public sealed class SampleShells : IDisposable
{
    private readonly Dictionary<string, HostedShell> _shells = [];

    public void Dispose()
    {
        foreach (HostedShell shell in _shells.Values)
        {
            shell.Dispose();
        }
    }

    internal HostedShell Get(string version)
    {
        if (!_shells.TryGetValue(version, out HostedShell? shell))
        {
            _shells[version] = shell = new HostedShell();
            shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}").ShouldHaveNoErrors();
            shell.SetVariable("jane", version == "0.16" ? "jane.doe@example.org" : "jane.doe");
        }
        return shell;
    }
}
