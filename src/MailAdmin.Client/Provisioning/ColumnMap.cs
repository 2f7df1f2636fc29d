using MailAdmin.Client.Values;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Which column of a table holds which field. Our own headers, those of Active Directory, Exchange, Google Workspace and PostfixAdmin are known;
/// overrides decide otherwise. Two columns for one field are an error; the second choices of a foreign export are not, and of columns that say
/// whether an account may sign in there may be several.
/// </summary>
internal sealed class ColumnMap
{
    private readonly List<MappedColumn> _columns = [];
    private readonly MappedColumn[][] _byField = new MappedColumn[Enum.GetValues<ImportField>().Length][];
    private readonly List<MappedColumn> _watched = [];
    private readonly HashSet<int> _handledIndexes = [];
    private readonly HashSet<int> _ignoredIndexes = [];
    private readonly IReadOnlyList<string> _headers;
    private readonly bool _namesAreAddresses;

    private ColumnMap(IReadOnlyList<string> headers, ImportOptions options)
    {
        _headers = headers;
        _namesAreAddresses = options.NamesAreAddresses;
        HeaderCheck.ThrowIfValues(headers);
        Source = KnownHeaders.DetectSource(headers);
        NameFrom = Source == ColumnSource.PostfixAdmin && options.NameFrom == NameFrom.None ? NameFrom.Email : options.NameFrom;
        MapOverrides(options.ColumnOverrides);
        MapExportHeaders();
        MapOwnHeaders();
        if (KnownHeaders.AreForwardings(headers) && options.ColumnOverrides.Count == 0)
        {
            throw CreateForwardings();
        }

        ThrowIfLoginIsAmbiguous();
        MapLogin();
        MapDoubtfulHeaders();
        if (options.NamesAreAddresses && !HasField(ImportField.Name) && NameFrom == NameFrom.None && HasAddress && FindOtherLogins() is [])
        {
            NameFrom = NameFrom.Email;
        }

        if (!HasField(ImportField.Name) && NameFrom == NameFrom.None && !HasAddress)
        {
            throw CreateNoKnownColumns();
        }

        if (!HasField(ImportField.Name) && (NameFrom == NameFrom.None || !HasAddress))
        {
            throw CreateNameColumnMissing();
        }

        UnusedColumns = [.. FindUnused()];
        ThrowIfNeeded(options);
        _columns.Sort((left, right) => left.Index.CompareTo(right.Index));
        Columns = [.. _columns];
        WatchedColumns = [.. _watched];
        SignInColumns = Array.FindAll(Columns, column => SignInCell.IsPlain(column.Field));
        DoubtfulColumns = Array.FindAll(Columns, column => SignInCell.IsDoubtful(column.Field));
        Array.Fill(_byField, []);
        foreach (IGrouping<ImportField, MappedColumn> columns in Columns.GroupBy(column => column.Field))
        {
            _byField[(int)columns.Key] = [.. columns];
        }

        AddressField = HasField(ImportField.PrimaryEmail) && !HasField(ImportField.Email) ? ImportField.PrimaryEmail : ImportField.Email;
        NameField = HasField(ImportField.Name) ? ImportField.Name : AddressField;
        HasObjectClass = KnownHeaders.Normalize(GetHeader(ImportField.Type)) == "objectclass";
    }

    /// <summary>The headers that are ours.</summary>
    public static IReadOnlyList<string> AcceptedHeaders => KnownHeaders.Accepted;

    /// <summary>The system the file was exported from.</summary>
    public ColumnSource Source { get; }

    /// <summary>Where a row's login comes from if no column holds it.</summary>
    public NameFrom NameFrom { get; }

    /// <summary>The columns that are read, in the order of the table.</summary>
    public MappedColumn[] Columns { get; }

    /// <summary>The positions of the columns that hold passwords or hashes, also of those that are not read, in the languages of the sources.</summary>
    public IEnumerable<int> PasswordColumns => Enumerable.Range(0, _headers.Count).Where(index =>
        _columns.Exists(column => column.Index == index && IsPassword(column.Field)) || (KnownHeaders.TryGetField(_headers[index], out ImportField known) && IsPassword(known)) || PasswordHeaders.Contains(_headers[index]));

    /// <summary>The columns that are not read and that nothing is known of: where nothing else says so, a cell of them may still say that the account is locked.</summary>
    public MappedColumn[] WatchedColumns { get; }

