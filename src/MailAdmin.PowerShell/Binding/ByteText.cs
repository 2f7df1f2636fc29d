// Sizes as people read them.
using System.Globalization;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Bytes in the largest binary unit that leaves a readable number, as PowerShell's own 1GB means it.</summary>
public static class ByteText
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>The size as text, such as <c>1.5 GB</c>.</summary>
    public static string Of(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {Units[unit]}");
    }
}
