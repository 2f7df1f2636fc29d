namespace MailAdmin.Sandbox;

/// <summary>The faults at work. Several may hit one request.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _gate = new();
    private readonly List<ActiveFault> _active = [];

    internal SandboxFaults()
    {
    }

    /// <summary>Adds one, beside those at work.</summary>
    public void Add(SandboxFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _active.Add(new ActiveFault(fault));
        }
    }

    /// <summary>Ends them all.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _active.Clear();
        }
    }

    /// <summary>Throws the dice for a request: those that hit it, with the delay of each.</summary>
    internal IReadOnlyList<FaultHit> Hits(SandboxRequest request)
    {
        lock (_gate)
        {
            if (_active.Count == 0)
            {
                return [];
            }

            FaultHit[] hits = _active.Select(fault => fault.TryHit(request)).OfType<FaultHit>().ToArray();
            _active.RemoveAll(fault => fault.IsSpent);
            return hits;
        }
    }

    /// <summary>A fault with its dice and its count.</summary>
    private sealed class ActiveFault(SandboxFault fault)
    {
        private readonly Random _random = fault.Seed is { } seed ? new Random(seed) : new Random();
        private int _hits;

        public bool IsSpent => _hits >= fault.Count;

        public FaultHit? TryHit(SandboxRequest request)
        {
            if (IsSpent || !Matches(request) || _random.NextDouble() >= fault.Probability)
            {
                return null;
            }

            _hits++;
            TimeSpan span = (fault.MaximumDelay ?? fault.Delay) - fault.Delay;
            return new FaultHit(fault, fault.Delay + (span * _random.NextDouble()));
        }

        private bool Matches(SandboxRequest request) =>
            (fault.Path is null || request.Target.StartsWith(fault.Path, StringComparison.Ordinal))
            && (fault.Method is null || fault.Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase));
    }
}
