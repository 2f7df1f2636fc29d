using System.Globalization;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Takes deleted items, and makes them again of what went through JSON, CSV, Clixml or Select-Object.</summary>
internal sealed class DeletedItemArgumentAttribute : IdentityArgumentAttribute<MailDeletedItem>
{
    private protected override MailDeletedItem? CreateIdentity(object value)
    {
        if (value is not PSObject row || ReadText(row, nameof(MailDeletedItem.Account)) is not { } account || ReadText(row, nameof(MailDeletedItem.BlobId)) is not { } blobId)
        {
            return null;
        }
        return new MailDeletedItem
        {
            Account = account,
            Id = ReadText(row, nameof(MailDeletedItem.Id)),
            BlobId = blobId,
            // Without its kind it would be taken for an e-mail.
            Kind = ReadText(row, nameof(MailDeletedItem.Kind)) ?? throw new ArgumentException($"The deleted item '{blobId}' has no {nameof(MailDeletedItem.Kind)}."),
            Size = long.TryParse(ReadText(row, nameof(MailDeletedItem.Size)), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null,
            Deleted = ReadTime(row, nameof(MailDeletedItem.Deleted)),
            Expires = ReadTime(row, nameof(MailDeletedItem.Expires)),
            Subject = ReadText(row, nameof(MailDeletedItem.Subject)),
        };
    }

    private static string? ReadText(PSObject row, string name) => row.Properties[name]?.Value.Unwrap() is { } value && InputText.Format(value) is { Length: > 0 } text ? text : null;

    // CSV has times in the words of the culture that wrote it. What can mean two times, or none, is null: the server knows it by the BlobId.
    private static DateTimeOffset? ReadTime(PSObject row, string name) => row.Properties[name]?.Value.Unwrap() switch
    {
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time),
        var text => TimeParser.Parse(InputText.Format(text), CultureInfo.InvariantCulture) is [var time] ? time : null,
    };
}
