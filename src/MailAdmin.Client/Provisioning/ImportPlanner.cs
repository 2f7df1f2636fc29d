namespace MailAdmin.Client.Provisioning;

/// <summary>Plans an import: what each row creates or changes, in which order, and which rows are invalid and why.</summary>
internal static class ImportPlanner
{
    /// <summary>Plans the import of a whole table.</summary>
    /// <param name="rows">All rows of the table.</param>
    /// <param name="state">What is on the server.</param>
    /// <param name="options">What the import may do.</param>
    /// <param name="unusedColumns">The columns of the table that are not read.</param>
    public static ImportPlan Plan(IReadOnlyList<ParsedRow> rows, DirectoryState state, ImportOptions options, IReadOnlyList<UnusedColumn> unusedColumns)
    {
        var directory = new ImportLookup(rows, state);
        new RowValidator(directory, state, options).CheckAll();
        var order = new DependencyOrder(directory);
        order.Sort();
        order.PropagateErrors();
        new MembershipAssigner(directory).Assign();
        return new ImportPlan([.. PlanRows(directory, options)], options.Strict) { UnusedColumns = unusedColumns };
    }

    private static IEnumerable<PlannedRow> PlanRows(ImportLookup directory, ImportOptions options)
    {
        int level = 0;
        foreach (IGrouping<(int, int), RowContext> contexts in directory.Rows.GroupBy(context => context.SortKey).OrderBy(group => group.Key))
        {
            foreach (RowContext context in contexts)
            {
                yield return PlanRow(context, directory, options, level);
            }

            level++;
        }
    }

    private static PlannedRow PlanRow(RowContext context, ImportLookup directory, ImportOptions options, int level)
    {
        if (context.HasErrors)
        {
            return PlanFailed(context, level);
        }

        return context.Existing is { } existing
            ? UpdatePlanner.Plan(context, existing, directory, options, level)
            : CreationPlanner.Plan(context, options, level);
    }

    private static PlannedRow PlanFailed(RowContext context, int level) => new()
    {
        Row = context.Number,
        Identity = context.Name,
        Type = context.Type,
        Action = PlannedAction.Failed,
        DependencyLevel = level,
        Errors = context.Errors,
    };
}
