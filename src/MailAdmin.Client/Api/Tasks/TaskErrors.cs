namespace MailAdmin.Client.Api.Tasks;

/// <summary>What can be wrong with a task.</summary>
internal static class TaskErrors
{
    private const string UpdateRules = "UpdateRules";

    // Of SpamSettings.
    private const string RulesAddress = "spamFilterRulesUrl";

    /// <summary>There is none of this id.</summary>
    public static MailServerException CreateNotFound(string id, Exception? cause = null) =>
        new(MailErrorCode.NotFound, Operations.CallJmap, $"There is no task '{id}': it is done, or was removed.", cause) { Item = id };

    /// <summary>It failed.</summary>
    public static MailServerException CreateFailed(MailTask task, int count) => new(
        MailErrorCode.RejectedByServer,
        Operations.CallJmap,
        count == 1 ? $"The task '{task.Id}' ({task.Summary}) failed{Describe(task)}" : $"{count} tasks failed; the first is '{task.Id}' ({task.Summary}){Describe(task)}")
    {
        Item = task.Id,
        Field = task.Kind == TaskKind.SpamFilterMaintenance && task.Maintenance == UpdateRules ? RulesAddress : null,
        Reason = task.FailureReason,
    };

    private static string Describe(MailTask task) => string.IsNullOrWhiteSpace(task.FailureReason) ? ". The server does not say why." : $": {task.FailureReason.Trim()}";
}
