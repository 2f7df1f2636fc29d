// The limit against servers of which everything is known: no clock, no threads.
using MailAdmin.Client;
using MailAdmin.Client.Http;

namespace MailAdmin.Tests.Http;

public sealed class ConcurrencyLimitTests
{
    private const int Max = 64;

    [Theory]
    [InlineData(1.0)]
    [InlineData(5.0)]
    [InlineData(40.0)]
    public void Near_the_server_about_four_calls_are_in_flight(double milliseconds)
    {
        // Two cores: more than two calls at once take longer, each.
        var limit = new ConcurrencyLimit(Max);
        int[] seen = Run(limit, inFlight => milliseconds * Math.Max(1, inFlight / 2.0), rounds: 2000);
        seen.Max().ShouldBeLessThanOrEqualTo(8);
        seen.Skip(100).Average().ShouldBeInRange(3, 6);
    }

    [Fact]
    public void Far_from_the_server_the_wire_is_filled()
    {
        var limit = new ConcurrencyLimit(Max);
        int[] seen = Run(limit, _ => 100, rounds: 5);
        seen.ShouldBe([6, 12, 24, 48, 64]);
        seen[^1].ShouldBe(Max);
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.3)]
    [InlineData(0.4)]
    public void Times_that_vary_on_the_way_do_not_keep_the_wire_empty(double variation)
    {
        var limit = new ConcurrencyLimit(Max);
        var random = new Random(14);
        int[] seen = Run(limit, _ => 10 * (1 + (variation * random.NextDouble())), rounds: 60);
        seen[^1].ShouldBe(Max);
        seen.Skip(40).Min().ShouldBe(Max);
    }

    [Fact]
    public void Near_the_server_times_that_vary_change_little()
    {
        var limit = new ConcurrencyLimit(Max);
        var random = new Random(14);
        int[] seen = Run(limit, inFlight => 5 * Math.Max(1, inFlight / 2.0) * (1 + (0.4 * random.NextDouble())), rounds: 2000);
        seen.Max().ShouldBeLessThanOrEqualTo(8);
        seen.Skip(100).Average().ShouldBeInRange(3, 6);
    }

    [Fact]
    public void Far_from_a_slow_server_as_much_is_on_the_wire_as_it_keeps_up_with()
    {
        // It does 50 calls a second, and the wire takes 0.2 s: ten on the wire, the others would wait.
        var limit = new ConcurrencyLimit(Max);
        int[] seen = Run(limit, inFlight => Math.Max(200 + 20, inFlight * 20), rounds: 200);
        seen.Skip(50).Average().ShouldBeInRange(10, 16);
    }

    [Fact]
    public void Without_enough_to_do_nothing_is_learnt_about_more()
    {
        var limit = new ConcurrencyLimit(Max);
        for (int i = 0; i < 1000; i++)
        {
            limit.RecordAnswer(Operations.GetPrincipal, TimeSpan.FromMilliseconds(1), 1, limit.Round);
        }
        limit.Current.ShouldBe(ConcurrencyLimit.DefaultLimit);
    }

    [Fact]
    public void Answers_that_say_nothing_of_the_time_end_the_caution_after_an_overload_and_allow_no_more()
    {
        var limit = new ConcurrencyLimit(Max);
        for (int i = 0; i < 3; i++)
        {
            limit.RecordOverload(limit.Round);
        }
        limit.Current.ShouldBe(1);
        for (int i = 0; i < 100; i++)
        {
            limit.RecordUnmeasuredAnswer(limit.Round);
        }
        limit.Current.ShouldBe(ConcurrencyLimit.DefaultLimit);
    }

    [Fact]
    public void A_server_that_gets_slower_is_given_less_and_one_that_recovers_more()
    {
        var limit = new ConcurrencyLimit(Max);
        Run(limit, _ => 100, rounds: 20);
        limit.Current.ShouldBe(Max);
        int[] slow = Run(limit, inFlight => 100 + (20 * inFlight), rounds: 20);
        slow[^1].ShouldBeLessThan(12);
        int[] quick = Run(limit, _ => 100, rounds: 100);
        quick[^1].ShouldBe(Max);
    }

    [Fact]
    public void A_way_that_has_become_longer_is_learnt_anew()
    {
        var limit = new ConcurrencyLimit(Max);
        Run(limit, _ => 10, rounds: 20);
        int[] seen = Run(limit, _ => 100, rounds: 400);
        seen[^1].ShouldBe(Max);
    }

    [Fact]
    public void One_overload_halves_the_limit_however_many_calls_tell_of_it()
    {
        var limit = new ConcurrencyLimit(Max);
        Run(limit, _ => 100, rounds: 20);
        int round = limit.Round;
        for (int i = 0; i < 64; i++)
        {
            limit.RecordOverload(round);
        }
        limit.Current.ShouldBe(32);
        for (int i = 0; i < 20; i++)
        {
            limit.RecordOverload(limit.Round);
        }
        limit.Current.ShouldBe(1);
        Run(limit, _ => 100, rounds: 1).ShouldBe([2]);
    }

    [Fact]
    public void Operations_that_take_longer_than_others_are_no_sign_of_a_busy_server()
    {
        var limit = new ConcurrencyLimit(Max);
        for (int i = 0; i < 400; i++)
        {
            int inFlight = limit.Current, round = limit.Round;
            for (int call = 0; call < inFlight; call++)
            {
                bool isLong = call % 2 == 0;
                limit.RecordAnswer(isLong ? Operations.ListLogs : Operations.GetPrincipal, TimeSpan.FromMilliseconds(isLong ? 800 : 20), inFlight, round);
            }
            if (i == 20)
            {
                limit.Current.ShouldBe(Max);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_largest_limit_is_never_exceeded(int max)
    {
        var limit = new ConcurrencyLimit(max);
        Run(limit, _ => 100, rounds: 600).Max().ShouldBe(max);
    }

    /// <summary>The limit after each round in which as many calls as allowed were in flight.</summary>
    private static int[] Run(ConcurrencyLimit limit, Func<int, double> milliseconds, int rounds)
    {
        var seen = new List<int>();
        for (int i = 0; i < rounds; i++)
        {
            (int inFlight, int round) = (limit.Current, limit.Round);
            for (int call = 0; call < inFlight; call++)
            {
                limit.RecordAnswer(Operations.GetPrincipal, TimeSpan.FromMilliseconds(milliseconds(inFlight)), inFlight, round);
            }
            seen.Add(limit.Current);
        }
        return [.. seen];
    }
}
