using MailAdmin.Client;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Tests.Provisioning;

public sealed class RowReaderTests
{
    [Fact]
    public void An_empty_cell_says_nothing()
    {
        PrincipalSpec principal = Read("Name,Description,Email,Quota,Enabled,MemberOf,Password,Type", "jane", "", " ", "", "", ";", "", "").Spec;

        principal.Name.ShouldBe("jane");
        principal.Description.ShouldBeNull();
        principal.Email.ShouldBeNull();
        principal.Quota.ShouldBeNull();
        principal.Enabled.ShouldBeNull();
        principal.Password.ShouldBeNull();
        principal.Type.ShouldBeNull();
    }

    [Theory]
    [InlineData("a@x.org;B@x.org", "a@x.org,b@x.org", null)]
    [InlineData("smtp:a@x.org;SMTP:b@x.org", "b@x.org,a@x.org", "b@x.org")]
    [InlineData("SMTP:b@x.org smtp:a@x.org SIP:b@x.org", "b@x.org,a@x.org", "b@x.org")]
    [InlineData("a@x.org, b@x.org", "a@x.org,b@x.org", null)]
    [InlineData("X500:/o=Ex, Inc/ou=Exchange Administrative Group (F)/cn=a;smtp:a@x.org", "a@x.org", null)]
    [InlineData("user+tag@müller.example", "user+tag@müller.example", null)]
    [InlineData("Jane <jane@x.org>", "jane@x.org", null)]
    [InlineData("<jane@x.org>", "jane@x.org", null)]
    [InlineData("\"Doe, Jane\" <jane@x.org>, Joe Roe <joe@x.org>", "jane@x.org,joe@x.org", null)]
    [InlineData("Jane Doe <jane@x.org>;j@x.org", "jane@x.org,j@x.org", null)]
    [InlineData("jane@x.org, Joe <joe@x.org>", "jane@x.org,joe@x.org", null)]
    [InlineData("mailto:jane@x.org", "jane@x.org", null)]
    [InlineData("mailto: jane@x.org", "jane@x.org", null)]
    [InlineData("SMTP: jane@x.org; smtp: j@x.org", "jane@x.org,j@x.org", "jane@x.org")]
    [InlineData("MAILTO:jane@x.org?subject=Hello", "jane@x.org", null)]
    [InlineData("Jane <mailto:jane@x.org>", "jane@x.org", null)]
    [InlineData("SMTP:jane@x.org+smtp:j@x.org+SIP:jane@x.org", "jane@x.org,j@x.org", "jane@x.org")]
    [InlineData("@x.org;jane@x.org", "jane@x.org,@x.org", null)]
    [InlineData("jane@x.org, @x.org", "jane@x.org,@x.org", null)]
    public void Addresses_are_read_as_people_and_Exchange_write_them(string cell, string addresses, string? primary)
    {
        ParsedRow parsedRow = Read("Name,Email", "jane", cell);

        parsedRow.Errors.ShouldBeEmpty();
        parsedRow.Spec.Email.ShouldBe(addresses.Split(','));
        parsedRow.Spec.PrimaryEmail.ShouldBe(primary);
    }

    [Theory]
    [InlineData("jane")]
    [InlineData("jane@")]
    [InlineData("@")]
    [InlineData("@-x.org")]
    [InlineData("SMTP:@x.org")]
    [InlineData("jane@@x.org")]
    [InlineData("jane doe@x.org")]
    [InlineData("Jane <jane@x.org")]
    [InlineData("Jane <>")]
    [InlineData("jane@x.org.")]
    [InlineData("jane(at)x.org")]
    [InlineData("jane@x.org / j@x.org")]
    [InlineData("jane..doe@x.org")]
    [InlineData(".jane@x.org")]
    [InlineData("http://jane@x.org")]
    [InlineData("xmpp:jane@x.org")]
    [InlineData("jane:jane@x.org")]
    [InlineData("jane@-x.org")]
    [InlineData("jane@x..org")]
    [InlineData("SMTP:a@x.org;SMTP:b@x.org")]
    [InlineData("a@x.org;A@X.org")]
    public void An_invalid_address_is_an_error_with_its_column_and_value(string cell)
    {
        RowError error = Read("Name,E-Mail", "jane", cell).Errors.Single();

        (error.Row, error.Column, error.Value).ShouldBe((7, "E-Mail", cell));
        error.ErrorId.ShouldBeOneOf("EmailInvalid", "EmailDuplicate");
        error.ToString().ShouldStartWith("Row 7, column 'E-Mail': ");
    }

