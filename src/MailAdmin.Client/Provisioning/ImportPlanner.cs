namespace MailAdmin.Client.Provisioning;

/// <summary>Plans an import: what each row creates or changes, in which order, and which rows are invalid and why.</summary>
internal static class ImportPlanner
{
    /// <summary>Plans the import of a whole table.</summary>
    /// <param name="rows">All rows of the table.</param>
    /// <param name="state">What is on the server.</param>
    /// <param name="options">What the import may do.</param>
    /// <param name="unusedColumns">The columns of the table that are not read.</param>
    /// <param name="findRefusal">Says why a planned row would be refused when it is sent; null if it would not.</param>
    public static ImportPlan Plan(
        IReadOnlyList<ParsedRow> rows, DirectoryState state, ImportOptions options, IReadOnlyList<UnusedColumn> unusedColumns, Func<PlannedRow, MailServerException?>? findRefusal = null)
    {
        var domains = new PlannedDomains(rows, state);
        var names = new StoredNames(state);
        var leftOut = new LeftOutAddresses(domains, state);
        var gathered = new GatheredRows([.. rows.Select(row => leftOut.Apply(NameGroup(domains.Apply(names.Apply(row)), state)))], options);
        ImportLookup directory = Check(gathered, state, options);
        while (gathered.RefuseParts(directory))
        {
            directory = Check(gathered, state, options);
        }

        PlannedRow[] sent = PlanSent(directory, options, findRefusal);
        PlannedRow[] planned = [.. PlanOthers(gathered, sent), .. sent];
        return new ImportPlan(planned, options.Strict) { UnusedColumns = [.. FindUnused(unusedColumns, rows)], Warnings = [.. CollectWarnings(planned, leftOut, rows, state), .. CollectPasswordWarnings(directory, options)] };
    }

    // What needs a row that the server would refuse cannot be either, and what was planned with it is planned again without.
    private static PlannedRow[] PlanSent(ImportLookup directory, ImportOptions options, Func<PlannedRow, MailServerException?>? findRefusal)
    {
        while (true)
        {
            int invalid = directory.Rows.Count(row => row.HasErrors);
            new MembershipAssigner(directory).Assign();
            PlannedRow[] planned = [.. PlanRows(directory, options, findRefusal)];
            if (directory.Rows.Count(row => row.HasErrors) == invalid)
            {
                return planned;
            }
            new DependencyOrder(directory).PropagateErrors();
        }
    }

    // A column for which a row was refused has been looked at, and one of logins has a notice of its own.
    private static IEnumerable<UnusedColumn> FindUnused(IReadOnlyList<UnusedColumn> columns, IReadOnlyList<ParsedRow> rows)
    {
        HashSet<string?> refused = [.. rows.SelectMany(row => row.Errors).Select(error => error.Column)];
        bool isLoginTold = rows is [{ Columns.UnreadLoginNotice: not null }, ..];
        return columns.Where(column => !refused.Contains(column.Header) && !(isLoginTold && KnownHeaders.IsForeignLogin(column.Header)));
    }

    private static ImportLookup Check(GatheredRows gathered, DirectoryState state, ImportOptions options)
    {
        var directory = new ImportLookup([.. gathered.Rows.Where(row => row.SkipReason is null)], state);
        new RowValidator(directory, state, options).CheckAll();
        var cycles = new PlannedCycles(directory, state, options.Replace);
        if (state.NestsGroups)
        {
            cycles.Check(PrincipalType.Group, PrincipalField.MemberOf, ImportField.MemberOf);
        }
        cycles.Check(PrincipalType.Role, PrincipalField.Roles, ImportField.Role);
        var order = new DependencyOrder(directory);
        order.Sort();
        order.PropagateErrors();
        return directory;
    }

