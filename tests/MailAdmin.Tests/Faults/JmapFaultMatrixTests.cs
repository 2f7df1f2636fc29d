// Every cmdlet that works on servers from 0.16 on, held against everything that can become of its requests: what is said must be so, or be said to be unknown.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

public sealed class JmapFaultMatrixTests : IDisposable
{
    // The clock of the client does not wait: only what never ends takes as long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // They speak to the sign-in, and call no method.
    private static readonly string[] s_ofSignIn = ["Connect-MailServer", "Request-MailOAuthCode", "Approve-MailDeviceCode", "Request-MailStreamToken"];

    private readonly ITestOutputHelper _output;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-faults-");

    public JmapFaultMatrixTests(ITestOutputHelper output)
    {
        _output = output;
        File.WriteAllText(Path.Combine(_folder.FullName, "a.pem"), TestCertificate.CreatePem());
    }

    private enum Said
    {
        Done,
        Failed,
        Unknown,
    }

    public static TheoryData<int, string> Writes => ToData(JmapFaultUses.Writes);

    public static TheoryData<int, string> Reads => ToData(JmapFaultUses.Reads);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_cmdlet_that_works_is_in_the_matrix() =>
        JmapFaultUses.Writes.Concat(JmapFaultUses.Reads).Select(use => use.Cmdlet).Concat(s_ofSignIn).Distinct()
            .ShouldBe(FamilyMap.All.Where(use => use.Support == FamilySupport.Supported).Select(use => use.Cmdlet), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Of_a_write_nothing_is_said_that_is_not_so(int index, string script)
    {
        JmapFaultUse use = JmapFaultUses.Writes[index];
        use.Script.ShouldBe(script);
        var results = new List<(JmapFaultCell Cell, FaultVerdict Verdict)>();
        using HostedShell shell = CreateShell();
        JmapFaultWorld? world = await EnterAsync(shell, use);
        world.Transport.Arm(null, ofWrites: true);
        shell.Run(use.Script).ShouldHaveNoErrors();
        int expected = world.Transport.Changes;
        expected.ShouldBeGreaterThan(0);
        world.Dispose();
        world = null;
        foreach (JmapFaultCell cell in JmapFaultCell.All)
        {
            world ??= await EnterAsync(shell, use);
            results.Add((cell, await JudgeAsync(shell, use, world, cell, expected)));
            if (world.Transport.Changes > 0 || cell.IsAlways)
            {
                // What was done is not done again to the same things.
                world.Dispose();
                world = null;
            }
        }
        world?.Dispose();
        Report(results);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Of_a_read_nothing_is_said_that_is_not_so(int index, string script)
    {
        JmapFaultUse use = JmapFaultUses.Reads[index];
        use.Script.ShouldBe(script);
        var results = new List<(JmapFaultCell Cell, FaultVerdict Verdict)>();
        using HostedShell shell = CreateShell();
        using JmapFaultWorld world = await EnterAsync(shell, use);
        string expected = Describe(use, shell.Run(use.Script).ShouldHaveNoErrors());
        expected.ShouldNotBeEmpty();
        foreach (JmapFaultCell cell in JmapFaultCell.All.Where(cell => cell.IsExecuted || cell.Fault.Reach == FaultReach.NotReached))
        {
            results.Add((cell, await JudgeAsync(shell, use, world, cell, expected)));
        }
        Report(results);
    }

    private static TheoryData<int, string> ToData(IReadOnlyList<JmapFaultUse> uses)
    {
        var data = new TheoryData<int, string>();
        foreach ((int index, JmapFaultUse use) in uses.Index())
        {
            data.Add(index, use.Script);
        }
        return data;
    }

    private HostedShell CreateShell()
    {
        var shell = new HostedShell();
        shell.SetVariable("folder", _folder.FullName);
        return shell;
    }

    private static async Task<JmapFaultWorld> EnterAsync(HostedShell shell, JmapFaultUse use)
    {
        JmapFaultWorld world = await JmapFaultWorld.CreateAsync(use.NeedsSample);
        world.Enter(shell, use);
        return world;
    }

    private static async Task<FaultVerdict> JudgeAsync(HostedShell shell, JmapFaultUse use, JmapFaultWorld world, JmapFaultCell cell, int expected)
    {
        world.Transport.Arm(cell, ofWrites: true);
        if (await RunAsync(shell, use, world) is not { } result)
        {
            return FaultVerdict.Hangs;
        }
        if (result.Errors.Any(IsForeign))
        {
            return FaultVerdict.RawException;
        }
        Said said = result.Errors.Any(error => error.FullyQualifiedErrorId.StartsWith(nameof(MailErrorCode.OutcomeUnknown), StringComparison.Ordinal)) ? Said.Unknown : result.Errors.Count > 0 ? Said.Failed : Said.Done;
        return (said, world.Transport.Changes) switch
        {
            (_, var changes) when changes > expected => FaultVerdict.DoneTwice,
            (Said.Unknown, _) => FaultVerdict.Honest,
            (Said.Done, var changes) => changes == expected ? FaultVerdict.Right : FaultVerdict.DoneThoughNot,
            (_, var changes) => changes == expected ? FaultVerdict.FailedThoughDone : FaultVerdict.Right,
        };
    }

    private static async Task<FaultVerdict> JudgeAsync(HostedShell shell, JmapFaultUse use, JmapFaultWorld world, JmapFaultCell cell, string expected)
    {
        world.Transport.Arm(cell, ofWrites: false);
        if (await RunAsync(shell, use, world) is not { } result)
        {
            return FaultVerdict.Hangs;
        }
        return result.Errors.Any(IsForeign) ? FaultVerdict.RawException
            : result.Errors.Count > 0 || use.SaysByResult || world.Transport.Faults == 0 || Describe(use, result) == expected ? FaultVerdict.Right
            : FaultVerdict.DoneThoughNot;
    }

    private static async Task<ScriptResult?> RunAsync(HostedShell shell, JmapFaultUse use, JmapFaultWorld world)
    {
        try
        {
            return await Task.Run(() => shell.Run(use.Script)).WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            world.Transport.Disarm();
        }
    }

    // Of an exception that nobody expected the engine takes the type for the id.
    private static bool IsForeign(ErrorRecord error) =>
        error.FullyQualifiedErrorId.StartsWith("UnexpectedError", StringComparison.Ordinal) || error.FullyQualifiedErrorId.StartsWith("System.", StringComparison.Ordinal);

    private static string Describe(JmapFaultUse use, ScriptResult result) =>
        use.Varies ? $"{result.Output.Count} objects" : string.Join('\n', result.Output.Select(item => item.BaseObject is string text ? text : string.Join("; ", item.Properties.Where(property => property.MemberType is PSMemberTypes.Property or PSMemberTypes.NoteProperty).Select(property => $"{property.Name}={Format(property.Value)}"))));

    private static string Format(object? value) => value is System.Collections.IEnumerable items and not string ? $"[{string.Join(", ", items.Cast<object?>().Select(Format))}]" : $"{value}";

    private void Report(List<(JmapFaultCell Cell, FaultVerdict Verdict)> results)
    {
        _output.WriteLine($"{results.Count} cells, {results.Count(result => result.Verdict == FaultVerdict.Honest)} of which are said to be unknown");
        results.Where(result => result.Verdict is not (FaultVerdict.Right or FaultVerdict.Honest)).Select(result => $"{result.Cell}: {result.Verdict}").ShouldBeEmpty();
    }
}
