// Every operation that the client calls, held against everything that can become of a call: what is said must be so, or be said to be unknown.
using System.Collections.Concurrent;
using MailAdmin.Client;

namespace MailAdmin.Tests.Faults;

public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    private static readonly ParallelOptions s_parallel = new() { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) };

    // The clock of the client does not wait: only what never ends takes as long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    [Fact]
    public void Every_operation_is_in_the_matrix() =>
        FaultWrites.All.Select(use => use.Operation).Concat(FaultReads.All.Select(use => use.Operation)).Concat(FaultReads.NotCalled).Distinct().ShouldBe(Operations.All, ignoreOrder: true);

    [Fact]
    public async Task Without_a_fault_every_write_is_done_and_said_to_be()
    {
        foreach (FaultWrite use in FaultWrites.All)
        {
            using FaultWorld world = await FaultWorld.CreateAsync(use);
            world.Transport.Arm(use.Operation, null);
            if (use.IsDoneAsync is not null)
            {
                (await use.IsDoneAsync(world)).ShouldBeFalse($"{use}");
            }
            if (use.IsRefused)
            {
                await Should.ThrowAsync<MailServerException>(use.RunAsync(world));
                continue;
            }
            (await use.RunAsync(world)).ShouldBeTrue($"{use}");
            (await IsDoneAsync(use, world)).ShouldBeTrue($"{use}");
        }
    }

    [Fact]
    public async Task Of_a_write_nothing_is_said_that_is_not_so()
    {
        var results = new ConcurrentBag<(FaultWrite Use, FaultCell Cell, FaultVerdict Verdict)>();
        await Parallel.ForEachAsync(FaultWrites.All, s_parallel, async (use, _) =>
        {
            FaultWorld? world = null;
            foreach (FaultCell cell in FaultCell.All.Where(cell => !use.TakesAnyData || !cell.Fault.HoldsData))
            {
                world ??= await FaultWorld.CreateAsync(use);
                FaultVerdict verdict = await JudgeAsync(use, world, cell);
                results.Add((use, cell, verdict));
                if (world.Transport.Executions > 0 || await IsDoneAsync(use, world))
                {
                    // What was done is not done again to the same things.
                    world.Dispose();
                    world = null;
                }
            }
            world?.Dispose();
        });
        Report(results.Select(result => ($"{result.Use}", result.Cell, result.Verdict)));
        string[] notLookedUp = [.. results.Where(result => result.Verdict != FaultVerdict.Right && MustBeRight(result.Use, result.Cell)).Select(result => $"{result.Use}: {result.Cell}: {result.Verdict}").Order(StringComparer.Ordinal)];
        notLookedUp.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_read_nothing_is_said_that_is_not_so()
    {
        var results = new ConcurrentBag<(string, FaultCell, FaultVerdict)>();
        await Parallel.ForEachAsync(FaultReads.All.GroupBy(use => (use.Version, use.RunsAsAccount)), s_parallel, async (group, _) =>
        {
            foreach (FaultRead use in group)
            {
                using FaultWorld world = await FaultWorld.CreateAsync(use with { NeedsSample = !use.NeedsEmpty });
                world.Transport.Arm(use.Operation, null);
                string expected = await use.ReadAsync(world).WaitAsync(s_patience, CancellationToken.None);
                expected.ShouldNotBeNullOrEmpty($"{use}");
                foreach (FaultCell cell in FaultCell.All.Where(cell => cell.IsExecuted || cell.Fault.Reach == FaultReach.NotReached))
                {
                    results.Add(($"{use}", cell, await JudgeAsync(use, world, cell, expected)));
                }
            }
        });
        Report(results);
    }

    private static bool MustBeRight(FaultWrite use, FaultCell cell) => use.IsLookedUp && (cell.IsExecuted || (use.IsSentAgain && !cell.IsAlways));

    private static async Task<bool> IsDoneAsync(FaultWrite use, FaultWorld world) => use.IsDoneAsync is null ? world.Transport.Executions > 0 : await use.IsDoneAsync(world);

    private static async Task<FaultVerdict> JudgeAsync(FaultWrite use, FaultWorld world, FaultCell cell)
    {
        world.Transport.Arm(use.Operation, cell);
        bool? said;
        try
        {
            said = await use.RunAsync(world).WaitAsync(s_patience);
        }
        catch (MailServerException e)
        {
            said = e.Code == MailErrorCode.OutcomeUnknown ? null : false;
        }
        catch (TimeoutException)
        {
            return FaultVerdict.Hangs;
        }
        catch (Exception e) when (e is not (ShouldAssertException or FormatException))
        {
            return FaultVerdict.RawException;
        }
        if (world.Transport.Executions > 1 && !use.IsRepeatable)
        {
            return FaultVerdict.DoneTwice;
        }
        bool isDone = await IsDoneAsync(use, world);
        return said is null ? FaultVerdict.Honest : said == isDone ? FaultVerdict.Right : isDone ? FaultVerdict.FailedThoughDone : FaultVerdict.DoneThoughNot;
    }

    private static async Task<FaultVerdict> JudgeAsync(FaultRead use, FaultWorld world, FaultCell cell, string expected)
    {
        world.Transport.Arm(use.Operation, cell);
        try
        {
            string read = await use.ReadAsync(world).WaitAsync(s_patience);
            bool isRight = read == expected || read == use.WhenFailed || (read == use.WhenMissing && cell.Fault.Reach == FaultReach.NotReached);
            return isRight || use.TakesAnyBytes ? FaultVerdict.Right : FaultVerdict.DoneThoughNot;
        }
        catch (MailServerException)
        {
            return FaultVerdict.Right;
        }
        catch (TimeoutException)
        {
            return FaultVerdict.Hangs;
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            return FaultVerdict.RawException;
        }
    }

    private void Report(IEnumerable<(string Use, FaultCell Cell, FaultVerdict Verdict)> results)
    {
        (string Use, FaultCell Cell, FaultVerdict Verdict)[] all = [.. results];
        output.WriteLine($"{all.Length} cells");
        foreach (FaultVerdict verdict in Enum.GetValues<FaultVerdict>())
        {
            output.WriteLine($"{verdict,-18}{all.Count(result => result.Verdict == verdict),6}");
        }
        string[] wrong = [.. all.Where(result => result.Verdict is not (FaultVerdict.Right or FaultVerdict.Honest)).Select(result => $"{result.Use}: {result.Cell}: {result.Verdict}").Order(StringComparer.Ordinal)];
        wrong.ShouldBeEmpty();
    }
}
