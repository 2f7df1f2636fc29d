using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Adds to principals what other objects say of them: the members of a group, and the lists that an address is on.</summary>
/// <param name="channel">Calls the server.</param>
/// <param name="fields">The fields that were asked for; none = all.</param>
internal sealed class JmapMemberships(JmapChannel channel, IReadOnlyList<string> fields)
{
    private const string AddressProperty = "emailAddress";
    private const string RecipientsProperty = "recipients";
    private Lists? _lists;

    /// <summary>Adds them to one principal.</summary>
    public async ValueTask CompleteAsync(MailPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.Kind == PrincipalType.Group && PrincipalField.WasAskedFor(fields, PrincipalField.Members))
        {
            principal.Member = new StringList(await ListMembersAsync(JmapId.FromNumber(principal.Id), cancellationToken).ConfigureAwait(false));
            principal.MemberCount = principal.Member.Count;
        }
        if (DirectoryType.Find(principal.Kind) == DirectoryType.Account && PrincipalField.WasAskedFor(fields, PrincipalField.Lists))
        {
            _lists ??= await ReadListsAsync(cancellationToken).ConfigureAwait(false);
            principal.List = _lists.IsHidden ? null : new StringList(_lists.ByRecipient[MailAddress.ToComparable(principal.Name)]);
        }
    }

    private async Task<List<string>> ListMembersAsync(string group, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        await foreach (string member in channel.ListAsync(
            DirectoryType.Account.Name, ReadAddress, writer => writer.WriteString("memberGroupIds", group), [AddressProperty], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            members.Add(member);
        }
        return members;
    }

    private async Task<Lists> ReadListsAsync(CancellationToken cancellationToken)
    {
        var recipients = new List<(string Recipient, string List)>();
        bool isHidden = false;
        try
        {
            await foreach ((string list, string[] addresses) in channel.ListAsync(
                DirectoryType.MailingList.Name, ReadList, null, [AddressProperty, RecipientsProperty], cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                recipients.AddRange(addresses.Select(address => (MailAddress.ToComparable(address), list)));
            }
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            isHidden = true;
        }
        return new Lists(recipients.ToLookup(each => each.Recipient, each => each.List), isHidden);
    }

    private static string ReadAddress(JsonElement item) => item.GetText(AddressProperty) ?? throw new JsonException("An account has no address.");

    private static (string List, string[] Recipients) ReadList(JsonElement item) =>
        (ReadAddress(item), [.. item.GetProperty(RecipientsProperty).EnumerateObject().Select(recipient => recipient.Name)]);

    /// <summary>The lists that an address is on.</summary>
    /// <param name="ByRecipient">The names of the lists, by the address.</param>
    /// <param name="IsHidden">Whether the account may not read them.</param>
    private sealed record Lists(ILookup<string, string> ByRecipient, bool IsHidden);
}
