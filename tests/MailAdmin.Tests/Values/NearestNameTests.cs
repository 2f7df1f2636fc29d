using MailAdmin.Client.Values;

namespace MailAdmin.Tests.Values;

public sealed class NearestNameTests
{
    [Theory]
    // Near: a slip of the pen.
    [InlineData("sale", "sales", true)]
    [InlineData("selas", "slaes", false)]
    [InlineData("slaes", "sales", true)]
    [InlineData("salez", "sales", true)]
    [InlineData("SALES", "sales", true)]
    [InlineData("helpdsk", "helpdesk", true)]
    [InlineData("enginering", "engineering", true)]
    [InlineData("exmaple.org", "example.org", true)]
    [InlineData("strasse.org", "straße.org", true)]
    [InlineData("jane.deo@example.org", "jane.doe@example.org", true)]
    [InlineData("jane.doe@exmaple.org", "jane.doe@example.org", true)]
    [InlineData("nwsletter@example.org", "newsletter@example.org", true)]
    [InlineData("jon", "john", true)]
    [InlineData("email-recieve", "email-receive", true)]
    [InlineData("sysAcountGet", "sysAccountGet", true)]
    // Far: another word.
    [InlineData("totally@example.org", "staff@example.org", false)]
    [InlineData("totally@example.org", "sales@example.org", false)]
    [InlineData("nwsletter@example.org", "news@example.org", false)]
    [InlineData("bob@example.org", "rob.roy@example.org", false)]
    [InlineData("nobody@example.org", "bob@example.org", false)]
    [InlineData("it", "hr", false)]
    [InlineData("pr", "hr", false)]
    [InlineData("press", "prose", false)]
    [InlineData("grapes", "trades", false)]
    [InlineData("parking", "marketing", false)]
    [InlineData("meeting", "marketing", false)]
    [InlineData("room-12", "room-13", false)]
    [InlineData("user0047@example.org", "user0046@example.org", false)]
    [InlineData("ann@sales.org", "ann@staff.org", false)]
    [InlineData("log-view", "log-delete", false)]
    public void Only_what_a_slip_explains_is_near(string text, string name, bool isNear) => NearestName.Find(text, [name]).ShouldBe(isNear ? name : null);

    [Fact]
    public void The_nearest_is_found_wherever_it_stands() => NearestName.Find("salex", ["males", "sale", "salexy", "sales"]).ShouldBe("sale");
}
