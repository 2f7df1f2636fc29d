namespace MailAdmin.Client.Http;

/// <summary>Passes warnings of the client to its listeners.</summary>
internal sealed class WarningNotifier
{
    public event Action<ClientWarning>? Warned;

    public void Warn(string message) => Warned?.Invoke(new ClientWarning(message));
}
