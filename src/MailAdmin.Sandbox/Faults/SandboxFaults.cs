using MailAdmin.Sandbox.Faults;

namespace MailAdmin.Sandbox;

/// <summary>The active faults. Several may apply to one request.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _gate = new();
    private readonly List<ActiveFault> _active = [];

    internal SandboxFaults()
    {
    }

    /// <summary>Adds a fault to the active ones.</summary>
    public void Add(SandboxFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _active.Add(new ActiveFault(fault));
        }
    }

    /// <summary>Removes all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _active.Clear();
        }
    }

    /// <summary>Decides at random which faults apply to a request, each with its delay.</summary>
    internal IReadOnlyList<TriggeredFault> GetTriggered(SandboxRequest request)
    {
        lock (_gate)
        {
            if (_active.Count == 0)
            {
                return [];
            }

            TriggeredFault[] triggered = _active.Select(fault => fault.TryTrigger(request)).OfType<TriggeredFault>().ToArray();
            _active.RemoveAll(fault => fault.IsExhausted);
            return triggered;
        }
    }

    /// <summary>A fault with its random generator and its count.</summary>
    private sealed class ActiveFault(SandboxFault fault)
    {
        private readonly Random _random = fault.Seed is { } seed ? new Random(seed) : new Random();
        private int _triggerCount;

        public bool IsExhausted => _triggerCount >= fault.Count;

        public TriggeredFault? TryTrigger(SandboxRequest request)
        {
            if (IsExhausted || !Matches(request) || _random.NextDouble() >= fault.Probability)
            {
                return null;
            }

            _triggerCount++;
            TimeSpan span = (fault.MaxDelay ?? fault.Delay) - fault.Delay;
            return new TriggeredFault(fault, fault.Delay + (span * _random.NextDouble()));
        }

        private bool Matches(SandboxRequest request) =>
            (fault.Path is null || request.Target.StartsWith(fault.Path, StringComparison.Ordinal))
            && (fault.Method is null || fault.Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase));
    }
}
