namespace MailAdmin.Client.Api.Lists;

/// <summary>
/// Which page follows which. The server walks its whole directory for each page, so few large ones are cheap, and a small first one shows rows at once.
/// Pages are addressed as number and size, so each page's start is a multiple of its size: one that is much larger than all before it must begin at the
/// start again, and those are left out.
/// </summary>
internal static class PagePlan
{
    /// <summary>The size of the first page.</summary>
    public const int FirstPageSize = 64;

    /// <summary>The size of the largest page.</summary>
    public const int MaxPageSize = 65_536;

    /// <summary>How many times as large as all before it a page is.</summary>
    public const int Growth = 8;

    // With less than that many times as much to come, the pages that follow without an overlap are as few.
    private const int SmallGrowth = 4;

    // Up to here, what is wanted is asked for in one page: it costs the server one walk.
    private const int MaxFirstPageSize = 4_096;

    private static readonly PageRequest s_everything = new(0, 0, 0);

    /// <summary>The first page.</summary>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="first">How many at most; null = all.</param>
    /// <param name="inOneRequest">Everything at once.</param>
    public static PageRequest GetFirstPage(long skip, long? first, bool inOneRequest)
    {
        if (inOneRequest)
        {
            return s_everything with { SkipCount = skip };
        }
        // A page that begins after a handful would be as small as that handful.
        if (skip < FirstPageSize)
        {
            return new PageRequest(1, GetFirstPageSize(skip, first), skip);
        }
        return skip <= MaxPageSize ? new PageRequest(2, skip, 0) : GetAlignedPage(skip);
    }

    /// <summary>The page after <paramref name="last"/>: eight times as large as all before it, which it holds too; as large as these where there is not so much to come.</summary>
    /// <param name="last">The last page.</param>
    /// <param name="total">How many items there are; null where that is not known.</param>
    /// <param name="skip">How many items at the start are not wanted. All others of an overlap are to be known by their ids.</param>
    public static PageRequest GetNextPage(PageRequest last, long? total, long skip)
    {
        long offset = last.End;
        return offset > MaxPageSize / Growth || total < offset * SmallGrowth ? GetAdjacentPage(last) : new PageRequest(1, offset * Growth, skip);
    }

    /// <summary>The page after <paramref name="last"/> that holds nothing of it: as large as all before it.</summary>
    public static PageRequest GetAdjacentPage(PageRequest last)
    {
        long offset = last.End;
        return offset <= MaxPageSize ? new PageRequest(2, offset, 0) : new PageRequest((offset / last.Limit) + 1, last.Limit, 0);
    }

    private static long GetFirstPageSize(long skip, long? first)
    {
        return first <= MaxFirstPageSize - skip ? skip + first.Value : FirstPageSize;
    }

    private static PageRequest GetAlignedPage(long skip) => new((skip / MaxPageSize) + 1, MaxPageSize, skip % MaxPageSize);
}

/// <summary>One page to ask for.</summary>
/// <param name="Page">Its number from 1 on; 0 = no paging.</param>
/// <param name="Limit">How many items a page holds; 0 = all in one.</param>
/// <param name="SkipCount">How many of its items come before the first one wanted.</param>
internal readonly record struct PageRequest(long Page, long Limit, long SkipCount)
{
    /// <summary>The place after this page's last item; the last place there is where that lies beyond it.</summary>
    public long End => Limit > 0 && Page > long.MaxValue / Limit ? long.MaxValue : Page * Limit;

    /// <summary>Whether the server sends everything at once.</summary>
    public bool IsUnpaged => Limit == 0;
}
