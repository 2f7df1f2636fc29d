// The module as a whole: what it exports, how it is named, that it comes and goes without a trace.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.Tests.Hosting;

public sealed class ModuleTests
{
    private static IEnumerable<CmdletAttribute> Cmdlets => typeof(ConnectMailServer).Assembly.GetTypes()
        .Select(t => t.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>();

    [Fact]
    public void Manifest_exports_exactly_the_cmdlets_there_are()
    {
        using var shell = new HostedShell(import: false);
        shell.SetVariable("manifest", ProjectRoot.Manifest);
        shell.Run("Import-Module $manifest").ShouldHaveNoErrors();
        string[] exported = [.. shell.Run("(Get-Module MailAdmin).ExportedCmdlets.Keys").ShouldHaveNoErrors().OutputAs<string>().Order()];
        exported.ShouldBe(Cmdlets.Select(c => $"{c.VerbName}-{c.NounName}").Order());
    }

    [Fact]
    public void Verbs_are_approved_and_nouns_are_Mail()
    {
        string[] approved = [.. new[]
        {
            typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
        }.SelectMany(t => t.GetFields()).Select(f => f.Name)];
        Cmdlets.ShouldAllBe(c => approved.Contains(c.VerbName) && c.NounName.StartsWith("Mail", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_foreign_lies_beside_the_module()
    {
        string bin = Path.Combine(Path.GetDirectoryName(ProjectRoot.Manifest)!, "bin");
        Directory.GetFiles(bin, "*.dll").Select(Path.GetFileName).Order().ShouldBe(["MailAdmin.Client.dll", "MailAdmin.PowerShell.dll"]);
        Directory.GetFiles(Path.Combine(bin, "lib"), "System.Management.Automation*.dll").ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(bin, "lib"), "System.Text.Json.dll").ShouldBeEmpty();
    }

    [Fact]
    public void Every_library_that_ships_has_its_notice()
    {
        string notices = File.ReadAllText(ProjectRoot.File("THIRD-PARTY-NOTICES.md"));
        IEnumerable<string> foreign = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(ProjectRoot.Manifest)!, "bin", "lib"), "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => !name.StartsWith("MailAdmin.", StringComparison.Ordinal));
        foreign.ShouldAllBe(name => notices.Contains(name.Replace("BCrypt-Net", "BCrypt.Net", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Importing_and_removing_leaves_no_importer_behind()
    {
        int before = ModuleLifetime.ImporterCount;
        using (var shell = new HostedShell())
        {
            ModuleLifetime.ImporterCount.ShouldBeGreaterThan(before - 1);
            shell.SetVariable("manifest", ProjectRoot.Manifest);
            shell.Run("Import-Module $manifest -Force; Import-Module $manifest -Force; Remove-Module MailAdmin").ShouldHaveNoErrors();
            shell.Run("Get-Module MailAdmin").Output.ShouldBeEmpty();
        }
    }
}
