using MailAdmin.Client;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Tests.Provisioning;

public sealed class ImportPlannerTests
{
    private static readonly ImportOptions s_none = new() { NoPassword = true, NoAddress = true };

    [Theory]
    [InlineData(false, false, "Passwords of accounts that exist are not changed: 1 row gives one. To set them, specify -ResetPassword.")]
    [InlineData(true, false, null)]
    [InlineData(true, true, "-GeneratePassword is for new accounts: 1 that exists keeps its password.")]
    public void Passwords_that_stay_are_told(bool resets, bool generates, string? warning)
    {
        string table = generates ? "Name,Email\nold,old@example.org\n" : "Name,Email,Password\nold,old@example.org,Winter-2026\n";
        string? found = ImportFixture.PlanText(table, new ImportOptions { ResetPassword = resets, GeneratePassword = generates }).Warnings.SingleOrDefault();
        (found is null).ShouldBe(warning is null, found);
        found?.ShouldStartWith(warning!);
    }

    [Theory]
    [InlineData("Name,Email,Type\nann,ann@example.org,\ncrew,crew@example.org,Group", "group", "Individual")]
    [InlineData("Name,Email,Type\nann,ann@example.org,\ncrew,crew@example.org,Group", "", "Group, Individual")]
    [InlineData("Name,Email,Type\ncrew,crew@example.org,Group", "group", null)]
    public void What_may_not_be_listed_is_no_principal_that_is_new(string table, string listed, string? unseen)
    {
        DirectoryState state = ImportFixture.SampleDirectory with { ListedTypes = listed.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(PrincipalType.Parse).ToHashSet() };
        ImportPlan plan = ImportFixture.PlanText(table, new ImportOptions { NoPassword = true }, state);
        plan.Rows.ShouldAllBe(row => row.Action == PlannedAction.Create);
        plan.Warnings.Where(warning => warning.StartsWith("Which of them exist is unknown", StringComparison.Ordinal)).ShouldBe(unseen is null ? [] : plan.Warnings.Where(warning => warning.Contains($"of type {unseen}:", StringComparison.Ordinal)).Take(1));
        (unseen is null || plan.Warnings.Any(warning => warning.Contains($"of type {unseen}:", StringComparison.Ordinal))).ShouldBeTrue();
    }

    [Fact]
    public void What_others_name_goes_first_whatever_the_order_of_the_file()
    {
        ImportPlan plan = ImportFixture.Plan("people.csv", new ImportOptions { NoAddress = true });

        plan.FailedCount.ShouldBe(0, string.Join('\n', plan.Rows.SelectMany(row => row.Errors)));
        plan.Rows.Select(row => row.Identity).ShouldBe(["neu.example", "staff", "board", "all-hands", "jane", "zoë", "김민준"]);
        plan.Rows.Select(row => row.DependencyLevel).ShouldBe([0, 1, 2, 3, 4, 4, 4]);
    }

    [Fact]
    public void A_new_person_is_created_whole()
    {
        PlannedRow jane = ImportFixture.Plan("people.csv", new ImportOptions { NoAddress = true }).Row("jane");
        NewPrincipal principal = jane.NewPrincipal.ShouldNotBeNull();

        (jane.Action, jane.Row, jane.Type).ShouldBe((PlannedAction.Create, 1, PrincipalType.Individual));
        principal.Email.ShouldBe(["jane@example.org", "j.doe@example.org"]);
        principal.Quota.ShouldBe(5L << 30);
        principal.MemberOf.ShouldBe(["staff"]);
        principal.List.ShouldBe(["all-hands"]);
        principal.Role.ShouldBe(["user"]);
        principal.Secret.ShouldBeEmpty();
        jane.Password!.Value.ShouldBe("Correct-Horse-7");
        jane.Changes.ShouldBe(["Description 'Jane Doe'", "Quota 5 GB", "Email jane@example.org, j.doe@example.org", "MemberOf staff", "List all-hands", "Role user", "Password set"]);
    }

    [Fact]
    public void Members_elsewhere_are_external_and_members_of_the_file_are_named_by_the_later_row()
    {
        ImportPlan plan = ImportFixture.Plan("people.csv", new ImportOptions { NoAddress = true });

        NewPrincipal list = plan.Row("all-hands").NewPrincipal!;
        list.ExternalMember.ShouldBe(["partner@elsewhere.example"]);
        list.Member.ShouldBe(["staff"]);
        plan.Row("board").NewPrincipal!.MemberOf.ShouldBe(["staff"]);
        plan.Row("김민준").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row("김민준").NewPrincipal!.Quota.ShouldBeNull();
    }

