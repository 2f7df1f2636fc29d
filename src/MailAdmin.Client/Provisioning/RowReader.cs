// From the cells of a row to what it wants, every problem named with its column.
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Client;

/// <summary>Reads rows by a column map. An empty cell says nothing; a cell that cannot be read is a fault of its row.</summary>
public sealed class RowReader
{
    private readonly ColumnMap _map;

    /// <summary>Makes a reader for the rows of one file.</summary>
    public RowReader(ColumnMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _map = map;
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">The data row, from 1.</param>
    /// <param name="cells">Its cells, in the order of the headers.</param>
    /// <param name="fault">What the file's reader found wrong with the row's form.</param>
    public RowReading Read(int row, IReadOnlyList<string?> cells, string? fault = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (fault is null && cells.Count != _map.Width)
        {
            fault = $"expected {_map.Width} cells, found {cells.Count}";
        }

        // The cells of a ragged row stand under the wrong headers: nothing of it can be believed.
        return fault is null
            ? new Cells(_map, row, cells).Read()
            : new RowReading(new DesiredPrincipal { Row = row, Name = "", Map = _map }, [new RowFault(row, null, null, $"The row has the wrong number of cells: {fault}.", "RowRagged")]);
    }

    /// <summary>The reading of one row.</summary>
    private sealed class Cells(ColumnMap map, int row, IReadOnlyList<string?> cells)
    {
        private delegate CellFault? Reader<T>(string cell, out T value);

        private readonly List<RowFault> _faults = [];

        public RowReading Read()
        {
            List<string>? email = Email(out string? primary);
            PrincipalType? type = Value<PrincipalType>(ImportField.Type, TypeCell.Read);
            var principal = new DesiredPrincipal
            {
                Row = row,
                Map = map,
                Name = Name(email),
                NameIsDerived = Text(ImportField.Name) is null,
                Type = type,
                Description = Description(),
                Email = email,
                PrimaryEmail = primary,
                Password = Password(),
                Quota = Value<long>(ImportField.Quota, ReadQuota),
                Enabled = Enabled(),
                MemberOf = Names(ImportField.MemberOf),
                List = Names(ImportField.List),
                Role = Names(ImportField.Role),
                Member = Names(ImportField.Member),
                ExternalMember = Addresses(ImportField.ExternalMember),
                EnabledPermission = Items(ImportField.EnabledPermission, lowerCase: true),
                DisabledPermission = Items(ImportField.DisabledPermission, lowerCase: true),
                Url = Items(ImportField.Url, lowerCase: false),
                Tenant = Text(ImportField.Tenant)?.ToLowerInvariant(),
                Picture = Text(ImportField.Picture),
                Locale = Text(ImportField.Locale),
            };
            return new RowReading(principal, _faults);
        }

        private string Name(List<string>? email)
        {
            string? name = Text(ImportField.Name);
            if (name is null && map.NameFrom != NameFrom.None && email is [var first, ..])
            {
                name = map.NameFrom == NameFrom.Email ? first : MailAddress.LocalPartOf(first);
            }

            if (name is null)
            {
                // An address that could not be read already says why there is no name.
                if (map.NameFrom == NameFrom.None || !HasFault(ImportField.Email, ImportField.PrimaryEmail))
                {
                    Fault(ImportField.Name, null, new CellFault("NameMissing", "The row gives no name."));
                }

                return "";
            }

            if (name.Any(char.IsControl) || System.Text.Encoding.UTF8.GetByteCount(name) > 512)
            {
                Fault(ImportField.Name, name, new CellFault("NameInvalid", "A name has at most 512 bytes and no control characters."));
            }

            return name.ToLowerInvariant();
        }

        private string? Description()
        {
            if (Text(ImportField.Description) is { } description)
            {
                return description;
            }

            string full = $"{Text(ImportField.GivenName)} {Text(ImportField.Surname)}".Trim();
            return full.Length > 0 ? full : null;
        }

        /// <summary>All addresses, the primary one first: marked <c>SMTP:</c>, or given by a column of its own.</summary>
        private List<string>? Email(out string? primary)
        {
            List<string>? addresses = Addresses(ImportField.Email, out primary);
            List<string>? own = Addresses(ImportField.PrimaryEmail, out _);
            if (own is null)
            {
                return addresses;
            }

            if (own.Count > 1)
            {
                Fault(ImportField.PrimaryEmail, Cell(ImportField.PrimaryEmail), new CellFault("EmailInvalid", "There can be one primary address only."));
                return addresses;
            }

            if (primary is not null && primary != own[0])
            {
                Fault(ImportField.PrimaryEmail, own[0], new CellFault("EmailInvalid", $"The primary address is '{own[0]}' here and '{primary}' (SMTP:) in '{map.HeaderOf(ImportField.Email)}'."));
            }

            primary = own[0];
            return [primary, .. (addresses ?? []).Where(address => address != own[0])];
        }

        private List<string>? Addresses(ImportField field) => Addresses(field, out _);

        private List<string>? Addresses(ImportField field, out string? primary)
        {
            string? marked = null;
            List<string>? addresses = Reference(field, (string cell, out List<string> value) => EmailCell.Read(cell, out value, out marked));
            primary = marked;
            return addresses is [_, ..] ? addresses : null;
        }

        private List<string>? Names(ImportField field) =>
            Reference(field, (string cell, out List<string> value) => ListCell.ReadNames(cell, map.ListSeparator, out value));

        private List<string>? Items(ImportField field, bool lowerCase) =>
            Reference(field, (string cell, out List<string> value) => ListCell.Read(cell, map.ListSeparator, lowerCase, out value));

        private bool? Enabled() =>
            Value<bool>(ImportField.Enabled, EnabledCell.Read)
            ?? !Value<bool>(ImportField.AccountDisabled, EnabledCell.Read);

        private PasswordCell? Password()
        {
            PasswordCell? password = SecretCell(ImportField.Password);
            PasswordCell? hash = SecretCell(ImportField.PasswordHash);
            if (hash is { Kind: PasswordCellKind.ClearText })
            {
                Fault(ImportField.PasswordHash, null, new CellFault("PasswordUnsupported", "The cell is not a hash that the server verifies. A password in clear belongs in a column named Password."));
            }

            if (password is not null && hash is not null)
            {
                Fault(ImportField.PasswordHash, null, new CellFault("PasswordConflict", "The row gives both a password and a hash."));
            }

            if (password is { Kind: PasswordCellKind.ClearText } && Text(ImportField.PasswordHashFunction) is { } function)
            {
                Fault(ImportField.PasswordHashFunction, null, new CellFault("PasswordUnsupported", $"The password is hashed by {function}, in a form that the server cannot verify."));
            }

            return hash ?? password;
        }

        /// <summary>A password is taken as it stands, spaces included. Asterisks stand for one that was not exported.</summary>
        private PasswordCell? SecretCell(ImportField field)
        {
            string? cell = RawCell(field);
            if (string.IsNullOrWhiteSpace(cell) || !cell.AsSpan().Trim().ContainsAnyExcept('*'))
            {
                return null;
            }

            var password = PasswordCell.Parse(cell);
            if (password.Kind == PasswordCellKind.Unsupported)
            {
                Fault(field, null, new CellFault("PasswordUnsupported", $"The server cannot verify hashes of the scheme {password.Scheme}, or the hash is incomplete."));
            }
            else if (cell.Contains('\0', StringComparison.Ordinal))
            {
                Fault(field, null, new CellFault("PasswordUnsupported", "A password cannot contain a NUL character."));
            }

            return password;
        }

        private static CellFault? ReadQuota(string cell, out long bytes) =>
            ByteSize.TryParse(cell, out bytes)
                ? null
                : new CellFault("QuotaInvalid", $"'{cell}' is no size: write 5GB, 500 MB, a number of bytes, or Unlimited.");

        private T? Value<T>(ImportField field, Reader<T> reader)
            where T : struct =>
            Cell(field) is not { } cell ? null : Accept(field, cell, reader(cell, out T value)) ? value : null;

        private T? Reference<T>(ImportField field, Reader<T> reader)
            where T : class =>
            Cell(field) is not { } cell ? null : Accept(field, cell, reader(cell, out T value)) ? value : null;

        private bool Accept(ImportField field, string cell, CellFault? fault)
        {
            if (fault is { } found)
            {
                Fault(field, cell, found);
            }

            return fault is null;
        }

        private string? Text(ImportField field) => Cell(field);

        /// <summary>The trimmed cell; null if empty, or if the exporting tool wrote a type's name instead of a value.</summary>
        private string? Cell(ImportField field)
        {
            string? cell = RawCell(field)?.Trim();
            if (string.IsNullOrEmpty(cell))
            {
                return null;
            }

            if (!IsTypeName(cell))
            {
                return cell;
            }

            if (!HasFault(field))
            {
                Fault(field, cell, new CellFault("CellNotExported", $"'{cell}' is the name of a type, not a value: the exporting tool did not write the list. Join it first (-join ';')."));
            }

            return null;
        }

        private string? RawCell(ImportField field)
        {
            foreach (MappedColumn column in map.Columns)
            {
                if (column.Field == field)
                {
                    return cells[column.Index];
                }
            }

            return null;
        }

        private static bool IsTypeName(string cell) =>
            (cell.StartsWith("System.", StringComparison.Ordinal) && (cell.EndsWith("[]", StringComparison.Ordinal) || cell.Contains("Collection", StringComparison.Ordinal)))
            || (cell.StartsWith("Microsoft.", StringComparison.Ordinal) && cell.Contains("Collection", StringComparison.Ordinal));

        private bool HasFault(params ReadOnlySpan<ImportField> fields)
        {
            foreach (ImportField field in fields)
            {
                string header = map.HeaderOf(field);
                if (_faults.Exists(fault => fault.Column == header))
                {
                    return true;
                }
            }

            return false;
        }

        private void Fault(ImportField field, string? value, CellFault fault) =>
            _faults.Add(new RowFault(row, map.HeaderOf(field), value, fault.Message, fault.ErrorId));
    }
}
