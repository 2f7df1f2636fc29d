using System.Buffers;
using System.Globalization;
using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Whether an error may quote its cell. A separator too many or too few, such as a comma in a name, moves cells under the wrong headers, and any of them may then
/// be the password.
/// </summary>
internal sealed class CellQuoting
{
    private const int ShortestPassword = 8;
    private const int LongestPassword = 64;
    private static readonly SearchValues<char> s_textSigns = SearchValues.Create(" \t\r\n,;:/\\@=");

    private readonly ColumnMap _map;
    private readonly int[] _passwordColumns;
    private readonly MappedColumn[] _formedColumns;
    private readonly MappedColumn[] _nameColumns;
    private readonly MappedColumn[] _addressColumns;
    private readonly int _name;
    private readonly int _description;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _definedNames = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="map">The columns.</param>
    /// <param name="rows">All rows, whose groups and roles are known for none to be a password; none where rows come one by one.</param>
    public CellQuoting(ColumnMap map, IEnumerable<ImportRow> rows)
    {
        _map = map;
        _passwordColumns = [.. map.PasswordColumns];
        _formedColumns = [.. map.Columns.Where(column => GetForm(column.Field) is not null)];
        _nameColumns = [.. map.Columns.Where(column => column.Field is ImportField.MemberOf or ImportField.List or ImportField.Role or ImportField.Tenant)];
        _addressColumns = [.. map.Columns.Where(column => GetForm(column.Field) == Form.Address)];
        _name = FindIndex(ImportField.Name);
        _description = FindIndex(ImportField.Description);
        if (_passwordColumns.Length == 0)
        {
            return;
        }

        int type = FindIndex(ImportField.Type);
        foreach (ImportRow row in rows)
        {
            foreach (MappedColumn column in _nameColumns)
            {
                if (column.Index < row.Cells.Count)
                {
                    _names.UnionWith(SplitNames(row.Cells[column.Index]));
                }
            }

            if (_name >= 0 && type >= 0 && row.Cells.Count == map.ColumnCount && row.Cells[_name] is { } defined && row.Cells[type] is { } word
                && PrincipalType.TryParse(word.Trim(), out PrincipalType parsed) && parsed.Word is "group" or "list" or "role")
            {
                _definedNames.Add(defined.Trim());
            }
        }
    }

    /// <summary>What a cell is where only one of them can be read in it.</summary>
    private enum Form
    {
        Address,
        Size,
        Type,
        State,
    }

    /// <summary>
    /// Whether what could be read of a row is where it belongs: each cell is what its column holds, and what is in the password's column is not what another
    /// column holds.
    /// </summary>
    /// <param name="cells">The cells.</param>
    /// <param name="type">The type that they give.</param>
    /// <param name="hasBadCell">Whether one of them could not be read.</param>
    public bool IsInOrder(IReadOnlyList<string?> cells, PrincipalType? type, bool hasBadCell)
    {
        if (_passwordColumns.Length == 0)
        {
            return true;
        }
        bool hasPassword = Array.Exists(_passwordColumns, index => !string.IsNullOrWhiteSpace(cells[index])) || !TypeFields.CanHave(type ?? PrincipalSpec.DefaultType, PrincipalField.Secrets);
        return hasPassword && !hasBadCell && AreLikePasswords(cells) && IsEndInOrder(cells);
    }

    /// <summary>Whether an error may quote the cell in a column.</summary>
    /// <param name="cells">The cells of the row.</param>
    /// <param name="header">The header of the column.</param>
    /// <param name="isInOrder">Whether the whole row is in order.</param>
    public bool IsAllowed(IReadOnlyList<string?> cells, string header, bool isInOrder)
    {
        if (_passwordColumns.Length == 0)
        {
            return true;
        }
        if ((header == _map.GetHeader(ImportField.Name) && IsLoginSwapped(cells)) || (header == _map.GetHeader(ImportField.Description) && IsDescriptionSwapped(cells)))
        {
            return false;
        }
        MappedColumn[] columns = [.. _map.Columns.Concat(_map.WatchedColumns).Where(column => column.Header == header)];
        int last = columns.Length == 0 ? cells.Count : columns.SelectMany(column => _map.Columns.Where(other => other.Field == column.Field).Append(column)).Max(column => column.Index);
        return (isInOrder || IsOther() || (AreLikePasswords(cells) && IsAnchored(cells, Math.Max(last, _passwordColumns[^1]))))
            && columns.All(column => !HoldsNames(column.Field) || SplitNames(cells[column.Index]).All(name => IsLikeName(name)))
            && (columns.All(column => IsLikeItsKind(column.Field, cells[column.Index]) || (column.Field == ImportField.Name && IsNameOfAddress(cells))) || IsOther());

        // The password is elsewhere.
        bool IsOther() => IsPasswordCertain(cells) && !columns.SelectMany(column => SplitNames(cells[column.Index])).Any(IsPasswordOnly);
    }

