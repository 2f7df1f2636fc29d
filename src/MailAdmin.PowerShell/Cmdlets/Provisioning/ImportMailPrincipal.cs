using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>
/// Creates and changes principals by the rows of a CSV or JSON file, or of the pipeline (GET /principal, POST /principal, PATCH
/// /principal/{name}). All rows are read, checked and planned before the first change. One result per row; an invalid row is not sent and the
/// others go on. While the server is away the import waits; rows whose outcome is unknown are looked up.
/// </summary>
[Cmdlet(VerbsData.Import, "MailPrincipal", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailImportResult))]
public sealed class ImportMailPrincipal : WindowedCmdlet
{
    private const string ByPath = "Path";
    private const string ByObject = "InputObject";

    private readonly List<PSObject> _inputObjects = [];
    private readonly List<MailImportResult> _failed = [];
    private readonly HashSet<PlannedRow> _toldTogether = [];
    private int _doneCount;
    private int _notSentCount;
    private Exception? _rejection;

    /// <summary>The file: .json for JSON, else delimited text.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Rows, such as those of Import-Csv.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>What the import may do: Upsert creates what is missing and changes what differs.</summary>
    [Parameter]
    [SingleValue]
    public ImportMode Mode { get; set; }

    /// <summary>Make lists exactly as the file has them. Otherwise list columns only add: last month's file must not remove what was added since.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Set passwords of existing accounts too.</summary>
    [Parameter]
    public SwitchParameter ResetPassword { get; set; }

    /// <summary>Send nothing when any row is invalid.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Generate a password for each new individual whose row has none; the result has it in Credential.</summary>
    [Parameter]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>Create individuals without a password where the row has none.</summary>
    [Parameter]
    public SwitchParameter NoPassword { get; set; }

    /// <summary>Create individuals without an address where the row has none: nothing reaches them by mail.</summary>
    [Parameter]
    public SwitchParameter NoAddress { get; set; }

    /// <summary>Take logins with a space. Otherwise they are taken for display names.</summary>
    [Parameter]
    public SwitchParameter AllowBlankInName { get; set; }

    /// <summary>How passwords are hashed.</summary>
    [Parameter]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>Where the login comes from when the file has no column for it: the address, or the part before its @.</summary>
    [Parameter]
    [SingleValue]
    public NameFrom NameFrom { get; set; }

    /// <summary>Which column is which field, such as @{ SamAccountName = 'Name' }; an empty field ignores the column.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ColumnMap { get; set; }

    /// <summary>The file's encoding, such as utf-8 or windows-1252. Default: recognised.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string? Encoding { get; set; }

    /// <summary>The character between cells. Default: recognised among comma, semicolon and tab.</summary>
    [Parameter(ParameterSetName = ByPath)]
    public char? Delimiter { get; set; }

    /// <summary>A CSV file that lists the failed rows with their errors. Without secrets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FailedPath { get; set; }

