using System.Collections;
using System.Globalization;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// The text of a value that a script passed, as it is stored, sent and quoted in messages: the same in every culture, times as ISO 8601. .NET alone writes
/// 1,5 in Germany and the year 2569 in Thailand.
/// </summary>
internal static class InputText
{
    /// <summary>The text; that of a list has its items separated by spaces, as PowerShell writes it.</summary>
    public static string Format(object? value) => value.Unwrap() switch
    {
        null => "",
        string text => text,
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IDictionary table => table.ToString()!,
        IEnumerable items and not StringList => string.Join(' ', items.Cast<object?>().Select(Format)),
        var other => other.ToString() ?? "",
    };
}