    [Fact]
    public void Members_given_by_address_become_names_and_those_not_yet_there_carry_it_themselves()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            Name,Type,Email,Member
            crew,Group,crew@example.org,new@example.org;old@example.org;hal
            new,,new@example.org,
            """);

        plan.Row("crew").NewPrincipal!.Member.ShouldBe(["old", "hal"], ignoreOrder: true);
        plan.Row("new").NewPrincipal!.MemberOf.ShouldBe(["crew"]);
    }

    [Fact]
    public void A_group_on_a_list_of_the_same_file_is_named_by_the_list()
    {
        ImportPlan plan = ImportFixture.PlanText("Name,Type,List\ncrew,Group,bulletin\nbulletin,List,\n");

        plan.Row("crew").NewPrincipal!.List.ShouldBeEmpty();
        plan.Row("bulletin").NewPrincipal!.Member.ShouldBe(["crew"]);
    }

    [Fact]
    public void Only_the_difference_is_sent_and_lists_only_grow()
    {
        PlannedRow old = ImportFixture.PlanText("""
            Name,Description,Email,Quota,MemberOf,Role,Enabled
            OLD,Old Hand,old@example.org;new@example.org,5GB,,helpdesk,no
            """).Row("old");

        old.Action.ShouldBe(PlannedAction.Update);
        old.DescribeChanges().ShouldBe(["Set quota 5368709120", "AddItem emails new@example.org", "AddItem roles helpdesk", "AddItem disabledPermissions authenticate"]);
        old.Changes.ShouldBe(["Quota 1 GB → 5 GB", "Email + new@example.org", "Role + helpdesk", "Enabled True → False"]);
    }

    [Fact]
    public void The_same_file_again_changes_nothing()
    {
        PlannedRow row = ImportFixture.PlanText("""
            Name,Type,Description,Email,Quota,MemberOf,Role,Enabled,Password
            old,Individual,Old Hand,veteran@example.org;old@example.org,1GB,sales,user,True,whatever-it-was
            """).Row("old");

        (row.Action, row.PrincipalChanges.Count, row.Changes.Count, row.Password).ShouldBe((PlannedAction.Unchanged, 0, 0, null));
    }

    [Fact]
    public void Replace_makes_lists_exact_and_never_sets_a_membership()
    {
        PlannedRow old = ImportFixture.PlanText("""
            Name,Email,MemberOf,Role
            old,new@example.org;old@example.org,,helpdesk
            """, s_none with { Replace = true }).Row("old");

        old.DescribeChanges().ShouldBe(["Set emails new@example.org,old@example.org", "AddItem roles helpdesk", "RemoveItem roles user"]);
        old.Changes.ShouldBe(["Email - veteran@example.org", "Email + new@example.org", "PrimaryEmail old@example.org → new@example.org", "Role - user", "Role + helpdesk"]);
    }

    [Fact]
    public void A_member_whose_own_row_says_so_is_not_removed_by_an_exact_member_list()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            Name,Type,Member,MemberOf
            sales,Group,old,
            hal,,,sales
            """, s_none with { Replace = true });
        plan.Rows.ShouldAllBe(row => row.Action == PlannedAction.Unchanged);

        ImportFixture.PlanText("Name,Type,Member\nsales,Group,old\n", s_none with { Replace = true }).Row("sales").DescribeChanges().ShouldBe(["RemoveItem members hal"]);
    }

    [Fact]
    public void A_marked_primary_address_goes_first_even_where_lists_only_grow()
    {
        PlannedRow old = ImportFixture.PlanText("Name,Email\nold,SMTP:veteran@example.org\n").Row("old");

        old.DescribeChanges().ShouldBe(["Set emails veteran@example.org,old@example.org"]);
        old.Changes.ShouldBe(["PrimaryEmail old@example.org → veteran@example.org"]);
    }

    [Fact]
    public void Passwords_of_existing_accounts_are_set_only_when_asked_for()
    {
        const string Text = "Name,Password\nold,Hunter2-Hunter2\n";
        ImportFixture.PlanText(Text).Row("old").Action.ShouldBe(PlannedAction.Unchanged);

        PlannedRow reset = ImportFixture.PlanText(Text, new ImportOptions { NoAddress = true, ResetPassword = true }).Row("old");
        (reset.Action, reset.Password!.Value).ShouldBe((PlannedAction.Update, "Hunter2-Hunter2"));
        reset.Changes.ShouldBe(["Password set"]);
    }

    [Fact]
    public void A_new_account_needs_a_password_or_a_word_why_not()
    {
        const string Text = "Name\nnew\n";
        ImportFixture.PlanText(Text, new ImportOptions { NoAddress = true }).Row("new").Errors.Single().ErrorId.ShouldBe("PasswordMissing");
        ImportFixture.PlanText(Text, new ImportOptions { NoAddress = true, NoPassword = true }).Row("new").Action.ShouldBe(PlannedAction.Create);
        PlannedRow generated = ImportFixture.PlanText(Text, new ImportOptions { NoAddress = true, GeneratePassword = true }).Row("new");
        generated.GeneratesPassword.ShouldBeTrue();
        generated.Changes.ShouldContain("Password generated");
        ImportFixture.PlanText("Name,Password\nnew,{CRAM-MD5}00\n", new ImportOptions { NoAddress = true }).Row("new").Errors.Select(error => error.ErrorId).ShouldBe(["PasswordUnsupported"]);
    }

    [Theory]
    [InlineData(ImportMode.Create, "AlreadyExists", null)]
    [InlineData(ImportMode.Update, null, "NotFound")]
    [InlineData(ImportMode.Upsert, null, null)]
    public void The_mode_says_what_may_happen(ImportMode mode, string? existing, string? missing)
    {
        ImportPlan plan = ImportFixture.PlanText("Name\nold\nnew\n", s_none with { Mode = mode });

        plan.Row("old").Errors.SingleOrDefault()?.ErrorId.ShouldBe(existing);
        plan.Row("new").Errors.SingleOrDefault()?.ErrorId.ShouldBe(missing);
        plan.FailedCount.ShouldBe((existing is null ? 0 : 1) + (missing is null ? 0 : 1));
    }

    [Fact]
    public void Duplicates_and_missing_domains_fail_their_rows_and_no_other()
    {
        ImportPlan plan = ImportFixture.Plan("duplicates.csv");

        plan.Row(1).Errors.Single().ErrorId.ShouldBe("NameDuplicate");
        plan.Row(1).Errors.Single().Message.ShouldContain("row 2");
        plan.Row(2).Errors.Single().Column.ShouldBe("Name");
        plan.Row(3).Errors.Single().ErrorId.ShouldBe("EmailDuplicate");
        plan.Row(4).Errors.Single().Value.ShouldBe("joe@example.org");
        plan.Row(5).Errors.Single().ErrorId.ShouldBe("DomainMissing");
        plan.Row(5).Errors.Single().Message.ShouldContain("nowhere.example");
        ImportFixture.PlanText("Name,Email\nok,ok@example.org\nno,no@nowhere.example\n").Row("ok").Action.ShouldBe(PlannedAction.Create);
    }

    [Theory]
    [InlineData("Name,Email", "new,veteran@example.org", "EmailTaken", "old")]
    [InlineData("Name,MemberOf", "new,nobody", "GroupMissing", "neither on the server nor in the file")]
    [InlineData("Name,MemberOf", "new,news", "GroupMissing", "of type List")]
    [InlineData("Name,List", "new,nobody", "ListMissing", "nobody")]
    [InlineData("Name,Role", "new,root", "RoleMissing", "root")]
    [InlineData("Name,Type,Member", "crew,Group,ghost", "MemberMissing", "ghost")]
    [InlineData("Name,Type,Member", "crew,Group,ghost@example.org", "MemberMissing", "ghost@example.org")]
    [InlineData("Name,Type,Member", "crew,Group,news", "MemberInvalid", "of type List")]
    [InlineData("Name,Type,MemberOf", "crew,Group,crew", "MembershipCycle", "itself")]
    [InlineData("Name,Type,Quota", "bulletin,List,5GB", "FieldNotApplicable", "no Quota")]
    [InlineData("Name,Type,Email", "neu.example,Domain,x@example.org", "FieldNotApplicable", "no Email")]
    [InlineData("Name,Type", "not a domain,Domain", "NameInvalid", "not a valid domain name")]
    [InlineData("Name", "a:b", "NameInvalid", "colon")]
    [InlineData("Name,Type", "sales,Individual", "TypeMismatch", "exists as Group")]
    [InlineData("Name,Description", "sales,Sally", "TypeMismatch", "column named Type")]
    [InlineData("Name,Enabled,DisabledPermission", "new,True,authenticate", "EnabledConflict", "authenticate")]
    public void What_the_rest_of_the_world_forbids_is_named(string headers, string row, string errorId, string part)
    {
        RowError error = ImportFixture.PlanText($"{headers}\n{row}\n").Rows.Single().Errors.ShouldHaveSingleItem();

        error.ErrorId.ShouldBe(errorId);
        error.Message.ShouldContain(part);
        error.Column.ShouldNotBeNull();
    }

    [Fact]
    public void Unknown_permissions_are_refused_where_the_known_ones_are_known()
    {
        const string Text = "Name,EnabledPermission\nnew,emial-send\n";
        DirectoryState state = ImportFixture.SampleDirectory with { Permissions = new HashSet<string> { "email-send", "authenticate" } };

        ImportFixture.PlanText(Text, state: state).Row("new").Errors.Single().Message.ShouldContain("Did you mean 'email-send'?");
        ImportFixture.PlanText(Text).Row("new").Action.ShouldBe(PlannedAction.Create);
    }

    [Fact]
    public void What_could_not_be_listed_is_left_to_the_server()
    {
        DirectoryState state = ImportFixture.SampleDirectory with { Principals = [], ListedTypes = new HashSet<PrincipalType> { PrincipalType.Individual } };
        PlannedRow row = ImportFixture.PlanText("Name,Email,MemberOf,Role\nnew,new@anywhere.example,g,r\n", state: state).Row("new");

        row.Action.ShouldBe(PlannedAction.Create);
        row.NewPrincipal!.MemberOf.ShouldBe(["g"]);
    }

    [Fact]
    public void A_row_that_needs_a_failed_row_fails_with_it()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            Name,Type,Email,MemberOf,Quota
            crew,Group,,,lots
            deck,Group,,crew,
            new,,new@example.org,deck,
            free,,free@example.org,,
            """);

        plan.Row("deck").Errors.Single().Message.ShouldContain("'crew' is to be created by row 1");
        plan.Row("new").Errors.Single().Message.ShouldContain("'deck' is to be created by row 2");
        plan.Row("free").Action.ShouldBe(PlannedAction.Create);
    }

    [Fact]
    public void Nested_groups_and_roles_go_by_depth_and_circles_are_refused()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            Name,Type,MemberOf,Member,Role
            c,Group,b,,
            b,Group,,,
            a,Group,,b,
            inner,Role,,,outer
            outer,Role,,,
            """);
        plan.Rows.Select(row => row.Identity).ShouldBe(["outer", "inner", "a", "b", "c"]);
        plan.Rows.Select(row => row.DependencyLevel).ShouldBe([0, 1, 2, 3, 4]);
        plan.Row("b").NewPrincipal!.MemberOf.ShouldBe(["a"]);
        plan.Row("a").NewPrincipal!.Member.ShouldBeEmpty();
        plan.Row("inner").NewPrincipal!.Role.ShouldBe(["outer"]);

        ImportPlan circle = ImportFixture.PlanText("Name,Type,MemberOf\na,Group,c\nb,Group,a\nc,Group,b\nd,Group,\n");
        circle.Rows.Where(row => row.Action == PlannedAction.Failed).Select(row => row.Identity).ShouldBe(["a", "b", "c"], ignoreOrder: true);
        circle.Row("a").Errors.Single().ErrorId.ShouldBe("MembershipCycle");
    }

    [Fact]
    public void A_login_made_from_an_address_never_falls_on_someone_else()
    {
        ImportOptions options = s_none with { NameFrom = NameFrom.LocalPart };
        DirectoryState state = ImportFixture.SampleDirectory with { Principals = [.. ImportFixture.SampleDirectory.Principals, new MailPrincipal { Id = 9, Kind = PrincipalType.Domain, Name = "other.example" }] };
        ImportPlan plan = ImportFixture.PlanText("Email\nold@other.example\njane@example.org\njane@other.example\nhal@example.org\n", options, state);

        plan.Row(1).Errors.Single().ErrorId.ShouldBe("NameTaken");
        plan.Row(2).Errors.Single().ErrorId.ShouldBe("NameDuplicate");
        plan.Row(3).Errors.Single().Column.ShouldBe("Email");
        plan.Row(4).Action.ShouldBe(PlannedAction.Unchanged);
    }

    [Fact]
    public void Strict_refuses_the_whole_file_for_one_row()
    {
        const string Text = "Name,Quota\ngood,1GB\nbad,lots\n";
        ImportFixture.PlanText(Text).IsRejected.ShouldBeFalse();
        ImportFixture.PlanText(Text, s_none with { Strict = true }).IsRejected.ShouldBeTrue();
        ImportFixture.PlanText("Name\ngood\n", s_none with { Strict = true }).IsRejected.ShouldBeFalse();
    }

    [Fact]
    public void No_plan_prints_a_secret()
    {
        ImportPlan plan = ImportFixture.PlanText("Name,Password,Quota\nnew,Hunter2!,1GB\nbad,Hunter2!,lots\nold,Hunter2!,\n", new ImportOptions { NoAddress = true, ResetPassword = true });

        IEnumerable<string> printed = plan.Rows.SelectMany(row =>
            row.Changes.Append(row.ToString()).Append($"{row.NewPrincipal}").Append($"{row.Password}").Concat(row.Errors.Select(error => error.ToString())));
        string.Join('\n', printed).ShouldNotContain("Hunter2");
    }

    [Fact]
    public void Ten_thousand_rows_are_planned_in_a_moment()
    {
        var text = new System.Text.StringBuilder("Name,Email,MemberOf,Quota\n");
        for (int i = 0; i < 10_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"p{i},p{i}@example.org;alias{i}@example.org,sales,5GB\n");
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        ImportFixture.PlanText(text.ToString()).Rows.Count(row => row.Action == PlannedAction.Create).ShouldBe(10_000);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
