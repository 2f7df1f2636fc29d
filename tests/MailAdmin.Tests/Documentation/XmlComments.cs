using System.Xml.Linq;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.Tests.Documentation;

/// <summary>The XML comments of properties, as plain text.</summary>
internal static class XmlComments
{
    private static readonly Dictionary<string, XElement?> s_summaries = XDocument.Load(Path.ChangeExtension(typeof(MailCmdlet).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary"));

    /// <summary>The comment of a property, or of the property that it overrides or inherits; null for one that the module does not declare.</summary>
    public static string? Find(Type type, string property)
    {
        for (Type? one = type; one is not null; one = one.BaseType)
        {
            Type declared = one.IsGenericType ? one.GetGenericTypeDefinition() : one;
            if (s_summaries.GetValueOrDefault($"P:{declared.FullName}.{property}") is { } summary)
            {
                return HelpText.Join(string.Concat(summary.DescendantNodes().Select(ToText)));
            }
        }
        return null;
    }

    private static string ToText(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => (see.Attribute("cref") ?? see.Attribute("langword"))!.Value.Split('.', ':')[^1],
        XElement { Name.LocalName: "paramref" } parameter => "-" + parameter.Attribute("name")!.Value,
        XElement { Name.LocalName: "para" } => " ",
        _ => "",
    };
}
