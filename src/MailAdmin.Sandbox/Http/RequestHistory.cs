namespace MailAdmin.Sandbox.Http;

/// <summary>Counts requests and keeps the last of them.</summary>
internal sealed class RequestHistory
{
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public void Add(string line)
    {
        lock (_gate)
        {
            _count++;
            _lines.Enqueue(line);
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }
    }
}
