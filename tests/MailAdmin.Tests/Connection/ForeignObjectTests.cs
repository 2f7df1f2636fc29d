// An object of one server is not worked on at another one by accident: there the same name may be somebody else.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Account;
using MailAdmin.PowerShell.Cmdlets.Delivery;
using MailAdmin.PowerShell.Cmdlets.Objects;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Cmdlets.Report;
using MailAdmin.PowerShell.Cmdlets.Setting;
using MailAdmin.PowerShell.Cmdlets.Store;
using MailAdmin.PowerShell.Cmdlets.Tasks;
using MailAdmin.PowerShell.Cmdlets.Telemetry;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Connection;

public sealed class ForeignObjectTests : IDisposable
{
    private const string Elsewhere = "elsewhere.example";
    private const ulong FirstId = 342084653895266304;

    // What a cmdlet needs besides its object.
    private static readonly Dictionary<string, string> s_arguments = new()
    {
        ["Enable-MailAccountOtp"] = "-Code 123456",
        ["Invoke-MailSpamTraining"] = "-Message 'From: a@example.org' -Class Spam",
        ["Restore-MailDeletedItem -Account"] = "-All",
        ["Remove-MailReport"] = "-Kind Dmarc",
        ["Remove-MailReport -InputObject"] = "-Id '1' -Kind Dmarc",
        ["New-MailPrincipal"] = "jane.new -NoPassword -NoAddress",
        ["Set-MailPrincipal"] = "-Identity jane.doe",
        ["Set-MailPrincipal -Identity"] = "-Description x",
        ["Set-MailSetting"] = "-Value x",
        ["Set-MailObject"] = "-Property @{ enableHsts = $true }",
    };

    private readonly HostedShell _shell = new();
    private FakeServer _server = new();

    public ForeignObjectTests()
    {
        _shell.Connect(_server.ConnectAsync().GetAwaiter().GetResult());
        _shell.Run("$ConfirmPreference = 'None'");
    }

