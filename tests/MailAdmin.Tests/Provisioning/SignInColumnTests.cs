using MailAdmin.Client;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Columns that say whether an account may sign in: each is read, or the row or file is refused. None is "not used".</summary>
public sealed class SignInColumnTests
{
    [Theory]
    [InlineData("Enabled", "True", true)]
    [InlineData("Enabled", "False", false)]
    [InlineData("Disabled", "True", false)]
    [InlineData("Disabled", "no", true)]
    [InlineData("suspended", "True", false)]
    [InlineData("Suspended", "0", true)]
    [InlineData("active", "1", true)]
    [InlineData("active", "0", false)]
    [InlineData("accountEnabled", "FALSE", false)]
    [InlineData("AccountDisabled", "TRUE", false)]
    [InlineData("Status", "Active", true)]
    [InlineData("Status", "Archived", false)]
    [InlineData("Status [READ ONLY]", "Suspended", false)]
    [InlineData("Block credential", "True", false)]
    [InlineData("BlockCredential", "False", true)]
    [InlineData("Archived", "yes", false)]
    [InlineData("userAccountControl", "512", true)]
    [InlineData("userAccountControl", "514", false)]
    [InlineData("userAccountControl", "66050", false)]
    [InlineData("userAccountControl", "0x202", false)]
    [InlineData("userAccountControl", "0x200", true)]
    [InlineData("userAccountControl", "ADS_UF_NORMAL_ACCOUNT; ADS_UF_ACCOUNTDISABLE", false)]
    [InlineData("userAccountControl", "NORMAL_ACCOUNT | DONT_EXPIRE_PASSWORD", true)]
    [InlineData("UserAccountControl", "NormalAccount", true)]
    [InlineData("UserAccountControl", "AccountDisabled, NormalAccount", false)]
    [InlineData("nsAccountLock", "TRUE", false)]
    [InlineData("zimbraAccountStatus", "locked", false)]
    [InlineData("zimbraAccountStatus", "active", true)]
    [InlineData("isInactiveMailbox", "True", false)]
    [InlineData("Deaktiviert", "WAHR", false)]
    [InlineData("Gesperrt", "Nein", true)]
    [InlineData("Aktiv", "Ja", true)]
    [InlineData("Désactivé", "OUI", false)]
    [InlineData("Actif", "FAUX", false)]
    [InlineData("Bloqueado", "SÍ", false)]
    [InlineData("Sospeso", "VERO", false)]
    [InlineData("Suspenso", "SIM", false)]
    [InlineData("Geblokkeerd", "WAAR", false)]
    [InlineData("Zablokowany", "TAK", false)]
    [InlineData("Konto-Status", "gesperrt", false)]
    [InlineData("Статус", "Заблокирован", false)]
    [InlineData("状態", "無効", false)]
    [InlineData("accountExpires", "0", null)]
    [InlineData("accountExpires", "9223372036854775807", null)]
    [InlineData("accountExpires", "116444736000000000", false)]
    [InlineData("AccountExpirationDate", "2001-02-03", false)]
    public void It_is_read_by_the_names_and_words_of_its_source(string header, string cell, bool? enabled)
    {
        ParsedRow row = Read(["Name", header], "jane", cell);

        row.Errors.ShouldBeEmpty();
        row.Spec.Enabled.ShouldBe(enabled);
    }

    [Theory]
    [InlineData("Enabled", "maybe")]
    [InlineData("Disabled", "x")]
    [InlineData("Status", "On leave")]
    [InlineData("Enabled", "2.5")]
    [InlineData("Enabled", "2")]
    [InlineData("active", "2")]
    [InlineData("Enabled", "5")]
    [InlineData("Disabled", "-1")]
    [InlineData("userAccountControl", "?!")]
    [InlineData("AccountExpirationDate", "03/02/2001 00:00:00")]
    [InlineData("AccountExpirationDate", "2901-02-03")]
    [InlineData("Login suspended because of", "2024-01-01")]
    [InlineData("Ist deaktiviert worden", "ja")]
    [InlineData("IMAP disabled", "TRUE")]
    public void What_it_says_is_refused_where_it_is_not_known(string header, string cell)
    {
        RowError error = Read(["Name", header], "jane", cell).Errors.ShouldHaveSingleItem();

        (error.ErrorId, error.Column, error.Value).ShouldBe(("EnabledInvalid", header, cell));
        error.Message.ShouldContain(cell.StartsWith("2901", StringComparison.Ordinal) ? "2901" : cell);
        if (header is not "userAccountControl")
        {
            error.Message.ShouldContain($"-ColumnMap @{{ '{header}' = '");
        }
    }

