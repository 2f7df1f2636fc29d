using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Passwords;

namespace MailAdmin.Client.Provisioning;

/// <summary>Reads rows by a column map. An empty cell says nothing; a cell that cannot be read makes its row invalid.</summary>
internal sealed class RowReader(ColumnMap map, IReadOnlyList<ImportRow>? rows = null, TimeProvider? time = null)
{
    private readonly CellQuoting _quoting = new(map, rows ?? []);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Whether blanks at the ends of a description belong to it.</summary>
    public bool KeepsBlanks { get; init; }

    /// <summary>The types of principals that the server has.</summary>
    public IReadOnlyList<PrincipalType> Types { get; init; } = PrincipalType.Known;

    public ParsedRow Read(ImportRow row)
    {
        string? error = row.Error;
        if (error is null && row.Cells.Count != map.ColumnCount)
        {
            error = $"expected {map.ColumnCount} cells, found {row.Cells.Count}";
        }

        if (error is null && map.IsHeader(row.Cells))
        {
            return new ParsedRow(row.Number, new PrincipalSpec { Name = "" }, map,
                [new RowError(row.Number, null, null, "The row is the header once more: files were joined. Remove this line.", "HeaderRepeated")]);
        }

        // With a cell too few or too many the others are under the wrong headers: nothing of the row is reliable.
        return error is null
            ? new CellReader(map, row.Number, HideObjects(row), _time.GetUtcNow(), KeepsBlanks, _quoting, Types).Read(FindObjects(row))
            : new ParsedRow(row.Number, new PrincipalSpec { Name = "" }, map,
                [new RowError(row.Number, null, null, $"The row has the wrong number of cells: {error}.", "CellCountMismatch")]);
    }

    // The text of an object is no value: it is neither read nor shown.
    private static IReadOnlyList<string?> HideObjects(ImportRow row) =>
        row.ObjectCells.Count == 0 ? row.Cells : [.. row.Cells.Select((cell, index) => row.ObjectCells.Contains(index) ? null : cell)];

    /// <summary>The columns of the row that should hold a value and hold an object.</summary>
    private IEnumerable<string> FindObjects(ImportRow row) => row.ObjectCells.Count == 0 ? [] : map.Columns.Where(column => row.ObjectCells.Contains(column.Index)).Select(column => column.Header);

    /// <summary>The login that is made from an address.</summary>
    public static string DeriveName(ColumnMap map, string address) => map.NameFrom == NameFrom.Email ? address : MailAddress.GetLocalPart(address);

    /// <summary>The reading of one row.</summary>
    private sealed class CellReader(ColumnMap map, int row, IReadOnlyList<string?> cells, DateTimeOffset now, bool keepsBlanks, CellQuoting quoting, IReadOnlyList<PrincipalType> types)
    {
        private delegate CellError? CellParser<T>(string cell, out T value);

        private readonly List<(string Header, string? Value, CellError Error)> _errors = [];
        private readonly List<string> _byProducts = [];
        private bool _isQuotaDoubtful;

