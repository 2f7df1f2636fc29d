// The about topics name cmdlets and parameters that there are. tests/Pester runs their commands.
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Documentation;

public sealed partial class AboutTopicTests
{
    private const string Suffix = ".help.txt";
    private const string Overview = "about_MailAdmin";

    // What Get-Help shows without a break at the usual width.
    private const int MaxWidth = 80;

    public static TheoryData<string> Topics => [.. Directory.EnumerateFiles(Folder, $"about_*{Suffix}").Select(path => Path.GetFileName(path)[..^Suffix.Length]).Order(StringComparer.Ordinal)];

    private static string Folder { get; } = Path.GetDirectoryName(HelpCommand.File)!;

    [Fact]
    public void The_overview_names_every_cmdlet_and_every_other_topic()
    {
        HashSet<string> named = [.. Word().Matches(Read(Overview)).Select(match => match.Value)];
        CmdletFacts.All.Keys.Where(cmdlet => !named.Contains(cmdlet)).ShouldBeEmpty();
        Topics.Select(row => row.Data).Where(topic => topic != Overview && !named.Contains(topic)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_has_its_name_a_short_description_and_lines_that_fit(string topic)
    {
        string[] lines = Read(topic).Split('\n');
        lines[..2].ShouldBe(["TOPIC", $"    {topic}"]);
        lines[Array.IndexOf(lines, "SHORT DESCRIPTION") + 1].Trim().ShouldNotBeEmpty();
        lines.Where(line => line.Length > MaxWidth || line != line.TrimEnd()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_a_topic_names_is_there(string topic)
    {
        string text = Read(topic);
        CmdletName().Matches(text).Select(match => match.Value).Where(name => !CmdletFacts.All.ContainsKey(name)).ShouldBeEmpty();
        TopicName().Matches(text).Select(match => match.Value).Where(name => !File.Exists(Path.Combine(Folder, name + Suffix))).ShouldBeEmpty();
        // -Force belongs to some, the rest to anyone that the topic may speak of.
        HashSet<string> parameters = [.. CmdletFacts.All.Values.SelectMany(cmdlet => cmdlet.Parameters.Keys), "Verbose", "Debug"];
        ParameterName().Matches(Prose(text)).Select(match => match.Value).Where(name => !parameters.Contains(name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_commands_of_a_topic_have_the_parameters_that_they_use(string topic)
    {
        string code = string.Join('\n', Read(topic).Split('\n').Where(IsCode));
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        errors.Select(error => error.Message).ShouldBeEmpty();
        foreach (CommandAst command in script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (CmdletFacts.All.TryGetValue(command.GetCommandName() ?? "", out CmdletFacts? cmdlet))
            {
                command.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName)
                    .Where(name => !cmdlet.Parameters.ContainsKey(name) && name is not ("ErrorVariable" or "ErrorAction" or "Verbose")).ShouldBeEmpty(command.ToString());
            }
        }
    }

    private static string Read(string topic) => File.ReadAllText(Path.Combine(Folder, topic + Suffix)).ReplaceLineEndings("\n");

    private static string Prose(string text) => string.Join('\n', text.Split('\n').Where(line => !IsCode(line)));

    private static bool IsCode(string line) => Code().IsMatch(line);

    [GeneratedRegex(@"^ {8}(\S| {4}\S)")]
    private static partial Regex Code();

    [GeneratedRegex(@"[\w-]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b[A-Z][a-z]+-Mail[A-Za-z]+\b")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"\babout_MailAdmin\w*")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"(?<=(^|\s)-)[A-Z]\w+", RegexOptions.Multiline)]
    private static partial Regex ParameterName();
}
