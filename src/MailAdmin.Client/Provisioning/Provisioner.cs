using System.Runtime.CompilerServices;
using System.Text;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Client;

/// <summary>Creates and changes many principals by the rows of a table: plans first, then applies the plan.</summary>
public sealed class Provisioner
{
    private readonly PrincipalResource _principals;
    private readonly ServerInfo? _server;
    private readonly Batch? _batch;

    private readonly Func<PrincipalResource?> _openDryRun;

    internal Provisioner(PrincipalResource principals, ServerInfo? server, Batch? batch, Func<PrincipalResource?> openDryRun) =>
        (_principals, _server, _batch, _openDryRun) = (principals, server, batch, openDryRun);

    /// <summary>Checks the whole table and compares it with the server (GET /principal, GET /principal/{name}). Changes nothing.</summary>
    /// <param name="table">All rows of the file.</param>
    /// <param name="options">What the import may do.</param>
    /// <param name="cancellationToken">Stops reading the server.</param>
    /// <returns>What is to be done, row by row; an invalid row is part of it, with its errors.</returns>
    /// <exception cref="ColumnMapException">The headers do not say which principals the rows are, or two columns are the same field.</exception>
    /// <exception cref="MailServerException">The server could not be read.</exception>
    public async Task<ImportPlan> PlanAsync(ImportTable table, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        options = options with { NamesAreAddresses = _principals.NamesAreAddresses, Types = _principals.Types };
        table = SameColumns.Merge(table, options);
        var columns = ColumnMap.Create(table.Headers, options);
        var reader = new RowReader(columns, table.Rows) { KeepsBlanks = table.KeepsBlanks, Types = options.Types };
        ParsedRow[] rows = [.. table.Rows.Select(reader.Read).Select(row => _principals.NamesAreAddresses ? AddressNames.Name(row) : row)];
        DirectoryState directory = await DirectoryReader.ReadAsync(_principals, _server, new ImportNeeds(rows, _principals.NamesAreAddresses), cancellationToken).ConfigureAwait(false);
        if (_principals.NamesAreAddresses)
        {
            var names = new AddressNames(rows, directory);
            rows = [.. rows.Select(names.Apply)];
        }
        PrincipalResource? dryRun = _openDryRun();
        ValueRefusals values = await ValueRefusals.ReadAsync(dryRun, rows, directory, cancellationToken).ConfigureAwait(false);
        ImportPlan plan = Plan(FindRefusal);
        GrantRefusals grants = await GrantRefusals.ReadAsync(dryRun, plan.Rows, directory, cancellationToken).ConfigureAwait(false);
        if (grants.Any)
        {
            plan = Plan(row => FindRefusal(row) ?? grants.Find(row));
        }
        plan.UnusedColumnAdvice = UnusedColumnAdvice.Describe(columns, table, plan.UnusedColumns);
        plan.SampleText = rows.Select(row => FindSample(row.Spec)).FirstOrDefault(text => text is not null);
        plan.IsEncodingOfPasswords = IsEncodingOfPasswords(table, [.. columns.PasswordColumns]);
        return plan;

        ImportPlan Plan(Func<PlannedRow, MailServerException?> findRefusal) => ImportPlanner.Plan(rows, directory, options, FindUnused(columns, table), findRefusal);

        MailServerException? FindRefusal(PlannedRow row) => _principals.FindRefusal(row.Type, row.NewPrincipal, directory.Find(row.Identity), row.PrincipalChanges) ?? values.Find(row);
    }

    // Of a listing they are told where they say something.
    private static IReadOnlyList<UnusedColumn> FindUnused(ColumnMap columns, ImportTable table) =>
        [.. columns.UnusedColumns.Select(column => column.IsReadOnly && KnownHeaders.IsNotImported(column.Header) && HasCells(table, column.Header) ? column with { IsReadOnly = false } : column)];

    private static bool HasCells(ImportTable table, string header)
    {
        int place = table.Headers.Index().First(each => each.Item == header).Index;
        return table.Rows.Any(row => place < row.Cells.Count && !string.IsNullOrEmpty(row.Cells[place]));
    }

    private static string? FindSample(PrincipalSpec spec) => IsSample(spec.Description) ? spec.Description : IsSample(spec.Name) ? spec.Name : null;

    private static bool IsSample(string? text) => text is not null && !Ascii.IsValid(text) && NameText.GetDescriptionError(text) is null;

