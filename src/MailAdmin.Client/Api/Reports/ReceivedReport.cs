namespace MailAdmin.Client;

/// <summary>A received report with its contents.</summary>
public abstract class ReceivedReport : MailReport
{
    private protected ReceivedReport()
    {
    }

    /// <summary>Who sent it.</summary>
    public string From { get; init; } = "";
    /// <summary>Whom it was sent to.</summary>
    public StringList To { get; init; } = StringList.Empty;
    /// <summary>The subject of its mail.</summary>
    public string Subject { get; init; } = "";
    /// <summary>Members of the report this version does not know.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;
}
