namespace MailAdmin.Client.Resources.Listing;

/// <summary>One page to ask for.</summary>
/// <param name="Page">Its number from 1 on; 0 = no paging.</param>
/// <param name="Limit">How many items a page holds; 0 = all in one.</param>
/// <param name="Drop">How many of its items come before the first one wanted.</param>
internal readonly record struct PageRequest(long Page, long Limit, long Drop)
{
    /// <summary>The place after this page's last item.</summary>
    public long End => Page * Limit;

    /// <summary>Whether the server sends everything at once.</summary>
    public bool IsEverything => Limit == 0;
}
