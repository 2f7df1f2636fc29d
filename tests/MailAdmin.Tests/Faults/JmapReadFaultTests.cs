// Every cmdlet that reads servers from 0.16 on, held against everything that can become of its requests: what is shown is what the server has, or there is an error.
using System.Collections;
using System.Management.Automation;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

public sealed class JmapReadFaultTests(JmapFaultShell shell, ITestOutputHelper output) : IClassFixture<JmapFaultShell>
{
    public static TheoryData<int, string> Reads => JmapFaultShell.ToData(JmapFaultUses.Reads);

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Of_a_read_nothing_is_said_that_is_not_so(int index, string script)
    {
        JmapFaultUse use = JmapFaultUses.Reads[index];
        use.Script.ShouldBe(script);
        var results = new List<(JmapFaultCell Cell, FaultVerdict Verdict)>();
        using JmapFaultWorld world = await shell.EnterAsync(use);
        string expected = Describe(use, shell.Shell.Run(use.Script).ShouldHaveNoErrors());
        expected.ShouldNotBeEmpty();
        int met = 0;
        foreach (JmapFaultCell cell in JmapFaultCell.OfReads.Where(cell => use.IsThorough || !cell.IsAlikeElsewhere))
        {
            if (use.NeedsNewConnection)
            {
                await world.ReconnectAsync(shell.Shell);
            }
            FaultVerdict verdict = await shell.RunAsync(use, world, cell, ofWrites: false, result =>
                result.Errors.Count > 0 || use.TakesAnything || Describe(use, result) == expected ? FaultVerdict.Right : FaultVerdict.DoneThoughNot);
            results.Add((cell, verdict));
            met += world.Transport.Faults > 0 ? 1 : 0;
            if (verdict == FaultVerdict.Hangs)
            {
                break;
            }
        }
        output.WriteLine($"{results.Count} cells");
        results.Where(result => result.Verdict != FaultVerdict.Right).Select(result => $"{result.Cell}: {result.Verdict}").ShouldBeEmpty();
        // Those that can become of its requests; and the connection still works.
        met.ShouldBeGreaterThan(10);
        Describe(use, shell.Shell.Run(use.Script).ShouldHaveNoErrors()).ShouldBe(expected);
    }

    private static string Describe(JmapFaultUse use, ScriptResult result) => use.Varies ? $"{result.Output.Count} objects" : string.Join('\n', result.Output.Select(Describe));

    private static string Describe(PSObject item) => item.BaseObject is string text ? text
        : string.Join("; ", item.Properties.Where(property => property.MemberType is PSMemberTypes.Property or PSMemberTypes.NoteProperty).Select(property => $"{property.Name}={Format(property.Value)}"));

    private static string Format(object? value) => value is IEnumerable items and not string ? $"[{string.Join(", ", items.Cast<object?>().Select(Format))}]" : $"{value}";
}
