using System.Text.RegularExpressions;
using MailAdmin.Tests.Hosting;
using Microsoft.CodeAnalysis;

namespace MailAdmin.Tests.Conventions;

/// <summary>The plan of the house (docs/decisions): one noun, one room, and every room looks only downwards.</summary>
public sealed partial class HouseTests
{
    // Each room may refer to those after it.
    private static readonly string[] s_roomsOfClient = ["", "Provisioning", "Api", "Authentication", "Jmap", "Http", "Calls", "Passwords", "Values"];

    [Theory]
    [InlineData("MailAdmin.Client", 200)]
    [InlineData("MailAdmin.PowerShell", 200)]
    [InlineData("MailAdmin.Sandbox", 200)]
    [InlineData("MailAdmin.Sandbox.Host", 0)]
    [InlineData("MailAdmin.Isolated", 0)]
    public void No_folders_of_a_project_refer_to_each_other_in_a_circle(string name, int fewestArrows)
    {
        var project = SourceProject.Read(name);
        SourceProject.Arrow[] arrows = [.. project.ArrowsBetweenFolders()];
        arrows.Length.ShouldBeGreaterThanOrEqualTo(fewestArrows, "the compilation no longer sees the project's references");
        ILookup<string, string> targets = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        string[] circles = [.. arrows
            .Where(arrow => Reaches(targets, arrow.To, arrow.From))
            .Select(arrow => $"{arrow.File} → {arrow.Target}").Distinct().Order(StringComparer.Ordinal)];
        circles.ShouldBeEmpty();
    }

    [Fact]
    public void A_room_of_the_client_refers_only_to_rooms_below_it()
    {
        var project = SourceProject.Read("MailAdmin.Client");
        project.ArrowsBetweenFolders()
            .Where(arrow => Array.IndexOf(s_roomsOfClient, Room(arrow.From)) > Array.IndexOf(s_roomsOfClient, Room(arrow.To)))
            .Select(arrow => $"{arrow.File} → {arrow.Target}").ShouldBeEmpty();
        project.Files.Select(file => Room(project.FolderOf(file))).Except(s_roomsOfClient).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MailAdmin.Client", true)]
    [InlineData("MailAdmin.PowerShell", false)]
    [InlineData("MailAdmin.Sandbox", true)]
    [InlineData("MailAdmin.Sandbox.Host", false)]
    [InlineData("MailAdmin.Isolated", false)]
    public void A_namespace_is_the_folder_s_and_that_of_a_public_type_of_a_library_the_project_s(string name, bool isFlat)
    {
        var project = SourceProject.Read(name);
        var strays = new List<string>();
        foreach (SyntaxTree file in project.Files)
        {
            INamedTypeSymbol[] types = [.. project.TypesOf(file)];
            string folder = project.FolderOf(file);
            string expected = isFlat && types.Any(type => type.DeclaredAccessibility == Accessibility.Public) || folder.Length == 0
                ? name
                : $"{name}.{folder.Replace('/', '.')}";
            strays.AddRange(types.Where(type => type.ContainingNamespace.ToDisplayString() != expected)
                .Select(type => $"{project.PathOf(file)}: {type.ToDisplayString()} is not in {expected}"));
        }
        strays.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tests", "MailAdmin.Tests")]
    [InlineData("tests", "MailAdmin.Benchmarks")]
    public void A_namespace_of_the_tests_is_the_folder_s_too(string parent, string name)
    {
        string folder = ProjectRoot.File(parent, name);
        string[] files = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))];
        files.ShouldNotBeEmpty();
        files.Where(file => NamespacePattern().Match(File.ReadAllText(Path.Combine(folder, file))) is { Success: true } match
            && match.Groups[1].Value != string.Join('.', [name, .. file.Split('/')[..^1]])).ShouldBeEmpty();
    }

    // The build checks the style of .editorconfig but for this.
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Using_directives_stand_by_their_letters_those_of_the_system_first(string parent)
    {
        string[] files = [.. Directory.EnumerateFiles(ProjectRoot.File(parent), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];
        files.ShouldNotBeEmpty();
        files.Where(file => UsingPattern().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).ToArray() is var names
            && !names.SequenceEqual(names.OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex UsingPattern();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NamespacePattern();

    private static string Room(string folder) => folder.Split('/')[0];

    private static bool Reaches(ILookup<string, string> targets, string from, string to)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out string? folder))
        {
            if (folder == to)
            {
                return true;
            }
            if (seen.Add(folder))
            {
                foreach (string next in targets[folder])
                {
                    open.Push(next);
                }
            }
        }
        return false;
    }
}
