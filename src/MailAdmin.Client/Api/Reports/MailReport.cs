using MailAdmin.Client.Api.Reports;

namespace MailAdmin.Client;

/// <summary>A report that the server received (GET /reports/{kind}/{id}): kind and id alone until it is fetched.</summary>
public class MailReport : ServerObject
{
    /// <summary>The kind, which belongs to the address of the report.</summary>
    public required MailReportKind Kind { get; init; }
    /// <summary>The id within its kind, such as <c>342084721444532234_1797990706</c>; from 0.16 on such as <c>jq7g9jm7agqa</c>.</summary>
    public required string Id { get; init; }
    /// <summary>When the server received it; null before 0.16.</summary>
    public DateTimeOffset? Created { get; init; }
    /// <summary>When the server deletes it.</summary>
    public DateTimeOffset? Expires
    {
        get => field ?? ReportId.GetExpiry(Id);
        init;
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Id;
}
