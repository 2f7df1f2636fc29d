namespace MailAdmin.Client.Http;

/// <summary>Tells whoever listens that the client waits.</summary>
internal sealed class Waits(Action<WaitNotice>? onWait)
{
    public event Action<WaitNotice>? Raised;

    public void Announce(string reason, TimeSpan duration, WaitKind kind)
    {
        var notice = new WaitNotice(reason, duration, kind);
        onWait?.Invoke(notice);
        Raised?.Invoke(notice);
    }
}
