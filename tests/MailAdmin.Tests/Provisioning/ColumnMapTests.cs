using MailAdmin.Client;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Tests.Provisioning;

public sealed class ColumnMapTests
{
    [Theory]
    [InlineData("name", nameof(ImportField.Name))]
    [InlineData("EMAILS", nameof(ImportField.Email))]
    [InlineData("Groups", nameof(ImportField.MemberOf))]
    [InlineData("member of", nameof(ImportField.MemberOf))]
    [InlineData("External_Members", nameof(ImportField.ExternalMember))]
    [InlineData("disabledPermissions", nameof(ImportField.DisabledPermission))]
    [InlineData("DisplayName", nameof(ImportField.Description))]
    [InlineData("Roles", nameof(ImportField.Role))]
    public void Our_own_headers_go_by_their_letters_alone(string header, string fieldName)
    {
        ImportField field = Enum.Parse<ImportField>(fieldName);
        string[] headers = field == ImportField.Name ? [header] : ["Name", header];
        ColumnMap.Create(headers).Columns.ShouldContain(column => column.Header == header && column.Field == field);
    }

    [Fact]
    public void Every_accepted_header_is_accepted_alone_and_in_the_company_of_a_name()
    {
        foreach (string header in ColumnMap.AcceptedHeaders.Where(header => header != "Name"))
        {
            ColumnMap.Create(["Name", header]).UnusedColumns.ShouldBeEmpty(header);
        }
    }

    [Fact]
    public void Unused_columns_are_listed_and_likely_misspellings_named()
    {
        var map = ColumnMap.Create(["Name", "Qouta", "Kostenstelle", "UsedQuota", "UsedBytes", "Id", ""]);

        map.UnusedColumns.ShouldBe([new("Qouta", "Quota", false), new("Kostenstelle", null, false), new("UsedQuota", null, true), new("UsedBytes", null, true), new("Id", null, true)]);
    }