    /// <summary>The columns that say whether the account may sign in.</summary>
    public MappedColumn[] SignInColumns { get; }

    /// <summary>The columns that may say so.</summary>
    public MappedColumn[] DoubtfulColumns { get; }

    /// <summary>The columns that are not read, but for those that are ignored on purpose.</summary>
    public IReadOnlyList<UnusedColumn> UnusedColumns { get; }

    /// <summary>How many cells a row has.</summary>
    public int ColumnCount => _headers.Count;

    /// <summary>The character between the items of a list.</summary>
    public char ListSeparator => Source == ColumnSource.GoogleWorkspace ? ',' : ';';

    /// <summary>The type of the rows that do not say theirs, where the source has one; null where it has all kinds.</summary>
    public PrincipalType? SourceType => Source == ColumnSource.GamGroups ? PrincipalType.List : null;

    /// <summary>Says which type that is, since nothing in the table says it; null where the rows say their own.</summary>
    public string? SourceTypeNotice => SourceType is null || HasField(ImportField.Type)
        ? null
        : $"The rows are groups of Google Workspace and become mailing lists (type {SourceType}), which send mail on to their members. For another type, add a column Type, such as Group.";

    /// <summary>Says that logins are made from the addresses, though another column may hold them; null where none may.</summary>
    public string? UnreadLoginNotice => NameFrom != NameFrom.None && Source == ColumnSource.MailAdmin && FindOtherLogins() is [_, ..] logins
        ? $"-NameFrom takes the logins from the addresses, though {JoinLogins(logins)} may hold them, and is not read. To read it, specify {AdviseLogins(logins)} instead of -NameFrom."
        : null;

    /// <summary>Says that logins are not made from the addresses, though that was asked for; null where they are.</summary>
    /// <param name="rows">All rows.</param>
    public string? FindUnusedNameFrom(IReadOnlyList<ParsedRow> rows)
    {
        // On servers where the name is the address, a name without one gives way to it.
        if (NameFrom == NameFrom.None || HasMemberRows || !HasField(ImportField.Name) || (_namesAreAddresses && NameFrom == NameFrom.Email) || rows.All(row => row.IsNameDerived || row.Spec.Name.Length == 0))
        {
            return null;
        }

        string name = GetHeader(ImportField.Name);
        return (rows.Any(row => row.IsNameDerived) ? $"-NameFrom is used only for rows without a login in the column '{name}'." : $"-NameFrom is not used: the column '{name}' holds the login.")
            + $" To ignore that column, specify -ColumnMap @{{ {Quote(name)} = '' }}.";
    }

    /// <summary>Whether the source says only that a row is a group, and another column which kind of one.</summary>
    public bool HasObjectClass { get; }

    /// <summary>Whether each row is one member of a group.</summary>
    public bool HasMemberRows => Source == ColumnSource.GroupMembers;

    /// <summary>The field whose column holds the addresses.</summary>
    public ImportField AddressField { get; }

    /// <summary>The field whose column holds the name: that of the addresses, where logins come from them.</summary>
    public ImportField NameField { get; }

    private bool HasAddress => HasField(ImportField.Email) || HasField(ImportField.PrimaryEmail);

    /// <summary>Maps the headers of a table.</summary>
    /// <exception cref="ColumnMapException">The headers do not say which principals the rows are, or two columns are the same field.</exception>
    public static ColumnMap Create(IReadOnlyList<string> headers, ImportOptions? options = null) => new(headers, options ?? new ImportOptions());

