// Import-MailPrincipal: makes principals from a file. The whole file is read, checked and planned before the first write.
using System.Collections;
using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;
using Columns = MailAdmin.Client.ColumnMap;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>
/// Creates and changes principals by the rows of a CSV or JSON file, or of the pipeline (GET /principal, POST /principal, PATCH
/// /principal/{name}). One result a row; a row at fault is not sent and the others go on.
/// </summary>
[Cmdlet(VerbsData.Import, "MailPrincipal", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailImportResult))]
public sealed class ImportMailPrincipal : WindowedCmdlet
{
    private const string ByPath = "Path";
    private const string ByObject = "InputObject";

    private readonly List<PSObject> _inputObjects = [];
    private readonly List<MailImportResult> _failed = [];

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

    /// <summary>Make lists exactly what the file says. Otherwise list columns add: last month's file must not take away what came since.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Set passwords of existing accounts too.</summary>
    [Parameter]
    public SwitchParameter ResetPassword { get; set; }

    /// <summary>Send nothing when any row is at fault.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Make a password for each new individual without one; the result has it in Credential.</summary>
    [Parameter]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>Create individuals without a password where the row has none.</summary>
    [Parameter]
    public SwitchParameter NoPassword { get; set; }

    /// <summary>How passwords are hashed.</summary>
    [Parameter]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>Where the login comes from when the file has no column for it: the address, or what stands before its @.</summary>
    [Parameter]
    [SingleValue]
    public NameFrom NameFrom { get; set; }

