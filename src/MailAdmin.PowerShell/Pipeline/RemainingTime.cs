namespace MailAdmin.PowerShell.Pipeline;

/// <summary>Estimates how long the rest of a work takes, for progress displays.</summary>
internal static class RemainingTime
{
    /// <summary>What a display takes for "not known".</summary>
    public const int Unknown = -1;

    private const int MinCount = 20;
    private const double MinShare = 0.1;
    private static readonly TimeSpan s_minElapsed = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The seconds that are left. Unknown at the beginning: the first items wait for the connection and for each other, and would make a minute an hour.
    /// </summary>
    /// <param name="elapsed">How long it has taken so far.</param>
    /// <param name="count">How many items are done.</param>
    /// <param name="share">How much of the whole that is, from 0 to 1; null if that is not known.</param>
    public static int EstimateSeconds(TimeSpan elapsed, int count, double? share) =>
        share is > 0 and <= 1 and var done && elapsed >= s_minElapsed && (count >= MinCount || done >= MinShare)
            ? (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * (1 - done) / done)
            : Unknown;
}
