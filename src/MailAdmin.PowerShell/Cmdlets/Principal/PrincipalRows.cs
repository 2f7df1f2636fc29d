using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Reads objects of the pipeline as rows of principals, by the columns and cells of an import.</summary>
internal sealed class PrincipalRows(ImportOptions options)
{
    private static readonly string[] s_properties = [.. typeof(MailPrincipal).GetProperties().Select(property => property.Name)];

    private PrincipalRowReader? _reader;

    /// <summary>The columns of the row read last that are not read.</summary>
    public IReadOnlyList<UnusedColumn> UnusedColumns => _reader?.UnusedColumns ?? [];

    /// <summary>
    /// What names the principal of a row or of a directory service's object: its login, else its address. Null for any other object, and for a row with a property
    /// that is bound by its name.
    /// </summary>
    /// <param name="value">The object.</param>
    /// <param name="parameter">The parameter that it is for.</param>
    /// <exception cref="ArgumentException">The row does not say for certain which principal is meant.</exception>
    public static string? FindIdentity(object value, string parameter)
    {
        var wrapped = PSObject.AsPSObject(value);
        string[] names = GetNames(wrapped);
        bool isRow = value is PSObject or System.Data.DataRow && names.Length > 0 && FindForeignType(wrapped) is null;
        bool isBound = wrapped.Properties["Name"] is not null || wrapped.Properties[parameter] is not null;
        if (!PrincipalRowReader.IsForeignSource(names) && (!isRow || isBound))
        {
            return null;
        }
        ImportTable table = ObjectTable.Create([wrapped]);
        return PrincipalRowReader.FindIdentity(table.Headers, table.Rows[0]) ?? throw new ArgumentException(
            $"The row does not say for certain which principal is meant. That is read from {parameter} or Name, or from a login such as SamAccountName or Username; where there is none of them, from PrimaryEmail, or from Email "
            + $"with one address. For another property, specify it: -{parameter} {{ $_.Contact }}.");
    }

    /// <summary>Reads a row.</summary>
    /// <exception cref="ArgumentException">The object was made for something else, or has a column that is not known: it may be a misspelt one.</exception>
    /// <exception cref="ColumnMapException">The columns do not say which principal the row is.</exception>
    /// <param name="value">The object.</param>
    /// <param name="isMapped">Whether its properties are mapped by hand: then one that is not known is no mistake.</param>
    /// <returns>The row; null where none of its columns is known, and they are mapped by hand.</returns>
    public PrincipalRow? Read(PSObject value, bool isMapped)
    {
        ThrowIfForeign(value);
        ImportTable table = ObjectTable.Create([value]);
        if (_reader is null || !_reader.Headers.SequenceEqual(table.Headers))
        {
            _reader = CreateReader(table.Headers, isMapped);
        }
        return _reader?.Read(table.Rows[0]);
    }

    private PrincipalRowReader? CreateReader(IReadOnlyList<string> headers, bool isMapped)
    {
        if (isMapped)
        {
            return CreateMappedReader(headers, options);
        }
        var reader = new PrincipalRowReader(headers, options);
        ThrowIfUnknown(reader);
        return reader;
    }

    // The login is given in another way; whether the account may sign in, and the rest, is in the row all the same.
    private static PrincipalRowReader? CreateMappedReader(IReadOnlyList<string> headers, ImportOptions options)
    {
        try
        {
            return new PrincipalRowReader(headers, options);
        }
        catch (ColumnMapException e) when (e.ErrorId == "NameColumnMissing")
        {
            return options.NameFrom == NameFrom.None ? CreateMappedReader(headers, options with { NameFrom = NameFrom.Email }) : null;
        }
        catch (ColumnMapException e) when (e.ErrorId == "AmbiguousColumn" && options.ColumnOverrides.Count == 0)
        {
            return CreateMappedReader(headers, options with { ColumnOverrides = headers.Where(header => header.Equals("name", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header, _ => (string?)"") });
        }
        catch (ColumnMapException e) when (e.ErrorId == "NoKnownColumns")
        {
            return null;
        }
    }

    /// <summary>The headers of a row; none for other objects, and for what was read from a server: that says what is there, not what is wanted.</summary>
    public static string[] GetHeaders(PSObject value) =>
        value.Unwrap() is PSObject row && row.TypeNames.FirstOrDefault() == typeof(PSCustomObject).FullName ? LeaveOutOwn(GetNames(row)) : [];

    // JSON and CSV lose the type of what was read from a server, and keep all its properties.
    private static string[] LeaveOutOwn(string[] headers) =>
        headers.Intersect([nameof(MailPrincipal.Server), nameof(MailPrincipal.Id), nameof(MailPrincipal.Type)]).Count() == 3 ? [.. headers.Except(s_properties)] : headers;

    private static bool IsDirectoryObject(PSObject value) => PrincipalRowReader.IsForeignSource(GetNames(value));

    private static string[] GetNames(PSObject value) => [.. value.Properties.Select(property => property.Name)];

    /// <summary>The name of the type of an object that is no row and no user of a directory service; null for one that is.</summary>
    // Before a property is read: those of a file or a process may take long, or fail.
    public static string? FindForeignType(PSObject value)
    {
        object? unwrapped = value.Unwrap();
        string? type = unwrapped switch
        {
            MailPrincipal => null,
            string => "text",
            not null when PipelineObject.IsOwn(unwrapped) => unwrapped.GetType().Name,
            _ => PipelineObject.FindForeignType(value),
        };
        return type is not null && !IsDirectoryObject(value) ? type : null;
    }

    private static void ThrowIfForeign(PSObject value)
    {
        if (FindForeignType(value) is { } type)
        {
            throw new ArgumentException($"'{InputText.Format(value)}' is not a row of a principal but of the type {type}. Pipe rows with columns such as Name and Email, or specify -Identity.");
        }
    }

    // The export of another system has many columns that say nothing here. In a row of one's own, what is not known is a mistake, or a wish that would not come true.
    private static void ThrowIfUnknown(PrincipalRowReader reader)
    {
        if (reader.IsForeign || UnusedColumn.Describe(reader.UnusedColumns) is not { } unknown)
        {
            return;
        }
        throw new ArgumentException($"The row has columns that are not read: {unknown}. Correct their names, or leave them out with Select-Object.");
    }
}
