// Principals of which only some properties were fetched: what was not read is unknown, and nothing is made of it.
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PartialPrincipalTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public PartialPrincipalTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("file", TargetFile);
        _shell.Run("""
            New-MailPrincipal staff -Type Group -Email staff@example.org
            New-MailPrincipal jane -NoPassword -Description 'Jane Doe' -Email jane@example.org -MemberOf staff -Quota 1GB -Enabled $false
            """).ShouldHaveNoErrors();
    }

    private string TargetFile => Path.Combine(_folder, "out.csv");

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void What_was_not_fetched_is_null()
    {
        MailPrincipal jane = Single("Get-MailPrincipal -Type Individual -Property Name");
        string[] known = [nameof(MailPrincipal.Id), nameof(MailPrincipal.Name), nameof(MailPrincipal.Type), nameof(MailPrincipal.AdditionalData), nameof(MailPrincipal.UnknownParts), nameof(MailPrincipal.Server)];
        typeof(MailPrincipal).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetValue(jane) is not null).Select(property => property.Name)
            .ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public void What_was_fetched_and_is_not_there_is_empty()
    {
        MailPrincipal staff = Single("Get-MailPrincipal -Type Group -Property Quota, UsedBytes, Role, Enabled, AppPassword, OtpEnabled");
        (staff.Quota, staff.UsedBytes, staff.Enabled, staff.OtpEnabled, staff.PasswordCount).ShouldBe((0L, 0L, true, false, 0));
        (staff.Role, staff.AppPassword).ShouldBe((StringList.Empty, StringList.Empty));
        staff.Email.ShouldBeNull();
    }

    [Theory]
    [InlineData("Name")]
    [InlineData("Quota")]
    [InlineData("Description, Email")]
    [InlineData("Role, Enabled")]
    public void An_import_of_some_properties_changes_nothing(string properties)
    {
        foreach (string form in new[] { "$_", "$row = [ordered]@{}; $_.PSObject.Properties.ForEach{ $row[$_.Name] = $_.Value }; [pscustomobject]$row", "$row = [ordered]@{}; $_.PSObject.Properties.ForEach{ $row[$_.Name] = \"$($_.Value)\" }; [pscustomobject]$row" })
        {
            foreach (string replace in new[] { "", "-Replace" })
            {
                _shell.Run($"(Get-MailPrincipal -Type Individual -Property {properties} | ForEach-Object {{ {form} }} | Import-MailPrincipal {replace} -NoPassword -WhatIf).Action").ShouldHaveNoErrors().OutputAs<string>()
                    .ShouldBe(["Unchanged"], $"{form} {replace}");
            }
        }
    }

    [Theory]
    [InlineData("Get-MailPrincipal -Type Individual -Property Name, Description")]
    [InlineData("Get-MailPrincipal -Type Individual -Property Email | ForEach-Object { [pscustomobject]@{ Name = $_.Name; Server = $_.Server } }")]
    [InlineData("'jane'")]
    [InlineData("'JANE@example.org'")]
    [InlineData("Get-MailPrincipal jane")]
    public void Export_reads_again_what_is_not_whole(string input)
    {
        _shell.Run($"Get-MailPrincipal jane | Export-MailPrincipal $file").ShouldHaveNoErrors();
        string whole = File.ReadAllText(TargetFile);
        _shell.Run($"{input} | Export-MailPrincipal $file -Force").ShouldHaveNoErrors();
        File.ReadAllText(TargetFile).ShouldBe(whole);
        whole.ShouldContain("user,,,,authenticate");
    }

    [Fact]
    public void Export_takes_whole_principals_of_any_server_and_reads_none_of_another()
    {
        _shell.Run("$jane = Get-MailPrincipal jane").ShouldHaveNoErrors();
        ScriptResult row = _shell.Run("[pscustomobject]@{ Name = 'jane'; Server = 'elsewhere.example' } | Export-MailPrincipal $file");
        row.Errors.Single().FullyQualifiedErrorId.ShouldStartWith("ServerMismatch,");
        File.Exists(TargetFile).ShouldBeFalse();
        ScriptResult several = _shell.Run("'nobody', 'j*', $jane | Export-MailPrincipal $file");
        several.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).ShouldBe(["NotFound", "InvalidArgument"]);
        File.ReadAllLines(TargetFile).Length.ShouldBe(2);
    }

    [Fact]
    public void What_a_deletion_costs_is_read()
    {
        _shell.Run("Get-MailPrincipal -Type Group -Property Name | Remove-MailPrincipal -Confirm", []);
        _shell.Questions[^1].ShouldContain("its 1 members are kept");
    }

    [Theory]
    [InlineData("-Type Group -Property Name", "-AddRole user")]
    [InlineData("-Type Domain -Property Name", "-AddEmail x@example.org")]
    public void A_field_that_the_type_has_not_is_refused(string which, string change) =>
        _shell.Run($"Get-MailPrincipal {which} | Set-MailPrincipal {change}").Errors.Single().Exception.Message.ShouldStartWith("A principal of type ");

    private MailPrincipal Single(string script) => _shell.Run(script).ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
}
