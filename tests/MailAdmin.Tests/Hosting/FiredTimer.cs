namespace MailAdmin.Tests.Hosting;

/// <summary>A timer that was due when it was made: there is nothing left to change or to end.</summary>
internal sealed class FiredTimer : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period) => true;

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
