namespace MailAdmin.Client;

/// <summary>What is no error and must be told to people all the same.</summary>
/// <param name="message">The warning, as a sentence.</param>
public sealed class ClientWarning(string message)
{
    private int _isTaken;

    /// <summary>The warning, as a sentence.</summary>
    public string Message { get; } = message;

    /// <summary>Whether the caller is to tell it: true once, however many listeners a connection has.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;
}
