// Whoever reads a method of the client sees what it asks the server for.
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.Client;

namespace MailAdmin.Tests.Conventions;

public sealed partial class OperationDocsTests
{
    private const string AnyOperation = "any operation";

    private static readonly Dictionary<string, string> s_docs = XDocument.Load(Path.ChangeExtension(typeof(MailClient).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => string.Join(' ', member.Elements().Select(part => part.Value)));

    public static TheoryData<string> Methods => [.. typeof(MailClient).Assembly.GetExportedTypes()
        .Where(type => type.Name.EndsWith("Resource", StringComparison.Ordinal) || type == typeof(Provisioner) || type == typeof(MailClient))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal))
        .Select(method => $"M:{method.DeclaringType!.FullName}.{method.Name}")
        .Distinct()
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_that_asks_the_server_names_its_operation(string method)
    {
        string[] docs = [.. s_docs.Where(member => GetMethod(member.Key) == method).Select(member => member.Value)];
        docs.ShouldNotBeEmpty();
        docs.ShouldAllBe(text => Named().IsMatch(text) || text.Contains(AnyOperation, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_docs_name_is_in_the_table() =>
        s_docs.Values.SelectMany(text => Named().Matches(text)).Where(named => !IsKnown(named.Groups[1].Value, named.Groups[2].Value)).Select(named => named.Value).Distinct().ShouldBeEmpty();

    // A key ends at once where there are no parameters; else they follow, and after a generic method's name the number of its types.
    private static string GetMethod(string key) => key.Split('(', '`')[0];

    private static bool IsKnown(string method, string path) => Operations.Find(method, path) is not null || Operations.Find(method, "/api" + path) is not null;

    [GeneratedRegex(@"\b(GET|POST|PATCH|DELETE) (/[^\s,;:)?]*[^\s,;:)?.])")]
    private static partial Regex Named();
}
