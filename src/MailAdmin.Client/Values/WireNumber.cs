using System.Globalization;

namespace MailAdmin.Client.Values;

/// <summary>Numbers as they stand in an address.</summary>
internal static class WireNumber
{
    /// <summary>The digits of a number, in no culture; null for null.</summary>
    public static string? Format(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
