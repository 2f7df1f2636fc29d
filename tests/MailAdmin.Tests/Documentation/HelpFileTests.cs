// What Get-Help shows is what the pages say: build.ps1 Docs makes the help file anew.
namespace MailAdmin.Tests.Documentation;

public sealed class HelpFileTests
{
    public static TheoryData<string> Cmdlets => HelpPageTests.Cmdlets;

    [Fact]
    public void The_help_file_describes_every_cmdlet() => HelpCommand.All.Keys.ShouldBe(CmdletFacts.All.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Synopsis_and_description_are_those_of_the_page(string name)
    {
        (HelpCommand command, HelpPage page) = (HelpCommand.All[name], HelpPage.Read(name));
        command.Synopsis.ShouldBe(HelpText.FromMarkdown(page.Synopsis));
        command.Description.ShouldBe(HelpText.FromMarkdown(page.Description));
        command.OnlineAddress.ShouldBe(page.Metadata["HelpUri"]);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_are_those_of_page_and_cmdlet(string name)
    {
        (HelpCommand command, HelpPage page) = (HelpCommand.All[name], HelpPage.Read(name));
        command.ParameterTexts.ShouldBe(page.ParameterTexts.Select(parameter => KeyValuePair.Create(parameter.Key, HelpText.FromMarkdown(parameter.Value))), ignoreOrder: true);
        command.Parameters.ShouldBe(page.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, HelpCommand.Describe(parameter.Value))), ignoreOrder: true);
        command.Syntax.ShouldBe(CmdletFacts.All[name].Syntax.Select(set => (set with { Name = "", IsDefault = false }).ToString()), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_type_has_its_short_name_as_in_the_syntax(string name)
    {
        HelpCommand command = HelpCommand.All[name];
        command.ShortTypes.ShouldBe(command.ShortTypesInSyntax, ignoreOrder: true);
        command.ShortTypes.ShouldAllBe(type => !type.Contains('.'));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Examples_are_those_of_the_page(string name) =>
        HelpCommand.All[name].Examples.ShouldBe(HelpPage.Read(name).Examples.Select(example => example with { Remarks = HelpText.FromMarkdown(example.Remarks) }));
}
