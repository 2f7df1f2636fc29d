using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>What became of the rows of an import so far, and what is still to be told of it.</summary>
internal sealed class ImportReport(FailedRowsFile? failedRows, bool keepsAll)
{
    private readonly List<MailImportResult> _results = [];
    private readonly List<ErrorRecord> _heldErrors = [];
    private readonly HashSet<int> _openRows = [];
    private ImportSource? _source;
    private ILookup<int, PlannedRow>? _gathered;
    private int _failedCount;
    private int _unknownCount;

    /// <summary>How many rows were changed.</summary>
    public int DoneCount { get; private set; }

    /// <summary>How many rows a stop kept from being sent.</summary>
    public int NotSentCount { get; private set; }

    /// <summary>The results so far; only where an error will have to carry them.</summary>
    public IReadOnlyList<MailImportResult> Results => _results;

    /// <summary>The errors that wait for the end.</summary>
    public IReadOnlyList<ErrorRecord> HeldErrors => _heldErrors;

    /// <summary>The counts, for people.</summary>
    public string Progress => $"{DoneCount} rows done, {_failedCount} failed, {_unknownCount} unknown, {NotSentCount} not sent.";

    /// <summary>The rows that are being sent have no result yet.</summary>
    public bool IsInterrupted => _openRows.Count > 0;

    /// <summary>The rows of <paramref name="plan"/> are about to be sent.</summary>
    public void Begin(ImportSource source, ImportPlan plan)
    {
        _source = source;
        failedRows?.Start();
        _openRows.UnionWith(FindUnsent(plan).Select(row => row.Row));
        _gathered = plan.Rows.Where(row => row.GatheredInto is not null).ToLookup(row => row.GatheredInto!.Value);
    }

    /// <summary>The rows that are sent with this one.</summary>
    public IEnumerable<PlannedRow> FindGathered(int row) => _gathered?[row] ?? [];

    /// <summary>Nothing of a plan is sent: its valid rows are listed, too, as what is left to do.</summary>
    public void ListUnsent(ImportSource source, ImportPlan plan)
    {
        foreach (PlannedRow row in FindUnsent(plan).OrderBy(row => row.Row))
        {
            ListUnsent(source, row.Row);
        }
    }

    /// <summary>Nothing of a file is sent, and no plan says which of its rows are to be.</summary>
    public void ListUnsent(ImportSource source)
    {
        foreach (ImportRow row in source.Table.Rows)
        {
            ListUnsent(source, row.Number);
        }
    }

    private void ListUnsent(ImportSource source, int row) =>
        failedRows?.Add(source, new MailImportResult { Row = row, Action = "NotSent", ErrorId = "NotSent", Error = "The row was not sent: the import ended before it began." });

    private static IEnumerable<PlannedRow> FindUnsent(ImportPlan plan)
    {
        HashSet<int> sent = [.. plan.Rows.Where(row => row.Action is PlannedAction.Create or PlannedAction.Update).Select(row => row.Row)];
        return plan.Rows.Where(row => sent.Contains(row.GatheredInto ?? row.Row));
    }

    /// <summary>Whether rows of a file were sent.</summary>
    public bool HasBegun(ImportSource source) => _source == source;

    /// <summary>Counts a result, and lists it if the row is still to be done.</summary>
    public void Add(ImportSource source, MailImportResult result)
    {
        _openRows.Remove(result.Row);
        if (keepsAll)
        {
            _results.Add(result);
        }
        switch (result.Action)
        {
            case "Created" or "Updated":
                DoneCount++;
                return;
            case "Failed":
                _failedCount++;
                break;
            case "Unknown":
                _unknownCount++;
                break;
            case "NotSent":
                NotSentCount++;
                break;
            default:
                return;
        }
        failedRows?.Add(source, result);
    }

    /// <summary>Keeps an error for the end.</summary>
    public void Hold(ErrorRecord error) => _heldErrors.Add(error);

    /// <summary>The run ended before the rows that are open had a result: they are listed, and the sentence says how to go on.</summary>
    public string Interrupt(ImportPlan plan)
    {
        PlannedRow[] open = [.. plan.Rows.Where(row => _openRows.Contains(row.Row))];
        _openRows.Clear();
        foreach (PlannedRow row in open)
        {
            var result = MailImportResult.FromPlan(row);
            (result.ErrorId, result.Error) = ("Interrupted", "The import ended before this row had a result. It may be done.");
            failedRows?.Add(_source!, result);
        }
        return $"The import of {_source} was ended early. {Progress} {open.Length} rows have no result: they were not sent, or are being sent now.";
    }
}
