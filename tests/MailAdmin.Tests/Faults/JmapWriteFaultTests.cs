// Every cmdlet that changes servers from 0.16 on, held against everything that can become of its requests: of each thing one outcome is said, and it is so, or it is said to be unknown.
using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

public sealed class JmapWriteFaultTests(JmapFaultShell shell, ITestOutputHelper output) : IClassFixture<JmapFaultShell>
{
    // They speak to the sign-in, and call no method.
    private static readonly string[] s_ofSignIn = ["Connect-MailServer", "Request-MailOAuthCode", "Approve-MailDeviceCode", "Request-MailStreamToken"];

    // They go on after a fault, until they are told to end.
    private static readonly string[] s_ofStreams = ["Watch-MailMetric", "Watch-MailTrace"];

    public static TheoryData<int, string> Writes => JmapFaultShell.ToData(JmapFaultUses.Writes);

    [Fact]
    public void Every_cmdlet_that_works_is_in_the_matrix() =>
        JmapFaultUses.Writes.Concat(JmapFaultUses.Reads).Select(use => use.Cmdlet).Concat(s_ofSignIn).Concat(s_ofStreams).Distinct()
            .ShouldBe(FamilyMap.All.Where(use => use.Support == FamilySupport.Supported).Select(use => use.Cmdlet), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Of_a_write_nothing_is_said_that_is_not_so(int index, string script)
    {
        JmapFaultUse use = JmapFaultUses.Writes[index];
        use.Script.ShouldBe(script);
        var results = new List<(JmapFaultCell Cell, FaultVerdict Verdict)>();
        JmapFaultWorld? world = await shell.EnterAsync(use);
        int expected = RunWithoutFault(use, world);
        expected.ShouldBeGreaterThanOrEqualTo(use.Objects);
        try
        {
            foreach (JmapFaultCell cell in JmapFaultCell.OfWrites.Where(cell => use.IsThorough || !cell.IsAlikeElsewhere))
            {
                world = await ResetAsync(use, world, expected);
                FaultVerdict verdict = await shell.RunAsync(use, world, cell, ofWrites: true, result => Judge(use, cell, world.Transport, result, expected));
                results.Add((cell, verdict));
                if (verdict == FaultVerdict.Hangs)
                {
                    break;
                }
            }
            // All of them met a world and a connection that still work.
            world = await ResetAsync(use, world, expected);
            RunWithoutFault(use, world).ShouldBe(expected);
        }
        finally
        {
            world?.Dispose();
        }
        output.WriteLine($"{results.Count} cells, {results.Count(result => result.Verdict == FaultVerdict.Honest)} of which are said to be unknown");
        results.Where(result => !IsGood(use, result.Cell, result.Verdict)).Select(result => $"{result.Cell}: {result.Verdict}").ShouldBeEmpty();
    }

    // Where the server shows what it did, and can be asked, it is not left unknown.
    private static bool IsGood(JmapFaultUse use, JmapFaultCell cell, FaultVerdict verdict) =>
        verdict == FaultVerdict.Right || (verdict == FaultVerdict.Honest && !(use.IsLookedUp && cell.IsExecuted && cell.Meeting is JmapFaultMeeting.Once or JmapFaultMeeting.Always));

    private int RunWithoutFault(JmapFaultUse use, JmapFaultWorld world)
    {
        world.Transport.Arm(null, ofWrites: true);
        ScriptResult result = shell.Shell.Run(use.Script).ShouldHaveNoErrors();
        world.Transport.Disarm();
        Count(use, result).Done.ShouldBe(use.Objects);
        return world.Transport.Changes;
    }

    // What was done is not done again to the same things.
    private async Task<JmapFaultWorld> ResetAsync(JmapFaultUse use, JmapFaultWorld? world, int expected)
    {
        int changes = world?.Transport.Changes ?? -1;
        if (changes == expected && use.Undo is { } undo)
        {
            shell.Shell.Run(undo).ShouldHaveNoErrors();
        }
        else if (changes != 0)
        {
            world?.Dispose();
            world = await shell.EnterAsync(use);
        }
        return world!;
    }

    private static FaultVerdict Judge(JmapFaultUse use, JmapFaultCell cell, FaultyJmapTransport transport, ScriptResult result, int expected)
    {
        (int done, int failed, int unknown) = Count(use, result);
        int changes = use.IsRepeatable ? Math.Min(transport.Changes, expected) : transport.Changes;
        return transport.Faults == 0 && cell.Meeting != JmapFaultMeeting.Behind ? FaultVerdict.NotMet
            : changes > expected ? FaultVerdict.DoneTwice
            : done + failed + unknown > use.Objects ? FaultVerdict.SaidTwice
            : changes < done * (expected / use.Objects) ? FaultVerdict.DoneThoughNot
            : changes > expected - failed ? FaultVerdict.FailedThoughDone
            : unknown > 0 ? FaultVerdict.Honest : FaultVerdict.Right;
    }

    // What is said to be done, failed and unknown.
    private static (int Done, int Failed, int Unknown) Count(JmapFaultUse use, ScriptResult result)
    {
        if (use.ReadOutcome is { } read)
        {
            ILookup<FaultOutcome, PSObject> outcomes = result.Output.ToLookup(read);
            return (outcomes[FaultOutcome.Done].Count(), outcomes[FaultOutcome.Failed].Count(), outcomes[FaultOutcome.Unknown].Count());
        }
        int unknown = result.Errors.Count(error => error.FullyQualifiedErrorId.StartsWith(nameof(MailErrorCode.OutcomeUnknown), StringComparison.Ordinal));
        // One error stands for all that were not sent.
        int unsent = result.Errors.Where(error => error.FullyQualifiedErrorId.StartsWith("BatchStopped", StringComparison.Ordinal)).Sum(error => error.TargetObject is ICollection items ? items.Count - 1 : 0);
        int failed = result.Errors.Count - unknown + unsent;
        if (use.NeedsTheFirst && result.Output.Count == 0)
        {
            failed = use.Objects - unknown;
        }
        // What was done and could not be read since is told by a warning.
        return (use.PassesThru && result.Warnings.Count == 0 ? result.Output.Count : use.Objects - failed - unknown, failed, unknown);
    }
}
