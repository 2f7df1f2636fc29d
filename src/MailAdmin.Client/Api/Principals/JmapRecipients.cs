using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads who is on which mailing list.</summary>
internal sealed class JmapRecipients
{
    private readonly JmapChannel _channel;
    private readonly SharedRead<RecipientLists> _lists;

    public JmapRecipients(JmapChannel channel) => (_channel, _lists) = (channel, new SharedRead<RecipientLists>(ReadListsAsync));

    /// <summary>The lists as they are now.</summary>
    public Task<RecipientLists> ReadAsync(CancellationToken cancellationToken) => _lists.ReadAsync(cancellationToken);

    private async Task<RecipientLists> ReadListsAsync(CancellationToken cancellationToken)
    {
        var recipients = new List<(string Recipient, string List)>();
        UnreadSource? unread = null;
        try
        {
            await foreach ((string list, string[] addresses) in _channel.ListAsync(
                DirectoryType.MailingList.Name, Read, null, [.. DirectoryType.MailingList.NameProperties, JmapMembership.Recipients], cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                recipients.AddRange(addresses.Select(address => (MailAddress.ToComparable(address), list)));
            }
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            unread = DirectoryType.MailingList.ToUnread(_channel.Permissions);
        }
        return new RecipientLists(recipients.ToLookup(each => each.Recipient, each => each.List), unread);
    }

    private static (string List, string[] Recipients) Read(JsonElement item) =>
        (item.GetText(DirectoryType.MailingList.NameProperties[^1]) ?? throw new JsonException("A list has no address."), [.. item.GetProperty(JmapMembership.Recipients).EnumerateObject().Select(recipient => recipient.Name)]);
}

/// <summary>The lists that an address is on.</summary>
/// <param name="ByRecipient">The names of the lists, by the address.</param>
/// <param name="Unread">The lists, where the account may not read them; else null.</param>
internal sealed record RecipientLists(ILookup<string, string> ByRecipient, UnreadSource? Unread);
