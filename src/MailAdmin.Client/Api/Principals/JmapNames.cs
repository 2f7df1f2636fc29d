using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The names of objects of the directory that others refer to by their ids.</summary>
internal sealed class JmapNames
{
    private readonly Dictionary<string, string> _names;
    private readonly UnreadSource? _unread;

    private JmapNames(Dictionary<string, string> names, UnreadSource? unread) => (_names, _unread) = (names, unread);

    /// <summary>The names by the ids. What is gone, or may not be read, is not among them.</summary>
    public static async Task<JmapNames> FindAsync(JmapChannel channel, DirectoryType type, IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        string[] distinct = [.. ids.OfType<string>().Distinct().Where(JmapId.IsValid)];
        if (distinct.Length == 0)
        {
            return new JmapNames([], null);
        }
        try
        {
            GetAnswer<FoundObject> found = await channel.GetAsync(type.Name, distinct, item => FoundObject.Create(type, item), cancellationToken, type.NameProperties).ConfigureAwait(false);
            return new JmapNames(found.Items.ToDictionary(item => item.Id, item => item.Name, StringComparer.Ordinal), null);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return new JmapNames([], new UnreadSource(type.Noun, channel.Permissions.FindRefused([KnownPermissions.GetName(type.Name, "Get")])));
        }
    }

    /// <summary>The name of an id; null where it is not known, and then noted among what is unknown.</summary>
    /// <param name="id">The id; null where there is none to name.</param>
    /// <param name="property">The property that is to have the name.</param>
    /// <param name="unknown">Receives the property.</param>
    public string? Find(string? id, string property, List<UnknownPart> unknown)
    {
        if (id is null)
        {
            return null;
        }
        if (_names.TryGetValue(id, out string? name))
        {
            return name;
        }
        unknown.Add(new UnknownPart(property, _unread));
        return null;
    }
}