        public ParsedRow Read(IEnumerable<string> objects)
        {
            _errors.AddRange(objects.Select(header => (header, (string?)null,
                new CellError("CellInvalid", $"The cell is an object with members of its own, not a value: write the value itself, such as a text, a number or $true."))));
            List<string>? email = ReadEmail(out string? primary);
            if (GetSkipReason() is { } reason)
            {
                return new ParsedRow(row, new PrincipalSpec { Name = ReadName(email) }, map, []) { Cells = cells, SkipReason = reason };
            }

            RefuseNewPrimaryEmail();
            RefuseUnknownParts();
            CheckMembershipType();
            PrincipalType? type = ReadType();
            var principal = new PrincipalSpec
            {
                Name = ReadName(email),
                WrittenName = GetCell(ImportField.Name),
                Type = type,
                Description = ReadDescription(),
                Email = email,
                PrimaryEmail = primary,
                Password = ReadPassword(),
                IsPasswordMasked = PasswordPlaceholder.IsMasked(GetRawCell(ImportField.Password)) || PasswordPlaceholder.IsMasked(GetRawCell(ImportField.PasswordHash)),
                Quota = ParseValue<long>(ImportField.Quota, ReadQuota),
                IsQuotaDoubtful = _isQuotaDoubtful,
                Enabled = IsLockedByKind(type) ? null : ReadEnabled(),
                MemberOf = ReadNames(ImportField.MemberOf),
                List = ReadNames(ImportField.List),
                Role = GetCell(ImportField.Role) == PrincipalRowReader.NoRole ? [] : ReadNames(ImportField.Role),
                Member = ReadMembers(),
                ExternalMember = ReadExternalMembers(),
                ByProducts = _byProducts,
                EnabledPermission = ReadItems(ImportField.EnabledPermission, lowerCase: true),
                DisabledPermission = ReadItems(ImportField.DisabledPermission, lowerCase: true),
                Url = ReadItems(ImportField.Url, lowerCase: false),
                Tenant = GetCell(ImportField.Tenant)?.ToLowerInvariant(),
                Picture = GetCell(ImportField.Picture),
                Locale = GetCell(ImportField.Locale),
            };
            if (quoting.IsLoginSwapped(cells))
            {
                AddError(ImportField.Name, principal.Name, new CellError("PasswordInvalid",
                    $"The password is what the address has before the @, and the login '{principal.Name}' reads like a password: the two cells may have changed places. If they have not, choose another password."));
            }

            if (quoting.IsDescriptionSwapped(cells))
            {
                AddError(ImportField.Description, principal.Description, new CellError("PasswordInvalid",
                    $"The password reads like a name, and the description '{principal.Description}' like a password: the two cells may have changed places. If they have not, choose another password."));
            }

            var parsed = new ParsedRow(row, principal, map, [])
            {
                Cells = cells,
                Quoting = quoting,
                IsInOrder = quoting.IsInOrder(cells, type, _errors.Exists(error => error.Value is not null)),
                IsNameDerived = GetCell(ImportField.Name) is null,
            };
            if (_errors.Count == 0)
            {
                return parsed;
            }

            List<RowError> errors = CreateErrors(parsed);
            string name = map.GetHeader(map.NameField);
            return parsed with { Errors = errors, Spec = errors.Exists(error => error.IsHidden && error.Column == name) ? parsed.Spec with { Name = "", WrittenName = null } : parsed.Spec };
        }

        private List<RowError> CreateErrors(ParsedRow parsed)
        {
            var errors = new List<RowError>();
            foreach ((string header, string? value, CellError error) in _errors)
            {
                errors.Add(parsed.CreateError(row, header, value, error, errors));
            }

            return errors;
        }

        /// <summary>Kinds of objects that are no mailbox here, and members who get no mail.</summary>
        private string? GetSkipReason() =>
            GetCell(ImportField.Type) is { } type && TypeCell.GetSkipReason(type) is { } reason ? reason
            : GetCell(ImportField.MembershipStatus) is { } status && LocalWords.ReadState(status) == false ? $"The membership is '{status}': the member gets no mail."
            : null;

        /// <summary>The type; of a group of another system, by the kind of group that it is there. A group that does not say it is not taken for an account.</summary>
        private PrincipalType? ReadType()
        {
            PrincipalType? type = ParseValue(ImportField.Type, (string cell, out PrincipalType read) => TypeCell.Read(cell, types, out read));
            if (type is not null && !(map.HasObjectClass && type == PrincipalType.Group))
            {
                return type;
            }

            MappedColumn[] kinds = [.. map.Find(ImportField.GroupKind), .. map.Find(ImportField.SecurityEnabled)];
            foreach (MappedColumn column in kinds)
            {
                string? cell = cells[column.Index]?.Trim();
                if (string.IsNullOrEmpty(cell))
                {
                    continue;
                }

                if (IsTypeName(cell))
                {
                    AddError(column.Header, cell, CreateListNotExported(cell));
                    return type;
                }

                CellError? error = column.Field == ImportField.GroupKind ? GroupKindCell.Read(cell, out PrincipalType? kind) : GroupKindCell.ReadSecurity(cell, out kind);
                if (error is { } found)
                {
                    AddError(column.Header, cell, found);
                    return type;
                }

                if (kind is not null)
                {
                    return kind;
                }
            }

            if (type is null && kinds.Length > 0 && !HasError(ImportField.Type))
            {
                AddError(kinds[0].Header, null, GroupKindCell.CreateUnknown("The cell does not say which kind of group this is"));
            }

            return type ?? map.SourceType;
        }

        private static CellError CreateListNotExported(string cell) =>
            new("ListNotExported", $"'{cell}' is the name of a type, not a value: the exporting program did not write the list. Join the list (-join ';') before you export it.");

        private void RefuseNewPrimaryEmail()
        {
            if (GetCell(ImportField.NewPrimaryEmail) is { } address)
            {
                AddError(ImportField.NewPrimaryEmail, address, new CellError("EmailInvalid",
                    $"The address is to be changed, which the other system has not done yet. Write it into the column of the primary address, or ignore the column: -ColumnMap @{{ Header = '' }}."));
            }
        }