    /// <summary>Every parameter that takes objects of a server.</summary>
    public static TheoryData<string, string> Parameters
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string cmdlet, PropertyInfo parameter) in FindParameters())
            {
                data.Add(cmdlet, parameter.Name);
            }
            return data;
        }
    }

    /// <summary>Every cmdlet with a connection.</summary>
    public static TheoryData<string> Cmdlets => [.. FindCmdlets().Select(cmdlet => cmdlet.Name)];

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_name_of_a_principal_is_more_than_text() =>
        FindCmdlets().SelectMany(cmdlet => CmdletParameters.Find(cmdlet.Type).All.Where(parameter => parameter.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type == typeof(PrincipalNameCompleter))
            .Except(CmdletParameters.Find(cmdlet.Type).OfServer).Select(parameter => $"{cmdlet.Name} -{parameter.Name}")).ShouldBeEmpty();

    [Theory]
    [InlineData("Set-MailPrincipal jane.doe -Member 'other', $object")]
    [InlineData("Set-MailPrincipal jane.doe -AddMember $object, 'other'")]
    [InlineData("New-MailPrincipal sales -Type Group -MemberOf other, $object")]
    [InlineData("$new | New-MailPrincipal -NoPassword -MemberOf other, $object")]
    [InlineData("Set-MailPrincipal jane.doe -Member $row, 'other'")]
    public void A_value_with_one_of_another_server_is_not_written_without_it(string script)
    {
        SetObject("Set-MailPrincipal", "Member");
        _shell.SetVariable("new", new MailPrincipal { Name = "new", Kind = PrincipalType.Individual, Server = Elsewhere });
        _shell.Run(script).Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(error => IsMismatch(error).ShouldBeTrue(error.ToString()));
        _server.Requests.ShouldNotContain(request => request.Method != HttpMethod.Get);
    }

    [Fact]
    public void Most_cmdlets_take_objects() => FindParameters().Count().ShouldBeGreaterThan(25);

    [Theory]
    [MemberData(nameof(Parameters))]
    public void An_argument_is_refused(string cmdlet, string parameter)
    {
        Assert.SkipWhen(cmdlet == "Get-MailBlob", "It takes ids as arguments, not objects.");
        ShouldBeRefused(cmdlet, parameter, $"{cmdlet} -{parameter} $object {Arguments(cmdlet, parameter)}");
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void What_is_piped_is_refused_also_when_it_was_in_a_file(string cmdlet, string parameter)
    {
        Assert.SkipWhen(cmdlet == "New-MailPrincipal", "Its input may be of any server.");
        PropertyInfo property = FindParameters().Single(found => found.Cmdlet == cmdlet && found.Parameter.Name == parameter).Parameter;
        ParameterAttribute[] attributes = [.. property.GetCustomAttributes<ParameterAttribute>()];
        if (attributes.Any(attribute => attribute.ValueFromPipeline))
        {
            ShouldBeRefused(cmdlet, parameter, $"$object | {cmdlet} {Arguments(cmdlet, parameter)}");
        }
        if (attributes.Any(attribute => attribute.ValueFromPipelineByPropertyName))
        {
            ShouldBeRefused(cmdlet, parameter, $"$row | {cmdlet} {Arguments(cmdlet, parameter)}");
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void With_a_connection_it_is_meant(string cmdlet, string parameter)
    {
        SetObject(cmdlet, parameter);
        _shell.Run($"{cmdlet} -{parameter} $object {Arguments(cmdlet, parameter)} -Connection test").Errors.ShouldNotContain(error => IsMismatch(error));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void An_object_that_only_says_its_server_is_no_input(string cmdlet)
    {
        int before = _server.AllRequests.Count;
        _shell.SetVariable("object", new Unrelated { Server = "test" });
        ScriptResult run = _shell.Run($"$object | {cmdlet} {Arguments(cmdlet)}");
        run.Errors.ShouldHaveSingleItem();
        run.Output.ShouldBeEmpty();
        _server.AllRequests.Count.ShouldBe(before);
    }

    [Fact]
    public async Task The_others_are_worked_on_and_the_error_says_the_ways()
    {
        _shell.AddConnection(await new FakeServer().ConnectAsync(), "other");
        _shell.SetVariable("both", new object[] { new MailQueueMessage { Id = FirstId, Server = "other" }, new MailQueueMessage { Id = FirstId + 1, Server = "TEST" }, $"{FirstId + 2}" });
        ScriptResult run = _shell.Run("$both | Get-MailQueueMessage");
        _server.RequestLines.ShouldBe([$"GET /api/queue/messages/{FirstId + 1}", $"GET /api/queue/messages/{FirstId + 2}"], ignoreOrder: true);
        ErrorRecord error = run.Errors.Single(IsMismatch);
        error.ToString().ShouldContain("other");
        error.ToString().ShouldContain("test");
        error.ErrorDetails.RecommendedAction.ShouldContain("-Connection 'other'");
        error.ErrorDetails.RecommendedAction.ShouldContain("-Connection 'test'");
        _shell.Run("Get-MailQueueMessage $both").Errors.Count(IsMismatch).ShouldBe(1);
    }

    [Fact]
    public void A_new_principal_may_be_made_of_one_of_another_server()
    {
        _shell.SetVariable("object", new MailPrincipal { Name = "jane.doe", Kind = PrincipalType.Individual, Server = Elsewhere });
        _shell.Run("$object | New-MailPrincipal -NoPassword").Errors.ShouldNotContain(error => IsMismatch(error));
        _server.Requests.ShouldContain(request => request.Method == HttpMethod.Post);
    }

    private static IEnumerable<(string Name, Type Type)> FindCmdlets() => typeof(ConnectedCmdlet).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ConnectedCmdlet)) && !type.IsAbstract)
        .Select(type => (Attribute: type.GetCustomAttribute<CmdletAttribute>()!, Type: type))
        .Select(cmdlet => ($"{cmdlet.Attribute.VerbName}-{cmdlet.Attribute.NounName}", cmdlet.Type));

    // Export-MailPrincipal writes whole principals of any server into a file, and sends nothing.
    private static IEnumerable<(string Cmdlet, PropertyInfo Parameter)> FindParameters() => FindCmdlets()
        .Where(cmdlet => cmdlet.Name != "Export-MailPrincipal")
        .SelectMany(cmdlet => CmdletParameters.Find(cmdlet.Type).OfServer.Select(parameter => (cmdlet.Name, parameter)));

    private static string Arguments(string cmdlet, string parameter = "") => s_arguments.GetValueOrDefault($"{cmdlet} -{parameter}", s_arguments.GetValueOrDefault(cmdlet, ""));

    private static bool IsMismatch(ErrorRecord error) => error.FullyQualifiedErrorId.StartsWith("ServerMismatch,", StringComparison.Ordinal);

    private void ShouldBeRefused(string cmdlet, string parameter, string script)
    {
        SetObject(cmdlet, parameter);
        int before = _server.AllRequests.Count;
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => IsMismatch(error).ShouldBeTrue(error.ToString()),
            error => error.ToString().ShouldContain(Elsewhere),
            error => error.ToString().ShouldContain("test"));
        run.Output.ShouldBeEmpty();
        _server.AllRequests.Count.ShouldBe(before);
    }

    // Some cmdlets are for servers from 0.16 on.
    private void ConnectFor(string cmdlet)
    {
        if (cmdlet.EndsWith("MailTask", StringComparison.Ordinal) || cmdlet.EndsWith("MailObject", StringComparison.Ordinal))
        {
            var server = new FakeJmapServer(_ => throw new InvalidOperationException("Nothing was to be sent."));
            _server = server.Server;
            _shell.Connect(server.ConnectAsync().GetAwaiter().GetResult());
        }
    }

    private void SetObject(string cmdlet, string parameter)
    {
        ConnectFor(cmdlet);
        Type type = FindParameters().Single(found => found.Cmdlet == cmdlet && found.Parameter.Name == parameter).Parameter.PropertyType;
        object named = CreateObject(cmdlet, type.GetElementType() ?? type);
        var row = new PSObject();
        foreach (PropertyInfo property in named.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            row.Properties.Add(new PSNoteProperty(property.Name, property.GetValue(named)));
        }
        _shell.SetVariable("object", named);
        _shell.SetVariable("row", row);
    }

    private static object CreateObject(string cmdlet, Type type) => type.Name switch
    {
        nameof(PrincipalIdentity) => new MailPrincipal { Name = "jane.doe", Kind = PrincipalType.Individual, Server = Elsewhere },
        nameof(PrincipalName) => new MailPrincipal { Name = "sales", Kind = PrincipalType.Group, Server = Elsewhere },
        nameof(DomainIdentity) => new MailPrincipal { Name = "example.org", Kind = PrincipalType.Domain, Server = Elsewhere },
        nameof(QueueIdentity) => new MailQueueMessage { Id = FirstId, Server = Elsewhere },
        nameof(ReportIdentity) when cmdlet.Contains("Queue", StringComparison.Ordinal) => new MailQueueReport { Id = "1", Kind = MailReportKind.Dmarc, Server = Elsewhere },
        nameof(ReportIdentity) or nameof(MailReport) => new MailReport { Id = "1", Kind = MailReportKind.Dmarc, Server = Elsewhere },
        nameof(SettingIdentity) => new MailSetting("a.b", "c") { Server = Elsewhere },
        nameof(SpanIdentity) => new MailTrace { SpanId = 1, Server = Elsewhere },
        nameof(BlobIdentity) => new MailDeletedItem { Account = "jane.doe", BlobId = "blob", Kind = "email", Server = Elsewhere },
        nameof(DeliveryTarget) => new MailQueueRecipient { Address = "jane@example.org", Domain = "example.org", Server = Elsewhere },
        nameof(AppPasswordIdentity) => ServerStamp.Apply(MailAppPasswordName.Create("phone", DateTimeOffset.UnixEpoch), Elsewhere),
        nameof(MailDeletedItem) => new MailDeletedItem { Account = "jane.doe", BlobId = "blob", Kind = "email", Server = Elsewhere },
        nameof(TaskIdentity) => ServerStamp.Apply(new MailTask { Id = "b" }, Elsewhere),
        nameof(ObjectIdentity) => ServerStamp.Apply(new MailObject("Http", MailObject.SingletonId, NamedValues.Empty), Elsewhere),
        nameof(MailOtpSetup) => ServerStamp.Apply(MailOtpSetup.Create("admin", "mail.test"), Elsewhere),
        _ => throw new NotSupportedException($"There is no object for {type}."),
    };

    private sealed class Unrelated : ServerObject;
}
