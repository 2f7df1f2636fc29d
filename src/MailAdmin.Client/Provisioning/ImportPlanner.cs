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
    public static ImportPlan Plan(IReadOnlyList<RowReading> rows, DirectoryState state, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var directory = new DraftDirectory(rows, state, options);
        new RowChecks(directory, state, options).CheckAll();
        var order = new DraftOrder(directory);
        order.Sort();
        order.SpreadFaults();
        new Memberships(directory, options).Assign();
        return new ImportPlan([.. PlanRows(directory, options)], options.Strict);
    }

    private static IEnumerable<PlannedRow> PlanRows(DraftDirectory directory, ImportOptions options)
    {
        int wave = 0;
        foreach (IGrouping<(int, int), Draft> drafts in directory.Drafts.GroupBy(draft => draft.Order).OrderBy(group => group.Key))
        {
            foreach (Draft draft in drafts)
            {
                yield return PlanRow(draft, directory, options, wave);
            }

            wave++;
        }
    }

    private static PlannedRow PlanRow(Draft draft, DraftDirectory directory, ImportOptions options, int wave)
    {
        if (draft.Failed)
        {
            return Failed(draft, wave);
        }

        return draft.Existing is { } existing
            ? DraftUpdate.Plan(draft, existing, directory, options, wave)
            : DraftCreation.Plan(draft, options, wave);
    }

    private static PlannedRow Failed(Draft draft, int wave) => new()
    {
        Row = draft.Desired.Row,
        Identity = draft.Name,
        Type = draft.Type,
        Action = PlannedAction.Failed,
        Wave = wave,
        Faults = draft.Faults,
    };
}
