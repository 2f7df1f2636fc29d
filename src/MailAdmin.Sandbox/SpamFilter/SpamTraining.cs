namespace MailAdmin.Sandbox.SpamFilter;

/// <summary>
/// Samples that were handed in, and the training that learns them (0.15). It takes a while on the server's clock; until it ends the
/// models stay as they were, and so they do if it is stopped.
/// </summary>
internal sealed class SpamTraining(SpamModels models, TimeProvider clock)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly List<Sample> samples = [];
    private Run? run;
    private int learnt;

    /// <summary>Whether it runs at this moment.</summary>
    public bool IsRunning
    {
        get
        {
            lock (gate)
            {
                CatchUp();
                return run is not null;
            }
        }
    }

    /// <summary>Keeps a sample for the next training. The oldest gives way where there are too many.</summary>
    public void Add(uint? account, IReadOnlySet<string> words, bool isSpam)
    {
        lock (gate)
        {
            CatchUp();
            samples.Add(new Sample(account, words, isSpam));
            if (samples.Count <= Capacity)
                return;
            samples.RemoveAt(0);
            learnt = Math.Max(learnt - 1, 0);
        }
    }

    /// <summary>Begins to learn what is new, or everything afresh; one that runs already runs on.</summary>
    public void Start(bool isAfresh)
    {
        lock (gate)
        {
            CatchUp();
            run ??= new Run(isAfresh, [.. samples.Skip(isAfresh ? 0 : learnt)], clock.GetUtcNow() + Duration);
        }
    }

    /// <summary>Ends a training before its time; false if there was none.</summary>
    public bool Stop()
    {
        lock (gate)
        {
            CatchUp();
            var wasRunning = run is not null;
            run = null;
            return wasRunning;
        }
    }

    /// <summary>Forgets what was learnt. The samples stay, to be learnt again.</summary>
    public void Forget()
    {
        lock (gate)
        {
            run = null;
            learnt = 0;
            models.Forget();
            models.ForgetAccount(null);
        }
    }

    /// <summary>Lets a training end that is over by now.</summary>
    public void CatchUp()
    {
        lock (gate)
        {
            if (run is not { } done || done.EndsAt > clock.GetUtcNow())
                return;
            if (done.IsAfresh)
                Forget();
            foreach (var sample in done.Samples)
                models[sample.Account].Train(sample.Words, sample.IsSpam);
            learnt = done.IsAfresh ? done.Samples.Count : learnt + done.Samples.Count;
            run = null;
        }
    }

    private sealed record Sample(uint? Account, IReadOnlySet<string> Words, bool IsSpam);

    private sealed record Run(bool IsAfresh, IReadOnlyList<Sample> Samples, DateTimeOffset EndsAt);
}
