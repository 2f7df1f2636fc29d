using System.Collections;
using System.Management.Automation.Language;
using System.Xml.Linq;
using MailAdmin.PowerShell.Module;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Packaging;

/// <summary>What MailAdmin.psd1 tells a repository of modules. What is in the package is tested by tests/Pester/Package.Tests.ps1.</summary>
public sealed class ManifestTests
{
    private static readonly Hashtable s_manifest = Read();

    private static Hashtable Data => (Hashtable)((Hashtable)s_manifest["PrivateData"]!)["PSData"]!;

    private static Version Version => Version.Parse((string)s_manifest["ModuleVersion"]!);

    [Fact]
    public void The_version_is_that_of_the_assemblies()
    {
        var properties = XDocument.Load(ProjectRoot.File("Directory.Build.props"));
        properties.Descendants("Version").Single().Value.ShouldBe(Version.ToString());
    }

    [Fact]
    public void It_is_a_preview_until_1_0() => (Data["Prerelease"] is string { Length: > 0 }).ShouldBe(Version.Major == 0);

    [Fact]
    public void The_icon_is_a_picture_in_the_repository_that_a_gallery_shows()
    {
        string address = (string)Data["IconUri"]!;
        string folder = $"{Data["ProjectUri"]}/raw/main/";
        address.ShouldStartWith(folder);
        byte[] picture = File.ReadAllBytes(ProjectRoot.File(address[folder.Length..].Split('/')));
        picture.AsSpan(0, 8).ToArray().ShouldBe<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        // Its width and height, as they stand in its first part.
        picture.AsSpan(16, 8).ToArray().ShouldBe<byte>([0, 0, 0, 128, 0, 0, 0, 128]);
    }

    [Fact]
    public void Each_address_of_the_repository_begins_as_the_manifest_s()
    {
        // The same word for the repository everywhere: the day it moves, one search finds all of it.
        string project = (string)Data["ProjectUri"]!;
        string[] files = [.. new[] { "*.md", "*.yml", "*.psd1" }
            .SelectMany(pattern => Directory.EnumerateFiles(ProjectRoot.Path, pattern).Concat(Directory.EnumerateFiles(ProjectRoot.File(".github"), pattern, SearchOption.AllDirectories)))];
        files.Length.ShouldBeGreaterThan(10);
        string[] addresses = [.. files.SelectMany(File.ReadAllLines).SelectMany(line => line.Split(['(', ')', ' ', '\'', '"']))
            .Where(word => word.StartsWith("https://github.com/", StringComparison.Ordinal) && word.Contains("MailAdmin", StringComparison.OrdinalIgnoreCase))];
        addresses.Length.ShouldBeGreaterThan(3);
        addresses.ShouldAllBe(address => address == project || address.StartsWith(project + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_help_is_looked_for_where_the_repository_has_its_pages()
    {
        string folder = $"{Data["ProjectUri"]}/blob/main/";
        HelpPages.Folder.ShouldStartWith(folder);
        File.Exists(Path.Combine(ProjectRoot.File(HelpPages.Folder[folder.Length..].Split('/')), "Get-MailPrincipal.md")).ShouldBeTrue();
    }

    private static Hashtable Read()
    {
        ScriptBlockAst script = Parser.ParseFile(ProjectRoot.File("MailAdmin.psd1"), out _, out ParseError[] errors);
        errors.ShouldBeEmpty();
        return (Hashtable)((HashtableAst)script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false)).SafeGetValue();
    }
}