    /// <summary>Which column is which field, such as @{ SamAccountName = 'Name' }; an empty field leaves the column out.</summary>
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
            ImportPlan plan = CreatePlan(ReadRows());
            if (plan.IsRefused)
            {
                WriteFailedRows(plan);
                WriteFailedFile();
                ThrowTerminatingError(ImportErrors.Rejected(plan, SourceName));
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

    private ImportRows ReadRows() => ParameterSetName == ByObject
        ? ImportRows.FromObjects(_inputObjects)
        : ImportRows.FromFile(GetUnresolvedProviderPathFromPSPath(Path!), Delimiter, ResolveEncoding());

    private ImportPlan CreatePlan(ImportRows rows)
    {
        var map = Columns.Create(rows.Headers, new ColumnMapOptions { Overrides = GetColumnOverrides(), NameFrom = NameFrom });
        if (map.UnusedColumns.Count > 0)
        {
            WriteWarning($"Columns that are not used: {string.Join(", ", map.UnusedColumns.Select(DescribeColumn))}.");
        }
        var reader = new RowReader(map);
        ParsedRow[] readings = [.. rows.Rows.Select(r => reader.Read(r.Number, r.Cells, r.Error))];
        DirectoryState directory = Pump.Wait(ImportDirectoryReader.ReadAsync(Client, readings, Pump.Token));
        return ImportPlanner.Plan(readings, directory, new ImportOptions
        {
            Mode = Mode,
            Replace = Replace,
            ResetPassword = ResetPassword,
            Strict = Strict,
            GeneratePassword = GeneratePassword,
            NoPassword = NoPassword,
        });
    }

    private void ExecutePlan(ImportPlan plan)
    {
        int writes = plan.Rows.Count(r => r.Action is PlannedAction.Create or PlannedAction.Update);
        bool send = ShouldAct(SourceName, DescribePlan(plan));
        if (!send && !WhatIfRequested)
        {
            return;
        }
        if (send && Client.EstimateDuration(writes) is { } duration)
        {
            WriteWarning($"The account may make 1,000 calls a minute: {writes} changes will take about {duration.TotalMinutes:0.#} minutes. The permission unlimited-requests lifts the limit.");
        }
        var progress = new ImportProgress(this, writes, SourceName);
        int level = 0;
        foreach (PlannedRow row in plan.Rows)
        {
            if (row.DependencyLevel != level)
            {
                // What this wave names must exist by now.
                DrainWindow();
                level = row.DependencyLevel;
            }
            ProcessRow(row, send, progress);
        }
        DrainWindow();
        progress.Complete();
        if (send)
        {
            WriteFailedFile();
        }
    }

    private void ProcessRow(PlannedRow row, bool send, ImportProgress progress)
    {
        switch (row.Action)
        {
            case PlannedAction.Failed:
                Start(row.Identity, _ => Task.CompletedTask, () => WriteFailed(row));
                break;
            case PlannedAction.Unchanged:
                Start(row.Identity, _ => Task.CompletedTask, () => WriteObject(CreateResult(row, nameof(PlannedAction.Unchanged))));
                break;
            case var action when !send:
                WriteObject(CreateResult(row, action.ToString()));
                break;
            default:
                PermissionWarnings.WarnOnGrant(this, row.Identity, row.NewPrincipal?.EnabledPermission);
                StartSending(row, progress);
                break;
        }
    }

    private void StartSending(PlannedRow row, ImportProgress progress) => Start(
        row.Identity,
        async token =>
        {
            try
            {
                return (Result: await RowImporter.ImportAsync(Client, row, HashAlgorithm, token).ConfigureAwait(false), Error: null);
            }
            // A refused sign-in ends the import; all else is this row's own failure, with a result of its own.
            catch (Exception e) when (e is MailServerException or ArgumentException && !ErrorCatalogue.IsTerminating(e))
            {
                return (Result: (MailImportResult?)null, Error: (Exception?)e);
            }
        },
        outcome =>
        {
            progress.Step(row.Identity);
            if (outcome.Error is { } error)
            {
                WriteFailed(row, error);
            }
            else
            {
                WriteObject(outcome.Result);
            }
        });

    private void WriteFailedRows(ImportPlan plan)
    {
        foreach (PlannedRow row in plan.Rows.Where(r => r.Action == PlannedAction.Failed))
        {
            WriteFailed(row);
        }
    }

    private void WriteFailed(PlannedRow row)
    {
        RowError first = row.Errors[0];
        WriteFailed(CreateResult(row, nameof(PlannedAction.Failed)) with
        {
            Column = first.Column,
            ErrorId = first.ErrorId,
            Error = string.Join(" ", row.Errors.Select(f => f.Message)),
        }, result => ImportErrors.InvalidRow(row, result));
    }

    private void WriteFailed(PlannedRow row, Exception exception)
    {
        string id = ErrorCatalogue.GetErrorId(ErrorCatalogue.CreateErrorRecord(exception, null));
        WriteFailed(
            CreateResult(row, nameof(PlannedAction.Failed)) with { ErrorId = id, Error = exception.Message },
            result => ErrorCatalogue.WithItemName(exception, $"Row {row.Row}, '{row.Identity}'", result));
    }

    // The target of the error is the result: the planned row still holds the password.
    private void WriteFailed(MailImportResult result, Func<MailImportResult, ErrorRecord> describe)
    {
        _failed.Add(result);
        WriteObject(result);
        WriteError(describe(result));
    }

    private void WriteFailedFile()
    {
        if (FailedPath is null)
        {
            return;
        }
        // Written even without a failure: a list of an earlier run must not be taken for this one's.
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

    private Encoding? ResolveEncoding()
    {
        if (Encoding is null)
        {
            return null;
        }
        string name = Encoding.ToLowerInvariant() switch
        {
            "utf8" or "utf8bom" or "utf8nobom" => "utf-8",
            "unicode" or "utf16" => "utf-16",
            "bigendianunicode" => "utf-16BE",
            "ansi" => "windows-1252",
            var other => other,
        };
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return System.Text.Encoding.GetEncoding(name);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"'{Encoding}' is no encoding. Write utf-8, utf-16 or windows-1252.", e);
        }
    }

    private static MailImportResult CreateResult(PlannedRow row, string action) => new()
    {
        Row = row.Row,
        Identity = row.Identity,
        Type = row.Type,
        Action = action,
        Changes = new StringList(row.Changes),
    };

    private static string DescribePlan(ImportPlan plan)
    {
        int Count(PlannedAction action) => plan.Rows.Count(r => r.Action == action);
        return $"Create {Count(PlannedAction.Create)}, change {Count(PlannedAction.Update)}, leave {Count(PlannedAction.Unchanged)} as they are, refuse {plan.FailedCount} of {plan.Rows.Count} rows";
    }

    private static string DescribeColumn(UnusedColumn column) => column.Suggestion is { } meant ? $"'{column.Header}' (is '{meant}' meant?)" : $"'{column.Header}'";
}
