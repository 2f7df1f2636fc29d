namespace MailAdmin.Sandbox.Http;

/// <summary>Counts requests and keeps the last of them.</summary>
internal sealed class RequestRecord
{
    private const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
                return [.. lines];
        }
    }

    public void Add(string line)
    {
        lock (gate)
        {
            count++;
            lines.Enqueue(line);
            if (lines.Count > Capacity)
                lines.Dequeue();
        }
    }
}