    private string SourceName => Path ?? "the pipeline's rows";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByObject)
        {
            _inputObjects.Add(InputObject!);
        }
        else
        {
            Import();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (ParameterSetName == ByObject)
        {
            Import();
        }
    }

    private void Import()
    {
        try
        {
            ImportPlan plan = Pump.Wait(Client.Provisioning.PlanAsync(ReadTable(), CreateOptions(), Pump.Token));
            WarnOfPlan(plan);
            WriteSharedErrors(plan);
            if (plan.IsRejected)
            {
                RejectPlan(plan);
            }
            ExecutePlan(plan);
        }
        catch (ColumnMapException e)
        {
            ThrowTerminatingError(ImportErrors.InvalidColumns(e, SourceName));
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, SourceName);
        }
    }

    private ImportTable ReadTable() => ParameterSetName == ByObject
        ? ImportTableReader.FromObjects(_inputObjects)
        : ImportTableReader.FromFile(GetUnresolvedProviderPathFromPSPath(Path!), Delimiter, Encoding is null ? null : FileEncoding.Parse(Encoding));

    private ImportOptions CreateOptions() => new()
    {
        Mode = Mode,
        Replace = Replace,
        ResetPassword = ResetPassword,
        Strict = Strict,
        GeneratePassword = GeneratePassword,
        NoPassword = NoPassword,
        NoAddress = NoAddress,
        AllowBlankInName = AllowBlankInName,
        ColumnOverrides = GetColumnOverrides(),
        NameFrom = NameFrom,
    };

    private void RejectPlan(ImportPlan plan)
    {
        foreach (PlannedRow row in plan.Rows.Where(row => row.Action == PlannedAction.Failed))
        {
            WritePlanned(row);
        }
        if (!WhatIfRequested)
        {
            WriteFailedFile();
        }
        ThrowTerminatingError(ImportErrors.Rejected(plan, SourceName));
    }

    private void ExecutePlan(ImportPlan plan)
    {
        if (ShouldAct(SourceName, DescribePlan(plan)))
        {
            ApplyPlan(plan);
            WriteFailedFile();
            if (_rejection is { } rejection && _doneCount == 0)
            {
                ThrowTerminating(rejection, SourceName);
            }
            WriteStop();
        }
        else if (WhatIfRequested)
        {
            foreach (PlannedRow row in plan.Rows)
            {
                WritePlanned(row);
            }
        }
    }

    private void ApplyPlan(ImportPlan plan)
    {
        int changes = plan.Count(PlannedAction.Create) + plan.Count(PlannedAction.Update);
        if (Client.EstimateDuration(changes) is { } duration)
        {
            WriteWarning($"The account may make 1,000 calls a minute: {changes} changes will take about {duration.TotalMinutes:0.#} minutes. The permission unlimited-requests lifts the limit.");
        }
        foreach (PlannedRow row in plan.Rows)
        {
            PermissionWarnings.WarnOnGrant(this, row.Identity, row.GrantedPermissions);
        }
        var progress = new ImportProgress(this, changes, SourceName);
        foreach (ImportOutcome outcome in Pump.Enumerate(token => Client.Provisioning.ApplyAsync(plan, HashPassword, WindowSize, token)))
        {
            WriteOutcome(outcome, progress);
        }
        progress.Complete();
    }

    // Every row has its result by now. An error that ends the statement would take them, and generated passwords, from "$results = Import-MailPrincipal".
    // Not a terminating error: that would take the results of what was done from whoever assigns them to a variable.
    private void WriteStop()
    {
        if (_rejection is { } rejection)
        {
            WriteError(CreateErrorRecord(rejection, SourceName));
            return;
        }
        if (Client.Batch?.StoppedBy is { } reason && _notSentCount > 0)
        {
            int unknown = _failed.Count(result => result.Action == "Unknown");
            int failed = _failed.Count - _notSentCount - unknown;
            WriteError(ErrorCatalogue.BatchStopped(
                reason,
                $"{_doneCount} rows done, {failed} failed, {unknown} unknown, {_notSentCount} not sent.",
                "Look at the server and its log. When it works again, run the same import again: rows that are done are left unchanged. A larger -OutageTimeout waits longer for a server that is away.",
                SourceName));
        }
    }

    private string HashPassword(string password) => PasswordInput.FromText(password, HashAlgorithm).ToSecret();

    private void WriteOutcome(ImportOutcome outcome, ImportProgress progress)
    {
        if (outcome.Row.Action is PlannedAction.Failed or PlannedAction.Unchanged or PlannedAction.Skipped)
        {
            WritePlanned(outcome.Row);
            return;
        }
        progress.Step(outcome.Row.Identity);
        if (outcome.Error is { } error)
        {
            WriteFailed(outcome, error);
        }
        else
        {
            _doneCount++;
            WriteObject(MailImportResult.FromOutcome(outcome));
        }
    }

    private void WritePlanned(PlannedRow row)
    {
        var result = MailImportResult.FromPlan(row);
        if (row.Action == PlannedAction.Failed && _toldTogether.Contains(row))
        {
            _failed.Add(result);
            WriteObject(result);
        }
        else if (row.Action == PlannedAction.Failed)
        {
            WriteFailed(result, ImportErrors.InvalidRow(row, result));
        }
        else
        {
            WriteObject(result);
        }
    }

    private void WriteFailed(ImportOutcome outcome, Exception exception)
    {
        string errorId = ErrorCatalogue.GetErrorId(ErrorCatalogue.CreateErrorRecord(exception, null));
        MailImportResult result = MailImportResult.FromOutcome(outcome) with { ErrorId = errorId, Error = exception.Message };
        if (errorId == nameof(MailErrorCode.NotSent))
        {
            // One error at the end stands for all rows that were not sent.
            _notSentCount++;
            _failed.Add(result);
            WriteObject(result);
            return;
        }
        // A rejected sign-in ends the import; any other error concerns this row only. Rows that were done meanwhile still have their results, perhaps with
        // a password that is nowhere else.
        if (ErrorCatalogue.IsTerminating(exception))
        {
            _rejection ??= exception;
            _failed.Add(result);
            WriteObject(result);
            return;
        }
        ErrorRecord record = ErrorCatalogue.WithItemName(exception, $"Row {outcome.Row.Row}, '{outcome.Row.Identity}'", result);
        WriteFailed(result, outcome.IsUnknown ? ImportErrors.UnknownRow(record) : record);
    }

    private void WriteFailed(MailImportResult result, ErrorRecord error)
    {
        _failed.Add(result);
        WriteObject(result);
        WriteError(error);
    }

    private void WriteFailedFile()
    {
        if (FailedPath is null)
        {
            return;
        }
        // Written even without a failure: a list of an earlier run must not be mistaken for the list of this run.
        using var file = new AtomicFile(GetUnresolvedProviderPathFromPSPath(FailedPath), overwrite: true);
        PrincipalFileWriter.WriteFailedRows(file.Stream, _failed);
        file.Commit();
    }

    private Dictionary<string, string?> GetColumnOverrides()
    {
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in ColumnMap ?? new Hashtable())
        {
            overrides[entry.Key.ToString()!] = entry.Value?.ToString();
        }
        return overrides;
    }

    private void WriteSharedErrors(ImportPlan plan)
    {
        foreach (IReadOnlyList<PlannedRow> rows in ImportErrors.GroupByReason(plan))
        {
            _toldTogether.UnionWith(rows);
            WriteError(ImportErrors.InvalidRows(rows, SourceName));
        }
    }

    private void WarnOfPlan(ImportPlan plan)
    {
        foreach (string warning in plan.Warnings)
        {
            WriteWarning(warning);
        }
        if (plan.UnusedColumns.Count > 0)
        {
            WriteWarning($"Columns that are not used: {string.Join(", ", plan.UnusedColumns.Select(DescribeColumn))}.");
        }
    }

    private static string DescribePlan(ImportPlan plan) =>
        $"Create {plan.Count(PlannedAction.Create)}, change {plan.Count(PlannedAction.Update)}, leave {plan.Count(PlannedAction.Unchanged)} unchanged, reject {plan.FailedCount} of {plan.Rows.Count} rows"
        + (plan.Count(PlannedAction.Skipped) is > 0 and var skipped ? $", skip {skipped}" : "");

    private static string DescribeColumn(UnusedColumn column) =>
        column.Suggestion is { } suggestion ? $"'{column.Header}' (did you mean '{suggestion}'?)" : $"'{column.Header}'";
}
