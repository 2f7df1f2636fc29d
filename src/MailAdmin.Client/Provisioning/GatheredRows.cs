namespace MailAdmin.Client.Provisioning;

/// <summary>
/// The rows of a table with those gathered that have one membership each. A membership that is wrong is refused with its own row, and the others of its
/// principal go on; with -Replace they do not, since the list would lose what the refused row names.
/// </summary>
internal sealed class GatheredRows
{
    private readonly List<ParsedRow> _refused = [];
    private readonly bool _isExact;
    private IReadOnlyList<ParsedRow> _own;

    public GatheredRows(IReadOnlyList<ParsedRow> rows, ImportOptions options)
    {
        _isExact = options.Replace;
        _own = rows;
        if (!_isExact)
        {
            // Of the same group, a row that cannot be read would make all the others its duplicates.
            Refuse([.. rows.Where(row => row.Columns.HasMemberRows && row.Errors.Count > 0)]);
        }

        Rows = MemberRowGathering.Gather(_own);
    }

    /// <summary>The rows, gathered.</summary>
    public IReadOnlyList<ParsedRow> Rows { get; private set; }

    /// <summary>The rows that were taken out of those they belong to, with what is wrong with them.</summary>
    public IReadOnlyList<ParsedRow> Refused => _refused;

    /// <summary>Takes out the rows whose membership was found to be wrong; false if there is none.</summary>
    public bool RefuseParts(ImportLookup directory)
    {
        ParsedRow[] refused = _isExact ? [] : [.. directory.Rows.SelectMany(FindRefused)];
        if (refused.Length == 0)
        {
            return false;
        }

        // What needs a principal is valid again where that one goes on without its own wrong memberships.
        ParsedRow[] wrong = [.. refused.Where(part => part.Errors.Any(error => !error.IsSpread))];
        Refuse(wrong.Length > 0 ? wrong : refused);
        Rows = MemberRowGathering.Gather(_own);
        return true;
    }

    private void Refuse(ParsedRow[] rows)
    {
        HashSet<int> numbers = [.. rows.Select(row => row.Number)];
        _own = [.. _own.Where(row => !numbers.Contains(row.Number))];
        _refused.AddRange(rows);
    }

    /// <summary>The parts of an invalid row, where nothing but memberships is wrong. The first part says what the principal is, unless the group is there.</summary>
    private static IEnumerable<ParsedRow> FindRefused(RowContext context)
    {
        string[] headers = [.. context.Parts.Take(1).SelectMany(part => part.Columns.Columns).Where(column => MemberRowGathering.IsMembership(column.Field)).Select(column => column.Header)];
        if (!context.HasErrors || !context.Errors.TrueForAll(error => error.Value is not null && headers.Contains(error.Column)))
        {
            return [];
        }

        ParsedRow[] refused = [.. context.Parts.Select(part => part with { Errors = FindErrors(context, part) }).Where(part => part.Errors.Count > 0)];
        return context.IsMembership || refused.All(part => part.Number != context.Number) ? refused : [];
    }

    private static RowError[] FindErrors(RowContext context, ParsedRow part) =>
        [.. context.Errors.Where(error => error.Row == part.Number || MemberRowGathering.AsksFor(part, error.Value!)).Select(error => error with { Row = part.Number })];
}
