// Addresses that are switched off on servers from 0.16 on: never shown as working, and never switched on but by who says so.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class JmapAliasTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-aliases-");
    private readonly HostedShell _shell;

    public JmapAliasTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("folder", _folder.FullName);
        _shell.Run("""
            New-MailPrincipal news@example.org -Type List -Email news@example.org, n@example.org
            New-MailPrincipal jane@example.org -Email jane@example.org, a@example.org, b@example.org, c@example.org -NoPassword
            Set-MailPrincipal jane -DisableEmail a@example.org
            """).ShouldHaveNoErrors();
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void An_address_that_is_switched_off_is_told_apart_from_those_that_work()
    {
        var jane = (MailPrincipal)_shell.Run("Get-MailPrincipal jane").Output.Single().BaseObject;
        jane.Email!.ShouldBe(["jane@example.org", "b@example.org", "c@example.org"]);
        jane.DisabledEmail!.ShouldBe(["a@example.org"]);
        _shell.Run("Set-MailPrincipal news -DisableEmail n@example.org; (Get-MailPrincipal -Type List).DisabledEmail").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["n@example.org"]);
        // It is taken, and who has it is found.
        _shell.Run("(Get-MailPrincipal a@example.org).Name").OutputAs<string>().ShouldBe(["jane@example.org"]);
        _shell.Run("New-MailPrincipal joe@example.org -Email joe@example.org, a@example.org -NoPassword -WhatIf").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("taken by 'jane@example.org'");
    }

    [Theory]
    [InlineData("-NewName jill@example.org", "jill b c", "a", true)]
    [InlineData("-NewName jill -AddEmail d@example.org", "jill b c d", "a", true)]
    [InlineData("-NewName jill -AddEmail jane@example.org", "jill b c jane", "a", false)]
    [InlineData("-NewName jill -Email jill@example.org, jane@example.org", "jill jane", "a", false)]
    [InlineData("-NewName jill -AddEmail jane@example.org -RemoveEmail b@example.org", "jill c jane", "a", false)]
    [InlineData("-NewName jill -RemoveEmail b@example.org", "jill c", "a", true)]
    [InlineData("-NewName b -AddEmail jane@example.org", "b c jane", "a", false)]
    public void The_old_name_is_an_address_only_where_it_is_added(string edit, string enabled, string disabled, bool warns)
    {
        ScriptResult result = _shell.Run($"Set-MailPrincipal jane {edit}").ShouldHaveNoErrors();
        (result.Warnings.Count > 0).ShouldBe(warns);
        var renamed = (MailPrincipal)_shell.Run($"Get-MailPrincipal {enabled.Split(' ')[0]}").Output.Single().BaseObject;
        renamed.Email!.Select(MailAddress.GetLocalPart).ShouldBe(enabled.Split(' '));
        renamed.DisabledEmail!.Select(MailAddress.GetLocalPart).ShouldBe(disabled.Split(' '));
    }

    [Theory]
    [InlineData("-AddEmail d@example.org", "jane b c d", "a")]
    [InlineData("-RemoveEmail b@example.org", "jane c", "a")]
    [InlineData("-RemoveEmail a@example.org", "jane b c", "")]
    [InlineData("-Email jane@example.org, c@example.org", "jane c", "a")]
    [InlineData("-Clear Description", "jane b c", "a")]
    [InlineData("-EnableEmail a@example.org", "jane b c a", "")]
    [InlineData("-EnableEmail a@example.org -DisableEmail b@example.org, c@example.org", "jane a", "b c")]
    [InlineData("-AddEmail d@example.org -DisableEmail d@example.org", "jane b c", "a d")]
    [InlineData("-AddEmail a@example.org -EnableEmail a@example.org", "jane b c a", "")]
    [InlineData("-DisableEmail a@example.org", "jane b c", "a")]
    public void An_edit_switches_none_but_those_that_it_names(string edit, string enabled, string disabled)
    {
        _shell.Run($"Set-MailPrincipal jane {edit}").ShouldHaveNoErrors();
        var jane = (MailPrincipal)_shell.Run("Get-MailPrincipal jane").Output.Single().BaseObject;
        jane.Email!.Select(MailAddress.GetLocalPart).ShouldBe(enabled.Split(' '));
        jane.DisabledEmail!.Select(MailAddress.GetLocalPart).ShouldBe(disabled.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("-AddEmail a@example.org", "-EnableEmail a@example.org")]
    [InlineData("-AddEmail a@example.org -WhatIf", "-EnableEmail a@example.org")]
    [InlineData("-Email jane@example.org, a@example.org", "switched off")]
    [InlineData("-DisableEmail jane@example.org", "the name of the principal")]
    [InlineData("-DisableEmail nobody@example.org", "it is no address of")]
    [InlineData("-DisableEmail b@example.org -EnableEmail b@example.org", "in one of")]
    [InlineData("-DisableEmail b@example.org -RemoveEmail b@example.org", "in one of")]
    public void What_cannot_be_switched_is_refused_and_changes_nothing(string edit, string reason)
    {
        _shell.Run($"Set-MailPrincipal jane {edit}").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain(reason);
        var jane = (MailPrincipal)_shell.Run("Get-MailPrincipal jane").Output.Single().BaseObject;
        (jane.Email!.Count, jane.DisabledEmail!.Single()).ShouldBe((3, "a@example.org"));
    }

    [Fact]
    public void To_switch_on_what_is_not_off_is_a_warning()
    {
        ScriptResult result = _shell.Run("Set-MailPrincipal jane -EnableEmail b@example.org");
        result.ShouldHaveNoErrors();
        result.Warnings.ShouldHaveSingleItem().Message.ShouldContain("b@example.org");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Replace")]
    public void An_import_leaves_an_address_off_and_says_so(string replace)
    {
        ScriptResult result = _shell.Run($"[pscustomobject]@{{ Name = 'jane@example.org'; Email = 'jane@example.org;a@example.org;b@example.org;c@example.org' }} | Import-MailPrincipal {replace}");
        result.ShouldHaveNoErrors();
        result.Output.ShouldHaveSingleItem().Properties["Action"].Value.ToString().ShouldBe("Unchanged");
        result.Warnings.ShouldContain(warning => warning.Message.Contains("'a@example.org'", StringComparison.Ordinal) && warning.Message.Contains("-EnableEmail", StringComparison.Ordinal));
        _shell.Run("(Get-MailPrincipal jane).DisabledEmail").OutputAs<string>().ShouldBe(["a@example.org"]);
    }

    [Fact]
    public void An_export_has_no_address_that_is_off_and_changes_nothing_when_it_is_imported()
    {
        _shell.Run("$null = Export-MailPrincipal $folder/all.csv -Type Individual").ShouldHaveNoErrors();
        File.ReadAllText(Path.Combine(_folder.FullName, "all.csv")).ShouldNotContain("a@example.org;");
        _shell.Run("(Import-MailPrincipal $folder/all.csv).Action").ShouldHaveNoErrors().Output.Select(each => each.ToString()).Distinct().ShouldBe(["Unchanged"]);
        ScriptResult copied = _shell.Run("$jane = Get-MailPrincipal jane; Remove-MailPrincipal jane -Force; $null = $jane | New-MailPrincipal -NoPassword; (Get-MailPrincipal jane).DisabledEmail.Count; (Get-MailPrincipal jane).Email.Count");
        copied.ShouldHaveNoErrors().Output.Select(each => each.BaseObject).ShouldBe([0, 3]);
        copied.Warnings.ShouldContain(warning => warning.Message.Contains("a@example.org", StringComparison.Ordinal));
    }

    [Fact]
    public void What_nobody_has_goes_to_the_name_when_the_address_that_caught_it_is_switched_off()
    {
        _shell.Run("Set-MailPrincipal jane -AddEmail '@example.org'; Set-MailPrincipal jane -DisableEmail c@example.org; (Get-MailPrincipal jane).CatchAll").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["example.org"]);
    }
}
