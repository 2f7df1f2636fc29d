// What names a report: its id, or the report itself. Never [string]: a string would swallow any object.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>The identity of a report: its id, a received report, or a queued one.</summary>
public sealed class ReportIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal ReportIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("An empty id identifies no report.");
        }
        Id = id.Trim();
    }

    internal ReportIdentity(MailReport report) => (Id, Kind, IsReceived) = (report.Id, report.Kind, true);

    internal ReportIdentity(MailQueueReport report) => (Id, Kind, IsQueued) = (report.Id, report.Kind, true);

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The kind, where a report was given.</summary>
    public MailReportKind? Kind { get; }

    /// <summary>Whether a received report was given, so that it surely exists.</summary>
    internal bool IsReceived { get; }

    /// <summary>Whether a queued report was given, so that it surely exists.</summary>
    internal bool IsQueued { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Makes identities of ids and reports.</summary>
internal sealed class ReportIdentityArgumentAttribute : IdentityArgumentAttribute<ReportIdentity>
{
    private protected override ReportIdentity? CreateIdentity(object value) => value switch
    {
        string id => new ReportIdentity(id),
        MailReport report => new ReportIdentity(report),
        MailQueueReport report => new ReportIdentity(report),
        _ => null,
    };
}
