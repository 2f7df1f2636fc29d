// What is remembered of the names that were read: enough to be quick, and no more than memory allows.
using MailAdmin.Client;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class ExpandedPrincipalsTests
{
    private const int Many = 50_000;
    private int _lists;

    [Fact]
    public async Task Of_a_long_list_the_groups_are_remembered_whatever_came_before_them()
    {
        ExpandedPrincipals expanded = CreateAfterManyPeople();
        expanded.Record("sales", PrincipalType.Group);
        (await expanded.FindTypeAsync("sales", TestContext.Current.CancellationToken)).ShouldBe(PrincipalType.Group);
        (await expanded.MayBeExpandedAsync("sales", TestContext.Current.CancellationToken)).ShouldBeTrue();
        _lists.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_remembered_of_a_long_list_is_looked_for_in_one_list_of_groups()
    {
        ExpandedPrincipals expanded = CreateAfterManyPeople();
        (await expanded.MayBeExpandedAsync("person0", TestContext.Current.CancellationToken)).ShouldBeFalse();
        _lists.ShouldBe(0);
        int taken = 0;
        for (int i = Many - 1000; i < Many; i++)
        {
            taken += await expanded.MayBeExpandedAsync($"person{i}", TestContext.Current.CancellationToken) ? 1 : 0;
        }
        // As for names that were never read.
        taken.ShouldBe(16);
        _lists.ShouldBe(1);
    }

    private ExpandedPrincipals CreateAfterManyPeople()
    {
        var expanded = new ExpandedPrincipals(
            _ =>
            {
                _lists++;
                return Task.FromResult(new Dictionary<string, PrincipalType> { ["sales"] = PrincipalType.Group });
            },
            new ManualTime());
        for (int i = 0; i < Many; i++)
        {
            expanded.Record($"person{i}", PrincipalType.Individual);
        }
        return expanded;
    }
}