    [Fact]
    public void Headers_that_name_nobody_are_refused_with_a_suggestion_for_each()
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ImportFixture.Plan("unknown-headers.csv"));

        exception.ErrorId.ShouldBe("NoKnownColumns");
        exception.Message.ShouldContain("column 1 may be Name, column 2 may be Quota");
        exception.Message.ShouldContain("DisabledPermission");
    }

    [Theory]
    [InlineData("account", "mona@example.org", "pw-mona", "Mona", "True", "0")]
    [InlineData("nina.nohead", "nina.nohead@example.org", "S3cret-of-Nina-42")]
    [InlineData("jane", "{SSHA}abcdefgh", "Jane Doe")]
    [InlineData("jane", "S3cret", "false")]
    [InlineData("list", "sales@example.org", "S3cret", "42")]
    public void A_first_row_of_values_is_no_header_and_is_not_shown(params string[] cells)
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ColumnMap.Create(cells));
        exception.ErrorId.ShouldBe("HeaderMissing");
        exception.Message.ShouldContain("seems to have no header");
        exception.Message.ShouldNotContain(cells[0]);
        exception.Message.ShouldNotContain(cells[1]);
        exception.Message.ShouldNotContain(cells[2]);
    }

    [Theory]
    [InlineData(null, "jane", "Sommer", "Jane Doe")]
    [InlineData(null, "list", "sales", "Sommer")]
    [InlineData("Login", "jane", "Sommer", "Jane Doe")]
    [InlineData("Login", "list", "sales", "Sommer")]
    [InlineData(null, "Rolf", "Sommer", "Nmae")]
    public void Of_headers_that_are_mostly_unknown_none_is_shown(string? mapped, params string[] cells)
    {
        string message = Should.Throw<ColumnMapException>(() => ColumnMap.Create(cells, mapped is null ? null : With((mapped, "Name")))).Message;
        message.ShouldNotContain("Sommer");
        message.ShouldNotContain("Rolf");
        message.ShouldContain("If the file has no header");
    }

    [Theory]
    [InlineData("Name", "Email", "2024")]
    [InlineData("#", "Name", "Email", "1")]
    [InlineData("SamAccountName", "ann@example.org", "true", "1", "2", "3")]
    public void A_header_that_is_known_as_a_whole_may_have_odd_columns(params string[] headers) => ColumnMap.Create(headers).ColumnCount.ShouldBe(headers.Length);

    [Fact]
    public void Headers_that_are_known_are_shown_where_the_map_names_another() =>
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", "Email", "Colour"], With(("Colur", "Role")))).Message.ShouldContain("'Name', 'Email', 'Colour'");

    [Fact]
    public void Two_columns_that_claim_one_field_are_an_error_unless_the_person_decides()
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", "Email", "Emails"]));
        exception.ErrorId.ShouldBe("DuplicateColumnMapping");
        exception.Message.ShouldContain("'Email' and 'Emails'");

        var decided = ColumnMap.Create(["Name", "Email", "Emails"], With(("emails", "Email"), ("email", "")));
        decided.GetHeader(ImportField.Email).ShouldBe("Emails");
        decided.UnusedColumns.ShouldBeEmpty();
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", "Email", "Email2"], With(("Email2", "Email")))).Message.ShouldContain("'Email2' and 'Email'");
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", "A", "B"], With(("A", "Email"), ("B", "Emails")))).ErrorId.ShouldBe("DuplicateColumnMapping");
    }

    [Fact]
    public void A_column_map_names_columns_and_fields_that_exist()
    {
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name"], With(("Login", "Name")))).Message.ShouldContain("'Login', which the file does not have");
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Login"], With(("Login", "Nane")))).Message.ShouldContain("did you mean Name?");
        ColumnMap.Create(["Login", "Name"], With(("Login", "Name"), ("Name", "Description"))).GetHeader(ImportField.Name).ShouldBe("Login");
        ColumnMap.Create(["Name", "MemberOf"], With(("MemberOf", ""))).UnusedColumns.ShouldBeEmpty();
    }

    [Fact]
    public void Addresses_alone_need_to_be_told_how_they_become_logins()
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Email", "Password"]));
        exception.ErrorId.ShouldBe("NameColumnMissing");
        exception.Message.ShouldContain("-NameFrom Email");
        ColumnMap.Create(["Email"], new ImportOptions { NoAddress = true, NameFrom = NameFrom.LocalPart }).NameFrom.ShouldBe(NameFrom.LocalPart);
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Quota"], new ImportOptions { NoAddress = true, NameFrom = NameFrom.Email })).ErrorId.ShouldBe("NameColumnMissing");
    }

    [Theory]
    [InlineData("Login")]
    [InlineData("User name")]
    [InlineData("Benutzername")]
    [InlineData("Identifiant")]
    [InlineData("Логин")]
    public void A_header_that_means_a_login_and_nothing_else_is_the_name_where_no_other_is(string header)
    {
        var columns = ColumnMap.Create([header, "Email", "Password"], new ImportOptions { Strict = true });
        columns.GetHeader(ImportField.Name).ShouldBe(header);
        columns.UnusedColumns.ShouldBeEmpty();
        ColumnMap.Create([header, "Email"], With((header, ""), ("Email", "Name"))).GetHeader(ImportField.Name).ShouldBe("Email");
    }

    [Theory]
    [InlineData("-ColumnMap @{ 'User' = 'Name' }", "User", "Email")]
    [InlineData("-ColumnMap @{ 'UserID' = 'Name' }", "UserID", "primaryEmail")]
    [InlineData("-ColumnMap @{ 'Kennung' = 'Name' }", "Kennung", "Email")]
    [InlineData("-ColumnMap @{ 'Login' = 'Name' } or -ColumnMap @{ 'Account' = 'Name' }", "Login", "Account", "Email")]
    [InlineData("-ColumnMap @{ 'User' = 'Name' }", "User", "UserPrincipalName")]
    public void A_column_that_may_hold_the_login_is_named_in_the_advice(string advice, params string[] headers)
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ColumnMap.Create(headers));
        exception.ErrorId.ShouldBe("NameColumnMissing");
        exception.Message.ShouldContain(advice);
        exception.Message.ShouldContain("-NameFrom LocalPart");
    }

    [Theory]
    [InlineData("Login")]
    [InlineData("Username")]
    [InlineData("Account")]
    public void Where_logins_come_from_addresses_a_column_of_logins_is_no_misspelt_one_and_is_told_of(string header)
    {
        ImportPlan plan = ImportFixture.PlanText($"{header},Email\none,two@example.org\n", new ImportOptions { NameFrom = NameFrom.LocalPart, NoPassword = true });
        plan.Rows.Single().Identity.ShouldBe("two");
        plan.Warnings.ShouldHaveSingleItem().ShouldContain($"-ColumnMap @{{ '{header}' = 'Name' }} instead of -NameFrom");
        plan.UnusedColumns.ShouldBeEmpty();
        ColumnMap.Create(["Name", header, "Email"], With((header, ""))).UnusedColumns.ShouldBeEmpty();
        Should.Throw<ColumnMapException>(() => ColumnMap.Create([header, "Email"], new ImportOptions { NameFrom = NameFrom.Email, Strict = true })).ErrorId.ShouldBe("ColumnNotUsed");
    }

    [Theory]
    [InlineData("Anna", "Alt", "anna", "Sommer2024!")]
    [InlineData("Sommer2024!", "x", "y", "sommer2024!")]
    public void A_first_row_with_the_same_cell_twice_is_no_header_and_is_not_shown(params string[] cells)
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ImportTable.CheckHeaders(cells));
        exception.ErrorId.ShouldBe("HeaderMissing");
        exception.Message.ShouldContain("If the file has no header, add one");
        exception.Message.ShouldNotContain("Anna", Case.Insensitive);
        exception.Message.ShouldNotContain("Sommer", Case.Insensitive);
        ImportTable.CheckHeaders(["Name", "Email", "email"]);
    }

    [Fact]
    public void Foreign_exports_are_known_by_their_headers_and_give_their_best_columns()
    {
        var directory = ColumnMap.Create(["Name", "SamAccountName", "UserPrincipalName", "GivenName", "Surname", "Enabled"]);
        directory.Source.ShouldBe(ColumnSource.ActiveDirectory);
        directory.GetHeader(ImportField.Name).ShouldBe("SamAccountName");
        directory.GetHeader(ImportField.Description).ShouldBe("Name");
        directory.GetHeader(ImportField.PrimaryEmail).ShouldBe("UserPrincipalName");

        var withMail = ColumnMap.Create(["SamAccountName", "UserPrincipalName", "mail", "proxyAddresses"]);
        withMail.Columns.Select(column => column.Field).ShouldBe([ImportField.Name, ImportField.PrimaryEmail, ImportField.Email]);
        withMail.UnusedColumns.Single().Header.ShouldBe("UserPrincipalName");

        ColumnMap.Create(["Alias", "PrimarySmtpAddress", "SamAccountName", "Password"]).Columns.Select(column => column.Field)
            .ShouldBe([ImportField.Name, ImportField.PrimaryEmail, ImportField.Password]);
    }

    [Fact]
    public void NameFrom_beats_the_login_of_a_foreign_system()
    {
        var options = new ImportOptions { NoAddress = true, NameFrom = NameFrom.Email };
        var map = ColumnMap.Create(["SamAccountName", "mail"], options);
        map.Columns.ShouldNotContain(column => column.Field == ImportField.Name);
        new RowReader(map).Read(new ImportRow(1, ["JDoe", "Jane.Doe@Example.org"], null)).Spec.Name.ShouldBe("jane.doe@example.org");
    }

    private static ImportOptions With(params (string Header, string Field)[] overrides) =>
        new() { ColumnOverrides = overrides.ToDictionary(pair => pair.Header, pair => (string?)pair.Field) };
}
