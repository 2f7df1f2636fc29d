// Conventions that every cmdlet keeps, whoever wrote it: how it asks, when it works, where its ErrorRecords are made.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.Tests.Conventions;

public sealed class CmdletConventionTests
{
    private static readonly Assembly s_module = typeof(MailCmdlet).Assembly;

    private static IEnumerable<Type> Cmdlets => s_module.GetTypes().Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false));

    [Fact]
    public void Only_the_base_cmdlet_asks_whether_to_act()
    {
        ILookup<string, string> calls = MethodReferences.ReadCalls(s_module);
        calls["Cmdlet.ShouldProcess"].ShouldBe([typeof(MailCmdlet).FullName!]);
        calls["Cmdlet.ShouldContinue"].ShouldBeEmpty();
        calls["PSHostUserInterface.PromptForChoice"].ShouldBe([typeof(Prompts).FullName!]);
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
        // What could not be bound must not make it act: EndProcessing runs all the same, on the default server.
        IEnumerable<string> offenders = Cmdlets
            .Where(type => GetPipelineParameters(type).Length == 0)
            .Where(type => GetEndProcessing(type) is { } end && end != typeof(WindowedCmdlet) && end != typeof(Cmdlet))
            .Select(type => type.Name);
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void A_connection_binds_by_value_where_nothing_else_comes_from_the_pipeline()
    {
        Type[] connected = [.. Cmdlets.Where(type => type.IsSubclassOf(typeof(ConnectedCmdlet)))];
        string[] taking = [.. connected.Where(type => GetParameters(type.GetProperty(nameof(ConnectedCmdlet.Connection))!).Any(p => p.ValueFromPipeline)).Select(type => type.Name).Order()];
        taking.Length.ShouldBeGreaterThan(15);
        // A name that is piped to these would be taken for a connection's.
        taking.ShouldBe(connected.Where(type => !GetPipelineParameters(type).Any(p => p.PropertyType != typeof(PowerShell.Cmdlets.Account.MailOtpSetup))).Select(type => type.Name).Order());
    }

    private static bool IsNounsErrors(string maker) => maker.Split('.') is ["MailAdmin", "PowerShell", "Cmdlets", _, var name] && name.EndsWith("Errors", StringComparison.Ordinal);

    private static Type? GetEndProcessing(Type type) => type.GetMethod("EndProcessing", BindingFlags.Instance | BindingFlags.NonPublic)?.DeclaringType;

    /// <summary>Every parameter but -Connection that takes input from the pipeline.</summary>
    private static PropertyInfo[] GetPipelineParameters(Type type) =>
        [.. type.GetProperties().Where(p => p.Name != nameof(ConnectedCmdlet.Connection) && GetParameters(p).Any(a => a.ValueFromPipeline || a.ValueFromPipelineByPropertyName))];

    private static IEnumerable<ParameterAttribute> GetParameters(PropertyInfo property) => property.GetCustomAttributes<ParameterAttribute>(inherit: false);
}
