using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>The identity of a report: its id, a received report, or a queued one.</summary>
public sealed class ReportIdentity : ServerIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal ReportIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("The id of the report is empty. The Get cmdlets of the reports list the ids with -IdOnly.");
        }
        Id = id.Trim();
    }

    internal ReportIdentity(MailReport report) => (Id, Kind, IsReceived, Description) = (report.Id, report.Kind, true, ReportText.Describe(report));

    internal ReportIdentity(MailQueueReport report) => (Id, Kind, IsQueued, Description) = (report.Id, report.Kind, true, ReportText.Describe(report));

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The kind, if a report was specified.</summary>
    public MailReportKind? Kind { get; }

    /// <summary>What the report is about, as far as it was specified.</summary>
    internal string? Description { get; }

    /// <summary>Whether a received report was specified, so that it is known to exist.</summary>
    internal bool IsReceived { get; }

    /// <summary>Whether a queued report was specified, so that it is known to exist.</summary>
    internal bool IsQueued { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Makes identities from ids and reports.</summary>
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