    [Fact]
    public void A_word_that_is_not_known_is_answered_with_the_languages_that_are() =>
        Read(["Name", "Enabled"], "jane", "x").Errors.Single().Message.ShouldSatisfyAllConditions(message => message.ShouldContain("German"), message => message.ShouldContain("Write True or False"));

    [Theory]
    [InlineData("userAccountControl", "Disabled")]
    [InlineData("userAccountControl", "true")]
    [InlineData("userAccountControl", "0xZZ")]
    [InlineData("userAccountControl", "NormalAccount, AccountDisabld")]
    [InlineData("terminationdate", "2024-02-03")]
    [InlineData("Left on", "3.2.2024")]
    [InlineData("Frozen", "x")]
    [InlineData("state", "suspended")]
    [InlineData("pwdAccountLockedTime", "000001010000Z")]
    [InlineData("Suspension Reason", "left the company")]
    [InlineData("Remarks", "gesperrt")]
    [InlineData("Has mailbox", "N")]
    [InlineData("Austrittsdatum", "31.12.2024")]
    public void A_cell_that_may_take_the_sign_in_away_is_refused(string header, string cell)
    {
        RowError error = Read(["Name", header], "jane", cell).Errors.ShouldHaveSingleItem();
        (error.Column, error.ErrorId).ShouldBe((header, "EnabledInvalid"));
        error.Message.ShouldContain($"'{header}' = ''");
        new RowReader(ColumnMap.Create(["Name", header], new ImportOptions { ColumnOverrides = new Dictionary<string, string?> { [header] = "" } }))
            .Read(new ImportRow(1, ["jane", cell], null)).Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("state", "CA")]
    [InlineData("Department", "Maintenance")]
    [InlineData("Can sign in", "yes")]
    [InlineData("Last login", "2024-02-03")]
    [InlineData("Frozen", "no")]
    [InlineData("Remarks", "")]
    public void A_cell_of_other_things_is_not(string header, string cell) => Read(["Name", header], "jane", cell).Errors.ShouldBeEmpty();

    [Fact]
    public void A_service_of_iRedMail_that_is_switched_off_is_refused() =>
        Read(["username", "maildir", "active", "enablesmtp"], "jane@example.org", "x", "1", "0").Errors.ShouldHaveSingleItem().Column.ShouldBe("enablesmtp");

