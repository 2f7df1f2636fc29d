namespace MailAdmin.Client.Http;

/// <summary>
/// How many calls may be in flight at once, found as TCP Vegas finds its window. By Little's law, of N calls in flight N × (1 − time without waiting / measured
/// time) wait in the server, and the others are on the wire or are worked on. While few wait the limit grows; where many do, it falls to what keeps
/// the server busy. Near the server that is about four calls, far from it as many as the wire holds (docs/api.md trap 60). It has no clock: whoever
/// sends the calls measures them. Not thread-safe.
/// </summary>
internal sealed class ConcurrencyLimit(int max)
{
    /// <summary>The limit before anything is known of the server.</summary>
    public const int DefaultLimit = 3;

    private const double NoneWaiting = 0.5;
    private const double FewWaiting = 2;
    private const double ManyWaiting = 4;

    // With many calls on the wire, times that vary on the way look like calls that wait: so large a part of them may.
    private const double NoneWaitingShare = 0.05;
    private const double FewWaitingShare = 0.15;
    private const double ManyWaitingShare = 0.3;

    // One quick answer is chance: so many together say how long an operation takes without waiting.
    private const int AnswersOfOneEstimate = 3;

    // What a limit grows by at once, where few wait: a small one by one, a large one by this part of it.
    private const int GrowthPart = 8;

    // The way to the server may become longer: then the shortest time of before would keep the limit low for ever.
    private const int MaxRoundsOfOneEstimate = 256;

    // An operation is compared with itself alone: some take a hundred times as long as others.
    private readonly Dictionary<Operation, Pace> _paces = [];
    private int _max = max;
    private int _estimateStart;
    private int _reductionEnd;
    private int _answers;
    private int _unmeasured;
    private int _mostInFlight;
    private double _shares;

    /// <summary>How many calls may be in flight now.</summary>
    public int Current { get; private set; } = Math.Min(DefaultLimit, max);

    /// <summary>The number of the round. In each, about as many calls are answered as may be in flight; a call that began in an earlier round says nothing about the present limit.</summary>
    public int Round { get; private set; }

    /// <summary>Sets the largest limit.</summary>
    public void SetMaximum(int value)
    {
        _max = value;
        Current = Math.Min(Current, value);
    }

    /// <summary>An answer has come.</summary>
    /// <param name="operation">What was asked for.</param>
    /// <param name="time">How long the answer took.</param>
    /// <param name="inFlight">How many calls were in flight when this one began, this one included.</param>
    /// <param name="round">The <see cref="Round"/> in which it began.</param>
    public void RecordAnswer(Operation operation, TimeSpan time, int inFlight, int round)
    {
        if (!_paces.TryGetValue(operation, out Pace? pace))
        {
            _paces[operation] = pace = new Pace();
        }
        double share = pace.Record(time);
        if (round != Round)
        {
            return;
        }
        _answers++;
        _mostInFlight = Math.Max(_mostInFlight, inFlight);
        _shares += share;
        if (_answers >= Current)
        {
            Adjust(_mostInFlight * (1 - (_shares / _answers)));
            foreach (Pace each in _paces.Values)
            {
                each.EndRound();
            }
            StartRound();
        }
    }

    /// <summary>An answer has come whose time says nothing: it only shows that the server works again, so that the limit does not stay low for ever.</summary>
    /// <param name="round">The <see cref="Round"/> in which the call began.</param>
    public void RecordUnmeasuredAnswer(int round)
    {
        if (round == Round && Current < Math.Min(DefaultLimit, _max) && ++_unmeasured >= Current)
        {
            Current++;
            StartRound();
        }
    }

    /// <summary>The server rejected a call because it has too much to do, failed, or did not answer in time.</summary>
    /// <param name="round">The <see cref="Round"/> in which the call began.</param>
    public void RecordOverload(int round)
    {
        // Calls that were in flight together fail for the same reason.
        if (round >= _reductionEnd)
        {
            Current = Math.Max(1, Current / 2);
            StartRound();
            _reductionEnd = Round;
        }
    }

    private void Adjust(double waiting)
    {
        if (Round - _estimateStart >= MaxRoundsOfOneEstimate)
        {
            _paces.Clear();
            _estimateStart = Round;
            Current = Math.Min(DefaultLimit, Current);
        }
        else if (waiting > AtLeast(ManyWaiting, ManyWaitingShare, _mostInFlight))
        {
            double busy = _mostInFlight - waiting;
            Current = Math.Clamp((int)Math.Ceiling(busy + AtLeast(ManyWaiting, ManyWaitingShare, busy)), 1, Current);
        }
        // Where there was less to do than allowed, nothing was learnt about more.
        else if (waiting < AtLeast(FewWaiting, FewWaitingShare, _mostInFlight) && _mostInFlight >= Current)
        {
            bool isIdle = waiting < AtLeast(NoneWaiting, NoneWaitingShare, _mostInFlight);
            Current = Math.Min(_max, Current + (isIdle ? Current : Math.Max(1, Current / GrowthPart)));
        }
    }

    private static double AtLeast(double calls, double share, double ofCalls) => Math.Max(calls, share * ofCalls);

    private void StartRound()
    {
        Round++;
        (_answers, _unmeasured, _mostInFlight, _shares) = (0, 0, 0, 0);
    }

    /// <summary>How fast answers to one operation come, in answers a second of one call after the other.</summary>
    private sealed class Pace
    {
        private double _best;
        private double _sum;
        private int _count;

        /// <summary>Takes note of an answer's time; how much of that it takes without waiting.</summary>
        public double Record(TimeSpan time)
        {
            double pace = 1 / Math.Max(time.TotalSeconds, TimeSpan.FromMicroseconds(1).TotalSeconds);
            _sum += pace;
            _count++;
            return _best > pace ? pace / _best : 1;
        }

        public void EndRound()
        {
            if (_count >= AnswersOfOneEstimate)
            {
                _best = Math.Max(_best, _sum / _count);
                (_sum, _count) = (0, 0);
            }
        }
    }
}
