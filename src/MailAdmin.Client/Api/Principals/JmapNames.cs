using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The names of objects of the directory that others refer to by their ids.</summary>
internal static class JmapNames
{
    /// <summary>The names by the ids. What is gone, or may not be read, is not among them.</summary>
    public static async Task<Dictionary<string, string>> FindAsync(JmapChannel channel, DirectoryType type, IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        string[] distinct = [.. ids.OfType<string>().Distinct().Where(JmapId.IsValid)];
        if (distinct.Length == 0)
        {
            return [];
        }
        try
        {
            GetAnswer<FoundObject> found = await channel.GetAsync(type.Name, distinct, item => FoundObject.Create(type, item), cancellationToken, type.NameProperties).ConfigureAwait(false);
            return found.Items.ToDictionary(item => item.Id, item => item.Name, StringComparer.Ordinal);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return [];
        }
    }
}
