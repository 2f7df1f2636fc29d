using System.Collections;
using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Files;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>
/// Creates and changes principals by the rows of a CSV or JSON file, or of the pipeline (GET /principal, POST /principal, PATCH
/// /principal/{name}). All rows are read, checked and planned before the first change. One result per row; an invalid row is not sent and the
/// others go on. While the server is away the import waits; rows whose outcome is unknown are looked up.
/// </summary>
[Cmdlet(VerbsData.Import, "MailPrincipal", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Import-MailPrincipal.md")]
[OutputType(typeof(MailImportResult))]
public sealed class ImportMailPrincipal : WindowedCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string ByObject = "InputObject";

    private readonly HashSet<PlannedRow> _toldTogether = [];
    private ImportInput? _input;
    private ImportReport _report = new(null, keepsAll: false);
    private FailedRowsFile? _failedRows;
    private CredentialFile? _credentials;
    private Exception? _rejection;
    private ImportSource[] _later = [];

    /// <summary>The files: .json for JSON, else delimited text. Wildcards are expanded. Several files are imported one after the other.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The files, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Rows, such as those of Import-Csv, or users of a directory service; or files, as objects or paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>What the import may do. Upsert, the default, creates what is missing and changes what differs. With Create a row whose principal exists is an error, with Update one whose principal is missing.</summary>
    [Parameter]
    [SingleValue]
    public ImportMode Mode { get; set; }

    /// <summary>Make lists exactly as the file has them. Otherwise list columns only add: last month's file must not remove what was added since.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Set the passwords of existing accounts too. Otherwise the file's passwords are for new accounts only.</summary>
    [Parameter]
    public SwitchParameter ResetPassword { get; set; }

    /// <summary>Send nothing when any row is invalid, or when a column is not read that may hold addresses, quotas, groups or passwords.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Generate a password for each new individual whose row has none; the result has it in Credential.</summary>
    [Parameter]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>Create individuals without a password where the row has none: nobody can sign in until one is set. Otherwise such a row is an error.</summary>
    [Parameter]
    public SwitchParameter NoPassword { get; set; }

    /// <summary>Create individuals without an address where the row has none: nothing reaches them by mail.</summary>
    [Parameter]
    public SwitchParameter NoAddress { get; set; }

    /// <summary>How plain-text passwords are hashed on this machine before they are sent. Default: Sha512Crypt. None sends them as they are. Hashes in the file are sent as they are.</summary>
    [Parameter]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>Where the login comes from when the file has no column for it, such as Name or Login: Email is the whole primary address, LocalPart the part before its @. Default: None, which needs a column. A column Name that the file has comes first, and a warning says so; on servers from 0.16 on, Email goes before a name without an @.</summary>
    [Parameter]
    [SingleValue]
    public NameFrom NameFrom { get; set; }

    /// <summary>Take new logins with a space, or with quotation marks and dashes of a text processor (’ “ –), or with letters of two scripts. Otherwise they are taken for display names and mistakes.</summary>
    [Parameter]
    public SwitchParameter AllowUnusualName { get; set; }

    /// <summary>Which column is which field, such as @{ SamAccountName = 'Name' }; an empty field ignores the column.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ColumnMap { get; set; }

    /// <summary>The encoding of the files: a name such as utf8, windows-1252, ansi or oem, a code page, or an Encoding object. Default: recognised.</summary>
    [Parameter]
    [EncodingArgument]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNull]
    public Encoding? Encoding { get; set; }

    /// <summary>The character between cells. Default: recognised among comma, semicolon and tab.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>
    /// A CSV file for the rows that are still to be done, those that were not sent because others are invalid included, each with the row, the column and the error before its own columns: correct them there and import that
    /// file. It has the passwords that the rows have. Without such a row there is no file.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FailedPath { get; set; }

    /// <summary>A CSV file with the columns Name and Password that gets each generated password before its account is made. Only its owner may read it. A file of an earlier run is continued, and no other file is overwritten.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CredentialPath { get; set; }

    private ImportInput Input => _input ??= new ImportInput(SessionState.Path);

    // The first error would end the script, and take the results and generated passwords with it.
    private bool EndsWithFirstError => MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
        ? given is ActionPreference.Stop
        : LanguagePrimitives.TryConvertTo(GetVariableValue("ErrorActionPreference"), out ActionPreference preference) && preference == ActionPreference.Stop;

    /// <inheritdoc/>
    private protected override bool TakesObjectsOfAnyServer => true;

    /// <inheritdoc/>
    private protected override string? OneServerReason => FailedPath is null && CredentialPath is null ? null : "-FailedPath and -CredentialPath are files for the rows of one server.";

    /// <inheritdoc/>
    private protected override void Process() => Guard(Path ?? LiteralPath, () =>
    {
        switch (ParameterSetName)
        {
            case ByPath: Array.ForEach(Path!, Input.AddPath); break;
            case ByLiteralPath: Array.ForEach(LiteralPath!, Input.AddLiteral); break;
            default: Input.Add(InputObject!); break;
        }
    });

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        // Without any input that could be taken there is nothing to import.
        if (_input is null)
        {
            return;
        }
        Guard(FailedPath, () =>
        {
            ImportSource[] sources = ReadSources();
            OpenFiles(sources);
            _report = new ImportReport(_failedRows, EndsWithFirstError);
            for (int i = 0; i < sources.Length; i++)
            {
                _later = sources[(i + 1)..];
                Import(sources[i], isFirst: i == 0);
            }
            WriteEnd(sources);
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseFiles();
        }
        base.Dispose(disposing);
    }

    private void CloseFiles()
    {
        _failedRows?.Dispose();
        _credentials?.Dispose();
    }

    private void Guard(object? target, Action action)
    {
        try
        {
            action();
        }
        catch (ColumnMapException e)
        {
            ThrowTerminatingError(PrincipalErrors.InvalidColumns(e, target?.ToString() ?? ""));
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, target);
        }
    }

    // All of them before the first is sent: a file that cannot be read is known beforehand.
    private ImportSource[] ReadSources()
    {
        if (Input.Files.Count == 0 && (Encoding is not null || Delimiter is not null))
        {
            throw new ArgumentException("-Encoding and -Delimiter are for files, and rows were piped. Specify them where the rows are read, such as Import-Csv -Encoding.");
        }
        if (Input.Files.Count == 0)
        {
            return [ImportTableReader.FromObjects(Input.Rows)];
        }
        var sources = new List<ImportSource>();
        foreach (ImportPath file in Input.Files)
        {
            Guard(file.Given, () => sources.Add(ImportTableReader.FromFile(file, Delimiter, Encoding)));
        }
        return [.. sources];
    }

    private void OpenFiles(ImportSource[] sources)
    {
        if (CredentialPath is not null && !GeneratePassword)
        {
            throw new ArgumentException("-CredentialPath is for generated passwords. Specify -GeneratePassword too, or omit it.");
        }
        if (FailedPath is not null && sources.Any(source => !source.Table.Headers.SequenceEqual(sources[0].Table.Headers)))
        {
            throw new ArgumentException("The files have different columns, which one file of failed rows cannot hold. Import them one by one, or omit -FailedPath.");
        }
        string? failed = FailedPath is null ? null : OutputPath.Resolve(SessionState.Path, FailedPath, nameof(FailedPath));
        string? credentials = CredentialPath is null ? null : OutputPath.Resolve(SessionState.Path, CredentialPath, nameof(CredentialPath));
        if (failed is not null && failed == credentials)
        {
            throw new ArgumentException($"-FailedPath and -CredentialPath are the same file, '{FailedPath}'. Specify two files.");
        }
        if (WhatIfRequested)
        {
            return;
        }
        string[] paths = [.. sources.Select(source => source.Path).OfType<string>()];
        _failedRows = failed is null ? null : new FailedRowsFile(failed, paths, sources[0].Delimiter);
        _credentials = credentials is null ? null : new CredentialFile(credentials, paths);
    }

    private void Import(ImportSource source, bool isFirst)
    {
        try
        {
            ImportPlan plan = Pump.Wait(Client.Provisioning.PlanAsync(source.Table, CreateOptions(), Pump.Token));
            WarnOfPlan(plan);
            WarnOfMissingColumns(source);
            TellOfEncoding(source, plan);
            WriteSharedErrors(source, plan);
            if (plan.IsRejected)
            {
                RejectPlan(source, plan);
            }
            ExecutePlan(source, plan);
        }
        catch (ColumnMapException e)
        {
            WriteSourceError(PrincipalErrors.InvalidColumns(e, source.Name), source, isFirst);
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteSourceError(CreateErrorRecord(e, source.Name), source, isFirst);
        }
    }

    // An error that ends the statement would take the results of the files before.
    private void WriteSourceError(ErrorRecord error, ImportSource source, bool isFirst)
    {
        if (isFirst)
        {
            ThrowTerminatingError(error);
        }
        if (!_report.HasBegun(source))
        {
            _report.ListUnsent(source);
        }
        WriteOrHold(error);
    }

    private ImportOptions CreateOptions() => new()
    {
        Mode = Mode,
        Replace = Replace,
        ResetPassword = ResetPassword,
        Strict = Strict,
        GeneratePassword = GeneratePassword,
        NoPassword = NoPassword,
        NoAddress = NoAddress,
        ColumnOverrides = GetColumnOverrides(),
        NameFrom = NameFrom,
        AllowUnusualName = AllowUnusualName,
    };

    private void RejectPlan(ImportSource source, ImportPlan plan)
    {
        foreach (PlannedRow row in plan.Rows.Where(row => row.Action == PlannedAction.Failed))
        {
            WritePlanned(source, row);
        }
        _report.ListUnsent(source, plan);
        EndBeforeLaterFiles(ImportErrors.Rejected(plan, source.Name, "-Strict was specified"));
    }

    private void EndBeforeLaterFiles(ErrorRecord error)
    {
        Array.ForEach(_later, _report.ListUnsent);
        CloseFiles();
        ThrowTerminatingError(error);
    }

    private void ExecutePlan(ImportSource source, ImportPlan plan)
    {
        if (ShouldAct(source.Name, DescribePlan(plan)))
        {
            if (!IsEndedByFirstError(source, plan))
            {
                ApplyPlan(source, plan);
            }
        }
        else if (WhatIfRequested)
        {
            foreach (PlannedRow row in plan.Rows)
            {
                WritePlanned(source, row);
            }
        }
    }

    // What is known beforehand is told before the first write.
    private bool IsEndedByFirstError(ImportSource source, ImportPlan plan)
    {
        if (plan.FailedCount == 0 || !EndsWithFirstError)
        {
            return false;
        }
        foreach (PlannedRow row in plan.Rows.Where(row => row.Action == PlannedAction.Failed))
        {
            WriteResult(source, ToResult(source, row));
        }
        ErrorRecord error = ImportErrors.Rejected(plan, source.Name, "the error action is Stop");
        _report.ListUnsent(source, plan);
        if (_report.DoneCount == 0)
        {
            EndBeforeLaterFiles(error);
        }
        _report.Hold(error);
        return true;
    }

    private void ApplyPlan(ImportSource source, ImportPlan plan)
    {
        int changes = plan.Count(PlannedAction.Create) + plan.Count(PlannedAction.Update);
        if (Client.EstimateDuration(changes) is { } duration)
        {
            WriteWarning($"The account may make 1,000 calls a minute: {changes} changes will take about {DurationText.Format(duration)}. The permission unlimited-requests lifts the limit.");
        }
        foreach (PlannedRow row in plan.Rows)
        {
            PermissionWarnings.WarnOnGrant(this, row.Identity, row.GrantedPermissions);
        }
        foreach (PlannedRow row in plan.Rows.Where(row => row.Action == PlannedAction.Failed))
        {
            WritePlanned(source, row);
        }
        _report.Begin(source, plan);
        try
        {
            var progress = new ImportProgress(this, changes, source.Name);
            foreach (ImportOutcome outcome in Pump.Enumerate(token => Client.Provisioning.ApplyAsync(plan, HashPassword, WindowSize, KeepPassword, token)))
            {
                WriteOutcome(source, outcome, progress);
            }
            progress.Complete();
        }
        finally
        {
            TellIfInterrupted(plan);
        }
    }

    private void KeepPassword(PlannedRow row, string password) => _credentials?.Add(row.Identity, password);

    // Ctrl+C, Select-Object -First, a command behind this one that fails: nothing can be written to the pipeline any more, only to the person.
    private void TellIfInterrupted(ImportPlan plan)
    {
        if (!_report.IsInterrupted)
        {
            return;
        }
        string passwords = _credentials is { Count: > 0 } ? $" Generated passwords are in '{CredentialPath}'."
            : GeneratePassword ? " Generated passwords that you have not received are lost: set new ones with Set-MailPrincipal for accounts of these rows that exist. Next time, specify -CredentialPath."
            : "";
        string advice = FailedPath is null ? "run the same import again: rows that are done are left unchanged." : $"import '{FailedPath}', or the same again: rows that are done are left unchanged.";
        Host.UI.WriteWarningLine($"{_report.Interrupt(plan)} To go on, {advice}{passwords}");
    }

    // Every row has its result by now. Not a terminating error: that would take the results, and generated passwords, from "$results = Import-MailPrincipal".
    private void WriteEnd(ImportSource[] sources)
    {
        CloseFiles();
        if (_failedRows?.Fault is { } fault)
        {
            WriteOrHold(ImportErrors.FailedRowsNotWritten(FailedPath!, fault));
        }
        string name = sources[^1].Name;
        if (_rejection is { } rejection)
        {
            if (_report.DoneCount == 0)
            {
                ThrowTerminating(rejection, name);
            }
            WriteOrHold(ErrorCatalogue.WithProgress(rejection, _report.Progress, "Sign in again, and run the same import again: rows that are done are left unchanged.", name));
        }
        else if (Client.Batch?.StoppedBy is { } reason && _report.NotSentCount > 0)
        {
            WriteOrHold(ErrorCatalogue.BatchStopped(
                reason,
                _report.Progress,
                "Look at the server and its log. When it works again, run the same import again: rows that are done are left unchanged. A larger -OutageTimeout waits longer for a server that is away.",
                name));
        }
        if (_report.HeldErrors.Count > 0)
        {
            ThrowTerminatingError(ImportErrors.Incomplete(_report.HeldErrors, _report.Progress, _report.Results));
        }
    }

    private string HashPassword(string password) => PasswordInput.FromText(password, HashAlgorithm).ToSecret();

    private void WriteOutcome(ImportSource source, ImportOutcome outcome, ImportProgress progress)
    {
        if (outcome.Row.Action == PlannedAction.Failed)
        {
            return;
        }
        // What becomes of a gathered row is known with the row it is gathered into.
        if (outcome.Row.GatheredInto is not null)
        {
            return;
        }
        if (outcome.Row.Action is PlannedAction.Unchanged or PlannedAction.Skipped)
        {
            WritePlanned(source, outcome.Row);
            WriteGathered(source, outcome.Row.Row, null);
            return;
        }
        progress.Step(outcome.Row.Identity);
        var result = MailImportResult.FromOutcome(outcome);
        result.File = source.Path;
        if (outcome.Error is { } error)
        {
            result = WriteFailed(source, outcome, result, error);
            WriteGathered(source, result.Row, result);
        }
        else
        {
            _credentials?.Confirm(outcome.Row.Identity);
            WriteResult(source, result);
            WriteGathered(source, result.Row, null);
        }
    }

    // Their one error is that of the row they are gathered into.
    private void WriteGathered(ImportSource source, int lead, MailImportResult? failure)
    {
        foreach (PlannedRow part in _report.FindGathered(lead))
        {
            MailImportResult result = ToResult(source, part);
            if (failure is not null)
            {
                (result.Action, result.Changes) = (failure.Action, StringList.Empty);
                (result.ErrorId, result.Error) = (failure.ErrorId, $"It was sent with row {lead}: {failure.Error}");
            }
            WriteResult(source, result);
        }
    }

    private static MailImportResult ToResult(ImportSource source, PlannedRow row)
    {
        var result = MailImportResult.FromPlan(row);
        result.File = source.Path;
        return result;
    }

    private void WritePlanned(ImportSource source, PlannedRow row)
    {
        MailImportResult result = ToResult(source, row);
        WriteResult(source, result);
        if (row.Action == PlannedAction.Failed && !_toldTogether.Contains(row))
        {
            WriteOrHold(ImportErrors.InvalidRow(row, result));
        }
    }

    private MailImportResult WriteFailed(ImportSource source, ImportOutcome outcome, MailImportResult result, Exception exception)
    {
        string errorId = ErrorCatalogue.GetErrorId(ErrorCatalogue.CreateErrorRecord(exception, null));
        (result.ErrorId, result.Error) = (errorId, exception.Message);
        if (outcome.GeneratedPassword is not null && CredentialFile.IsCertain(exception))
        {
            _credentials?.Remove(outcome.Row.Identity);
        }
        WriteResult(source, result);
        // A rejected sign-in ends the import; any other error concerns this row only. Rows that were done meanwhile still have their results, perhaps with
        // a password that is nowhere else.
        if (ErrorCatalogue.IsTerminating(exception))
        {
            _rejection ??= exception;
        }
        // One error at the end stands for all rows that were not sent.
        else if (errorId != nameof(MailErrorCode.NotSent))
        {
            ErrorRecord record = ErrorCatalogue.WithItemName(exception, $"Row {outcome.Row.Row}, '{outcome.Row.Identity}'", result);
            WriteOrHold(outcome.IsUnknown ? ImportErrors.UnknownRow(record) : record);
        }
        return result;
    }

    private void WriteResult(ImportSource source, MailImportResult result)
    {
        _report.Add(source, result);
        var output = new PSObject(result);
        if (GeneratePassword && !WhatIfRequested)
        {
            // All of them: the view says it once, above the table.
            GeneratedSecret.MarkPassword(output, isKept: _credentials is not null);
        }
        WriteObject(output);
    }

    private void WriteOrHold(ErrorRecord error)
    {
        if (EndsWithFirstError)
        {
            _report.Hold(error);
        }
        else
        {
            WriteError(error);
        }
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

    private void WriteSharedErrors(ImportSource source, ImportPlan plan)
    {
        foreach (IReadOnlyList<PlannedRow> rows in ImportErrors.GroupByReason(plan))
        {
            _toldTogether.UnionWith(rows);
            WriteOrHold(ImportErrors.InvalidRows(rows, source.Name));
        }
    }

    private void WarnOfPlan(ImportPlan plan)
    {
        foreach (string warning in plan.Warnings)
        {
            WriteWarning(warning);
        }
        // Those that this module's own lists have and nobody can change are no news.
        if (UnusedColumn.Describe(plan.UnusedColumns) is { } unused)
        {
            WriteWarning($"Columns that are not used: {unused}.{plan.UnusedColumnAdvice}");
        }
    }

    // Nothing is lost by it, unless the name is misspelt.
    private void WarnOfMissingColumns(ImportSource source)
    {
        string[] missing = [.. GetColumnOverrides().Where(pair => string.IsNullOrWhiteSpace(pair.Value) && !source.Table.Headers.Contains(pair.Key.Trim(), StringComparer.OrdinalIgnoreCase)).Select(pair => $"'{pair.Key}'")];
        if (missing.Length > 0)
        {
            WriteWarning($"-ColumnMap ignores columns that {source.Name} does not have: {string.Join(", ", missing)}.");
        }
    }

    private void TellOfEncoding(ImportSource source, ImportPlan plan)
    {
        string sample = plan.SampleText is { } text ? $" Look at a name of it: '{text}'."
            : plan.IsEncodingOfPasswords ? " Only passwords have letters that depend on it, and they are not shown: read in the wrong encoding, they are other passwords."
            : "";
        if (source.OtherEncodings is { } others)
        {
            string message = $"{source.Name} is not UTF-8 and does not say its encoding: it is read as {source.EncodingName}.{sample} If that is wrong, specify -Encoding, such as {others}.";
            if (Strict)
            {
                ThrowTerminatingError(ImportErrors.GuessedEncoding(message, source.Name));
            }
            WriteWarning(message);
        }
        else if (Encoding is not null && sample.Length > 0)
        {
            WriteVerbose($"{source.Name} is read as {source.EncodingName}, as specified.{sample}");
        }
    }

    private static string DescribePlan(ImportPlan plan) =>
        $"Create {plan.Count(PlannedAction.Create)}, change {plan.Count(PlannedAction.Update)}, leave {plan.Count(PlannedAction.Unchanged)} unchanged, reject {plan.FailedCount} of {plan.Rows.Count} rows"
        + (plan.Count(PlannedAction.Skipped) is > 0 and var skipped ? $", skip {skipped}" : "");
}
