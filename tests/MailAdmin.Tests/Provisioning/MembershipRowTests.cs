using MailAdmin.Client;

namespace MailAdmin.Tests.Provisioning;

/// <summary>One membership in each row, memberships in a circle, and what members are given by.</summary>
public sealed class MembershipRowTests
{
    [Fact]
    public void Rows_of_one_list_with_a_member_each_are_gathered()
    {
        ImportPlan plan = ImportFixture.PlanText("Name,Type,Email,Member\nclub,List,club@example.org,old\nclub,List,club@example.org,hal@example.org\nclub,List,,partner@outside.example\n");

        NewPrincipal club = plan.Row(1).NewPrincipal.ShouldNotBeNull();
        club.Member.ShouldBe(["old", "hal"], ignoreOrder: true);
        club.ExternalMember.ShouldBe(["partner@outside.example"]);
        plan.Rows.Where(row => row.Action == PlannedAction.Skipped).Select(row => row.Row).ShouldBe([2, 3]);
        plan.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Name,MemberOf\nold,sales\nold,crew\n")]
    [InlineData("Name,List\nold,news\nold,bulletin\n")]
    public void So_are_rows_of_one_account_with_a_group_each(string table)
    {
        string more = table.Contains("MemberOf", StringComparison.Ordinal) ? "crew" : "bulletin";
        DirectoryStateWith(more, out Client.Provisioning.DirectoryState state);

        PlannedRow row = ImportFixture.PlanText(table, state: state).Row(1);

        row.Action.ShouldBe(PlannedAction.Update);
        row.Changes.ShouldContain(change => change.EndsWith($"+ {more}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_that_is_wrong_is_named_with_its_own_row() =>
        ImportFixture.PlanText("Name,Type,Member\nclub,List,old\nclub,List,nobody\n").Row(2).Errors.Single().ShouldSatisfyAllConditions(
            error => error.Row.ShouldBe(2), error => error.ErrorId.ShouldBe("MemberMissing"));

    [Theory]
    [InlineData("Name,Type,Description,Member\nclub,List,Club,old\nclub,List,Other,hal\n")]
    [InlineData("Name,Email\nann,ann@example.org\nann,ann2@example.org\n")]
    [InlineData("Name,Type,Member\nclub,List,old;hal\nclub,List,hal\n")]
    public void Rows_of_one_name_that_differ_otherwise_are_duplicates(string table) =>
        ImportFixture.PlanText(table).Rows.ShouldAllBe(row => row.Errors[0].ErrorId == "NameDuplicate");

    [Theory]
    [InlineData("Group,Email,Role,Type,Status\nsales@example.org,new@example.org,MEMBER,USER,ACTIVE\nsales@example.org,hal@example.org,MANAGER,USER,ACTIVE\nsales@example.org,gone@example.org,MEMBER,USER,SUSPENDED\n")]
    [InlineData("Group,Member\nsales,new\nsales,hal\n")]
    [InlineData("GroupName,MemberEmail\nsales,<new@example.org>\nsales,mailto:hal@example.org\n")]
    [InlineData("Verteiler;Mitglied\nsales@example.org;new@example.org\nsales@example.org;hal\n")]
    public void A_table_of_members_changes_the_group_that_is_there(string table)
    {
        ImportPlan plan = ImportFixture.PlanText(table, state: StateWithNew);

        plan.Row(1).DescribeChanges().ShouldBe(["AddItem members new"]);
        plan.Row(1).Identity.ShouldBe("sales");
        plan.Rows.Where(row => row.Row > 1).ShouldAllBe(row => row.Action == PlannedAction.Skipped);
    }

    [Theory]
    [InlineData("Group,Member\nsales,new\nSales,hal\n")]
    [InlineData("Group,Member\nsales,\nsales,new\n,\n")]
    [InlineData("Group,Member\nsales,new;hal\nsales,old;hal\n")]
    [InlineData("Group,Member\nsales@example.org,\nSALES,\"new\n hal\"\nsales,hal\n")]
    [InlineData("Name,Type,Email,Member\nsales,Group,sales@example.org,\nSales,group,Sales@Example.org,new\nsales,,,hal\n")]
    public void Rows_of_one_group_are_gathered_in_any_case_with_no_member_and_with_several(string table)
    {
        ImportPlan plan = ImportFixture.PlanText(table, state: StateWithNew);

        plan.Row(1).DescribeChanges().ShouldBe(["AddItem members new"]);
        plan.Rows.Where(row => row.Row > 1 && row.Identity.Length > 0).ShouldAllBe(row => row.Action == PlannedAction.Skipped);
    }

    [Fact]
    public void Of_a_row_with_several_members_the_one_that_is_wrong_is_named()
    {
        ImportPlan plan = ImportFixture.PlanText("Group,Member\nsales,new\nsales,hal;nobody\n", state: StateWithNew);

        plan.Row(1).DescribeChanges().ShouldBe(["AddItem members new"]);
        plan.Row(2).Errors.Single().ToString().ShouldContain("'nobody'");
    }

    [Fact]
    public void A_table_of_members_makes_no_group_and_no_account()
    {
        ImportFixture.PlanText("Group,Member\nnowhere,hal\n").Row(1).Errors.Single().ErrorId.ShouldBe("GroupMissing");
        ImportFixture.PlanText("Group,Email,Role,Type,Status\nsales,,MEMBER,CUSTOMER,ACTIVE\n").Row(1).Errors.ShouldContain(error => error.Column == "Type");
        Should.Throw<ColumnMapException>(() => ImportFixture.PlanText("Group,Email\nsales,hal@example.org\n")).Message.ShouldContain("name the columns Group and Member");
    }

    [Theory]
    [InlineData("Name,Type,MemberOf\nnorth,Group,south\nsouth,Group,north\n", "north → south → north")]
    [InlineData("Name,Type,Member\nnorth,Group,south\nsouth,Group,north\n", "north → south → north")]
    [InlineData("Name,Type,MemberOf,Member\na,Group,b,\nb,Group,c,\nc,Group,,\nb2,Group,,\nc2,Group,a,c\n", null)]
    [InlineData("Name,Type,MemberOf\na,Group,b\nb,Group,c\nc,Group,a\n", "a → b → c → a")]
    [InlineData("Name,Type,MemberOf\nsales,Group,newparent\nnewparent,Group,sales\n", "newparent → sales → newparent")]
    [InlineData("Name,Type,MemberOf\nstaff,Group,sales\n", "staff → sales → staff")]
    [InlineData("Name,Type,Member\nsales,Group,staff\n", "staff → sales → staff")]
    [InlineData("Name,Type,Role\nr1,Role,r2\nr2,Role,r1\n", "r1 → r2 → r1")]
    public void Memberships_in_a_circle_are_refused_in_the_plan_those_of_the_server_included(string table, string? circle)
    {
        Client.Provisioning.DirectoryState state = ImportFixture.SampleDirectory with
        {
            Principals =
            [
                .. ImportFixture.SampleDirectory.Principals.Where(principal => principal.Name != "sales"),
                new MailPrincipal { Id = 3, Kind = PrincipalType.Group, Name = "sales", Email = ImportFixture.List("sales@example.org"), MemberOf = ImportFixture.List("staff") },
                new MailPrincipal { Id = 8, Kind = PrincipalType.Group, Name = "staff", Member = ImportFixture.List("sales") },
            ],
        };

        RowError[] errors = [.. ImportFixture.PlanText(table, state: state).Rows.SelectMany(row => row.Errors)];

        if (circle is null)
        {
            errors.Select(error => error.ErrorId).ShouldContain("MembershipCycle");
            return;
        }

        errors.ShouldContain(error => error.ErrorId == "MembershipCycle" && error.Message.Contains(circle, StringComparison.Ordinal));
    }

    [Fact]
    public void A_circle_that_is_there_already_is_left_alone()
    {
        Client.Provisioning.DirectoryState state = ImportFixture.SampleDirectory with
        {
            Principals =
            [
                new MailPrincipal { Id = 1, Kind = PrincipalType.Group, Name = "a", MemberOf = ImportFixture.List("b"), Member = ImportFixture.List("b") },
                new MailPrincipal { Id = 2, Kind = PrincipalType.Group, Name = "b", MemberOf = ImportFixture.List("a"), Member = ImportFixture.List("a") },
            ],
        };

        ImportFixture.PlanText("Name,Type,MemberOf,Member\na,Group,b,b\nb,Group,a,a\n", state: state).Rows.ShouldAllBe(row => row.Action == PlannedAction.Unchanged);
    }

    [Fact]
    public void With_Replace_a_circle_that_the_file_ends_is_none()
    {
        Client.Provisioning.DirectoryState state = ImportFixture.SampleDirectory with
        {
            Principals =
            [
                new MailPrincipal { Id = 1, Kind = PrincipalType.Group, Name = "a", MemberOf = ImportFixture.List("b") },
                new MailPrincipal { Id = 2, Kind = PrincipalType.Group, Name = "b", Member = ImportFixture.List("a") },
                new MailPrincipal { Id = 3, Kind = PrincipalType.Group, Name = "c" },
            ],
        };

        ImportFixture.PlanText("Name,Type,MemberOf\na,Group,c\nb,Group,a\n", new ImportOptions { Replace = true }, state).FailedCount.ShouldBe(0);
        ImportFixture.PlanText("Name,Type,MemberOf\na,Group,c\nb,Group,a\n", new ImportOptions(), state).FailedCount.ShouldBeGreaterThan(0);
    }

    private static Client.Provisioning.DirectoryState StateWithNew => ImportFixture.SampleDirectory with
    {
        Principals = [.. ImportFixture.SampleDirectory.Principals, new MailPrincipal { Id = 9, Kind = PrincipalType.Individual, Name = "new", Email = ImportFixture.List("new@example.org") }],
    };

    private static void DirectoryStateWith(string name, out Client.Provisioning.DirectoryState state) => state = ImportFixture.SampleDirectory with
    {
        Principals =
        [
            .. ImportFixture.SampleDirectory.Principals,
            new MailPrincipal { Id = 9, Kind = name == "crew" ? PrincipalType.Group : PrincipalType.List, Name = name },
        ],
    };
}
