using System.Text.RegularExpressions;
using MailAdmin.Tests.Hosting;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Parsers;
using Markdig.Syntax;
using YamlDotNet.Serialization;

namespace MailAdmin.Tests.Documentation;

/// <summary>A page of docs/en-US, in the schema of Microsoft.PowerShell.PlatyPS 1.0.</summary>
internal sealed partial class HelpPage
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();
    private static readonly IDeserializer s_yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();

    private readonly Dictionary<string, IReadOnlyList<Block>> _sections = [];

    private HelpPage(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        Text = File.ReadAllText(path).ReplaceLineEndings("\n");
        MarkdownDocument document = MarkdownParser.Parse(Text, s_pipeline);
        Metadata = s_yaml.Deserialize<Dictionary<string, string>>(((YamlFrontMatterBlock)document[0]).Lines.ToString());
        foreach ((string title, IReadOnlyList<Block> blocks) in Split(document, level: 2))
        {
            _sections.Add(title, blocks);
        }
    }

    public static string Folder { get; } = ProjectRoot.File("docs", "en-US");

    public string Name { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public string Synopsis => Source(_sections["SYNOPSIS"]);

    public string Description => Source(_sections["DESCRIPTION"]);

    public string Notes => Source(_sections["NOTES"]);

    /// <summary>The whole page, as it is written.</summary>
    public string Text { get; }

    public IReadOnlyList<SyntaxFacts> Syntax => [.. Parts("SYNTAX").Select(part => ReadSyntax(part.Title, part.Blocks.OfType<FencedCodeBlock>().Single().Lines.ToString()))];

    public IReadOnlyList<HelpExample> Examples => [.. Parts("EXAMPLES").Select(part => ReadExample(part.Title, part.Blocks))];

    /// <summary>The text of each parameter, as Markdown.</summary>
    public IReadOnlyDictionary<string, string> ParameterTexts => ParameterParts.ToDictionary(part => part.Title, part => Source([.. part.Blocks.Where(block => block is not FencedCodeBlock)]));

    public IReadOnlyDictionary<string, ParameterFacts> Parameters => ParameterParts.ToDictionary(part => part.Title, part => s_yaml.Deserialize<ParameterFacts>(part.Blocks.OfType<FencedCodeBlock>().Single().Lines.ToString()));

    /// <summary>Each type of input, with what is said of it.</summary>
    public IReadOnlyList<(string Type, string Text)> Inputs => [.. Parts("INPUTS").Select(part => (part.Title, Source(part.Blocks)))];

    /// <summary>Each type of output, with what is said of it.</summary>
    public IReadOnlyList<(string Type, string Text)> Outputs => [.. Parts("OUTPUTS").Select(part => (part.Title, Source(part.Blocks)))];

    /// <summary>The addresses of all links of the page.</summary>
    public IEnumerable<string> Links => Link().Matches(Text).Select(match => match.Groups["address"].Value);

    private IEnumerable<(string Title, IReadOnlyList<Block> Blocks)> ParameterParts =>
        Parts("PARAMETERS").Where(part => part.Title != "CommonParameters").Select(part => (part.Title.TrimStart('-'), part.Blocks));

    public static HelpPage Read(string name) => new(Path.Combine(Folder, name + ".md"));

    private IEnumerable<(string Title, IReadOnlyList<Block> Blocks)> Parts(string section) => Split(_sections[section], level: 3);

    private IEnumerable<(string Title, IReadOnlyList<Block> Blocks)> Split(IEnumerable<Block> blocks, int level)
    {
        string? title = null;
        List<Block> part = [];
        foreach (Block block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                if (title is not null)
                {
                    yield return (title, part);
                }
                title = Source([heading]).TrimStart('#', ' ');
                part = [];
            }
            else
            {
                part.Add(block);
            }
        }
        if (title is not null)
        {
            yield return (title, part);
        }
    }

    private string Source(IReadOnlyList<Block> blocks) => string.Join("\n\n", blocks.Select(block => Text[block.Span.Start..(block.Span.End + 1)]));

    private HelpExample ReadExample(string title, IReadOnlyList<Block> blocks)
    {
        FencedCodeBlock code = blocks.OfType<FencedCodeBlock>().Single(block => block.Info == "powershell");
        return new HelpExample(title, code.Lines.ToString(), Source([.. blocks.Where(block => block != code)]));
    }

    private static SyntaxFacts ReadSyntax(string title, string syntax) => new(
        title.Replace(" (Default)", "", StringComparison.Ordinal),
        title.EndsWith(" (Default)", StringComparison.Ordinal),
        [.. SyntaxParameter().Matches(syntax).Select(match => SyntaxFacts.Parameter(match.Groups["name"].Value, match.Groups["required"].Success))]);

    // -Name <x> and [-Name] <x> are required; [-Name <x>], [[-Name] <x>] and [-Name] alone are not.
    [GeneratedRegex(@"(?<=\s)((?<required>-)|(?<required>\[-(?=\w+\] <))|\[\[?-)(?<name>\w+)")]
    private static partial Regex SyntaxParameter();

    [GeneratedRegex(@"\]\((?<address>[^)\s]+)\)")]
    private static partial Regex Link();
}
