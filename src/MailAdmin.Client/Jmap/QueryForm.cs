namespace MailAdmin.Client.Jmap;

/// <summary>How the ids of a type come page by page, so that pages neither overlap nor leave anything out.</summary>
/// <param name="IsAscending">Whether the smallest id comes first.</param>
/// <param name="HasAnchorInPage">Whether the server counts the anchor as the first of the page that it begins, and must know it: of what it does not keep among its stored objects.</param>
internal sealed record QueryForm(bool IsAscending, bool HasAnchorInPage)
{
    /// <summary>Of stored objects.</summary>
    public static QueryForm Stored { get; } = new(IsAscending: true, HasAnchorInPage: false);
}
