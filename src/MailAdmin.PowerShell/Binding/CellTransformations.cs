// PowerShell ignores a failed conversion of a value bound by property name: the parameter stays unbound, without an error.
// So every typed parameter that rows bind has one of these attributes, which throw with the row's value. An empty cell means "not specified".
using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Reads a cell or an argument; null for an empty one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class CellTransformationAttribute : ArgumentTransformationAttribute
{
    public override bool TransformNullOptionalParameters => true;

    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? unwrapped = inputData.Unwrap();
        try
        {
            return unwrapped is null || unwrapped is string text && string.IsNullOrWhiteSpace(text) ? null : ConvertValue(unwrapped);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private protected abstract object? ConvertValue(object value);
}

/// <summary>Bytes: a number, or text such as <c>5GB</c> or <c>Unlimited</c>.</summary>
internal sealed class ByteSizeArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        string text => ByteSize.TryParse(text, out long bytes)
            ? bytes
            : throw new FormatException($"'{text}' is not a valid size. Specify a number of bytes, 5GB, 500 MB, or Unlimited."),
        byte or short or ushort or int or uint or long or ulong or float or double or decimal => FromNumber(Convert.ToDecimal(value, null)),
        _ => throw new FormatException($"'{value}' is not a valid size."),
    };

    private static long FromNumber(decimal number) => number is >= 0 and <= long.MaxValue
        ? (long)number
        : throw new FormatException($"{number} bytes is not a valid quota: it must not be negative. 0 means no limit.");
}

/// <summary>A list: an array, or text whose items are separated by <c>;</c>.</summary>
internal sealed class ListArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        string text => SplitCell(text),
        IEnumerable<string> items => items.SelectMany(ToItems).ToArray(),
        IEnumerable items => items.Cast<object?>().SelectMany(i => ToItems(i?.ToString() ?? "")).ToArray(),
        _ => SplitCell(value.ToString() ?? ""),
    };

    // An element of an array is one item, even with a ';' in it: only cells are split.
    private static IEnumerable<string> ToItems(string text) => string.IsNullOrWhiteSpace(text) ? [] : [EnsureNotTypeName(text.Trim())];

    private static string[] SplitCell(string cell)
        => [.. cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(EnsureNotTypeName)];

    private static string EnsureNotTypeName(string item) => item.StartsWith("System.", StringComparison.Ordinal) && item.EndsWith("[]", StringComparison.Ordinal)
        ? throw new FormatException($"The cell contains '{item}': the list was lost when the file was written. Write the items separated by ';'.")
        : item;
}

/// <summary>Whether something may sign in: $true or $false, or text such as <c>True</c>.</summary>
internal sealed class EnabledArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        bool or System.Management.Automation.SwitchParameter => LanguagePrimitives.IsTrue(value),
        string text => PrincipalRowReader.ReadEnabled(text) ?? throw new FormatException($"'{text}' is neither $true nor $false."),
        _ => throw new FormatException($"'{value}' is neither $true nor $false."),
    };
}

/// <summary>A type of principal.</summary>
internal sealed class PrincipalTypeArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        PrincipalType type => type,
        string text => PrincipalType.Parse(text),
        PrincipalType[] types => types,
        IEnumerable items => items.Cast<object?>().Select(i => i is PrincipalType type ? type : PrincipalType.Parse(i?.ToString() ?? "")).ToArray(),
        _ => PrincipalType.Parse(value.ToString() ?? ""),
    };
}
