using MailAdmin.Client;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What is neither on the server nor in the file may be misspelt: the nearest name of either is suggested, and none that no error may quote.</summary>
public sealed class MeantNameTests
{
    [Theory]
    [InlineData("Name,Email\nann,ann@exmaple.org\n", "'example.org'")]
    [InlineData("Name,Type,Email\nexample.net,Domain,\nann,,ann@example.ent\n", "'example.net'")]
    [InlineData("Name,MemberOf\nann,slaes\n", "'sales'")]
    [InlineData("Name,Type,MemberOf\nboard,Group,\nann,,baord\n", "'board'")]
    [InlineData("Name,List\nann,nwes\n", "'news'")]
    [InlineData("Name,Role\nann,helpdsek\n", "'helpdesk'")]
    [InlineData("Name,Role\nann,amdin\n", "'admin'")]
    [InlineData("Name,Type,Member\ncrew,Group,hla\n", "'hal'")]
    [InlineData("Name,Type,Member\ncrew,Group,veteram@example.org\n", "'veteran@example.org'")]
    [InlineData("Group,Member\nslaes,hal\n", "'sales'")]
    [InlineData("Group,Member\nslaes@example.org,hal\n", "'sales@example.org'")]
    public void The_nearest_name_is_suggested(string table, string name) =>
        ImportFixture.PlanText(table).Rows.SelectMany(row => row.Errors).ShouldHaveSingleItem().Message.ShouldContain($"(did you mean {name}?)");

    [Theory]
    [InlineData("Name,MemberOf\nann,nowhere\n")]
    [InlineData("Name,MemberOf\nann,newss\n")]
    public void Nothing_is_suggested_that_is_far_or_of_another_type(string table) =>
        ImportFixture.PlanText(table).Rows.SelectMany(row => row.Errors).ShouldHaveSingleItem().Message.ShouldNotContain("did you mean");

    [Theory]
    // The group of the row may be the password, so that what is near it is near the password.
    [InlineData("Name,Password,MemberOf\nann,staff office,Sales1\n", "sales")]
    // So may the name of another row be, which has none in its column.
    [InlineData("Name,Email,Password,Member,Type\nSpring2026!,jane@example.org,,,\ncrew,,,spring2026,Group\n", "spring2026!")]
    public void What_may_be_a_password_is_not_suggested(string table, string name)
    {
        RowError[] errors = [.. ImportFixture.PlanText(table).Rows.SelectMany(row => row.Errors)];
        errors.ShouldContain(error => error.ErrorId.EndsWith("Missing", StringComparison.Ordinal));
        errors.ShouldAllBe(error => !error.Message.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
