// What a principal is shown as: by its type where all are of one, and only with what was fetched.
using System.Text.RegularExpressions;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed partial class PrincipalViewTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public PrincipalViewTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("""
            New-MailPrincipal staff -Type Group -Email staff@example.org
            New-MailPrincipal jane -NoPassword -Description 'Jane Doe' -Email jane@example.org -MemberOf staff -Quota 1GB
            """).ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Some_properties_are_shown_alone()
    {
        GetHeaders("Get-MailPrincipal -Type Individual -Property Name").ShouldBe(["Name", "Type"]);
        GetLabels("Get-MailPrincipal -Type Individual -Property Quota, Role").ShouldBe(["Id", "Name", "Type", "Quota", "Role"]);
        GetLabels("Get-MailPrincipal -Type Individual -Property Enabled").ShouldBe(["Id", "Name", "Type", "DisabledPermission", "Enabled"]);
    }

    [Theory]
    [InlineData("Get-MailPrincipal staff", "Name MemberCount PrimaryEmail Description")]
    [InlineData("Get-MailPrincipal jane", "Name Type PrimaryEmail Quota UsedBytes Description MemberOf")]
    [InlineData("'staff', 'jane' | Get-MailPrincipal", "Name Type PrimaryEmail Quota UsedBytes Description MemberOf")]
    [InlineData("Get-MailPrincipal staff, jane", "Name Type PrimaryEmail Quota UsedBytes Description MemberOf")]
    [InlineData("New-MailPrincipal example.com -Type Domain", "Name MemberCount Description")]
    [InlineData("[pscustomobject]@{ Name = 'press'; Type = 'Group' } | New-MailPrincipal", "Name Type PrimaryEmail Quota UsedBytes Description MemberOf")]
    public void What_is_of_one_type_has_the_table_of_its_type(string script, string labels)
    {
        _shell.Width = 200;
        GetHeaders(script).ShouldBe(labels.Split(' '));
    }

    // The name is the address there, and the end of its name tells a key of an account from the others.
    [Theory]
    [InlineData("Get-MailPrincipal", "Name Type Quota UsedBytes Description MemberOf")]
    [InlineData("Get-MailPrincipal -Type Individual", "Name Type Quota UsedBytes Description MemberOf")]
    [InlineData("Get-MailPrincipal sales@example.org", "Name MemberCount Description")]
    [InlineData("Get-MailPrincipal -Type List", "Name MemberCount ExternalMember")]
    [InlineData("Get-MailPrincipal -Type ApiKey", "Name Created Expires AllowedIp")]
    [InlineData("Get-MailPrincipal -Type Domain", "Name MemberCount Description")]
    [InlineData("New-MailPrincipal ann@example.org -NoPassword", "Name Type Quota UsedBytes Description MemberOf")]
    [InlineData("New-MailPrincipal joe@example.org -GeneratePassword", "Name Type PrimaryEmail Description")]
    public void On_a_server_0_16_names_are_shown_in_full(string script, string labels)
    {
        _shell.Run("Connect-MailServer -Sandbox -ServerVersion 0.16").ShouldHaveNoErrors();
        _shell.Width = 200;
        GetHeaders(script).ShouldBe(labels.Split(' '));
    }

    [Fact]
    public void Principals_of_several_commands_are_in_one_table()
    {
        string shown = _shell.Render("& { Get-MailPrincipal staff; Get-MailPrincipal jane; Get-MailPrincipal -Property Name }");
        shown.ShouldNotContain(" : ");
        shown.Split('\n').Count(line => line.StartsWith("jane ", StringComparison.Ordinal)).ShouldBe(2);
    }

    // The first line of a table, without its colours.
    private string[] GetHeaders(string script) => [.. HeaderPattern().Matches(_shell.Render(script).Split('\n').First(line => line.Contains("Name", StringComparison.Ordinal))).Select(match => match.Value)];

    [GeneratedRegex("[A-Z][A-Za-z]+")]
    private static partial Regex HeaderPattern();

    private string[] GetLabels(string script) => [.. LabelPattern().Matches(_shell.Render(script)).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("([A-Z][A-Za-z]+) +: ?")]
    private static partial Regex LabelPattern();
}
