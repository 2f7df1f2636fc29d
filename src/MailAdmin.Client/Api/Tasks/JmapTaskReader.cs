using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Tasks;

/// <summary>Reads a task of a server from 0.16 on (docs/api-0.16.md §8.11).</summary>
internal static class JmapTaskReader
{
    private const string TypeProperty = "@type";

    /// <summary>The task; account and domain are ids.</summary>
    public static MailTask Read(JsonElement task)
    {
        JsonElement status = task.GetProperty("status");
        return new MailTask
        {
            Id = task.GetProperty("id").GetString()!,
            Kind = TaskKind.Parse(task.GetText(TypeProperty) ?? throw new JsonException("A task has no kind.")),
            Maintenance = task.GetText("maintenanceType") is { } word ? OpenWords<TaskKind>.Capitalize(word) : null,
            State = TaskState.Parse(status.GetText(TypeProperty) ?? throw new JsonException("A task has no state.")),
            Account = task.GetText("accountId"),
            Domain = task.GetText("domainId"),
            Created = ReadTime(status, "createdAt"),
            Due = ReadTime(status, "due") ?? ReadTime(task, "due"),
            Ended = ReadTime(status, "failedAt"),
            Attempt = ReadNumber(status, "failedAttemptNumber") ?? ReadNumber(status, "attemptNumber"),
            FailureReason = status.GetText("failureReason"),
            AdditionalData = task.GetUnknownMembers("id", TypeProperty, "maintenanceType", "status", "due"),
        };
    }

    private static DateTimeOffset? ReadTime(JsonElement parent, string name) =>
        parent.GetText(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static int? ReadNumber(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;
}
