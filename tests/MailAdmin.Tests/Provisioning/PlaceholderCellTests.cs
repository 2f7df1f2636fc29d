using MailAdmin.Client;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What programs write where there is no value is refused in every column, and does not become the value.</summary>
public sealed class PlaceholderCellTests
{
    private static readonly ImportOptions s_options = new() { NoPassword = true };

    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (string column in (string[])["Description", "GivenName", "Surname", "Email", "PrimaryEmail", "CatchAll", "Quota", "MemberOf", "List", "Role", "Tenant", "Picture", "Locale", "EnabledPermission"])
            {
                foreach (string cell in (string[])["NULL", "null", "\\N", "#N/A", "n/a", "(null)", "#REF!", "#BEZUG!", "{{ value }}"])
                {
                    cells.Add(column, cell);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void It_is_the_error_of_its_column_with_what_to_do(string column, string cell)
    {
        PlannedRow row = ImportFixture.PlanText($"Name,{column}\nann,{cell}\n", s_options with { NoAddress = true }, ImportFixture.SampleDirectory with { Permissions = new HashSet<string> { "authenticate" } }).Rows.Single();

        row.Action.ShouldBe(PlannedAction.Failed);
        row.Errors.Single(error => error.Column == column).Message.ShouldContain("empty the cell");
    }

    [Theory]
    [InlineData("None")]
    [InlineData("NULL")]
    [InlineData("\\N")]
    public void It_is_no_name_of_a_new_principal(string name)
    {
        string table = $"Name,Email\n{name},ann@example.org\n";

        ImportFixture.PlanText(table, s_options).Rows.Single().Errors.ShouldHaveSingleItem().ErrorId.ShouldBe("NameInvalid");
        if (name != "\\N")
        {
            ImportFixture.PlanText(table, s_options with { AllowUnusualName = true }).FailedCount.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("Member")]
    [InlineData("ExternalMember")]
    public void It_is_no_member(string column) =>
        ImportFixture.PlanText($"Name,Type,{column}\npeople,List,NULL\n", s_options).Rows.Single().Errors.Single().Message.ShouldContain("empty the cell");

    [Theory]
    [InlineData("GivenName,Surname", "Jennifer,Null", "Jennifer Null")]
    [InlineData("GivenName,Surname", "Yu,NA", "Yu NA")]
    [InlineData("Description", "Na", "Na")]
    [InlineData("Description", "Null Island", "Null Island")]
    [InlineData("Description", "Nil", "Nil")]
    [InlineData("Description", "[Sales]", "[Sales]")]
    [InlineData("Description", "x", "x")]
    [InlineData("Description", "100%", "100%")]
    public void What_may_be_meant_is_taken(string columns, string cells, string description) =>
        ImportFixture.PlanText($"Name,Email,{columns}\nann,ann@example.org,{cells}\n", s_options).Row("ann").NewPrincipal!.Description.ShouldBe(description);

    [Fact]
    public void None_is_no_limit() =>
        ImportFixture.PlanText("Name,Email,Quota\nann,ann@example.org,none\n", s_options).FailedCount.ShouldBe(0);

    [Fact]
    public void A_principal_may_have_it_already()
    {
        DirectoryState state = ImportFixture.SampleDirectory with
        {
            Principals =
            [
                .. ImportFixture.SampleDirectory.Principals, new MailPrincipal { Id = 8, Kind = PrincipalType.Group, Name = "na" },
                new MailPrincipal { Id = 9, Kind = PrincipalType.Individual, Name = "null", Description = "None", Email = ImportFixture.List("null@example.org") },
            ],
        };

        ImportFixture.PlanText("Name,Description,MemberOf\nnull,None,NA\n", s_options, state).FailedCount.ShouldBe(0);
    }

    [Fact]
    public void It_is_hidden_where_the_cell_may_be_the_password()
    {
        RowError error = ImportFixture.PlanText("Name,Password,MemberOf\nann,Smith, NULL\n", s_options with { NoAddress = true }).Rows.Single().Errors.First(found => found.Column == "MemberOf");

        error.Message.ShouldNotContain("NULL");
    }
}
