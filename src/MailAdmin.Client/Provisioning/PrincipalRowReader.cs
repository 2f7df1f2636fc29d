using MailAdmin.Client.Provisioning;

namespace MailAdmin.Client;

/// <summary>Reads single rows by the same columns and cells as an import.</summary>
public sealed class PrincipalRowReader
{
    /// <summary>What an export writes for an account without a role, and an import reads as that: an empty cell says nothing, and a new account has the role user.</summary>
    public const string NoRole = "(none)";

    private readonly RowReader _reader;

    /// <summary>Maps the columns.</summary>
    /// <param name="headers">The headers of the columns.</param>
    /// <param name="options">How they are to be understood.</param>
    /// <exception cref="ColumnMapException">The headers do not say which principals the rows are, or two columns are the same field.</exception>
    public PrincipalRowReader(IReadOnlyList<string> headers, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(options);
        var columns = ColumnMap.Create(headers, options);
        _reader = new RowReader(columns);
        Headers = headers;
        UnusedColumns = columns.UnusedColumns;
        IsForeign = IsForeignSource(headers);
    }

    /// <summary>The headers of the columns.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>The columns that are not read.</summary>
    public IReadOnlyList<UnusedColumn> UnusedColumns { get; }

    /// <summary>Whether the columns are those of another system, such as a directory service; it has many that say nothing here.</summary>
    public bool IsForeign { get; }

    /// <summary>Whether the headers are those of another system whose exports are known, such as a directory service.</summary>
    public static bool IsForeignSource(IReadOnlyList<string> headers) => KnownHeaders.DetectSource(headers) != ColumnSource.MailAdmin;

    /// <summary>What names the principal of a row for certain: its login or, where no column holds one, its primary or only address; null where nothing does.</summary>
    /// <param name="headers">The headers of the columns.</param>
    /// <param name="row">The cells, in their order.</param>
    public static string? FindIdentity(IReadOnlyList<string> headers, ImportRow row)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(row);
        if (MapIdentity(headers) is not { } columns)
        {
            return null;
        }
        ParsedRow parsed = new RowReader(columns).Read(row);
        PrincipalSpec spec = parsed.Spec;
        string? identity = columns.NameFrom == NameFrom.None ? spec.Name : spec.PrimaryEmail ?? (spec.Email is [var only] && !MailAddress.IsCatchAll(only) ? only : null);
        string[] read = [.. GetIdentityFields(columns).Select(columns.GetHeader)];
        return string.IsNullOrEmpty(identity) || parsed.Errors.Any(error => read.Contains(error.Column)) ? null : identity;
    }

    /// <summary>The column that names the principal of a row; null where none does.</summary>
    /// <param name="headers">The headers of the columns.</param>
    public static string? FindIdentityHeader(IReadOnlyList<string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return MapIdentity(headers) is { } columns ? GetIdentityFields(columns).Where(field => columns.Columns.Any(column => column.Field == field)).Select(columns.GetHeader).FirstOrDefault() : null;
    }

    private static ImportField[] GetIdentityFields(ColumnMap columns) => columns.NameFrom == NameFrom.None ? [ImportField.Name] : [ImportField.PrimaryEmail, ImportField.Email];

    // A row of a table of members names a group, and is not about it alone.
    private static ColumnMap? MapIdentity(IReadOnlyList<string> headers, NameFrom nameFrom = NameFrom.None)
    {
        try
        {
            var columns = ColumnMap.Create(headers, new ImportOptions { NameFrom = nameFrom });
            return columns.HasMemberRows ? null : columns;
        }
        catch (ColumnMapException e) when (e.ErrorId == "NameColumnMissing" && nameFrom == NameFrom.None)
        {
            return MapIdentity(headers, NameFrom.Email);
        }
        catch (ColumnMapException)
        {
            return null;
        }
    }

    /// <summary>Whether a column of this header says what a principal is to have, and not which one it is.</summary>
    public static bool IsValueHeader(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        try
        {
            return ColumnMap.Create([nameof(ImportField.Name), header]).Columns.Any(column => column.Index == 1 && column.Field is not (ImportField.Name or ImportField.Type or ImportField.GroupKind or ImportField.SecurityEnabled));
        }
        catch (ColumnMapException)
        {
            // Another word for the name.
            return false;
        }
    }

    /// <summary>Reads the text of a cell that says whether an account may sign in; null if it does not.</summary>
    public static bool? ReadEnabled(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return LocalWords.ReadState(cell) ?? LocalWords.ReadTruth(cell);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">Its cells, in the order of the headers.</param>
    /// <returns>What it asks for; an invalid row is returned with its errors.</returns>
    public PrincipalRow Read(ImportRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        ParsedRow parsed = _reader.Read(row);
        PrincipalSpec spec = parsed.Spec;
        return new PrincipalRow(parsed)
        {
            Principal = spec.CreatePrincipal(spec.Type ?? PrincipalSpec.DefaultType) with { Name = parsed.IsNameDerived ? spec.Name : spec.WrittenName ?? spec.Name },
            HasRoles = spec.Role is not null,
            Enabled = spec.Enabled,
            Password = spec.Password,
            LeftOut = spec.ByProducts,
            Errors = [.. parsed.Errors, .. FindDoubts(parsed)],
        };
    }

    // An import decides these beside what is on the server.
    private static IEnumerable<RowError> FindDoubts(ParsedRow row)
    {
        if (row.SkipReason is { } reason)
        {
            yield return new RowError(row.Number, null, null, reason, "RowSkipped");
        }
        if (row.Spec is { IsQuotaDoubtful: true, Quota: { } quota } && QuotaRule.GetError(quota) is { } error)
        {
            string text = quota.ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield return row.CreateError(row.Number, row.Columns.GetHeader(ImportField.Quota), text, new CellError("QuotaInvalid", CellMessage.Quoting(error, text)), row.Errors);
        }
    }
}
