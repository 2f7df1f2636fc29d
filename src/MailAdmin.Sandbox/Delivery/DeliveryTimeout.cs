using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Delivery;

/// <summary>How long a delivery test waits for a host, as the caller says.</summary>
internal static class DeliveryTimeout
{
    private const int DefaultSeconds = 30;
    private const int MaxSeconds = 60 * 60;

    public static TimeSpan From(QueryValues query)
    {
        int seconds = query.GetInt32("timeout");
        return TimeSpan.FromSeconds(seconds > 0 ? Math.Min(seconds, MaxSeconds) : DefaultSeconds);
    }
}
