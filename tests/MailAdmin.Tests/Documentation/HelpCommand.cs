using System.Xml.Linq;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Documentation;

/// <summary>A cmdlet as en-US/MailAdmin.PowerShell.dll-Help.xml describes it to Get-Help.</summary>
internal sealed class HelpCommand
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XElement _element;

    private HelpCommand(XElement element) => _element = element;

    public static string File { get; } = ProjectRoot.File("en-US", "MailAdmin.PowerShell.dll-Help.xml");

    public static IReadOnlyDictionary<string, HelpCommand> All { get; } = XDocument.Load(File).Root!
        .Elements(s_command + "command")
        .ToDictionary(element => element.Element(s_command + "details")!.Element(s_command + "name")!.Value, element => new HelpCommand(element));

    public string Synopsis => Text(_element.Element(s_command + "details")!.Element(s_maml + "description"));

    public string Description => Text(_element.Element(s_maml + "description"));

    /// <summary>Each parameter set: its parameters with whether they are required. The names of the sets are not in the file.</summary>
    public IEnumerable<string> Syntax => _element.Descendants(s_command + "syntaxItem")
        .Select(item => new SyntaxFacts("", false, [.. item.Elements(s_command + "parameter").Select(parameter => SyntaxFacts.Parameter(Name(parameter), IsTrue(parameter, "required")))]).ToString());

    /// <summary>Each parameter with its type, its aliases, its accepted values, and how it takes input from the pipeline.</summary>
    public IReadOnlyDictionary<string, string> Parameters => ParameterElements.ToDictionary(Name, parameter => Describe(
        parameter.Element(s_dev + "type")!.Element(s_maml + "name")!.Value,
        parameter.Attribute("aliases")!.Value,
        parameter.Attribute("pipelineInput")!.Value,
        IsTrue(parameter, "required"),
        IsTrue(parameter, "globbing"),
        parameter.Descendants(s_command + "parameterValueGroup").Elements().Select(value => value.Value),
        parameter.Element(s_dev + "defaultValue")?.Value ?? ""));

    /// <summary>The short name of the type of each parameter that takes a value, where the parameter is explained.</summary>
    public IEnumerable<string> ShortTypes => ParameterElements.SelectMany(ReadShortType);

    /// <summary>The same in the syntax.</summary>
    public IEnumerable<string> ShortTypesInSyntax => _element.Descendants(s_command + "syntaxItem").Elements(s_command + "parameter").SelectMany(ReadShortType).Distinct();

    public IReadOnlyDictionary<string, string> ParameterTexts => ParameterElements.ToDictionary(Name, parameter => Text(parameter.Element(s_maml + "description")));

    public IReadOnlyList<HelpExample> Examples => [.. _element.Descendants(s_command + "example").Select(example => new HelpExample(
        example.Element(s_maml + "title")!.Value.Trim('-', ' '),
        example.Element(s_dev + "code")!.Value,
        Text(example.Element(s_dev + "remarks"))))];

    /// <summary>What Get-Help -Online opens.</summary>
    public string OnlineAddress => _element.Descendants(s_maml + "navigationLink").First().Element(s_maml + "uri")!.Value;

    private IEnumerable<XElement> ParameterElements => _element.Element(s_command + "parameters")!.Elements(s_command + "parameter");

    /// <summary>A parameter in the words of the file.</summary>
    public static string Describe(ParameterFacts facts)
    {
        string[] pipeline = [.. new[] { (facts.ParameterSets.Any(set => set.ValueFromPipeline), "ByValue"), (facts.ParameterSets.Any(set => set.ValueFromPipelineByPropertyName), "ByPropertyName") }.Where(way => way.Item1).Select(way => way.Item2)];
        return Describe(
            facts.Type,
            facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases),
            pipeline.Length == 0 ? "false" : $"true ({string.Join(", ", pipeline)})",
            facts.ParameterSets.Any(set => set.IsRequired),
            facts.SupportsWildcards,
            facts.AcceptedValues,
            facts.DefaultValue);
    }

    private static string Describe(string type, string aliases, string pipeline, bool isRequired, bool hasWildcards, IEnumerable<string> values, string defaultValue) =>
        $"{type}; aliases {aliases}; pipeline {pipeline}{(isRequired ? "; required" : "")}{(hasWildcards ? "; wildcards" : "")}; values {string.Join(", ", values)}; default {defaultValue}";

    private static IEnumerable<string> ReadShortType(XElement parameter) => parameter.Elements(s_command + "parameterValue").Select(value => $"-{Name(parameter)} <{value.Value}>");

    private static string Name(XElement parameter) => parameter.Element(s_maml + "name")!.Value;

    private static bool IsTrue(XElement element, string attribute) => element.Attribute(attribute)!.Value == "true";

    private static string Text(XElement? element) => HelpText.FromMaml(string.Join('\n', element?.Elements(s_maml + "para").Select(paragraph => paragraph.Value) ?? []));
}