    [Theory]
    [InlineData("Disabeld")]
    [InlineData("Enbaled")]
    [InlineData("enable")]
    [InlineData("Suspnded")]
    [InlineData("Gespert")]
    public void A_misspelt_header_is_refused(string header)
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", header]));
        exception.ErrorId.ShouldBe("ColumnMisspelt");
        exception.Message.ShouldContain($"'{header}' = ''");
    }

    [Theory]
    [InlineData("Alias")]
    [InlineData("Aliases")]
    [InlineData("Email2")]
    [InlineData("Secondary Email")]
    [InlineData("QuotaMB")]
    [InlineData("Gruppe")]
    [InlineData("Startpasswort")]
    [InlineData("Qouta")]
    [InlineData("Rollen")]
    public void A_column_that_may_be_needed_is_refused_where_strict_and_a_warning_elsewhere(string header)
    {
        Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", header], new ImportOptions { Strict = true })).ErrorId.ShouldBe("ColumnNotUsed");
        ColumnMap.Create(["Name", header], new ImportOptions { Strict = true, ColumnOverrides = new Dictionary<string, string?> { [header] = "" } }).UnusedColumns.ShouldBeEmpty();
        ColumnMap.Create(["Name", header]).UnusedColumns.ShouldHaveSingleItem().Header.ShouldBe(header);
        ColumnMap.Create(["Name", "Phone"], new ImportOptions { Strict = true }).UnusedColumns.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("SharedMailbox")]
    [InlineData("RoomMailbox")]
    [InlineData("EquipmentMailbox")]
    public void The_disabled_account_behind_a_mailbox_of_Exchange_that_nobody_signs_in_to_says_nothing(string type)
    {
        ParsedRow row = Read(["Alias", "PrimarySmtpAddress", "RecipientTypeDetails", "AccountDisabled"], "desk", "desk@example.org", type, "True");
        row.Errors.ShouldBeEmpty();
        row.Spec.Enabled.ShouldBeNull();
        Read(["Alias", "PrimarySmtpAddress", "RecipientTypeDetails", "AccountDisabled"], "desk", "desk@example.org", "UserMailbox", "True").Spec.Enabled.ShouldBe(false);
        Read(["Alias", "PrimarySmtpAddress", "RecipientTypeDetails"], "desk", "desk@example.org", "SchedulingMailbox").SkipReason.ShouldNotBeNull();
    }

    [Fact]
    public void Only_mailcow_writes_2_for_an_account_that_gets_mail_and_may_not_sign_in() =>
        Read(["username", "local_part", "domain", "active"], "jane@example.org", "jane", "example.org", "2").Spec.Enabled.ShouldBe(false);

    [Theory]
    [InlineData("1399/01/01")]
    [InlineData("1441-05-06")]
    public void A_date_of_another_calendar_is_refused(string cell) =>
        Read(["Name", "accountExpires"], "jane", cell).Errors.ShouldHaveSingleItem().Message.ShouldContain("Gregorian");

    [Theory]
    [InlineData("VPN status", "disabled", false)]
    [InlineData("Notes", "likes cats", false)]
    [InlineData("Last login", "2020-01-01", false)]
    [InlineData("EmployeeStatus", "A", true)]
    [InlineData("Access", "Full", true)]
    [InlineData("Mail status", "ok", true)]
    [InlineData("pw_status", "P", true)]
    [InlineData("Block", "B 12", true)]
    public void Strict_refuses_a_column_that_may_speak_of_the_sign_in_and_is_not_used(string header, string cell, bool isRefused)
    {
        Read(["Name", header], "jane", cell).Errors.ShouldBeEmpty();
        Func<ColumnMap> strict = () => ColumnMap.Create(["Name", header], new ImportOptions { Strict = true });
        if (isRefused)
        {
            Should.Throw<ColumnMapException>(strict).Message.ShouldContain($"'{header}' = ''");
        }
        else
        {
            strict().UnusedColumns.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void Of_several_columns_each_must_allow_it()
    {
        Read(["Name", "Enabled", "Suspended"], "jane", "True", "True").Spec.Enabled.ShouldBe(false);
        Read(["Name", "Enabled", "Suspended"], "jane", "True", "False").Spec.Enabled.ShouldBe(true);
        Read(["Name", "Enabled", "Suspended"], "jane", "", "").Spec.Enabled.ShouldBeNull();
        Read(["SamAccountName", "mail", "Enabled", "userAccountControl", "LockedOut"], "jane", "jane@example.org", "True", "514", "False").Spec.Enabled.ShouldBe(false);
    }

    [Fact]
    public void The_column_map_decides()
    {
        var ignored = ColumnMap.Create(["Name", "Suspended", "Dunno disabled"], new ImportOptions { ColumnOverrides = new Dictionary<string, string?> { ["Suspended"] = "", ["Dunno disabled"] = "Disabled" } });
        new RowReader(ignored).Read(new ImportRow(1, ["jane", "True", "no"], null)).Spec.Enabled.ShouldBe(true);
        new RowReader(ignored).Read(new ImportRow(1, ["jane", "False", "yes"], null)).Spec.Enabled.ShouldBe(false);
    }

    [Fact]
    public void Columns_of_other_things_with_such_words_stay_unused()
    {
        ColumnMap.Create(["Alias", "PrimarySmtpAddress", "LitigationHoldEnabled", "ArchiveStatus", "HiddenFromAddressListsEnabled", "BlockedSenders"])
            .UnusedColumns.Select(column => column.Header).ShouldBe(["LitigationHoldEnabled", "ArchiveStatus", "HiddenFromAddressListsEnabled", "BlockedSenders"]);
        ColumnMap.Create(["SamAccountName", "State", "mail"]).UnusedColumns.Single().Header.ShouldBe("State");
    }

    [Fact]
    public void A_disabled_row_makes_an_account_that_cannot_sign_in() =>
        ImportFixture.PlanText("Name,Email,suspended\nann,ann@example.org,TRUE\n").Row("ann").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);

    private static ParsedRow Read(string[] headers, params string[] cells) =>
        new RowReader(ColumnMap.Create(headers)).Read(new ImportRow(3, cells, null));
}
