using CsCheck;
using MailAdmin.Client.Api.Lists;

namespace MailAdmin.Tests.Client;

public sealed class PagePlanTests
{
    [Fact]
    public void Pages_double_up_to_the_largest_and_stay_there() =>
        GetPages(PagePlan.GetFirstPage(0, null, false), 14).ShouldBe(
        [
            (1, 64), (2, 64), (2, 128), (2, 256), (2, 512), (2, 1024), (2, 2048), (2, 4096), (2, 8192), (2, 16384), (2, 32768), (2, 65536), (3, 65536), (4, 65536),
        ]);

    [Fact]
    public void A_skip_begins_with_a_page_of_its_own_size() =>
        GetPages(PagePlan.GetFirstPage(1000, null, false), 9).ShouldBe([(2, 1000), (2, 2000), (2, 4000), (2, 8000), (2, 16000), (2, 32000), (2, 64000), (3, 64000), (4, 64000)]);

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
    public void Every_item_after_the_skip_comes_once_and_in_order_whatever_the_skip() =>
        Gen.Select(Gen.Long[0, 300_000], Gen.Long[0, 2_000_000], Gen.Long[1, 10_000_000].Nullable()).Sample((skip, total, first) =>
        {
            PageRequest page = PagePlan.GetFirstPage(skip, first, false);
            long next = skip;
            for (int pages = 0; page.End - page.Limit < total && pages < 100; pages++)
            {
                long start = ((page.Page - 1) * page.Limit) + page.SkipCount;
                if (start != next || page.Limit is < 1 or > 65_536)
                {
                    return false;
                }
                next = page.End;
                page = PagePlan.GetNextPage(page);
            }
            return next >= Math.Min(total, skip);
        });

    private static (long Page, long Limit)[] GetPages(PageRequest page, int count)
    {
        var pages = new List<(long, long)>();
        for (; pages.Count < count; page = PagePlan.GetNextPage(page))
        {
            pages.Add((page.Page, page.Limit));
        }
        return [.. pages];
    }
}