    private static bool IsEncodingOfPasswords(ImportTable table, int[] passwordColumns)
    {
        bool isFound = false;
        foreach (ImportRow row in table.Rows)
        {
            for (int i = 0; i < row.Cells.Count; i++)
            {
                if (row.Cells[i] is { } cell && !Ascii.IsValid(cell))
                {
                    if (!passwordColumns.Contains(i))
                    {
                        return false;
                    }
                    isFound = true;
                }
            }
        }
        return isFound && table.Headers.All(header => Ascii.IsValid(header));
    }

    /// <summary>
    /// Sends a plan (POST /principal, PATCH /principal/{name}), several rows at once, one dependency level after the other. A row that fails is
    /// an outcome with an error, and the others go on. Where the answer was lost and it is unknown what became of the row, that is looked up once more when
    /// its level is complete. Rows that the stop of the <see cref="MailClient.Batch"/> keeps from being sent are outcomes with <c>NotSent</c>. Ending the
    /// enumeration cancels what is in flight.
    /// </summary>
    /// <param name="plan">The plan. One that is rejected is not sent.</param>
    /// <param name="hashPassword">Makes of a plain-text password what the server is to store. Called on any thread.</param>
    /// <param name="maxConcurrency">How many rows may be in flight at once.</param>
    /// <param name="onPasswordGenerated">Gets each generated password before its account is made, so that it is not lost with the answer. Called on any thread; if it
    /// throws, the account is not made.</param>
    /// <param name="cancellationToken">Cancels what is in flight and sends nothing more.</param>
    /// <returns>An outcome for each row of the plan, as soon as it and those before it are known: in the order of the plan, except that rows to be looked up
    /// once more follow those of their level.</returns>
    /// <exception cref="InvalidOperationException">The plan is rejected.</exception>
    /// <exception cref="ObjectDisposedException">The connection was closed.</exception>
    public IAsyncEnumerable<ImportOutcome> ApplyAsync(ImportPlan plan, Func<string, string> hashPassword, int maxConcurrency, Action<PlannedRow, string>? onPasswordGenerated = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(hashPassword);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        return plan.IsRejected
            ? throw new InvalidOperationException($"{plan.FailedCount} of {plan.Rows.Count} rows are invalid and the import is strict.")
            : ApplyRowsAsync(plan.Rows, new PlannedRowSender(_principals, hashPassword, onPasswordGenerated, _batch), maxConcurrency, cancellationToken);
    }

    private static async IAsyncEnumerable<ImportOutcome> ApplyRowsAsync(
        IReadOnlyList<PlannedRow> rows, PlannedRowSender sender, int maxConcurrency, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inFlight = new Queue<Task<ImportOutcome>>();
        var unknown = new Queue<ImportOutcome>();
        var resolving = new Queue<Task<ImportOutcome>>();
        try
        {
            int level = 0;
            int resolvedAtOnce = 1;
            for (int next = 0; ;)
            {
                // Rows that are not sent never notice.
                ending.Token.ThrowIfCancellationRequested();
                // What a level names must exist: it begins when nothing of the level before is in flight or unknown.
                for (; next < rows.Count && inFlight.Count < maxConcurrency && ((inFlight.Count == 0 && unknown.Count == 0 && resolving.Count == 0) || rows[next].DependencyLevel == level); next++)
                {
                    level = rows[next].DependencyLevel;
                    inFlight.Enqueue(sender.SendAsync(rows[next], ending.Token));
                }
                if (inFlight.TryDequeue(out Task<ImportOutcome>? oldest))
                {
                    // At once also where what is in flight needs a moment to notice: a hash is computed to its end.
                    ImportOutcome outcome = await oldest.WaitAsync(ending.Token).ConfigureAwait(false);
                    if (outcome.IsUnknown)
                    {
                        unknown.Enqueue(outcome);
                        continue;
                    }
                    yield return outcome;
                }
                else if (unknown.Count > 0 || resolving.Count > 0)
                {
                    while (resolving.Count < resolvedAtOnce && unknown.TryDequeue(out ImportOutcome? lost))
                    {
                        resolving.Enqueue(sender.ResolveAsync(lost, ending.Token));
                    }
                    yield return await resolving.Dequeue().WaitAsync(ending.Token).ConfigureAwait(false);
                    // The first shows whether the server answers; the looks for the others share requests.
                    resolvedAtOnce = maxConcurrency;
                }
                else
                {
                    yield break;
                }
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(inFlight.Concat(resolving).Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
