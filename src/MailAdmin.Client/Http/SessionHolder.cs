namespace MailAdmin.Client.Http;

/// <summary>Holds the session that signing in makes: the pipeline is built before there is one.</summary>
internal sealed class SessionHolder
{
    private Session? _current;

    /// <summary>The renewals of the connection's token.</summary>
    public RenewalMarks Renewals { get; } = new();

    public Session Current
    {
        get => _current ?? throw new InvalidOperationException("Not signed in yet.");
        set => _current = value;
    }

    public void ClearTokens() => _current?.ClearTokens();
}
