using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Client.Http;

/// <summary>Growing delays with jitter, so that calls that failed together are not sent again together.</summary>
internal static class Backoff
{
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(30);

    /// <summary>The delay before attempt <paramref name="attempt"/> + 1: <paramref name="first"/>, doubling, give or take a quarter.</summary>
    public static TimeSpan Exponential(TimeSpan first, int attempt)
    {
        double seconds = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(attempt, 20)), s_maxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * RandomBetween(0.75, 1.25));
    }

    /// <summary>The delay that the server asks for, if it is the longer one.</summary>
    public static TimeSpan AtLeast(TimeSpan? serverDelay, TimeSpan own) => serverDelay > own ? serverDelay.Value : own;

    /// <summary>A short random delay.</summary>
    public static TimeSpan Jitter(TimeSpan max) => max * RandomBetween(0, 1);

    [SuppressMessage("Security", "CA5394", Justification = "Spreads load; guards nothing.")]
    private static double RandomBetween(double low, double high) => low + (Random.Shared.NextDouble() * (high - low));
}