    [Theory]
    [InlineData("Name,Quota", "5 giga", "QuotaInvalid")]
    [InlineData("Name,Quota", "-5GB", "QuotaInvalid")]
    [InlineData("Name,Enabled", "maybe", "EnabledInvalid")]
    [InlineData("Name,Type", "Mailbox", "TypeUnknown")]
    [InlineData("Name,MemberOf", "CN=Sales,OU=Groups,DC=example,DC=org", "DistinguishedNameNotSupported")]
    [InlineData("Name,MemberOf", "System.Object[]", "ListNotExported")]
    [InlineData("Name,Email", "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection", "ListNotExported")]
    [InlineData("Name,Description", "System.String[]", "ListNotExported")]
    public void A_cell_that_cannot_be_read_is_named(string headers, string cell, string errorId)
    {
        RowError error = Read(headers, "jane", cell).Errors.Single();

        (error.ErrorId, error.Column, error.Value).ShouldBe((errorId, headers.Split(',')[1], cell));
        error.Message.ShouldContain(cell);
    }

    [Fact]
    public void All_errors_of_a_row_are_named_at_once() =>
        Read("Name,Email,Quota,Enabled", "", "x", "y", "z").Errors.Select(error => error.ErrorId)
            .ShouldBe(["EmailInvalid", "NameMissing", "QuotaInvalid", "EnabledInvalid"], ignoreOrder: true);

    [Fact]
    public void An_invalid_address_is_not_also_a_missing_name()
    {
        var map = ColumnMap.Create(["Email"], new ImportOptions { NoAddress = true, NameFrom = NameFrom.LocalPart });
        new RowReader(map).Read(new ImportRow(1, ["jane"], null)).Errors.Single().ErrorId.ShouldBe("EmailInvalid");
        new RowReader(map).Read(new ImportRow(1, [""], null)).Errors.Single().ErrorId.ShouldBe("NameMissing");
    }

    [Theory]
    [InlineData(" geheim ", PasswordCellKind.ClearText, " geheim ")]
    [InlineData("{PLAIN}geheim", PasswordCellKind.ClearText, "geheim")]
    [InlineData("{BLF-CRYPT}$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", PasswordCellKind.Hash, "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW")]
    public void Passwords_are_taken_as_they_stand(string cell, PasswordCellKind kind, string value)
    {
        PasswordCell password = Read("Name,Password", "jane", cell).Spec.Password.ShouldNotBeNull();
        (password.Kind, password.Value).ShouldBe((kind, value));
    }

    [Theory]
    [InlineData("****")]
    [InlineData("********")]
    [InlineData("  ")]
    public void Asterisks_are_no_password(string cell) => Read("Name,Password", "jane", cell).Spec.Password.ShouldBeNull();

    [Theory]
    [InlineData("Name,PasswordHash", "Hunter2!")]
    [InlineData("Name,Password", "{CRAM-MD5}Hunter2!")]
    [InlineData("Name,Password,PasswordHash", "Hunter2!", "$1$28772684$iEwNOgGugqO9.bIz5sk8k/")]
    [InlineData("Name [Required],Email Address [Required],Password [Required],Password Hash Function [UPLOAD ONLY]", "jane@example.org", "Hunter2!", "SHA-1")]
    public void A_secret_is_in_no_error_and_no_text(string headers, params string[] cells)
    {
        ParsedRow parsedRow = Read(headers, ["jane", .. cells]);

        parsedRow.Errors.ShouldHaveSingleItem().Value.ShouldBe(headers.Contains("Function", StringComparison.Ordinal) ? "SHA-1" : null);
        string printed = string.Join('\n', parsedRow.Errors) + parsedRow.Spec + parsedRow.Spec.Password + parsedRow;
        printed.ShouldNotContain("Hunter2");
        printed.ShouldNotContain("iEwNOgGugqO9");
    }

    [Theory]
    [InlineData("user", "Individual")]
    [InlineData("top;person;organizationalPerson;user", "Individual")]
    [InlineData("SharedMailbox", "Group")]
    [InlineData("MailUniversalDistributionGroup", "List")]
    [InlineData("apikey", "ApiKey")]
    public void Kinds_are_known_by_the_names_of_other_systems(string cell, string type) =>
        Read("Name,Type", "x", cell).Spec.Type!.Value.Name.ShouldBe(type);

    [Fact]
    public void A_ragged_row_is_not_read_at_all()
    {
        ParsedRow parsedRow = Read("Name,Email", "jane");
        parsedRow.Errors.Single().ErrorId.ShouldBe("CellCountMismatch");
        parsedRow.Errors.Single().Message.ShouldContain("expected 2 cells, found 1");
        parsedRow.Spec.Name.ShouldBeEmpty();
    }

    private static ParsedRow Read(string headers, params string[] cells) =>
        new RowReader(ColumnMap.Create(headers.Split(','))).Read(new ImportRow(7, cells, null));
}
