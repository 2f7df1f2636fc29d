using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads who is on which mailing list: once for all who wait for it, and never before they asked.</summary>
internal sealed class JmapRecipients(JmapChannel channel) : Gathering<bool, RecipientLists>
{
    /// <summary>The lists as they are now.</summary>
    public Task<RecipientLists> ReadAsync(CancellationToken cancellationToken) => AddAsync(true, cancellationToken);

    protected override bool MayStart(int inProgress, IReadOnlyList<GatheredWork<bool, RecipientLists>> waiting) => inProgress == 0;

    protected override IReadOnlyList<GatheredWork<bool, RecipientLists>> Choose(IReadOnlyList<GatheredWork<bool, RecipientLists>> waiting) => [.. waiting];

    protected override async Task<IReadOnlyList<RecipientLists>> SendAsync(IReadOnlyList<bool> works, CancellationToken cancellationToken)
    {
        RecipientLists lists = await ReadListsAsync(cancellationToken).ConfigureAwait(false);
        return [.. works.Select(_ => lists)];
    }

    private async Task<RecipientLists> ReadListsAsync(CancellationToken cancellationToken)
    {
        var recipients = new List<(string Recipient, string List)>();
        UnreadSource? unread = null;
        try
        {
            await foreach ((string list, string[] addresses) in channel.ListAsync(
                DirectoryType.MailingList.Name, Read, null, [.. DirectoryType.MailingList.NameProperties, JmapMembership.Recipients], cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                recipients.AddRange(addresses.Select(address => (MailAddress.ToComparable(address), list)));
            }
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            unread = DirectoryType.MailingList.ToUnread(channel.Permissions);
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
