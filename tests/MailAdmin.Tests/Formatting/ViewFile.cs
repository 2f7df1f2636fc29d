using System.Xml.Linq;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Formatting;

/// <summary>The merged views of the module, and the types that they are of.</summary>
internal static class ViewFile
{
    public static IEnumerable<XElement> Views => Load("MailAdmin.Format.ps1xml").Descendants("View");

    /// <summary>The types that a view is selected by, without what stands behind a #.</summary>
    public static IEnumerable<Type> GetTypes(XElement view) => view.Element("ViewSelectedBy")!.Elements("TypeName").Select(name => FindType(name.Value));

    public static Type FindType(string name) => new[] { typeof(MailClient).Assembly, typeof(ConnectMailServer).Assembly }
        .Select(assembly => assembly.GetType(name.Split('#')[0])).OfType<Type>().Single();

    private static XDocument Load(string file) => XDocument.Load(Path.Combine(Path.GetDirectoryName(ProjectRoot.Manifest)!, file));
}