        // What is left out would look like what is not there.
        private void RefuseUnknownParts()
        {
            if (GetCell(ImportField.UnknownParts) is { } parts)
            {
                AddError(ImportField.UnknownParts, parts, new CellError(nameof(MailErrorCode.Forbidden),
                    $"Who read the principal could not read all of it ({parts}). Read it with the permissions that are missing, or leave the column out to go on without these parts."));
            }
        }

        private void CheckMembershipType()
        {
            if (GetCell(ImportField.MembershipType) is { } type && type.Equals("CUSTOMER", StringComparison.OrdinalIgnoreCase))
            {
                AddError(ImportField.MembershipType, type, new CellError("MemberInvalid", $"The member is everyone of the organisation, which no member of this server can be: name the members."));
            }
        }

        private string ReadName(List<string>? email)
        {
            string? name = GetCell(ImportField.Name);
            if (name is null && map.NameFrom != NameFrom.None && email is [var first, ..] && !MailAddress.IsCatchAll(first))
            {
                name = DeriveName(map, first);
            }

            if (name is null)
            {
                // An invalid address, or an object as the name, already explains why there is no name.
                if (!HasError(ImportField.Name) && (map.NameFrom == NameFrom.None || !HasError(ImportField.Email, ImportField.PrimaryEmail)))
                {
                    AddError(ImportField.Name, null, new CellError("NameMissing", $"The row has no name: write it into this column."));
                }

                return "";
            }

            if (NameText.GetNameError(name) is { } error)
            {
                AddError(ImportField.Name, name, new CellError("NameInvalid", $"'{name}' cannot be a name. {CellMessage.Quoting(error, name)}"));
            }
            else if (System.Text.Encoding.UTF8.GetByteCount(name) > 512)
            {
                AddError(ImportField.Name, name, new CellError("NameInvalid", $"A name has at most 512 bytes."));
            }

            return name.ToLowerInvariant();
        }

        private string? ReadDescription()
        {
            if (GetCell(ImportField.Description) is { } description)
            {
                return keepsBlanks && map.Source == ColumnSource.MailAdmin ? NameText.Normalize(GetRawCell(ImportField.Description)!) : description;
            }

            string full = $"{GetCell(ImportField.GivenName)} {GetCell(ImportField.Surname)}".Trim();
            return full.Length > 0 ? full : null;
        }

        /// <summary>All addresses, the primary one first: it is marked <c>SMTP:</c>, or has a column of its own.</summary>
        private List<string>? ReadEmail(out string? primary)
        {
            List<string>? addresses = ReadAddresses(ImportField.Email, out primary);
            foreach (string catchAll in ReadItems(ImportField.CatchAll, lowerCase: true)?.ConvertAll(domain => $"@{domain.TrimStart('@')}") ?? [])
            {
                if (LocalWords.ReadTruth(catchAll[1..]) is not null)
                {
                    AddError(ImportField.CatchAll, catchAll[1..], new CellError("EmailInvalid",
                        $"'{catchAll[1..]}' is not a domain. The column holds the domains whose mail for addresses that nobody has the account gets, such as example.org; leave the cell empty for none, or ignore the column: -ColumnMap @{{ Header = '' }}."));
                }
                else if (!MailAddress.IsCatchAll(catchAll))
                {
                    AddError(ImportField.CatchAll, catchAll, new CellError("EmailInvalid", $"'{catchAll[1..]}' is not a domain whose mail can be caught."));
                }
                else if (addresses?.Contains(catchAll) != true)
                {
                    (addresses ??= []).Add(catchAll);
                }
            }

            List<string>? own = ReadAddresses(ImportField.PrimaryEmail, out _);
            if (own is null)
            {
                return addresses;
            }

            if (own.Count > 1)
            {
                AddError(ImportField.PrimaryEmail, GetCell(ImportField.PrimaryEmail), new CellError("EmailInvalid", $"There can be only one primary address."));
                return addresses;
            }

            if (primary is not null && primary != own[0])
            {
                // An error of the marked cell, since the other one may hold what the server has and then has no errors.
                AddError(ImportField.Email, primary, new CellError("EmailInvalid", $"The primary address is '{primary}' (SMTP:) here and '{own[0]}' in '{CellMessage.Plain(map.GetHeader(ImportField.PrimaryEmail))}'."));
            }

            primary = own[0];
            return [primary, .. (addresses ?? []).Where(address => address != own[0])];
        }

