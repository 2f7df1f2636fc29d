namespace MailAdmin.Client;

/// <summary>Why entries of a followed log may be missing.</summary>
public enum LogGap
{
    /// <summary>More was written between two polls than one poll returns.</summary>
    Overrun,
    /// <summary>The log no longer holds what was there at the last poll: it was emptied, or its old files were removed.</summary>
    LogReset,
    /// <summary>The log repeats itself so often within one second that it is not certain where the last poll ended.</summary>
    Uncertain,
}
