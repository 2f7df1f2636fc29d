namespace MailAdmin.Sandbox.Spam;

/// <summary>
/// Uploaded samples, and the training that uses them (0.15). It takes two seconds on the server's clock; until it ends the
/// models do not change, nor if it is stopped.
/// </summary>
internal sealed class SpamTraining(SpamModels models, TimeProvider clock)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Sample> _samples = [];
    private TrainingRun? _run;
    private int _trainedCount;

    /// <summary>Whether a training is running.</summary>
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

    /// <summary>Stores a sample for the next training. Beyond the capacity the oldest is dropped.</summary>
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

    /// <summary>Starts a training with the new samples, or with all samples from scratch; one that is running continues.</summary>
    public void Start(bool fromScratch)
    {
        lock (_gate)
        {
            CatchUp();
            _run ??= new TrainingRun(fromScratch, [.. _samples.Skip(fromScratch ? 0 : _trainedCount)], clock.GetUtcNow() + s_duration);
        }
    }

    /// <summary>Stops a running training; false if there was none.</summary>
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

    /// <summary>Resets the models. The samples stay for another training.</summary>
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

    /// <summary>Completes a training whose time is over.</summary>
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
