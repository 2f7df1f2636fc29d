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

    /// <summary>
    /// Whether the cmdlet reads rows by itself too, and says there what is wrong with a cell: it knows the row, and whether the cell may be the password. Then a
    /// text that cannot be read fails as a conversion, which PowerShell reports for an argument and ignores for a row.
    /// </summary>
    public bool IsReadByRow { get; set; }

    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // A word of an enum comes back from Clixml as its number, with the word as text form.
        object? unwrapped = inputData is PSObject { BaseObject: ValueType } lost && lost.TypeNames.Contains($"{PipelineObject.LostType}{typeof(Enum).FullName}") ? lost.ToString() : inputData.Unwrap();
        try
        {
            return unwrapped is null or DBNull || unwrapped is string text && string.IsNullOrWhiteSpace(text) ? null : ConvertValue(unwrapped);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            return IsReadByRow && unwrapped is string cell ? CreateUnconvertible(cell, e) : throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private protected virtual object CreateUnconvertible(string cell, Exception error) => new UnreadableCell(cell, error);

    private protected abstract object? ConvertValue(object value);
}

/// <summary>Bytes: a number, or text such as <c>5GB</c> or <c>Unlimited</c>.</summary>
internal sealed class ByteSizeArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        string text => ByteSize.GetError(text, out long bytes) is { } error ? throw new FormatException(error) : bytes,
        _ => FromNumber(value),
    };

    internal static long FromNumber(object value) => value is byte or short or ushort or int or uint or long or ulong or float or double or decimal
        ? ToBytes(value is double.NaN or float.NaN ? throw new FormatException("NaN is not a valid size.") : Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture))
        : throw new FormatException(value is IList
            ? $"'{InputText.Format(value)}' is a list, not a size: PowerShell reads a comma as a list. Write 5.5GB, or '5,5 GB' in quotation marks."
            : $"'{InputText.Format(value)}' is not a valid size.");

    private static long ToBytes(decimal number) => number is >= 0 and <= long.MaxValue
        ? (long)number
        : throw new FormatException($"{InputText.Format(number)} bytes is not a valid quota: it must not be negative. 0 means no limit.");
}

/// <summary>A quota: a size in which a number below 1 MB needs a unit (<see cref="QuotaRule"/>).</summary>
internal sealed class QuotaArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value)
    {
        long bytes = value is string ? 0 : ByteSizeArgumentAttribute.FromNumber(value);
        string? error = value is string text ? QuotaRule.GetError(text, out bytes) : QuotaRule.GetError(bytes);
        return error is null ? bytes : throw new FormatException(error);
    }
}

/// <summary>A list: an array, or text whose items are separated by <c>;</c>.</summary>
internal sealed class ListArgumentAttribute : ItemListArgumentAttribute<string>
{
    private protected override string ConvertItem(string item, object? source) => item;
}

/// <summary>A list of items that know more than their text.</summary>
internal abstract class ItemListArgumentAttribute<T> : CellTransformationAttribute
{
    private protected sealed override object ConvertValue(object value) => value switch
    {
        string text => SplitCell(text),
        IEnumerable items => Flatten(items).ToArray(),
        ServerObject named => ToItems(named).ToArray(),
        _ => SplitCell(InputText.Format(value)),
    };

    /// <summary>One item, as it is meant.</summary>
    /// <param name="item">Its text.</param>
    /// <param name="source">The object whose text it is; null in a cell.</param>
    private protected abstract T ConvertItem(string item, object? source);

    // A list within the list, @(,$list), is its items.
    private IEnumerable<T> Flatten(IEnumerable items) => items.Cast<object?>().Select(item => item.Unwrap())
        .SelectMany(item => item is IEnumerable nested and not string ? Flatten(nested) : ToItems(item));

    // An element of an array is one item, even with a ';' in it: only cells are split.
    private IEnumerable<T> ToItems(object? source) => InputText.Format(source) is var text && string.IsNullOrWhiteSpace(text) ? [] : [ConvertItem(EnsureNotTypeName(text.Trim()), source)];

    private T[] SplitCell(string cell)
        => [.. cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(EnsureNotTypeName).Select(item => ConvertItem(item, null))];

    private static string EnsureNotTypeName(string item) => item.StartsWith("System.", StringComparison.Ordinal) && item.EndsWith("[]", StringComparison.Ordinal)
        ? throw new FormatException($"'{item}' is the name of a type, not a value: a list became text on the way, as in a file to which it was exported. Give its items, or in a cell the items separated by ';'.")
        : item;
}

/// <summary>Whether something may sign in: $true or $false, or text such as <c>True</c>.</summary>
internal sealed class EnabledArgumentAttribute : CellTransformationAttribute
{
    // PowerShell takes no text for a bool, and says what it takes.
    private protected override object CreateUnconvertible(string cell, Exception error) => cell;

    private protected override object ConvertValue(object value) => value switch
    {
        bool or System.Management.Automation.SwitchParameter => LanguagePrimitives.IsTrue(value),
        0 or 1 => value is 1,
        string text => PrincipalRowReader.ReadEnabled(text) ?? throw new FormatException($"'{text}' is neither $true nor $false."),
        _ => throw new FormatException($"'{InputText.Format(value)}' is neither $true nor $false."),
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
        IEnumerable items and not IDictionary => items.Cast<object?>().Select(ReadOne).ToArray(),
        _ => ReadOne(value),
    };

    // What came from a file or another process is a type with its words as properties.
    private static PrincipalType ReadOne(object? value) => PrincipalType.Parse(TableCell.FromValue(value).Text ?? "");
}
