using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Adds to principals what other objects say of them: the members of a group, and the lists that an address is on.</summary>
/// <param name="channel">Calls the server.</param>
/// <param name="recipients">Reads who is on which list.</param>
/// <param name="fields">The fields that were asked for; none = all.</param>
internal sealed class JmapMemberships(JmapChannel channel, JmapRecipients recipients, IReadOnlyList<string> fields)
{
    private const string AddressProperty = "emailAddress";
    private RecipientLists? _lists;

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
            _lists ??= await recipients.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (_lists.Unread is { } unread)
            {
                principal.Unknown = [.. principal.Unknown, new UnknownPart(nameof(MailPrincipal.List), unread)];
                return;
            }
            principal.List = new StringList(_lists.ByRecipient[MailAddress.ToComparable(principal.Name)]);
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

    private static string ReadAddress(JsonElement item) => item.GetText(AddressProperty) ?? throw new JsonException("An account has no address.");
}
