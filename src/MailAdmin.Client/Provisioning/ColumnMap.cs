// From a file's headers to fields: which column says what, and which says nothing.
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Client;

/// <summary>
/// Which column of a file says what. Our own headers, those of Active Directory, Exchange and Google Workspace are known;
/// overrides decide otherwise. Two columns that claim one field are an error; a foreign export's second choices are not.
/// </summary>
public sealed class ColumnMap
{
    private readonly List<MappedColumn> _columns = [];
    private readonly HashSet<int> _decided = [];
    private readonly IReadOnlyList<string> _headers;

    private ColumnMap(IReadOnlyList<string> headers, ColumnMapOptions options)
    {
        _headers = headers;
        NameFrom = options.NameFrom;
        Source = KnownHeaders.SourceOf(headers);
        MapOverrides(options.Overrides);
        MapForeign();
        MapOwn();
        if (!Has(ImportField.Name) && NameFrom == NameFrom.None && !HasAddress)
        {
            throw Unidentified();
        }

        if (!Has(ImportField.Name) && (NameFrom == NameFrom.None || !HasAddress))
        {
            throw Nameless();
        }

        Unused = [.. FindUnused()];
        _columns.Sort((left, right) => left.Index.CompareTo(right.Index));
    }

    /// <summary>The headers that are ours.</summary>
    public static IReadOnlyList<string> AcceptedHeaders => KnownHeaders.Accepted;

    /// <summary>The system the file was exported from.</summary>
    public ColumnSource Source { get; }

    /// <summary>Where a row's login comes from if no column says it.</summary>
    public NameFrom NameFrom { get; }

    /// <summary>The columns that are read, in the file's order.</summary>
    public IReadOnlyList<MappedColumn> Columns => _columns;

    /// <summary>The columns that are not read.</summary>
    public IReadOnlyList<UnusedColumn> Unused { get; }

    /// <summary>How many cells a row has.</summary>
    public int Width => _headers.Count;

    /// <summary>Stands between the items of a list.</summary>
    public char ListSeparator => Source == ColumnSource.GoogleWorkspace ? ',' : ';';

    private bool HasAddress => Has(ImportField.Email) || Has(ImportField.PrimaryEmail);

    /// <summary>Maps a file's headers.</summary>
    /// <exception cref="ColumnMapException">The headers do not tell who the rows are, or two claim one field.</exception>
    public static ColumnMap Create(IReadOnlyList<string> headers, ColumnMapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return new ColumnMap(headers, options ?? new ColumnMapOptions());
    }

    /// <summary>The header that says <paramref name="field"/>, or the field's own name.</summary>
    public string HeaderOf(ImportField field) =>
        _columns.Find(column => column.Field == field)?.Header ?? field.ToString();

    private bool Has(ImportField field) => _columns.Exists(column => column.Field == field);

    private void MapOverrides(IReadOnlyDictionary<string, string?> overrides)
    {
        foreach ((string header, string? name) in overrides)
        {
            int index = IndexOf(header);
            if (index < 0)
            {
                throw new ColumnMapException("ColumnMapInvalid", $"The column map names the column '{header}', which the file does not have. Its columns are: {Join(_headers)}.");
            }

            _decided.Add(index);
            if (string.IsNullOrWhiteSpace(name))
            {
                continue;
            }

            if (!KnownHeaders.TryGetField(name, out ImportField field))
            {
                throw new ColumnMapException("ColumnMapInvalid", $"The column map gives the column '{header}' the field '{name}', which does not exist{Suggest(name)}. The fields are: {Join(AcceptedHeaders)}.");
            }

            Claim(index, field);
        }
    }

    /// <summary>For each field the best of a foreign system's columns; the others are left unread.</summary>
    private void MapForeign()
    {
        foreach ((ImportField field, string[] candidates) in KnownHeaders.Of(Source))
        {
            bool taken = Has(field)
                || (field == ImportField.Name && NameFrom != NameFrom.None)
                || (candidates is [KnownHeaders.LoginAddress] && HasAddress);
            foreach (string candidate in candidates)
            {
                int index = FindUndecided(candidate);
                if (index < 0)
                {
                    continue;
                }

                _decided.Add(index);
                if (!taken)
                {
                    Claim(index, field);
                }

                taken = true;
            }
        }
    }

    private void MapOwn()
    {
        // What the person decided stands: a column whose field an override already gave to another one is left unread.
        HashSet<ImportField> overridden = Source == ColumnSource.MailAdmin ? [.. _columns.Select(column => column.Field)] : [];
        for (int i = 0; i < _headers.Count; i++)
        {
            if (_decided.Contains(i) || !KnownHeaders.TryGetField(_headers[i], out ImportField field) || overridden.Contains(field))
            {
                continue;
            }

            _decided.Add(i);
            Claim(i, field);
        }
    }

    private void Claim(int index, ImportField field)
    {
        if (_columns.Find(column => column.Field == field) is { } other)
        {
            throw new ColumnMapException("ColumnClaimedTwice", $"The columns '{other.Header}' and '{_headers[index]}' both give {field}. Say with -ColumnMap which one does.");
        }

        _columns.Add(new MappedColumn(index, _headers[index], field));
    }

    private int IndexOf(string header)
    {
        for (int i = 0; i < _headers.Count; i++)
        {
            if (string.Equals(_headers[i], header.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private int FindUndecided(string normalised)
    {
        for (int i = 0; i < _headers.Count; i++)
        {
            if (!_decided.Contains(i) && KnownHeaders.Normalise(_headers[i]) == normalised)
            {
                return i;
            }
        }

        return -1;
    }

    private IEnumerable<UnusedColumn> FindUnused()
    {
        HashSet<int> used = [.. _columns.Select(column => column.Index)];
        for (int i = 0; i < _headers.Count; i++)
        {
            string header = _headers[i];
            if (used.Contains(i) || header.Length == 0)
            {
                continue;
            }

            bool known = _decided.Contains(i) || KnownHeaders.IsReadOnly(header) || Source != ColumnSource.MailAdmin;
            yield return new UnusedColumn(header, known ? null : NearestName.Of(header, AcceptedHeaders));
        }
    }

    private ColumnMapException Unidentified()
    {
        IEnumerable<string> unknown = _headers.Where(header => header.Length > 0 && !KnownHeaders.TryGetField(header, out _))
            .Select(header => $"'{header}'{Suggest(header)}");
        return new ColumnMapException("ColumnsUnknown",
            $"No column says who the rows are. Unknown: {Join(unknown)}. Known are: {Join(AcceptedHeaders)}, "
            + "and the headers of Active Directory, Exchange and Google Workspace exports. Map others with -ColumnMap @{Header='Name'}.");
    }

    private ColumnMapException Nameless() => HasAddress
        ? new ColumnMapException("NameColumnMissing",
            $"No column gives the login; '{HeaderOf(Has(ImportField.PrimaryEmail) ? ImportField.PrimaryEmail : ImportField.Email)}' gives addresses. "
            + "Say -NameFrom Email (the login is the whole address) or -NameFrom LocalPart (what stands before the @).")
        : new ColumnMapException("NameColumnMissing", "The login is to come from the address, but no column gives one.");

    private static string Suggest(string header) =>
        NearestName.Of(header, AcceptedHeaders) is { } nearest ? $" (did you mean {nearest}?)" : "";

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
