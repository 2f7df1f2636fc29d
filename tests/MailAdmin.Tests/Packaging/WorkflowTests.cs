using System.Text.RegularExpressions;
using MailAdmin.Tests.Hosting;
using YamlDotNet.RepresentationModel;

namespace MailAdmin.Tests.Packaging;

/// <summary>What .github holds names only what exists: nothing here runs it, so it would rot unseen.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. Files("workflows")];

    public static TheoryData<string> Forms => [.. Files("ISSUE_TEMPLATE").Where(file => !file.EndsWith("config.yml", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void It_may_only_read(string file)
    {
        YamlMappingNode workflow = Yaml(file);
        Map(workflow["permissions"]).Children.ShouldHaveSingleItem().ToString().ShouldBe("[contents, read]");
        Jobs(workflow).ShouldAllBe(job => !job.Children.ContainsKey("permissions"));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Its_actions_are_pinned_to_a_commit(string file)
    {
        string[] actions = [.. Steps(file).Select(step => Text(step, "uses")).Where(text => text.Length > 0)];
        actions.ShouldNotBeEmpty();
        actions.ShouldAllBe(action => PinnedPattern().IsMatch(action));
        // Each action in one version, and the version behind the commit for people.
        string[] lines = [.. File.ReadAllLines(ProjectRoot.File(".github", file)).Where(line => line.Contains("uses:", StringComparison.Ordinal))];
        lines.ShouldAllBe(line => VersionPattern().IsMatch(line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void The_scripts_and_tasks_that_it_runs_exist(string file)
    {
        string[] commands = [.. Steps(file).Select(step => Text(step, "run"))];
        string[] scripts = [.. commands.SelectMany(command => ScriptPattern().Matches(command)).Select(match => match.Value)];
        scripts.ShouldNotBeEmpty();
        scripts.ShouldAllBe(script => File.Exists(ProjectRoot.File(script.Split('/'))));
        string build = File.ReadAllText(ProjectRoot.File("build.ps1"));
        string[] known = [.. TaskNamePattern().Matches(ValidTasksPattern().Match(build).Value).Select(match => match.Groups[1].Value)];
        string[] tasks = [.. commands.SelectMany(command => TaskPattern().Matches(command)).Select(match => match.Groups[1].Value)];
        tasks.ShouldBeSubsetOf(known);
        known.ShouldAllBe(task => build.Contains($"function Invoke-{task} {{", StringComparison.Ordinal));
    }

    [Fact]
    public void One_package_is_built_and_tested_on_each_system()
    {
        YamlMappingNode jobs = Map(Yaml(Path.Combine("workflows", "ci.yml"))["jobs"]);
        YamlMappingNode tests = Map(jobs["test-package"]);
        Text(tests, "needs").ShouldBe("package");
        Text(tests, "runs-on").ShouldBe("${{ matrix.os }}");
        ((YamlSequenceNode)Map(Map(tests["strategy"])["matrix"])["os"]).Select(os => os.ToString()).ShouldBe(["windows-latest", "ubuntu-latest", "macos-latest"]);
        YamlMappingNode upload = With(jobs["package"], "actions/upload-artifact");
        YamlMappingNode download = With(tests, "actions/download-artifact");
        Text(download, "name").ShouldBe(Text(upload, "name"));
        // build.ps1 looks for it where it was made.
        Text(upload, "path").ShouldBe(Text(download, "path") + "/*.nupkg");
        File.ReadAllText(ProjectRoot.File("build.ps1")).ShouldContain("$packages = Join-Path $output 'package'");
        Text(download, "path").ShouldBe("output/package");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_is_one_that_GitHub_shows(string file)
    {
        YamlMappingNode form = Yaml(file);
        Text(form, "name").ShouldNotBeEmpty();
        Text(form, "description").ShouldNotBeEmpty();
        YamlMappingNode[] fields = [.. ((YamlSequenceNode)form["body"]).Select(Map)];
        fields.ShouldAllBe(field => s_fieldTypes.Contains(Text(field, "type")));
        YamlMappingNode[] asked = [.. fields.Where(field => Text(field, "type") != "markdown")];
        asked.ShouldNotBeEmpty();
        asked.ShouldAllBe(field => IdPattern().IsMatch(Text(field, "id")) && Text(Map(field["attributes"]), "label").Length > 0);
        asked.Select(field => Text(field, "id")).ShouldBeUnique();
        asked.Select(field => Text(Map(field["attributes"]), "label")).ShouldBeUnique();
    }

    [Fact]
    public void A_report_of_a_bug_asks_for_the_versions_and_the_connection_and_for_no_secrets()
    {
        string[] required = [.. ((YamlSequenceNode)Yaml(Path.Combine("ISSUE_TEMPLATE", "bug.yml"))["body"]).Select(Map)
            .Where(field => field.Children.ContainsKey("validations") || Text(field, "type") == "checkboxes").Select(field => Text(field, "id"))];
        required.ShouldBe(["what", "repeat", "versions", "server", "connection", "clean"]);
    }

    private static readonly string[] s_fieldTypes = ["markdown", "textarea", "input", "dropdown", "checkboxes"];

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(ProjectRoot.File(".github", folder), "*.yml").Order(StringComparer.Ordinal).Select(file => Path.Combine(folder, Path.GetFileName(file)))];

    private static YamlMappingNode Yaml(string file)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(ProjectRoot.File(".github", file));
        stream.Load(reader);
        return Map(stream.Documents.ShouldHaveSingleItem().RootNode);
    }

    private static IEnumerable<YamlMappingNode> Jobs(YamlMappingNode workflow) => Map(workflow["jobs"]).Children.Values.Select(Map);

    private static IEnumerable<YamlMappingNode> Steps(string file) => Jobs(Yaml(file)).SelectMany(job => (YamlSequenceNode)job["steps"]).Select(Map);

    private static YamlMappingNode With(YamlNode job, string action) =>
        Map(((YamlSequenceNode)Map(job)["steps"]).Select(Map).Single(step => Text(step, "uses").StartsWith(action + "@", StringComparison.Ordinal))["with"]);

    private static YamlMappingNode Map(YamlNode node) => node.ShouldBeOfType<YamlMappingNode>();

    private static string Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) ? value.ToString() : "";

    [GeneratedRegex("^[a-z-]+/[a-z-]+@[0-9a-f]{40}$", RegexOptions.CultureInvariant)]
    private static partial Regex PinnedPattern();

    [GeneratedRegex(@"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"(?<![\w/.-])(?:\./)?(?:build\.ps1|\.ci/run|tests/[\w/.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex ScriptPattern();

    [GeneratedRegex(@"build\.ps1 (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex TaskPattern();

    [GeneratedRegex(@"\[ValidateSet\([^)]*\)\]\s*\[string\[\]\] \$Task", RegexOptions.CultureInvariant)]
    private static partial Regex ValidTasksPattern();

    [GeneratedRegex(@"'(\w+)'", RegexOptions.CultureInvariant)]
    private static partial Regex TaskNamePattern();

    [GeneratedRegex("^[a-z]+$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
