using CsCheck;
using MailAdmin.Client.Api.Lists;

namespace MailAdmin.Tests.Lists;

public sealed class PagePlanTests
{
    [Fact]
    public void Pages_grow_by_eight_up_to_the_largest_and_stay_there() =>
        GetPages(0, null, 8).ShouldBe([(1, 64), (1, 512), (1, 4096), (1, 32768), (2, 32768), (2, 65536), (3, 65536), (4, 65536)]);

    // A page from the start would be sent for little more than what is known.
    [Fact]
    public void Where_little_is_left_the_pages_double() => GetPages(0, 1500, 4).ShouldBe([(1, 64), (1, 512), (2, 512), (2, 1024)]);

    [Fact]
    public void A_skip_begins_with_a_page_of_its_own_size() =>
        GetPages(1000, null, 7).ShouldBe([(2, 1000), (1, 16000), (2, 16000), (2, 32000), (2, 64000), (3, 64000), (4, 64000)]);

    [Fact]
    public void What_is_wanted_and_small_is_one_page()
    {
        PagePlan.GetFirstPage(0, 3, false).ShouldBe(new PageRequest(1, 3, 0));
        PagePlan.GetFirstPage(0, 1000, false).ShouldBe(new PageRequest(1, 1000, 0));
        PagePlan.GetFirstPage(10, 5, false).ShouldBe(new PageRequest(1, 15, 10));
        PagePlan.GetFirstPage(10, null, false).ShouldBe(new PageRequest(1, 64, 10));
        PagePlan.GetFirstPage(7, null, true).IsUnpaged.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, long.MaxValue)]
    [InlineData(63, long.MaxValue - 1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void No_number_is_too_large(long skip, long first)
    {
        PageRequest page = PagePlan.GetFirstPage(skip, first, false);
        page.Page.ShouldBeGreaterThan(0);
        page.Limit.ShouldBeInRange(1, 65_536);
        page.End.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_item_after_the_skip_comes_and_few_come_twice_whatever_the_skip() =>
        Gen.Select(Gen.Long[0, 300_000], Gen.Long[0, 2_000_000], Gen.Long[1, 10_000_000].Nullable(), Gen.Bool).Sample((skip, total, first, isTotalKnown) =>
        {
            PageRequest page = PagePlan.GetFirstPage(skip, first, false);
            long next = skip;
            long sent = 0;
            for (int pages = 0; page.End - page.Limit < total && pages < 100; pages++)
            {
                long start = ((page.Page - 1) * page.Limit) + page.SkipCount;
                // What a page begins with again is what the pages before it held.
                if (start > next || (start != next && start != skip) || page.Limit is < 1 or > 65_536)
                {
                    return false;
                }
                sent += Math.Min(page.End, total) - (page.End - page.Limit);
                next = page.End;
                page = PagePlan.GetNextPage(page, isTotalKnown ? total : null, skip);
            }
            return next >= Math.Min(total, skip) && (!isTotalKnown || sent <= 64 + skip + (total * 14 / 10));
        });

    private static (long Page, long Limit)[] GetPages(long skip, long? total, int count)
    {
        var pages = new List<(long, long)>();
        for (PageRequest page = PagePlan.GetFirstPage(skip, null, false); pages.Count < count; page = PagePlan.GetNextPage(page, total, skip))
        {
            pages.Add((page.Page, page.Limit));
        }
        return [.. pages];
    }
}
