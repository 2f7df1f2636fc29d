// Conventions that every cmdlet keeps, whoever wrote it: how it asks, when it works, where its ErrorRecords are made.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.Tests.Conventions;

public sealed class CmdletConventionTests
{
    private static readonly Assembly s_module = typeof(MailCmdlet).Assembly;

    private static IEnumerable<Type> Cmdlets => s_module.GetTypes().Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false));

    [Fact]
    public void Only_the_base_cmdlet_asks_whether_to_act()
    {
        ILookup<string, string> calls = MethodReferences.ReadCalls(s_module);
        calls["Cmdlet.ShouldProcess"].ShouldBe([typeof(EngineCmdlet).FullName!]);
        calls["EngineCmdlet.ShouldProcess"].ShouldBe([typeof(EngineCmdlet).FullName!, typeof(MailCmdlet).FullName!], ignoreOrder: true);
        calls["Cmdlet.ShouldContinue"].ShouldBeEmpty();
        calls["PSHostUserInterface.PromptForChoice"].ShouldBe([typeof(Prompts).FullName!]);
    }

    [Fact]
    public void What_PowerShell_gives_a_cmdlet_comes_through_the_base_class()
    {
        // A cmdlet that runs for one of several servers has no engine of its own.
        string[] own = [.. typeof(EngineCmdlet).GetMembers(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OfType<MethodInfo>().Where(method => method.IsAssembly).Select(method => method.Name)];
        own.ShouldContain("WriteObject");
        ILookup<string, string> calls = MethodReferences.ReadCalls(s_module);
        IEnumerable<string> engine = typeof(PSCmdlet).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => method.DeclaringType != typeof(object) && (method.IsPublic || method.IsFamily))
            .Select(method => method.Name)
            .Except(["BeginProcessing", "ProcessRecord", "EndProcessing", "StopProcessing", ".ctor"]);
        string[] without = [typeof(EngineCmdlet).FullName!, .. Cmdlets.Where(type => !type.IsSubclassOf(typeof(ConnectedCmdlet))).Select(type => type.FullName!)];
        engine.SelectMany(name => calls[$"Cmdlet.{name}"].Concat(calls[$"PSCmdlet.{name}"]).Select(caller => $"{caller}: {name}"))
            .Where(call => !without.Contains(call.Split(':')[0])).ShouldBeEmpty();
    }

    [Fact]
    public void ErrorRecords_are_made_in_Errors_and_in_the_nouns_own_error_files()
    {
        string[] makers = [.. MethodReferences.ReadCalls(s_module)["ErrorRecord..ctor"]];
        makers.ShouldContain(typeof(ErrorCatalogue).FullName!);
        makers.Where(maker => !maker.StartsWith("MailAdmin.PowerShell.Errors.", StringComparison.Ordinal)).ShouldAllBe(maker => IsNounsErrors(maker));
    }

    [Fact]
    public void A_cmdlet_without_pipeline_input_works_in_ProcessRecord()
    {
        // What could not be bound must not make it act: End runs all the same, on the default server.
        IEnumerable<string> offenders = Cmdlets
            .Where(type => GetPipelineParameters(type).Length == 0)
            .Where(type => GetEnd(type) is { } end && end != typeof(WindowedCmdlet) && end != typeof(ConnectedCmdlet) && end != typeof(Cmdlet))
            .Select(type => type.Name);
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void A_connection_binds_by_value_where_nothing_else_does()
    {
        Type[] connected = [.. Cmdlets.Where(type => type.IsSubclassOf(typeof(ConnectedCmdlet)))];
        string[] taking = [.. connected.Where(type => GetParameters(type.GetProperty(nameof(ConnectedCmdlet.Connection))!).Any(p => p.ValueFromPipeline)).Select(type => type.Name).Order()];
        taking.Length.ShouldBeGreaterThan(15);
        // A name that is piped to these would be taken for a connection's. What takes an object of one type takes no name.
        Type[] ofOneType = [typeof(PowerShell.Cmdlets.Account.MailOtpSetup), typeof(Client.MailReport)];
        taking.ShouldBe(connected
            .Where(type => !GetPipelineParameters(type).Any(p => !ofOneType.Contains(p.PropertyType) && GetParameters(p).Any(a => a.ValueFromPipeline)))
            .Select(type => type.Name).Order());
    }

    [Fact]
    public void Every_connected_cmdlet_takes_several_connections() =>
        Cmdlets.Where(type => type.GetProperty("Connection") is { } connection && connection.PropertyType != typeof(MailConnection[])).ShouldBeEmpty();

    [Fact]
    public void What_is_returned_says_its_server()
    {
        Type[] own = [.. Cmdlets.SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>()).SelectMany(output => output.Type).Select(output => output.Type)
            .Where(type => type.Namespace!.StartsWith("MailAdmin", StringComparison.Ordinal)).Distinct()];
        own.Length.ShouldBeGreaterThan(30);
        own.Where(type => type != typeof(MailConnection) && !type.IsSubclassOf(typeof(ServerObject))).ShouldBeEmpty();
    }

    private static bool IsNounsErrors(string maker) => maker.Split('.') is ["MailAdmin", "PowerShell", "Cmdlets", _, var name] && name.EndsWith("Errors", StringComparison.Ordinal);

    private static Type? GetEnd(Type type) => type.GetMethod(type.IsSubclassOf(typeof(ConnectedCmdlet)) ? "End" : "EndProcessing", BindingFlags.Instance | BindingFlags.NonPublic)?.DeclaringType;

    /// <summary>Every parameter that takes input from the pipeline, without -Connection and the hidden one that only says where an object is from.</summary>
    private static PropertyInfo[] GetPipelineParameters(Type type) =>
        [.. type.GetProperties().Where(p => p.Name is not (nameof(ConnectedCmdlet.Connection) or nameof(InputCmdlet.Server)) && GetParameters(p).Any(a => a.ValueFromPipeline || a.ValueFromPipelineByPropertyName))];

    private static IEnumerable<ParameterAttribute> GetParameters(PropertyInfo property) => property.GetCustomAttributes<ParameterAttribute>(inherit: false);
}
