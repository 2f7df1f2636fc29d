using System.Management.Automation;
using System.Text.RegularExpressions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Documentation;

/// <summary>A cmdlet as PowerShell sees it, without the parameters that every cmdlet has.</summary>
internal sealed partial class CmdletFacts
{
    private static readonly Lazy<IReadOnlyDictionary<string, CmdletFacts>> s_all = new(ReadAll);

    private CmdletFacts(CmdletInfo info)
    {
        Type = info.ImplementingType;
        Parameters = info.Parameters.Values.Where(parameter => IsShown(parameter.Name, parameter.Attributes)).ToDictionary(parameter => parameter.Name, parameter => Read(parameter, Type), StringComparer.OrdinalIgnoreCase);
        Syntax = [.. info.ParameterSets.Select(set => new SyntaxFacts(
            set.Name,
            set.IsDefault,
            [.. set.Parameters.Where(parameter => IsShown(parameter.Name, parameter.Attributes)).Select(parameter => SyntaxFacts.Parameter(parameter.Name, parameter.IsMandatory))]))];
        Outputs = [.. info.OutputType.Select(output => output.Type.FullName!)];
    }

    /// <summary>The exported cmdlets by their names.</summary>
    public static IReadOnlyDictionary<string, CmdletFacts> All => s_all.Value;

    public Type Type { get; }

    public IReadOnlyDictionary<string, ParameterFacts> Parameters { get; }

    public IReadOnlyList<SyntaxFacts> Syntax { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The types that come from the pipeline.</summary>
    public IEnumerable<string> Inputs => Parameters.Values.Where(parameter => parameter.ParameterSets.Any(set => set.ValueFromPipeline || set.ValueFromPipelineByPropertyName)).Select(parameter => parameter.Type).Distinct();

    private static Dictionary<string, CmdletFacts> ReadAll()
    {
        using var shell = new HostedShell();
        return shell.Run("Get-Command -Module MailAdmin").Output.Select(command => (CmdletInfo)command.BaseObject).ToDictionary(info => info.Name, info => new CmdletFacts(info));
    }

    private static bool IsShown(string parameter, IEnumerable<Attribute> attributes) =>
        !Cmdlet.CommonParameters.Contains(parameter) && attributes.OfType<ParameterAttribute>().All(attribute => !attribute.DontShow);

    private static ParameterFacts Read(ParameterMetadata parameter, Type cmdlet)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return new ParameterFacts
        {
            Type = type.FullName!,
            // The sentence of its text that names it.
            DefaultValue = DefaultSentence().Match(XmlComments.Find(cmdlet, parameter.Name) ?? "").Groups[1].Value,
            SupportsWildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            Aliases = [.. parameter.Aliases],
            AcceptedValues = [.. parameter.Attributes.OfType<ValidateSetAttribute>().SingleOrDefault()?.ValidValues ?? (type.IsEnum ? Enum.GetNames(type) : [])],
            ParameterSets = [.. parameter.ParameterSets.Select(set => Read(set.Key, set.Value))],
        };
    }

    private static ParameterSetFacts Read(string name, ParameterSetMetadata set) => new()
    {
        Name = name == ParameterAttribute.AllParameterSets ? ParameterSetFacts.All : name,
        Position = set.Position == int.MinValue ? "Named" : $"{set.Position}",
        IsRequired = set.IsMandatory,
        ValueFromPipeline = set.ValueFromPipeline,
        ValueFromPipelineByPropertyName = set.ValueFromPipelineByPropertyName,
        ValueFromRemainingArguments = set.ValueFromRemainingArguments,
    };

    [GeneratedRegex(@"\bDefault: (.+?)\.(?=\s|$)")]
    private static partial Regex DefaultSentence();
}