    /// <summary>Whether a row is the header once more, as where files were joined.</summary>
    public bool IsHeader(IReadOnlyList<string?> cells)
    {
        for (int i = 0; i < _headers.Count; i++)
        {
            if (i >= cells.Count || cells[i] is not { } cell || !cell.AsSpan().Trim("\uFEFF ").Equals(_headers[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return cells.Count == _headers.Count;
    }

    /// <summary>The columns that hold <paramref name="field"/>, in the order of the table.</summary>
    public MappedColumn[] Find(ImportField field) => _byField[(int)field];

    /// <summary>The header of the column that holds <paramref name="field"/>, or the field's own name.</summary>
    public string GetHeader(ImportField field) => FindFirst(field)?.Header ?? field.ToString();

    private MappedColumn? FindFirst(ImportField field)
    {
        foreach (MappedColumn column in _columns)
        {
            if (column.Field == field)
            {
                return column;
            }
        }

        return null;
    }

    private bool HasNumberedAliases => Source is ColumnSource.GamUsers or ColumnSource.GamGroups;

    private static bool IsPassword(ImportField field) => field is ImportField.Password or ImportField.PasswordHash;

    private bool HasField(ImportField field) => FindFirst(field) is not null;

    private void MapOverrides(IReadOnlyDictionary<string, string?> overrides)
    {
        foreach ((string header, string? name) in overrides)
        {
            int index = IndexOf(header);
            if (index < 0 && string.IsNullOrWhiteSpace(name))
            {
                continue;
            }

            if (index < 0)
            {
                throw new ColumnMapException("InvalidColumnMap", $"The column map names the column '{header}', which the file does not have. {DescribeHeaders()}");
            }

            _handledIndexes.Add(index);
            if (string.IsNullOrWhiteSpace(name))
            {
                _ignoredIndexes.Add(index);
                continue;
            }

            if (!KnownHeaders.TryGetField(name, out ImportField field))
            {
                throw new ColumnMapException("InvalidColumnMap", $"The column map assigns the column '{header}' to the field '{name}', which does not exist{Suggest(name)}. The fields are: {Join(AcceptedHeaders)}.");
            }

            AddColumn(index, field);
        }
    }

    /// <summary>For each field the best of a foreign system's columns; the others are not read.</summary>
    private void MapExportHeaders()
    {
        foreach ((ImportField field, string[] candidates) in KnownHeaders.GetExportHeaders(Source))
        {
            bool taken = HasField(field)
                || (field == ImportField.Name && NameFrom != NameFrom.None)
                || (candidates is [KnownHeaders.LoginAddress] && HasAddress);
            foreach (string candidate in candidates)
            {
                int index = FindUnhandled(candidate);
                if (index < 0)
                {
                    continue;
                }

                _handledIndexes.Add(index);
                if (!taken)
                {
                    AddColumn(index, field);
                }

                taken = true;
            }
        }
    }

    private void MapOwnHeaders()
    {
        for (int i = 0; i < _headers.Count; i++)
        {
            if (_handledIndexes.Contains(i) || !TryGetField(_headers[i], out ImportField field))
            {
                continue;
            }

            _handledIndexes.Add(i);
            AddColumn(i, field);
        }
    }

    private bool TryGetField(string header, out ImportField field)
    {
        bool isAlias = HasNumberedAliases && KnownHeaders.IsNumberedAlias(header);
        field = ImportField.Email;
        // What else a table of members has, such as a member's role in the other system, is not the group's.
        return isAlias || (!HasMemberRows && KnownHeaders.TryGetField(header, out field));
    }

    /// <summary>A source that is not known may have its login in another column: "name" is then the full name of a person.</summary>
    private void ThrowIfLoginIsAmbiguous()
    {
        if (Source != ColumnSource.MailAdmin || _columns.Find(column => column.Field == ImportField.Name) is not { } name || KnownHeaders.Normalize(name.Header) != "name")
        {
            return;
        }

        if (FindLogins() is [var login, ..])
        {
            throw new ColumnMapException("AmbiguousColumn",
                $"The login may be in '{name.Header}' or in '{login.Header}': the program that wrote the file is not known. Decide with "
                + $"-ColumnMap @{{ {Quote(login.Header)} = 'Name'; {Quote(name.Header)} = 'Description' }}, or ignore one: -ColumnMap @{{ {Quote(login.Header)} = '' }}.");
        }
    }

    /// <summary>Where no column is the name, the only one of those that may hold the login is it, if its header means nothing else.</summary>
    private void MapLogin()
    {
        if (Source == ColumnSource.MailAdmin && NameFrom == NameFrom.None && FindOtherLogins() is [var login] && KnownHeaders.IsLogin(login.Header))
        {
            _handledIndexes.Add(login.Index);
            AddColumn(login.Index, ImportField.Name);
        }
    }

    private MappedColumn[] FindLogins() =>
        [.. _headers.Select((header, index) => new MappedColumn(index, header, ImportField.Name)).Where(column => !_handledIndexes.Contains(column.Index) && KnownHeaders.IsForeignLogin(column.Header))];

    /// <summary>The columns that may hold the login, where no column is read as it.</summary>
    private MappedColumn[] FindOtherLogins() => HasField(ImportField.Name) ? [] : FindLogins();

    private static string Quote(string header) => $"'{header.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>
    /// A column with a word such as "locked" in its header is read too: only where no cell says so, it is of no account. People add columns to the exports of
    /// programs too, and misspell them.
    /// </summary>
    private void MapDoubtfulHeaders()
    {
        for (int i = 0; i < _headers.Count; i++)
        {
            if (_handledIndexes.Contains(i) || KnownHeaders.IsReadOnly(_headers[i]))
            {
                continue;
            }

            ThrowIfMisspelt(_headers[i], SignInHeaders.FindMisspelt(_headers[i]));
            if (SignInHeaders.IsDoubtful(_headers[i]))
            {
                _handledIndexes.Add(i);
                AddColumn(i, ImportField.MaybeDisabled);
            }
            else
            {
                _watched.Add(new MappedColumn(i, _headers[i], ImportField.MaybeDisabled));
            }
        }
    }

    private static void ThrowIfMisspelt(string header, string? known)
    {
        if (known is not null && SignInHeaders.TryGetField(known, out ImportField field))
        {
            string meant = field switch
            {
                ImportField.Enabled or ImportField.MaybeEnabled => "Enabled",
                ImportField.AccountExpires or ImportField.MaybeExpired => "AccountExpires",
                _ => "Disabled",
            };
            throw new ColumnMapException("ColumnMisspelt", $"The column '{header}' may be a misspelt '{known}', which says whether an account may sign in. Correct the header, or decide with "
                + $"-ColumnMap @{{ {Quote(header)} = '{meant}' }}, or ignore it: -ColumnMap @{{ {Quote(header)} = '' }}.");
        }
    }

    /// <summary>With -Strict, what looks like a value that the person cares for must be read or ignored on purpose.</summary>
    private void ThrowIfNeeded(ImportOptions options)
    {
        if (!options.Strict || Source != ColumnSource.MailAdmin)
        {
            return;
        }

        UnusedColumn[] needed = [.. UnusedColumns.Where(column => !column.IsReadOnly && _watched.Exists(watched => watched.Header == column.Header)
            && (column.Suggestion is not null || KnownHeaders.SoundsNeeded(column.Header) || SignInHeaders.MaySpeakOfSignIn(column.Header)))];
        if (needed.Length > 0)
        {
            throw new ColumnMapException("ColumnNotUsed", $"-Strict was specified, and columns that may hold values for the accounts are not read: {Join(needed.Select(column => column.ToString()))}. "
                + $"Assign each with -ColumnMap, or ignore it: -ColumnMap @{{ {string.Join("; ", needed.Select(column => $"{Quote(column.Header)} = ''"))} }}.");
        }
    }

    private void AddColumn(int index, ImportField field)
    {
        bool mayBeSeveral = SignInCell.IsSignInField(field) || field == ImportField.GroupKind || (HasNumberedAliases && field == ImportField.Email);
        if (!mayBeSeveral && _columns.Find(column => column.Field == field) is { } other)
        {
            throw CreateDuplicate(other.Header, _headers[index], field);
        }

        _columns.Add(new MappedColumn(index, _headers[index], field));
    }

    /// <summary>The column map by which a column that is not used would be read as what its header means; null where that is not known, or another column holds it.</summary>
    public string? AdviseUnused(string header)
    {
        if (KnownHeaders.FindMeaning(header) is not { } field)
        {
            return null;
        }

        // Two columns of addresses are read as the primary one and the others.
        return !HasField(field) ? $"-ColumnMap @{{ {Quote(header)} = '{field}' }}"
            : field == ImportField.Email && !HasField(ImportField.PrimaryEmail) ? $"-ColumnMap @{{ {Quote(header)} = 'Email'; {Quote(GetHeader(ImportField.Email))} = 'PrimaryEmail' }}"
            : null;
    }

    private ColumnMapException CreateDuplicate(string first, string second, ImportField field)
    {
        bool isFirstFurther = KnownHeaders.FindMeaning(first) == field || (!KnownHeaders.TryGetField(first, out _) && KnownHeaders.TryGetField(second, out _));
        (string main, string further) = isFirstFurther ? (second, first) : (first, second);
        bool hasPrimary = HasField(ImportField.PrimaryEmail) || _headers.Any(header => KnownHeaders.TryGetField(header, out ImportField known) && known == ImportField.PrimaryEmail);
        string advice = field == ImportField.Email && !hasPrimary
            ? $"To read both, say which one is the primary address: -ColumnMap @{{ {Quote(main)} = 'PrimaryEmail'; {Quote(further)} = 'Email' }}. To ignore one, specify -ColumnMap @{{ {Quote(further)} = '' }}."
            : $"Ignore the one that is not to be read, such as -ColumnMap @{{ {Quote(further)} = '' }}.";
        return new ColumnMapException("DuplicateColumnMapping", $"The columns '{first}' and '{second}' both hold {field}. {advice}");
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

    private int FindUnhandled(string normalised)
    {
        for (int i = 0; i < _headers.Count; i++)
        {
            if (!_handledIndexes.Contains(i) && KnownHeaders.Normalize(_headers[i]) == normalised)
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
            if (used.Contains(i) || _ignoredIndexes.Contains(i) || header.Length == 0)
            {
                continue;
            }

            bool isReadOnly = KnownHeaders.IsReadOnly(header);
            // What is only a service of the account is no misspelt word for the account.
            bool known = _handledIndexes.Contains(i) || isReadOnly || Source != ColumnSource.MailAdmin || SignInHeaders.FindScope(header) == SignInScope.Service;
            yield return new UnusedColumn(header, known ? null : FindMeant(header), isReadOnly);
        }
    }

    /// <summary>The accepted header that an unknown one may mean.</summary>
    private string? FindMeant(string header) =>
        KnownHeaders.IsForeignLogin(header) ? (HasField(ImportField.Name) ? null : nameof(ImportField.Name)) : NearestName.Find(header, AcceptedHeaders);

    private ColumnMapException CreateNoKnownColumns() => new("NoKnownColumns",
        $"No column says which principals the rows are. {DescribeHeaders()} Known columns: {Join(AcceptedHeaders)}, "
        + "and the headers of exports of Active Directory, Entra, Exchange, Google Workspace, gam, LDAP, PostfixAdmin, iRedMail and mailcow. Map others with -ColumnMap @{ Header = 'Name' }.");

    /// <summary>The headers by name only where they certainly are headers: else they may be a person with a password.</summary>
    private string DescribeHeaders()
    {
        if (HeaderCheck.AreRecognized(_headers))
        {
            return $"Its columns are: {Join(_headers.Where(header => header.Length > 0).Select(header => $"'{header}'{Suggest(header)}"))}.";
        }

        string[] near = [.. _headers.Select((header, index) => (Name: FindMeant(header), Number: index + 1))
            .Where(column => column.Name is not null).Select(column => $"column {column.Number} may be {column.Name}")];
        string suggestion = near.Length > 0 ? $" ({Join(near)})" : "";
        return $"Most headers in its first line are unknown{suggestion}. {HeaderCheck.Advice}";
    }

    private static ColumnMapException CreateForwardings() => new("ForwardingsNotSupported",
        "The file is a table of forwardings, not of accounts. An alias is an address of an account here: write it into the account's Email. What goes to several people "
        + "or to another server is a mailing list: a row with Name, Type = List, Email and Member for each.");

    private ColumnMapException CreateNameColumnMissing()
    {
        if (!HasAddress)
        {
            return new ColumnMapException("NameColumnMissing", "-NameFrom takes the login from the address, but no column holds addresses.");
        }

        string addresses = $"'{GetHeader(HasField(ImportField.PrimaryEmail) ? ImportField.PrimaryEmail : ImportField.Email)}' holds addresses";
        const string FromAddress = "-NameFrom Email (the login is the whole address) or -NameFrom LocalPart (the part before the @)";
        return new ColumnMapException("NameColumnMissing", FindOtherLogins() is [_, ..] logins
            ? $"The login may be in {JoinLogins(logins)}, and {addresses}. Specify {AdviseLogins(logins)}, or {FromAddress}."
            : $"No column holds the login; {addresses}. Specify {FromAddress}. If each row is one member of a group, name the columns Group and Member.");
    }

    private static string JoinLogins(MappedColumn[] logins) => string.Join(" or ", logins.Select(login => $"'{login.Header}'"));

    private static string AdviseLogins(MappedColumn[] logins) => string.Join(" or ", logins.Select(login => $"-ColumnMap @{{ {Quote(login.Header)} = 'Name' }}"));

    private string Suggest(string header) =>
        !KnownHeaders.TryGetField(header, out _) && FindMeant(header) is { } nearest ? $" (did you mean {nearest}?)" : "";

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