        private List<string>? ReadAddresses(ImportField field, out string? primary)
        {
            primary = null;
            if (ParseReference<EmailCellContent>(field, EmailCell.Read) is not { } content)
            {
                return null;
            }

            primary = content.Primary;
            _byProducts.AddRange(content.ByProducts);
            return content.Addresses is [_, ..] ? content.Addresses : null;
        }

        private List<string>? ReadExternalMembers()
        {
            List<string>? addresses = ReadAddresses(ImportField.ExternalMember, out _);
            foreach (string address in addresses?.FindAll(MailAddress.IsCatchAll) ?? [])
            {
                AddError(ImportField.ExternalMember, address, new CellError("EmailInvalid", $"'{address}' is a catch-all, which cannot be a member."));
            }

            return addresses;
        }

        /// <summary>Members by name or address; an address as mail programs write it is unwrapped.</summary>
        private List<string>? ReadMembers() => ReadNames(ImportField.Member)?.ConvertAll(MailAddress.Unwrap);

        private List<string>? ReadNames(ImportField field) =>
            GetCell(field) is { } cell && AcceptOrAddError(field, cell, ListCell.ReadNames(cell, map.ListSeparator, out List<string> names)) ? names : null;

        private List<string>? ReadItems(ImportField field, bool lowerCase) =>
            GetCell(field) is { } cell && AcceptOrAddError(field, cell, ListCell.Read(cell, map.ListSeparator, lowerCase, out List<string> items)) ? items : null;

        // Exchange keeps a disabled account behind each mailbox that nobody signs in to.
        private bool IsLockedByKind(PrincipalType? type) => map.Source == ColumnSource.Exchange && type is { } known && !TypeFields.CanHave(known, PrincipalField.DisabledPermissions);

        /// <summary>Every column that says whether the account may sign in must allow it. What may only say so is of no account where it is locked already.</summary>
        private bool? ReadEnabled()
        {
            bool? enabled = ReadEnabled(map.SignInColumns);
            if (enabled == false)
            {
                return enabled;
            }

            bool isKnown = enabled is not null || _errors.Exists(error => error.Error.ErrorId == SignInCell.ErrorId);
            ReadEnabled(map.DoubtfulColumns);
            foreach (MappedColumn column in isKnown ? [] : map.WatchedColumns)
            {
                if (cells[column.Index]?.Trim() is { Length: > 0 } cell && SignInCell.ReadUnused(column.Header, cell, now) is { } error)
                {
                    AddError(column.Header, cell, error);
                }
            }

            return enabled;
        }

        private bool? ReadEnabled(MappedColumn[] columns)
        {
            bool? enabled = null;
            foreach (MappedColumn column in columns)
            {
                string? cell = cells[column.Index]?.Trim();
                if (string.IsNullOrEmpty(cell))
                {
                    continue;
                }

                if (SignInCell.Read(map.Source, column, cell, now, out bool? read) is { } error)
                {
                    AddError(column.Header, cell, error);
                }

                enabled = (enabled, read) switch
                {
                    (_, null) => enabled,
                    (null, _) => read,
                    _ => enabled.Value && read.Value,
                };
            }

            return enabled;
        }

        private PasswordCell? ReadPassword()
        {
            PasswordCell? password = ReadSecret(ImportField.Password);
            PasswordCell? hash = ReadSecret(ImportField.PasswordHash);
            if (hash is { Kind: PasswordCellKind.ClearText })
            {
                AddError(ImportField.PasswordHash, null, new CellError("PasswordUnsupported", $"The cell is not a hash that the server verifies. A plain-text password belongs in a column named Password."));
            }

            if (password is not null && hash is not null)
            {
                AddError(ImportField.PasswordHash, null, new CellError("PasswordConflict", $"The row has both a password and a password hash."));
            }

            if (password is { Kind: PasswordCellKind.ClearText } && GetCell(ImportField.PasswordHashFunction) is { } function)
            {
                AddError(ImportField.PasswordHashFunction, function, new CellError("PasswordUnsupported", $"The password is hashed by {function}, in a form that the server cannot verify."));
            }

            return hash ?? password;
        }

        /// <summary>A password is taken as it is, spaces included. Asterisks mean that it was not exported.</summary>
        private PasswordCell? ReadSecret(ImportField field)
        {
            string? cell = GetRawCell(field);
            if (string.IsNullOrWhiteSpace(cell) || PasswordPlaceholder.IsMasked(cell))
            {
                return null;
            }

            if (PasswordPlaceholder.Describe(cell.Trim()) is { } placeholder)
            {
                AddError(field, null, new CellError("PasswordMissing", CellMessage.Plain(placeholder)));
                return null;
            }

            var password = PasswordCell.Parse(cell);
            if (password.Kind == PasswordCellKind.Unsupported)
            {
                AddError(field, null, new CellError("PasswordUnsupported", CellMessage.Plain(password.Problem!)));
            }
            else if (cell.Contains('\0', StringComparison.Ordinal))
            {
                AddError(field, null, new CellError("PasswordUnsupported", $"A password cannot contain a NUL character."));
            }

            return password;
        }

