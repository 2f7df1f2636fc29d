// Where a command goes to several servers, every view says which server an object is of.
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.Client;
using MailAdmin.PowerShell.Formatting;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Formatting;

public sealed class ServerViewTests
{
    private const string Server = "mx1.example.org:8443";

    public static TheoryData<string> ShownTypes => [.. ViewFile.Views.Where(view => !ViewFile.IsOfSeveralServers(view)).Select(view => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value).Distinct()
        .Where(name => ViewFile.FindType(name).IsSubclassOf(typeof(ServerObject)))];

    [Theory]
    [MemberData(nameof(ShownTypes))]
    public void An_object_of_a_command_to_several_servers_is_shown_with_its_server(string typeName)
    {
        using var shell = new HostedShell();
        var sample = (ServerObject)new SampleObject { Text = "text" }.Create(ViewFile.FindType(typeName));
        var alone = new PSObject(ServerStamp.Apply(sample, Server));
        if (typeName.Contains('#', StringComparison.Ordinal))
        {
            alone.TypeNames.Insert(0, typeName);
        }
        shell.SetVariable("sample", alone);
        shell.Render("$sample").ShouldNotContain(Server, Case.Sensitive, "alone");
        shell.SetVariable("sample", ServerViews.Select(alone));
        string shown = Regex.Replace(shell.Render("$sample"), @" +:|\u001B\[[0-9;]*m", match => match.Value.EndsWith(':') ? ":" : "");
        (shown.Contains($"Server: {Server}", StringComparison.Ordinal) || shown.Contains($": text on {Server}", StringComparison.Ordinal)).ShouldBeTrue(shown);
    }

    [Fact]
    public void Each_view_has_one_with_the_server_and_the_same_columns()
    {
        var views = ViewFile.Views.ToDictionary(view => view.Element("Name")!.Value);
        foreach ((string name, XElement view) in views.Where(pair => !ViewFile.IsOfSeveralServers(pair.Value) && ViewFile.GetTypes(pair.Value).First().IsSubclassOf(typeof(ServerObject))))
        {
            XElement several = views[$"{name}#SeveralServers"];
            several.Descendants("ScriptBlock").ShouldContain(script => script.Value.Contains("$_.Server", StringComparison.Ordinal), name);
            Labels(several).Except(["Server"]).ShouldBe(Labels(view), name);
        }
        static IEnumerable<string> Labels(XElement view) => view.Descendants("Label").Select(label => label.Value);
    }

    [Fact]
    public void What_reads_objects_reads_them_as_before()
    {
        var marked = (PSObject)ServerViews.Select(new MailQuotaUsage("jane", 5))!;
        marked.TypeNames[0].ShouldBe("MailAdmin.Client.MailQuotaUsage#SeveralServers");
        marked.TypeNames[1].ShouldBe("MailAdmin.Client.MailQuotaUsage");
        string[] names = [.. ((PSObject)ServerViews.Select(marked)!).TypeNames];
        names.ShouldBe(names.Distinct());
        ServerViews.Select("text").ShouldBe("text");
        ServerViews.Select(null).ShouldBeNull();
    }
}
