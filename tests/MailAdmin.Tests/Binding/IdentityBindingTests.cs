// What names a target may come as any list that PowerShell people have at hand, to every parameter alike.
using System.Collections;
using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Binding;

public sealed class IdentityBindingTests
{
    // Two names of each kind.
    private static readonly Dictionary<string, string[]> s_names = new()
    {
        ["PrincipalIdentity"] = ["jane.doe", "admin"],
        ["PrincipalName"] = ["sales", "all@example.org"],
        ["DomainIdentity"] = ["example.org", "example.net"],
        ["QueueIdentity"] = ["342084653895266304", "342084653895266305"],
        ["ReportIdentity"] = ["342084721459212299_1797990706", "342084721459212300_1797990706"],
        ["SettingIdentity"] = ["server.hostname", "server.max-connections"],
        ["BlobIdentity"] = ["abcdefgh", "ijklmnop"],
        ["SpanIdentity"] = ["342084653895266304", "342084653895266305"],
        ["AppPasswordIdentity"] = ["phone", "laptop"],
        ["TaskIdentity"] = ["jrddgyli9qam", "jrddgyli9qan"],
        ["ObjectIdentity"] = ["Http", "Domain"],
        ["MessagePath"] = ["one.eml", "two*.eml"],
        ["DeliveryTarget"] = ["jane.doe@example.org", "example.net"],
    };

