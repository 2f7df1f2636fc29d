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
        var map = ColumnMap.Create(["Name", "Qouta", "Kostenstelle", "UsedQuota", "Id", ""]);

        map.UnusedColumns.ShouldBe([new("Qouta", "Quota"), new("Kostenstelle", null), new("UsedQuota", null), new("Id", null)]);
    }

    [Fact]
    public void Headers_that_name_nobody_are_refused_with_a_suggestion_for_each()
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ImportFixture.Plan("unknown-headers.csv"));

        exception.ErrorId.ShouldBe("NoKnownColumns");
        exception.Message.ShouldContain("'Nmae' (did you mean Name?), 'Qouta' (did you mean Quota?), 'Kostenstelle',".TrimEnd(','));
        exception.Message.ShouldContain("DisabledPermission");
    }

    [Fact]
    public void Two_columns_that_claim_one_field_are_an_error_unless_the_person_decides()
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", "Email", "Emails"]));
        exception.ErrorId.ShouldBe("DuplicateColumnMapping");
        exception.Message.ShouldContain("'Email' and 'Emails'");

        var decided = ColumnMap.Create(["Name", "Email", "Emails"], With(("emails", "Email")));
        decided.GetHeader(ImportField.Email).ShouldBe("Emails");
        decided.UnusedColumns.Single().Header.ShouldBe("Email");
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", "A", "B"], With(("A", "Email"), ("B", "Emails")))).ErrorId.ShouldBe("DuplicateColumnMapping");
    }

    [Fact]
    public void A_column_map_names_columns_and_fields_that_exist()
    {
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name"], With(("Login", "Name")))).Message.ShouldContain("'Login', which the file does not have");
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Login"], With(("Login", "Nane")))).Message.ShouldContain("did you mean Name?");
        ColumnMap.Create(["Login", "Name"], With(("Login", "Name"))).GetHeader(ImportField.Name).ShouldBe("Login");
        ColumnMap.Create(["Name", "MemberOf"], With(("MemberOf", ""))).UnusedColumns.Single().Header.ShouldBe("MemberOf");
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
