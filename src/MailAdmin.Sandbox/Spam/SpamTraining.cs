namespace MailAdmin.Sandbox.Spam;

/// <summary>
/// Samples that were handed in, and the training that learns them (0.15). It takes a while on the server's clock; until it ends the
/// models stay as they were, and so they do if it is stopped.
/// </summary>
internal sealed class SpamTraining(SpamModels models, TimeProvider clock)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Sample> _samples = [];
    private TrainingRun? _run;
    private int _trainedCount;

    /// <summary>Whether it runs at this moment.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                CatchUp();
                return _run is not null;
            }
        }
    }

    /// <summary>Keeps a sample for the next training. The oldest gives way where there are too many.</summary>
    public void Add(uint? account, IReadOnlySet<string> words, bool isSpam)
    {
        lock (_gate)
        {
            CatchUp();
            _samples.Add(new Sample(account, words, isSpam));
            if (_samples.Count <= Capacity)
            {
                return;
            }

            _samples.RemoveAt(0);
            _trainedCount = Math.Max(_trainedCount - 1, 0);
        }
    }

    /// <summary>Begins to learn what is new, or everything afresh; one that runs already runs on.</summary>
    public void Start(bool fromScratch)
    {
        lock (_gate)
        {
            CatchUp();
            _run ??= new TrainingRun(fromScratch, [.. _samples.Skip(fromScratch ? 0 : _trainedCount)], clock.GetUtcNow() + s_duration);
        }
    }

    /// <summary>Ends a training before its time; false if there was none.</summary>
    public bool Stop()
    {
        lock (_gate)
        {
            CatchUp();
            bool wasRunning = _run is not null;
            _run = null;
            return wasRunning;
        }
    }

    /// <summary>Forgets what was learnt. The samples stay, to be learnt again.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _run = null;
            _trainedCount = 0;
            models.Reset();
            models.ResetAccount(null);
        }
    }

    /// <summary>Lets a training end that is over by now.</summary>
    public void CatchUp()
    {
        lock (_gate)
        {
            if (_run is not { } done || done.EndsAt > clock.GetUtcNow())
            {
                return;
            }

            if (done.IsFromScratch)
            {
                Reset();
            }

            foreach (Sample sample in done.Samples)
            {
                models[sample.Account].Train(sample.Words, sample.IsSpam);
            }

            _trainedCount = done.IsFromScratch ? done.Samples.Count : _trainedCount + done.Samples.Count;
            _run = null;
        }
    }

    private sealed record Sample(uint? Account, IReadOnlySet<string> Words, bool IsSpam);

    private sealed record TrainingRun(bool IsFromScratch, IReadOnlyList<Sample> Samples, DateTimeOffset EndsAt);
}