    /// <summary>Every parameter of the module that takes several things of its own: all of them identities, but for connections.</summary>
    private static IEnumerable<PropertyInfo> IdentityParameters => typeof(ConnectMailServer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Cmdlet)) && !type.IsAbstract)
        .SelectMany(type => type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), true)))
        .Where(property => property.PropertyType.IsArray && GetElementType(property) is { IsClass: true } element && element.Assembly == typeof(ConnectMailServer).Assembly && element != typeof(MailConnection));

    public static TheoryData<string, string> Parameters => [.. IdentityParameters.Select(property => (property.ReflectedType!.Name, property.Name))];

    // A list that is a value, such as the members of a group, is read as a cell is: there, empty means not specified.
    public static TheoryData<string, string> Targets =>
        [.. IdentityParameters.Where(property => GetElementType(property) != typeof(PrincipalName)).Select(property => (property.ReflectedType!.Name, property.Name))];

    [Fact]
    public void The_parameters_are_found() => Parameters.Count.ShouldBeGreaterThan(30);

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Any_list_binds(string cmdlet, string parameter)
    {
        PropertyInfo property = Find(cmdlet, parameter);
        string[] names = s_names[GetElementType(property).Name];
        foreach (object list in GetLists(names))
        {
            Bind(property, list).Select(identity => identity.ToString()).ShouldBe(names, $"as {list.GetType()}");
        }
        Bind(property, names[0]).Single().ToString().ShouldBe(names[0]);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_names_nothing_of_the_kind_is_handed_back(string cmdlet, string parameter)
    {
        PropertyInfo property = Find(cmdlet, parameter);
        string name = s_names[GetElementType(property).Name][0];
        object[] foreign = [PSObject.AsPSObject(new Hashtable()), new PSObject(), new ArrayList { name, new PSObject() }, new List<object?> { name, null }, new ArrayList()];
        // An empty table of settings is refused in words of its own.
        foreach (object value in foreign.Where(value => cmdlet != "SetMailSetting" || value is not PSObject { BaseObject: Hashtable }))
        {
            GetTransformation(property).Transform(null!, value).ShouldBeSameAs(value, $"as {value.GetType()}");
        }
        var endless = new ArrayList();
        endless.Add(endless);
        GetTransformation(property).Transform(null!, endless).ShouldBeSameAs(endless);
    }

    // Each of them has a Name or an Id that PowerShell would bind by its property.
    [Theory]
    [MemberData(nameof(Targets))]
    public void An_object_made_for_something_else_is_refused_by_its_type(string cmdlet, string parameter)
    {
        PropertyInfo property = Find(cmdlet, parameter);
        string name = s_names[GetElementType(property).Name][0];
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var remote = new PSObject();
        remote.TypeNames.Insert(0, "Deserialized.System.Diagnostics.Process");
        remote.Properties.Add(new PSNoteProperty("Name", name));
        // An object with properties only that has no key of a setting is refused by Set-MailSetting itself.
        object[] values = cmdlet == "SetMailSetting" ? [] : [remote];
        foreach (object value in new object[] { process, new PSObject(process), typeof(string), new Version(1, 2), new ArrayList { name, process }, DateTime.UnixEpoch }.Concat(values))
        {
            Should.Throw<ArgumentTransformationMetadataException>(() => GetTransformation(property).Transform(null!, value), $"as {value.GetType()}").Message.ShouldContain("System.");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void An_empty_name_is_an_error_in_plain_words(string cmdlet, string parameter)
    {
        foreach (object empty in new object[] { "", " ", new ArrayList { " " } })
        {
            Should.Throw<ArgumentTransformationMetadataException>(() => GetTransformation(Find(cmdlet, parameter)).Transform(null!, empty)).Message.ShouldNotContain("(Parameter");
        }
    }

    [Theory]
    [InlineData("Remove-MailQueueMessage")]
    [InlineData("Get-MailTraceEvent")]
    public void Ids_that_are_numbers_come_in_lists_too(string command)
    {
        PropertyInfo property = IdentityParameters.Single(property => property.Name is "Id" or "SpanId" && GetName(property.ReflectedType!) == command);
        ulong[] ids = [342084653895266304, 342084653895266305];
        foreach (object list in new object[] { ids, new List<ulong>(ids), new List<long>(ids.Select(id => (long)id)), new ArrayList(ids), new List<decimal>(ids.Select(id => (decimal)id)) })
        {
            Bind(property, list).Select(identity => identity.ToString()).ShouldBe(ids.Select(id => $"{id}"));
        }
        Should.Throw<ArgumentTransformationMetadataException>(() => Bind(property, new List<double>(ids.Select(id => (double)id)))).Message.ShouldContain("floating-point");
    }

    [Theory]
    [InlineData("$n = [Collections.Generic.List[string]]('jane.doe', 'peter.parker'); Get-MailPrincipal $n", 2)]
    [InlineData("$n = [Collections.ArrayList]('jane.doe', 'peter.parker'); Get-MailPrincipal -Identity $n", 2)]
    [InlineData("$n = [Collections.ArrayList]((Get-MailQueueMessage -First 2).Id); Get-MailQueueMessage $n", 2)]
    [InlineData("$n = [Collections.Generic.List[object]](Get-MailQueueMessage -First 2); Get-MailQueueMessage $n", 2)]
    [InlineData("$n = [Collections.Generic.List[string]]((Get-MailTlsReport -First 2 -IdOnly).Id); Get-MailTlsReport $n", 1)]
    [InlineData("$n = [Collections.ArrayList]('example.org', 'example.net'); Get-MailDnsRecord $n", 2)]
    [InlineData("$n = [Collections.Generic.HashSet[string]]('jane.doe', 'peter.parker'); Get-MailPrincipal $n", 2)]
    [InlineData("Get-MailPrincipal @{ 'jane.doe' = 1; 'peter.parker' = 2 }.Keys", 2)]
    [InlineData("Get-MailPrincipal (Get-MailPrincipal sales).Member", 2)]
    [InlineData("Get-MailPrincipal (Get-MailPrincipal sales).Member, 'jane.doe'", 3)]
    [InlineData("[pscustomobject]@{ Name = [Collections.ArrayList]('jane.doe', 'peter.parker') } | Get-MailPrincipal", 2)]
    public void Lists_reach_the_cmdlets(string script, int atLeast)
    {
        using var shell = new HostedShell();
        shell.Run("$null = Connect-MailServer -Sandbox; New-MailPrincipal peter.parker -NoPassword").ShouldHaveNoErrors();
        shell.Run(script).ShouldHaveNoErrors().Output.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    private static IEnumerable<object> GetLists(string[] names)
    {
        yield return names;
        yield return names.ToArray<object>();
        yield return new List<string>(names);
        yield return new List<object>(names);
        yield return new ArrayList(names);
        yield return new StringList(names);
        yield return new ItemList<string>(names);
        yield return new ArraySegment<string>(names).ToArray().AsReadOnly();
        // Not lists, yet PowerShell takes them apart as it does lists.
        yield return new HashSet<string>(names);
        yield return new Queue<string>(names);
        yield return new SortedDictionary<string, int>(names.ToDictionary(name => name, _ => 1)).Keys.OrderBy(name => Array.IndexOf(names, name));
        yield return new PSObject(new HashSet<string>(names));
        yield return new object[] { new HashSet<string>(names[..1]), names[1] };
        yield return names.Select(name => new PSObject(name)).ToArray();
        yield return names.Select(name => (object)new PSObject(name)).ToArray();
        yield return new List<PSObject>(names.Select(name => new PSObject(name)));
        yield return new PSObject(new ArrayList(names.Select(name => new PSObject(name)).ToArray()));
        yield return new PSObject(new PSObject(new List<string>(names)));
        // $one.Member, $other.Member
        yield return new object[] { new StringList(names[..1]), new PSObject(new ArrayList(names[1..])) };
        yield return new object[] { new StringList(names[..1]), names[1] };
    }

    private static object[] Bind(PropertyInfo property, object value) =>
        (object[])LanguagePrimitives.ConvertTo(GetTransformation(property).Transform(null!, value), property.PropertyType, System.Globalization.CultureInfo.InvariantCulture);

    private static ArgumentTransformationAttribute GetTransformation(PropertyInfo property) =>
        property.GetCustomAttributes<ArgumentTransformationAttribute>(true).ShouldHaveSingleItem($"{property.ReflectedType!.Name}.{property.Name}");

    private static PropertyInfo Find(string cmdlet, string parameter) => IdentityParameters.Single(property => property.ReflectedType!.Name == cmdlet && property.Name == parameter);

    private static Type GetElementType(PropertyInfo property) => property.PropertyType.GetElementType() ?? property.PropertyType;

    private static string GetName(Type cmdlet) => cmdlet.GetCustomAttribute<CmdletAttribute>() is { } named ? $"{named.VerbName}-{named.NounName}" : "";
}