    /// <summary>In a table of members the group may be given by its address.</summary>
    private static ParsedRow NameGroup(ParsedRow row, DirectoryState state)
    {
        if (!row.Columns.HasMemberRows || !row.Spec.Name.Contains('@', StringComparison.Ordinal) || state.Find(row.Spec.Name) is not null)
        {
            return row;
        }

        return state.FindOwner(row.Spec.Name) is { } owner ? row with { Spec = row.Spec with { Name = owner.Name } } : row;
    }

    // An import that runs again leaves the passwords of people alone; whoever wanted new ones must learn that.
    private static IEnumerable<string> CollectPasswordWarnings(ImportLookup directory, ImportOptions options)
    {
        RowContext[] existing = [.. directory.Rows.Where(row => row is { IsNew: false, HasErrors: false } && row.Type == PrincipalType.Individual)];
        if (!options.ResetPassword && existing.Count(row => row.Spec.Password is not null) is > 0 and var given)
        {
            yield return $"Passwords of accounts that exist are not changed: {given} {(given == 1 ? "row gives one" : "rows give one")}. To set them, specify -ResetPassword.";
        }
        if (options is { ResetPassword: true, GeneratePassword: true } && existing.Count(row => row.Spec.Password is null) is > 0 and var kept)
        {
            yield return $"-GeneratePassword is for new accounts: {kept} that {(kept == 1 ? "exists keeps its password" : "exist keep their passwords")}. To give these new ones: Get-MailPrincipal … | Set-MailPrincipal -GeneratePassword -CredentialPath new-passwords.csv";
        }
    }

    private static IEnumerable<string> CollectWarnings(PlannedRow[] planned, LeftOutAddresses leftOut, IReadOnlyList<ParsedRow> rows, DirectoryState state)
    {
        PrincipalType[] unseen = [.. planned.Where(row => row.Action == PlannedAction.Create && !state.IsListed(row.Type)).Select(row => row.Type).Distinct().OrderBy(type => type.ToString(), StringComparer.Ordinal)];
        if (unseen.Length > 0)
        {
            yield return $"Which of them exist is unknown, as this account may not list principals of type {string.Join(", ", unseen)}: each row is planned as a new one, those that exist will fail, and nothing of them is compared or changed.";
        }

        int skipped = rows.Count(row => row.SkipReason is not null);
        if (rows.Count(row => row.Spec.IsPasswordMasked) is > 0 and var masked)
        {
            yield return $"{masked} {(masked == 1 ? "password is" : "passwords are")} asterisks, which are not read: the other system does not export passwords.";
        }

        foreach (string notice in rows.Take(1).SelectMany(row => (string?[])[row.Columns.SourceTypeNotice, row.Columns.UnreadLoginNotice]).OfType<string>())
        {
            yield return notice;
        }

        if (rows is [var any, ..] && any.Columns.FindUnusedNameFrom(rows) is { } unused)
        {
            yield return unused;
        }

        if (leftOut.Describe() is { } description)
        {
            yield return description;
        }

        if (skipped > 0)
        {
            yield return $"{skipped} rows are skipped, as nothing on this server is of their kind; their results say why.";
        }

        foreach (PlannedRow row in planned)
        {
            foreach (string warning in row.Warnings)
            {
                yield return $"Row {row.Row}: {warning}";
            }
        }
    }

    /// <summary>The rows of which nothing is sent by themselves. What becomes of a gathered one is what becomes of the row that it is gathered into.</summary>
    private static IEnumerable<PlannedRow> PlanOthers(GatheredRows gathered, PlannedRow[] sent)
    {
        Dictionary<int, PlannedRow> bySheetRow = gathered.Rows.Any(row => row.GatheredInto is not null) ? sent.ToDictionary(row => row.Row) : [];
        foreach (ParsedRow row in gathered.Rows.Where(row => row.SkipReason is not null))
        {
            yield return row.GatheredInto is { } lead && bySheetRow[lead] is { Action: PlannedAction.Failed } failed ? PlanFailedPart(row, failed) : PlanSkipped(row);
        }

        foreach (ParsedRow row in gathered.Refused)
        {
            yield return PlanFailed(row, row.Errors);
        }
    }

