namespace MailAdmin.Client.Http;

/// <summary>Notifies listeners that the client waits.</summary>
internal sealed class WaitNotifier(Action<WaitNotice>? onWait)
{
    public event Action<WaitNotice>? Waiting;

    public void Notify(string reason, TimeSpan duration, WaitKind kind) => Notify(new WaitNotice(reason, duration, kind));

    public void Notify(WaitNotice notice)
    {
        onWait?.Invoke(notice);
        Waiting?.Invoke(notice);
    }
}