        // Whether a small quota without a unit is one of an existing principal, is seen when that is known.
        private CellError? ReadQuota(string cell, out long bytes)
        {
            if (ByteSize.GetError(cell, out bytes) is { } error)
            {
                return new CellError("QuotaInvalid", CellMessage.Either(error, ByteSize.GetError("…", out _)!));
            }

            _isQuotaDoubtful = !ByteSize.HasUnit(cell) && QuotaRule.GetError(bytes) is not null;
            return null;
        }

        private T? ParseValue<T>(ImportField field, CellParser<T> reader)
            where T : struct =>
            GetCell(field) is not { } cell ? null : AcceptOrAddError(field, cell, reader(cell, out T value)) ? value : null;

        private T? ParseReference<T>(ImportField field, CellParser<T> reader)
            where T : class =>
            GetCell(field) is not { } cell ? null : AcceptOrAddError(field, cell, reader(cell, out T value)) ? value : null;

        private bool AcceptOrAddError(ImportField field, string cell, CellError? error)
        {
            if (error is { } found)
            {
                AddError(field, cell, found);
            }

            return error is null;
        }

        /// <summary>The trimmed cell, composed; null if empty, or if the exporting program wrote the name of a type, or a word for nothing, instead of a value.</summary>
        private string? GetCell(ImportField field)
        {
            string? cell = DecodeHex(GetRawCell(field)?.Trim());
            if (string.IsNullOrEmpty(cell))
            {
                return null;
            }

            cell = NameText.Normalize(cell);
            if (PlaceholderCell.Check(field, cell) is { } placeholder)
            {
                if (!HasError(field))
                {
                    AddError(field, cell, placeholder);
                }

                return null;
            }

            if (!IsTypeName(cell))
            {
                CheckCharacters(field, cell);
                return cell;
            }

            if (!HasError(field))
            {
                AddError(field, cell, CreateListNotExported(cell));
            }

            return null;
        }

        /// <summary>Names and addresses have stricter checks of their own.</summary>
        private void CheckCharacters(ImportField field, string cell)
        {
            if (field is not (ImportField.Name or ImportField.Email or ImportField.PrimaryEmail or ImportField.ExternalMember)
                && NameText.GetFileTextError(cell) is { } error && !HasError(field))
            {
                AddError(field, cell, new CellError("TextInvalid", CellMessage.Quoting(error, cell)));
            }
        }

        /// <summary>The cell as it stands; of several columns of addresses, all of them.</summary>
        private string? GetRawCell(ImportField field)
        {
            string? found = null;
            foreach (MappedColumn column in map.Find(field))
            {
                if (cells[column.Index] is { Length: > 0 } cell)
                {
                    found = found is null ? cell : $"{found};{cell}";
                }
            }

            return found;
        }

        /// <summary>csvde writes text of other alphabets as <c>X'4ac3bc…'</c>.</summary>
        private string? DecodeHex(string? cell)
        {
            if (map.Source != ColumnSource.ActiveDirectory || cell is not ['X', '\'', _, .., '\''] || cell.Length % 2 == 0 || !cell.Skip(2).SkipLast(1).All(char.IsAsciiHexDigit))
            {
                return cell;
            }

            return System.Text.Encoding.UTF8.GetString(Convert.FromHexString(cell.AsSpan(2, cell.Length - 3)));
        }

        private static bool IsTypeName(string cell) =>
            (cell.StartsWith("System.", StringComparison.Ordinal) && (cell.EndsWith("[]", StringComparison.Ordinal) || cell.Contains("Collection", StringComparison.Ordinal)))
            || (cell.StartsWith("Microsoft.", StringComparison.Ordinal) && cell.Contains("Collection", StringComparison.Ordinal));

        private bool HasError(params ReadOnlySpan<ImportField> fields)
        {
            foreach (ImportField field in fields)
            {
                string header = map.GetHeader(field);
                if (_errors.Exists(error => error.Header == header))
                {
                    return true;
                }
            }

            return false;
        }

        private void AddError(ImportField field, string? value, CellError error) => AddError(map.GetHeader(field), value, error);

        private void AddError(string header, string? value, CellError error) => _errors.Add((header, value, error));
    }
}
