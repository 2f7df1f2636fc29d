namespace MailAdmin.Sandbox.Queue;

/// <summary>When a fresh installation retries, notifies the sender and gives up. All in seconds.</summary>
internal static class DeliverySchedule
{
    public const long Day = 24 * Hour;

    private const long Minute = 60;
    private const long Hour = 60 * Minute;

    /// <summary>The longest wait between two checks while the queue runs.</summary>
    public const long MaxWaitWhenRunning = 5 * Minute;

    /// <summary>The wait while it is stopped, unless an event comes; starting the queue is not an event.</summary>
    public const long MaxWaitWhenStopped = Day;

    private static readonly long[] s_retryDelays = [2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour];
    private static readonly long[] s_notificationDelays = [Day, 3 * Day];

    public static long GetRetryDelay(int number) => s_retryDelays[Math.Min(number, s_retryDelays.Length - 1)];

    /// <summary>The pause before a notification of delay; none after the last.</summary>
    public static long? GetNotificationDelay(int number) => number < s_notificationDelays.Length ? s_notificationDelays[number] : null;
}