    // A login with signs, whose letters are what an address of the row has before the @, is no password; of cells that changed places the password's is looked at before.
    private bool IsNameOfAddress(IReadOnlyList<string?> cells)
    {
        string letters = KeepLetters(cells[_name] ?? "");
        return letters.Length > 2 && _addressColumns.SelectMany(column => SplitNames(cells[column.Index])).Any(address => address.Contains('@', StringComparison.Ordinal) && KeepLetters(MailAddress.GetLocalPart(address)) == letters);
    }

    private static string KeepLetters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // Two cells may have changed places in a row that is in order otherwise: what is no address under the addresses, and no name under the names, may be the password.
    private bool IsLikeItsKind(ImportField field, string? cell) => field switch
    {
        ImportField.Name => IsLikeName(cell.AsSpan().Trim()),
        _ when GetForm(field) == Form.Address => SplitNames(cell).All(item => item.Contains('@', StringComparison.Ordinal)),
        _ => true,
    };

    /// <summary>
    /// Whether login and password seem to have changed places: the password is what an address of the row has before the @, and the login, which is not, reads
    /// like a password. Everything else of such a row is in order.
    /// </summary>
    /// <param name="cells">The cells.</param>
    public bool IsLoginSwapped(IReadOnlyList<string?> cells)
    {
        if (_passwordColumns.Length == 0 || _name < 0 || string.IsNullOrWhiteSpace(cells[_name]) || IsLikeName(cells[_name].AsSpan().Trim()))
        {
            return false;
        }
        string[] addresses = [.. _addressColumns.SelectMany(column => SplitNames(cells[column.Index]))];
        return _passwordColumns.Select(index => cells[index]?.Trim()).Any(cell => cell is { Length: > 0 } && addresses.Any(address => address.StartsWith($"{cell}@", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// Whether description and password seem to have changed places: the password is two words of letters, as a name is, and the description is no words.
    /// </summary>
    /// <param name="cells">The cells.</param>
    public bool IsDescriptionSwapped(IReadOnlyList<string?> cells)
    {
        return _description >= 0 && cells[_description]?.Trim() is { Length: > 0 } text && !text.Contains(' ', StringComparison.Ordinal) && !IsLikeName(text)
            && _passwordColumns.Any(index => cells[index]?.Trim().Split(' ') is { Length: > 1 } words && words.All(word => word.Length > 1 && char.IsUpper(word[0]) && word.All(char.IsLetter)));
    }

    /// <summary>What the row names and no error may quote, since it may be the password, with its column.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="isInOrder">Whether the whole row is in order.</param>
    public IEnumerable<(string Header, string Name)> FindHiddenNames(IReadOnlyList<string?> cells, bool isInOrder) => _map.Columns
        .Where(column => HoldsNames(column.Field) && !IsAllowed(cells, column.Header, isInOrder))
        .SelectMany(column => SplitNames(cells[column.Index]).Select(name => (column.Header, name)));

    // Whatever is moved is moved up to the end of the row: one cell there that is what its column holds shows that nothing is.
    private bool IsEndInOrder(IReadOnlyList<string?> cells)
    {
        int last = _passwordColumns[^1];
        return last == _map.ColumnCount - 1 || Array.Exists(_formedColumns, column => column.Index > last && column.Field is not (ImportField.MaybeDisabled or ImportField.MaybeExpired) && !string.IsNullOrWhiteSpace(cells[column.Index]));
    }

    // The same where other cells are wrong: what can be read in one way only stands in the one column that is read so.
    private bool IsAnchored(IReadOnlyList<string?> cells, int after) =>
        _formedColumns.Any(column => column.Index > after && _formedColumns.Count(other => GetForm(other.Field) == GetForm(column.Field)) == 1 && RecognizeForm(cells[column.Index]) == GetForm(column.Field))
        || _nameColumns.Any(column => column.Index > after && SplitNames(cells[column.Index]).Any(_definedNames.Contains));

    private static Form? GetForm(ImportField field) => field switch
    {
        ImportField.Email or ImportField.PrimaryEmail => Form.Address,
        ImportField.Quota => Form.Size,
        ImportField.Type => Form.Type,
        _ => SignInCell.IsSignInField(field) ? Form.State : null,
    };

    private static Form? RecognizeForm(string? cell)
    {
        Form[] forms = [.. FindForms(cell?.Trim() ?? "")];
        return forms.Length == 1 ? forms[0] : null;
    }

    private static IEnumerable<Form> FindForms(string cell)
    {
        if (MailAddress.GetValidationError(cell) is null)
        {
            yield return Form.Address;
        }
        if (ByteSize.TryParse(cell, out _))
        {
            yield return Form.Size;
        }
        if (PrincipalType.TryParse(cell, out _))
        {
            yield return Form.Type;
        }
        if (LocalWords.ReadTruth(cell) is not null || LocalWords.ReadState(cell) is not null)
        {
            yield return Form.State;
        }
    }

    // Where the password's own column holds what nothing else in a table of people looks like, no other cell is the password, but one that looks so, too.
    private bool IsPasswordCertain(IReadOnlyList<string?> cells)
    {
        string[] passwords = [.. _passwordColumns.Select(index => cells[index]).OfType<string>().Where(cell => !string.IsNullOrWhiteSpace(cell))];
        return passwords.Length > 0 && Array.TrueForAll(passwords, cell => IsLikePassword(cell) && (PasswordCell.Parse(cell).Kind == PasswordCellKind.Hash || IsPasswordOnly(cell)));
    }

    // Letters and digits, and capitals or signs among them; none of the signs with which addresses, lists, links, paths, phone numbers and formatted texts are written.
    private static bool IsPasswordOnly(string text) => text.Length is >= ShortestPassword and <= LongestPassword
        && text.Any(char.IsLetter) && text.Any(char.IsDigit) && !text.AsSpan().ContainsAny(s_textSigns)
        && ((text.Any(char.IsUpper) && text.Any(char.IsLower)) || text.Any(character => !char.IsLetterOrDigit(character) && character is not ('-' or '_' or '.' or '+')));

    private bool AreLikePasswords(IReadOnlyList<string?> cells) => Array.TrueForAll(_passwordColumns, index => cells[index] is not { } cell || string.IsNullOrWhiteSpace(cell) || IsLikePassword(cell));

    // A text that goes on after its comma begins with a blank.
    private bool IsLikePassword(string cell) => PasswordCell.Parse(cell).Kind == PasswordCellKind.Hash
        || !(char.IsWhiteSpace(cell[0]) || _names.Contains(cell.Trim()) || FindForms(cell.Trim()).Any());

    private static bool HoldsNames(ImportField field) => field is ImportField.MemberOf or ImportField.List or ImportField.Role or ImportField.Tenant or ImportField.Member
        or ImportField.ExternalMember or ImportField.EnabledPermission or ImportField.DisabledPermission;

    // Any text can be the name of a group, so that a password there is not seen by its form: two cells may have changed places.
    private static bool IsLikeName(ReadOnlySpan<char> name)
    {
        (bool hasUpper, bool hasLower, bool hasDigit) = (false, false, false);
        foreach (char character in name)
        {
            if (!char.IsLetterOrDigit(character) && CharUnicodeInfo.GetUnicodeCategory(character) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) && character is not (' ' or '.' or '_' or '-' or '@'))
            {
                return false;
            }
            hasUpper |= char.IsUpper(character);
            hasLower |= char.IsLower(character);
            hasDigit |= char.IsDigit(character);
        }
        return !(hasUpper && hasLower && hasDigit);
    }

    private string[] SplitNames(string? cell) => (cell ?? "").Split([_map.ListSeparator, '\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private int FindIndex(ImportField field) => _map.Find(field) is [var column, ..] ? column.Index : -1;
}
