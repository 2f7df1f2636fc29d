namespace MailAdmin.Client;

/// <summary>What became of a message that the spam filter was to learn from.</summary>
public enum SpamTrainingStatus : long
{
    /// <summary>The filter has learned from it (servers before 0.15).</summary>
    Learned,
    /// <summary>The server keeps it as a sample, and learns from it when training next runs (servers from 0.15 on).</summary>
    Stored,
    /// <summary>Neither: it was not fit to send, or the server refused it.</summary>
    Failed,
}
