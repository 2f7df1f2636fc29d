using System.Globalization;

namespace MailAdmin.Client;

/// <summary>
/// Which disk quotas are taken as they are written. A quota is a number of bytes, but <c>5</c> was meant as 5 GB and <c>1024</c> as megabytes: an account
/// with a quota of 5 bytes gets no mail any more.
/// </summary>
public static class QuotaRule
{
    /// <summary>The smallest quota that is taken without a unit: 1 MB.</summary>
    public const long MinimumWithoutUnit = 1L << 20;

    /// <summary>What is wrong with a quota given as a number of bytes; null if it is taken.</summary>
    /// <param name="bytes">The quota; 0 = no limit.</param>
    public static string? GetError(long bytes) => bytes switch
    {
        < 0 => string.Create(CultureInfo.InvariantCulture, $"A quota of {bytes} bytes is not valid: it must not be negative. 0 means no limit."),
        > 0 and < MinimumWithoutUnit => CreateTooSmall(bytes),
        _ => null,
    };

    /// <summary>What is wrong with a quota as people write it; null if it is taken.</summary>
    /// <param name="text">What was written, such as <c>5GB</c>. With a unit every size is taken: <c>512 bytes</c>.</param>
    /// <param name="bytes">The quota in bytes; 0 = no limit.</param>
    public static string? GetError(string text, out long bytes) =>
        ByteSize.GetError(text, out bytes) ?? (ByteSize.HasUnit(text) ? null : GetError(bytes));

    private static string CreateTooSmall(long bytes) =>
        $"A quota of {bytes} without a unit is {bytes} bytes, which hardly a message fits into. Write the unit: '{bytes}MB' or '{bytes}GB'; if bytes are meant, '{bytes} bytes'.";
}