    private static PlannedRow PlanFailedPart(ParsedRow row, PlannedRow lead) => PlanFailed(row, lead.Errors.Any(error => error.Row == row.Number)
        ? [.. lead.Errors.Where(error => error.Row == row.Number)]
        : [new RowError(row.Number, null, null, $"It belongs to row {lead.Row}, which is invalid.", "GatheredRowInvalid")]);

    private static PlannedRow PlanFailed(ParsedRow row, IReadOnlyList<RowError> errors) => new()
    {
        Row = row.Number,
        Identity = row.Spec.Name,
        Type = row.Spec.Type ?? PrincipalSpec.DefaultType,
        Action = PlannedAction.Failed,
        Errors = errors,
    };

    private static PlannedRow PlanSkipped(ParsedRow row) => new()
    {
        GatheredInto = row.GatheredInto,
        Row = row.Number,
        Identity = row.Spec.Name,
        Type = row.Spec.Type ?? PrincipalSpec.DefaultType,
        Action = PlannedAction.Skipped,
        Changes = [row.SkipReason!],
    };

    private static IEnumerable<PlannedRow> PlanRows(ImportLookup directory, ImportOptions options, Func<PlannedRow, MailServerException?>? findRefusal)
    {
        int level = 0;
        foreach (IGrouping<(int, int), RowContext> contexts in directory.Rows.GroupBy(context => context.SortKey).OrderBy(group => group.Key))
        {
            foreach (RowContext context in contexts)
            {
                yield return PlanRow(context, directory, options, level, findRefusal);
            }

            level++;
        }
    }

    private static PlannedRow PlanRow(RowContext context, ImportLookup directory, ImportOptions options, int level, Func<PlannedRow, MailServerException?>? findRefusal)
    {
        if (context.HasErrors)
        {
            return PlanFailed(context, level);
        }

        PlannedRow row = context.Existing is { } existing
            ? UpdatePlanner.Plan(context, existing, directory, options, level)
            : CreationPlanner.Plan(context, options, level);
        if (findRefusal?.Invoke(row) is not { } refusal)
        {
            return row;
        }

        // What would be refused when it is sent is known now, and told before the first write.
        ImportField field = GetField(context, refusal.Field);
        // What no principal of the type can have is told without the cell.
        string? quoted = refusal.Code == MailErrorCode.Unsupported && field != context.NameField ? null : context.Name;
        // What a server says of one value says nothing of the other cells.
        CellMessage reason = refusal.ServerCode is null ? CellMessage.Either(refusal.Message, "The cell holds what the server would refuse.") : CellMessage.Quoting(refusal.Message, context.Name);
        context.AddError(field, quoted, refusal.Code.ToString(), reason);
        return PlanFailed(context, level);
    }

    private static ImportField GetField(RowContext context, string? field) => field switch
    {
        PrincipalField.Type => ImportField.Type,
        PrincipalField.Emails => context.AddressField,
        PrincipalField.Description => ImportField.Description,
        PrincipalField.MemberOf => ImportField.MemberOf,
        PrincipalField.Lists => ImportField.List,
        PrincipalField.Roles => ImportField.Role,
        PrincipalField.Members => ImportField.Member,
        PrincipalField.ExternalMembers => ImportField.ExternalMember,
        PrincipalField.EnabledPermissions => ImportField.EnabledPermission,
        PrincipalField.DisabledPermissions => ImportField.DisabledPermission,
        PrincipalField.Quota => ImportField.Quota,
        PrincipalField.Picture => ImportField.Picture,
        PrincipalField.Tenant => ImportField.Tenant,
        PrincipalField.Locale => ImportField.Locale,
        PrincipalField.Urls => ImportField.Url,
        _ => context.NameField,
    };

    private static PlannedRow PlanFailed(RowContext context, int level) => new()
    {
        Row = context.Number,
        Identity = context.DisplayName,
        Type = context.Type,
        Action = PlannedAction.Failed,
        DependencyLevel = level,
        Errors = context.Errors,
    };
}
