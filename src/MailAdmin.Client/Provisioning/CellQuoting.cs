using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Whether the errors of a row may quote its cells. A separator too many or too few, such as a comma in a name, moves cells under the wrong headers,
/// and any of them may then be the password.
/// </summary>
internal sealed class CellQuoting
{
    private readonly int[] _passwordColumns;
    private readonly int[] _formedColumns;
    private readonly int _columnCount;
    private readonly HashSet<string> _names;

    /// <param name="map">The columns.</param>
    /// <param name="rows">All rows, whose groups and roles are known for none to be a password; none where rows come one by one.</param>
    public CellQuoting(ColumnMap map, IEnumerable<ImportRow> rows)
    {
        _passwordColumns = [.. map.PasswordColumns];
        _columnCount = map.ColumnCount;
        _formedColumns = [.. map.Columns.Where(column => HasForm(column.Field)).Select(column => column.Index)];
        int[] columns = [.. map.Columns.Where(column => column.Field is ImportField.MemberOf or ImportField.List or ImportField.Role or ImportField.Tenant).Select(column => column.Index)];
        _names = _passwordColumns.Length == 0 ? [] : new(
            rows.SelectMany(row => columns.Where(index => index < row.Cells.Count).SelectMany(index => (row.Cells[index] ?? "").Split(map.ListSeparator, StringSplitOptions.TrimEntries))),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the cells are where they belong: each is what its column holds, and what is in the password's column is not what another column holds.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="type">The type that they give.</param>
    /// <param name="errors">What is wrong with them.</param>
    public bool IsAllowed(IReadOnlyList<string?> cells, PrincipalType? type, IEnumerable<RowError> errors)
    {
        if (_passwordColumns.Length == 0)
        {
            return true;
        }
        string[] passwords = [.. _passwordColumns.Select(index => cells[index]).OfType<string>().Where(cell => !string.IsNullOrWhiteSpace(cell))];
        bool hasPassword = passwords.Length > 0 || !TypeFields.CanHave(type ?? PrincipalSpec.DefaultType, PrincipalField.Secrets);
        return hasPassword && errors.All(error => error.Value is null) && passwords.All(IsLikePassword) && IsAnchored(cells);
    }

    /// <summary>The same error without what the cell holds.</summary>
    public static RowError Hide(RowError error) => error.Value is null ? error : error with
    {
        Value = null,
        Message = $"{DescribeProblem(error.ErrorId)} The cell is not shown, since cells of this row may be under the wrong headers, and one of them is the password. "
            + "Compare the row with the header; a cell that contains the separator must be in quotation marks.",
    };

    // Whatever is moved is moved up to the end of the row: one cell there that is what its column holds shows that nothing is.
    private bool IsAnchored(IReadOnlyList<string?> cells)
    {
        int last = _passwordColumns[^1];
        return last == _columnCount - 1 || _formedColumns.Any(index => index > last && !string.IsNullOrWhiteSpace(cells[index]));
    }

    private static bool HasForm(ImportField field) =>
        field is ImportField.Email or ImportField.PrimaryEmail or ImportField.Quota or ImportField.Type || (SignInCell.IsSignInField(field) && field is not (ImportField.MaybeDisabled or ImportField.MaybeExpired));

    // A text that goes on after its comma begins with a blank.
    private bool IsLikePassword(string cell) => PasswordCell.Parse(cell).Kind == PasswordCellKind.Hash || !(
        char.IsWhiteSpace(cell[0])
        || _names.Contains(cell.Trim())
        || MailAddress.GetValidationError(cell.Trim()) is null
        || ByteSize.GetError(cell.Trim(), out _) is null
        || PrincipalType.TryParse(cell.Trim(), out _)
        || LocalWords.ReadTruth(cell.Trim()) is not null
        || LocalWords.ReadState(cell.Trim()) is not null);

    private static string DescribeProblem(string errorId) => errorId switch
    {
        "QuotaInvalid" => "The cell is not a size such as 5GB.",
        "TypeUnknown" => $"The cell is not a type: write one of {string.Join(", ", PrincipalType.Known)}.",
        "EnabledInvalid" => "The cell says neither True nor False.",
        "EmailInvalid" => "The cell holds what is not an e-mail address.",
        "EmailDuplicate" or "NameDuplicate" => "The cell holds what is there more than once.",
        "EmailTaken" => "The cell holds an address that belongs to another principal.",
        "DomainMissing" => "The domain of an address in the cell is neither on the server nor in the file.",
        "GroupMissing" or "ListMissing" or "RoleMissing" or "MemberMissing" => "The cell names what is neither on the server nor in the file.",
        "PermissionUnknown" => "The cell holds what is not a permission.",
        "NameInvalid" or "NameTypographic" => "The cell cannot be a name.",
        _ => "The cell holds what cannot be used here.",
    };
}
