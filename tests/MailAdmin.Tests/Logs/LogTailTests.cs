// Following a log whose entries have whole seconds and no id: whatever the log and whenever it is looked at, every entry comes once or its loss is told.
using CsCheck;
using MailAdmin.Client;
using MailAdmin.Client.Api.Logs;

namespace MailAdmin.Tests.Logs;

public sealed class LogTailTests
{
    private const int DefaultLimit = 4;
    private const int MaxLimit = 32;

    // Few texts and many entries in a second, so that entries repeat.
    private static readonly Gen<List<MailLogEntry>> s_log = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]).Array[0, 120].Select(steps =>
    {
        int second = 0;
        var log = new List<MailLogEntry>();
        foreach ((int step, int text) in steps)
        {
            // Three of four stay within the second.
            second += step == 0 ? 1 : 0;
            log.Add(Entry(second, text));
        }
        return log;
    });

    [Fact]
    public void Every_entry_comes_once_and_in_order_or_its_loss_is_told() =>
        Gen.Select(s_log, Gen.Int[0, 40].Array[1, 12]).Sample((log, steps) =>
        {
            FollowResult followed = Follow(log, Cuts(log.Count, steps), MaxLimit);
            // Told: then the look that told begins somewhere else, and nothing is said about what came before it.
            followed.Given.Skip(followed.LastGapAt).ShouldBe(log.Take(followed.Seen).TakeLast(followed.Given.Count - followed.LastGapAt), $"{log.Count} entries, looked at {string.Join(',', steps)}");
        }, iter: 3000);

    [Fact]
    public void No_loss_is_told_while_a_look_reaches_back_beyond_the_last_second_known() =>
        Gen.Select(s_log, Gen.Int[0, 40].Array[1, 12]).Sample((log, steps) =>
        {
            // A look may take all there is.
            FollowResult followed = Follow(log, Cuts(log.Count, steps), largest: 1000);
            followed.Gaps.ShouldBeEmpty();
            followed.Given.ShouldBe(log.Take(followed.Seen).TakeLast(followed.Given.Count));
        }, iter: 3000);

    [Fact]
    public void A_look_asks_for_more_until_it_finds_the_last_one()
    {
        List<MailLogEntry> log = [.. Enumerable.Range(0, 40).Select(i => Entry(i, i))];
        var tail = new LogTail(MaxLimit);
        tail.AddWindow(Window(log, 4, 10), 4).Added.Count.ShouldBe(4);
        tail.AddWindow(Window(log, 4, 24), 4).ShouldSatisfyAllConditions(step => step.RequiredLimit.ShouldBe(16), step => step.Added.ShouldBeEmpty());
        tail.AddWindow(Window(log, 16, 24), 16).Added.ShouldBe(log[10..24]);
        tail.AddWindow(Window(log, 4, 24), 4).Added.ShouldBeEmpty();
    }

    [Fact]
    public void More_than_a_look_takes_is_told_and_what_it_takes_is_given()
    {
        List<MailLogEntry> log = [.. Enumerable.Range(0, 100).Select(i => Entry(i, i))];
        var tail = new LogTail(MaxLimit);
        tail.AddWindow(Window(log, 4, 10), 4);
        tail.AddWindow(Window(log, 4, 90), 4).RequiredLimit.ShouldBe(16);
        tail.AddWindow(Window(log, 16, 90), 16).RequiredLimit.ShouldBe(MaxLimit);
        LogPollResult step = tail.AddWindow(Window(log, MaxLimit, 90), MaxLimit);
        (step.RequiredLimit, step.Gap).ShouldBe((null, LogGap.Overrun));
        step.Added.ShouldBe(log[58..90]);
    }

    [Fact]
    public void A_log_that_begins_anew_is_told_at_once()
    {
        var tail = new LogTail(MaxLimit);
        tail.AddWindow(new LogWindow([Entry(1, 1), Entry(2, 2)], true), 4);
        LogPollResult step = tail.AddWindow(new LogWindow([Entry(7, 1)], true), 4);
        (step.RequiredLimit, step.Gap, step.Added.Count).ShouldBe((null, LogGap.LogReset, 1));
        // Old files may go while the end of the log stays.
        tail.AddWindow(new LogWindow([Entry(7, 1), Entry(8, 1), Entry(9, 1)], true), 4).Added.Count.ShouldBe(2);
        tail.AddWindow(new LogWindow([Entry(8, 1), Entry(9, 1), Entry(10, 1)], true), 4).ShouldSatisfyAllConditions(s => s.Gap.ShouldBeNull(), s => s.Added.ShouldBe([Entry(10, 1)]));
    }

    [Fact]
    public void Entries_that_repeat_within_the_second_are_counted()
    {
        var tail = new LogTail(MaxLimit);
        tail.AddWindow(new LogWindow([Entry(1, 1), Entry(2, 5), Entry(2, 5)], false), 3);
        // Three of the last four could be the known ones.
        tail.AddWindow(new LogWindow([Entry(2, 5), Entry(2, 5), Entry(2, 5)], false), 3).RequiredLimit.ShouldNotBeNull();
        tail.AddWindow(new LogWindow([Entry(0, 9), Entry(1, 1), Entry(2, 5), Entry(2, 5), Entry(2, 5), Entry(2, 5)], false), 12).Added.Count.ShouldBe(2);
    }

    [Fact]
    public void A_log_that_was_empty_gives_all_it_holds()
    {
        var tail = new LogTail(MaxLimit);
        tail.AddWindow(new LogWindow([], true), 4);
        tail.AddWindow(new LogWindow([Entry(1, 1), Entry(1, 1)], true), 4).ShouldSatisfyAllConditions(step => step.Added.Count.ShouldBe(2), step => step.Gap.ShouldBeNull());
        tail.AddWindow(new LogWindow([Entry(1, 1), Entry(1, 1), Entry(1, 1)], true), 4).ShouldSatisfyAllConditions(step => step.Added.Count.ShouldBe(1), step => step.Gap.ShouldBeNull());
    }

    private sealed record FollowResult(List<MailLogEntry> Given, int LastGapAt, int Seen, List<LogGap> Gaps);

    private static FollowResult Follow(List<MailLogEntry> log, int[] cuts, int largest)
    {
        var tail = new LogTail(largest);
        var given = new List<MailLogEntry>();
        var gaps = new List<LogGap>();
        (int lastGapAt, int seen) = (0, 0);
        foreach (int cut in cuts)
        {
            LogPollResult step = tail.AddWindow(Window(log, DefaultLimit, cut), DefaultLimit);
            while (step.RequiredLimit is { } more)
            {
                step = tail.AddWindow(Window(log, more, cut), more);
            }
            if (step.Gap is { } gap)
            {
                gaps.Add(gap);
                lastGapAt = given.Count;
            }
            given.AddRange(step.Added);
            seen = cut;
        }
        return new FollowResult(given, lastGapAt, seen, gaps);
    }

    private static int[] Cuts(int count, int[] steps)
    {
        int at = 0;
        return [.. steps.Select(step => at = Math.Min(count, at + step))];
    }

    // The newest entries of the log as it was when it had so many.
    private static LogWindow Window(List<MailLogEntry> log, int limit, int length) => new([.. log.Take(length).TakeLast(limit)], length <= limit);

    private static MailLogEntry Entry(int second, int text) => new() { Timestamp = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000 + second), Details = $"text {text}" };
}
