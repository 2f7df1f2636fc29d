using MailAdmin.Client;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Groups of other systems become groups and lists, and never accounts with a password.</summary>
public sealed class ForeignGroupTests
{
    private static readonly ImportOptions s_localPart = new() { GeneratePassword = true, NameFrom = NameFrom.LocalPart };

    [Theory]
    [InlineData("SamAccountName,Name,GroupCategory,GroupScope,mail\nteam,The Team,Distribution,Global,team@example.org\n", "List")]
    [InlineData("SamAccountName,Name,GroupCategory,GroupScope,mail\nteam,The Team,Security,Universal,team@example.org\n", "Group")]
    [InlineData("SamAccountName,Name,GroupCategory,ObjectClass,mail\nteam,The Team,Distribution,group,team@example.org\n", "List")]
    [InlineData("SamAccountName,Name,GroupCategory,ObjectClass,mail\nteam,The Team,,group,team@example.org\n", "Group")]
    [InlineData("SamAccountName,Name,GroupCategory,ObjectClass,mail\nteam,The Team,,user,team@example.org\n", "Individual")]
    [InlineData("sAMAccountName,cn,groupType,mail\nteam,The Team,-2147483640,team@example.org\n", "Group")]
    [InlineData("sAMAccountName,cn,groupType,mail\nteam,The Team,8,team@example.org\n", "List")]
    [InlineData("SamAccountName,Name,GroupCategory,groupType,mail\nteam,The Team,Distribution,8,team@example.org\n", "List")]
    [InlineData("Name,GroupCategory,mail\nteam,Distribution,team@example.org\n", "List")]
    [InlineData("displayName,mail,mailNickname,groupTypes,securityEnabled,mailEnabled\nThe Team,team@example.org,team,Unified,False,True\n", "Group")]
    [InlineData("displayName,mail,mailNickname,groupTypes,securityEnabled,mailEnabled\nThe Team,team@example.org,team,,False,True\n", "List")]
    [InlineData("displayName,mail,mailNickname,groupTypes,securityEnabled,mailEnabled\nThe Team,team@example.org,team,DynamicMembership,True,True\n", "Group")]
    [InlineData("Name,PrimarySmtpAddress,GroupType\nThe Team,team@example.org,Universal\n", "List")]
    [InlineData("Name,PrimarySmtpAddress,GroupType\nThe Team,team@example.org,\"Universal, SecurityEnabled\"\n", "Group")]
    [InlineData("Name,PrimarySmtpAddress,GroupType,RecipientTypeDetails\nThe Team,team@example.org,Universal,GroupMailbox\n", "Group")]
    [InlineData("Name,Email,GroupCategory,Type\nteam,team@example.org,Distribution,Group\n", "Group")]
    public void The_kind_of_group_says_the_type(string table, string type)
    {
        ImportPlan plan = ImportFixture.PlanText(table, table.Contains("sam", StringComparison.OrdinalIgnoreCase) ? new ImportOptions { GeneratePassword = true } : s_localPart);

        PlannedRow team = plan.Rows.ShouldHaveSingleItem();
        team.Errors.ShouldBeEmpty();
        (team.Identity, team.Type.Name).ShouldBe((table.StartsWith("Name,PrimarySmtp", StringComparison.Ordinal) ? "team" : team.Identity, type));
        team.NewPrincipal!.Email.ShouldBe(["team@example.org"]);
    }

    [Theory]
    [InlineData("SamAccountName,GroupCategory,mail\nteam,,team@example.org\n", "GroupCategory")]
    [InlineData("SamAccountName,GroupCategory,mail\nteam,Secret,team@example.org\n", "GroupCategory")]
    [InlineData("SamAccountName,mail,securityEnabled\nteam,team@example.org,perhaps\n", "securityEnabled")]
    [InlineData("Name,mail,groupTypes\nteam,team@example.org,System.String[]\n", "groupTypes")]
    public void A_group_of_an_unknown_kind_is_refused(string table, string column)
    {
        RowError error = ImportFixture.PlanText(table).Rows.ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        error.Column.ShouldBe(column);
        error.Message.ShouldContain(error.ErrorId == "ListNotExported" ? "-join" : $"-ColumnMap @{{ '{column}' = '' }}");
    }

    [Fact]
    public void Groups_of_gam_are_lists_and_that_is_told_once()
    {
        const string Table = """
            email,name,description,directMembersCount,aliases.0
            team@example.org,Team,desc,4,t@example.org
            crew@example.org,Crew,,2,
            """;
        ImportPlan plan = ImportFixture.PlanText(Table, s_localPart);

        PlannedRow team = plan.Row("team");
        (team.Type, team.Password).ShouldBe((PrincipalType.List, null));
        team.NewPrincipal!.Email.ShouldBe(["team@example.org", "t@example.org"]);
        team.NewPrincipal.Description.ShouldBe("Team");
        plan.Row("crew").Type.ShouldBe(PrincipalType.List);
        plan.Warnings.ShouldHaveSingleItem().ShouldContain("become mailing lists");

        ImportPlan typed = ImportFixture.PlanText("email,name,directMembersCount,Type\nteam@example.org,Team,4,Group\n", s_localPart);
        typed.Row("team").Type.ShouldBe(PrincipalType.Group);
        typed.Warnings.ShouldBeEmpty();

        Should.Throw<ColumnMapException>(() => ImportFixture.PlanText(Table, new ImportOptions())).Message.ShouldContain("-NameFrom LocalPart");
    }

    [Fact]
    public void An_LDAP_table_has_the_login_in_uid()
    {
        NewPrincipal zoe = ImportFixture.PlanText("uid,cn,sn,mail\nzoe,Zoé Lefèvre,Lefèvre,zoe@example.org\n").Row("zoe").NewPrincipal.ShouldNotBeNull();

        (zoe.Type, zoe.Description).ShouldBe((PrincipalType.Individual, "Zoé Lefèvre"));
        zoe.Email.ShouldBe(["zoe@example.org"]);
        ImportFixture.PlanText("dn,uid,mail,loginDisabled\n\"uid=zoe,dc=x\",zoe,zoe@example.org,TRUE\n").Row("zoe").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        Should.Throw<ColumnMapException>(() => ImportFixture.PlanText("uid,cn,name,mail\nzoe,Zoé,Zoé Lefèvre,zoe@example.org\n")).ErrorId.ShouldBe("AmbiguousColumn");
    }

    [Theory]
    [InlineData("Name,Email,CatchAll\nann,ann@example.org,True\n", "'true' is not a domain")]
    [InlineData("Name,Email,CatchAll\nann,ann@example.org,no\n", "'no' is not a domain")]
    [InlineData("Name,Email\nann,sip:ann@example.org;tel:123\n", "only SIP:, TEL:")]
    public void What_is_no_address_is_called_so(string table, string message) =>
        ImportFixture.PlanText(table, new ImportOptions { NoPassword = true }).Row("ann").Errors.ShouldHaveSingleItem().Message.ShouldContain(message);
}
