using System.Xml.Linq;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Formatting;

/// <summary>The merged views of the module, and the types that they are of.</summary>
internal static class ViewFile
{
    public static IEnumerable<XElement> Views => Load("MailAdmin.Format.ps1xml").Descendants("View");

    /// <summary>
    /// A file with each view under a type of its own, <c>View.</c> and its name: a list that goes with a table, and a table that goes with a list, is asked for by Format-List and
    /// Format-Table, which the engine of these tests has not.
    /// </summary>
    public static string ViewsByName { get; } = WriteViewsByName();

    /// <summary>Whether it is the one that also says the server.</summary>
    public static bool IsOfSeveralServers(XElement view) => view.Element("Name")!.Value.EndsWith("#SeveralServers", StringComparison.Ordinal);

    /// <summary>The types that a view is selected by, without what stands behind a #.</summary>
    public static IEnumerable<Type> GetTypes(XElement view) => view.Element("ViewSelectedBy")!.Elements("TypeName").Select(name => FindType(name.Value));

    public static Type FindType(string name) => new[] { typeof(MailClient).Assembly, typeof(ConnectMailServer).Assembly }
        .Select(assembly => assembly.GetType(name.Split('#')[0])).OfType<Type>().Single();

    private static string WriteViewsByName()
    {
        XElement[] views = [.. Views.Where(view => !IsOfSeveralServers(view)).Select(view => new XElement(view))];
        foreach (XElement view in views)
        {
            view.Element("ViewSelectedBy")!.ReplaceNodes(new XElement("TypeName", $"View.{view.Element("Name")!.Value}"));
        }
        string file = Path.Combine(AppContext.BaseDirectory, "ViewsByName.format.ps1xml");
        new XElement("Configuration", new XElement("ViewDefinitions", views)).Save(file);
        return file;
    }

    private static XDocument Load(string file) => XDocument.Load(Path.Combine(Path.GetDirectoryName(ProjectRoot.Manifest)!, file));
}
