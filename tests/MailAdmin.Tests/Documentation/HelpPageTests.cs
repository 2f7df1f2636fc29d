// The pages say what the cmdlets are: build.ps1 Docs brings a page that has become wrong up to date.
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.Tests.Documentation;

public sealed class HelpPageTests
{
    public static TheoryData<string> Cmdlets => [.. CmdletFacts.All.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Directory.EnumerateFiles(HelpPage.Folder, "*.md").Select(Path.GetFileNameWithoutExtension).ShouldBe(CmdletFacts.All.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_has_the_parameters_of_its_cmdlet(string name) =>
        Lines(HelpPage.Read(name).Parameters).ShouldBe(Lines(CmdletFacts.All[name].Parameters));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_has_the_parameter_sets_of_its_cmdlet(string name) =>
        HelpPage.Read(name).Syntax.Select(set => set.ToString()).ShouldBe(CmdletFacts.All[name].Syntax.Select(set => set.ToString()), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_parameter_is_explained_by_the_comment_of_its_property(string name)
    {
        CmdletFacts cmdlet = CmdletFacts.All[name];
        foreach ((string parameter, string text) in HelpPage.Read(name).ParameterTexts)
        {
            if (XmlComments.Find(cmdlet.Type, parameter) is { } comment)
            {
                HelpText.FromMarkdown(text).ShouldBe(comment, $"-{parameter}");
            }
        }
    }

    [Fact]
    public void A_parameter_that_PowerShell_adds_is_explained_everywhere_in_the_same_words()
    {
        ILookup<string, string> texts = CmdletFacts.All
            .SelectMany(cmdlet => HelpPage.Read(cmdlet.Key).ParameterTexts.Where(parameter => XmlComments.Find(cmdlet.Value.Type, parameter.Key) is null))
            .ToLookup(parameter => parameter.Key, parameter => parameter.Value);
        texts.Select(parameter => parameter.Key).ShouldBe(["Confirm", "First", "IncludeTotalCount", "Skip", "WhatIf"], ignoreOrder: true);
        texts.Where(parameter => parameter.Distinct().Count() > 1 || parameter.Contains("")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_names_what_comes_from_the_pipeline_and_goes_into_it(string name)
    {
        var page = HelpPage.Read(name);
        page.Inputs.Select(input => input.Type).ShouldBe(CmdletFacts.All[name].Inputs, ignoreOrder: true);
        page.Outputs.Select(output => output.Type).ShouldBe(CmdletFacts.All[name].Outputs, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_has_three_examples_or_more_each_explained(string name)
    {
        IReadOnlyList<HelpExample> examples = HelpPage.Read(name).Examples;
        examples.Count.ShouldBeGreaterThanOrEqualTo(3);
        examples.Select(example => example.Title.Split(':')[0]).ShouldBe(Enumerable.Range(1, examples.Count).Select(number => $"Example {number}"));
        examples.ShouldAllBe(example => example.Remarks.Length > 0);
        examples.SelectMany(example => example.Code.Split('\n')).Where(line => line.Length > 80).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_says_something_of_what_goes_in_and_comes_out(string name)
    {
        var page = HelpPage.Read(name);
        page.Inputs.Concat(page.Outputs).Where(type => type.Text.Length == 0).Select(type => type.Type).ShouldBeEmpty();
        page.Links.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_is_found_from_its_cmdlet(string name)
    {
        string address = CmdletFacts.All[name].Type.GetCustomAttribute<CmdletAttribute>()!.HelpUri;
        address.ShouldBe($"{HelpPages.Folder}{name}.md");
        var page = HelpPage.Read(name);
        page.Metadata["HelpUri"].ShouldBe(address);
        page.Metadata["title"].ShouldBe(name);
        page.Metadata["external help file"].ShouldBe(Path.GetFileName(HelpCommand.File));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_says_in_words_what_its_cmdlet_does(string name)
    {
        var page = HelpPage.Read(name);
        page.Text.ShouldNotContain("{{");
        page.Synopsis.ShouldEndWith(".");
        page.Synopsis.ShouldNotContain("(GET ");
        page.Synopsis.ShouldNotContain("(POST ");
        page.Description.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Links_of_a_page_lead_somewhere(string name) =>
        HelpPage.Read(name).Links
            .Where(address => !address.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(HelpPage.Folder, address.Split('#')[0])))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void An_example_parses_and_uses_its_cmdlet_with_parameters_that_exist(string name)
    {
        foreach (HelpExample example in HelpPage.Read(name).Examples)
        {
            ScriptBlockAst script = Parser.ParseInput(example.Code, out _, out ParseError[] errors);
            errors.ShouldBeEmpty(example.Title);
            CommandAst[] commands = [.. script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()];
            commands.Select(command => command.GetCommandName()).ShouldContain(name, example.Title);
            commands.SelectMany(FindUnknownParameters).ShouldBeEmpty(example.Title);
        }
    }

    private static IEnumerable<string> Lines(IReadOnlyDictionary<string, ParameterFacts> parameters) => parameters.Select(parameter => $"-{parameter.Key}: {parameter.Value}").Order(StringComparer.Ordinal);

    // In full: an abbreviation becomes ambiguous with the next parameter.
    private static IEnumerable<string> FindUnknownParameters(CommandAst command) => CmdletFacts.All.TryGetValue(command.GetCommandName() ?? "", out CmdletFacts? cmdlet)
        ? command.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName).Where(parameter => !cmdlet.Parameters.ContainsKey(parameter) && !Cmdlet.CommonParameters.Contains(parameter))
        : [];
}
