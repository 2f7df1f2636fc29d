// From rows and a listing to a plan: everything is checked and decided before the first write.
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Client;

/// <summary>Plans an import: what each row creates or changes, in which order, and which rows are at fault and why.</summary>
public static class ImportPlanner
{
    /// <summary>Plans the import of a whole file. Sends nothing.</summary>
    /// <param name="rows">All rows of the file.</param>
    /// <param name="state">What is on the server.</param>
    /// <param name="options">What the import may do.</param>
    public static ImportPlan Plan(IReadOnlyList<ParsedRow> rows, DirectoryState state, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var directory = new ImportLookup(rows, state, options);
        new RowValidator(directory, state, options).CheckAll();
        var order = new DependencyOrder(directory);
        order.Sort();
        order.PropagateErrors();
        new MembershipAssigner(directory, options).Assign();
        return new ImportPlan([.. PlanRows(directory, options)], options.Strict);
    }

    private static IEnumerable<PlannedRow> PlanRows(ImportLookup directory, ImportOptions options)
    {
        int level = 0;
        foreach (IGrouping<(int, int), RowContext> drafts in directory.Rows.GroupBy(context => context.SortKey).OrderBy(group => group.Key))
        {
            foreach (RowContext context in drafts)
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
        Row = context.Spec.Row,
        Identity = context.Name,
        Type = context.Type,
        Action = PlannedAction.Failed,
        DependencyLevel = level,
        Errors = context.Errors,
    };
}
