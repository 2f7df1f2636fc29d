using MailAdmin.Client;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Tests.Provisioning;

/// <summary>
/// What a cell says of the sign-in under the headers that programs and people write: it is read where its meaning is plain, refused where it is not, and the column
/// is reported as not used where it speaks of something else.
/// </summary>
public sealed class SignInHeaderTests
{
    private const string NotUsed = "not used";
    private const string Refused = "refused";
    private const string Enabled = "enabled";
    private const string Disabled = "disabled";
    private const string Nothing = "nothing";

    // Of a program that is named, the headers that it writes; the others of people.
    private static readonly (string Header, string Cell, string Expected)[] s_table =
    [
        ("Situação", "Bloqueado", Disabled),
        ("Situação", "Ativo", Enabled),
        ("Tilstand", "Deaktiveret", Disabled),
        ("De baja", "Sí", Disabled),
        ("Former", "TRUE", Refused),
        ("mailEnabled", "FALSE", Refused),
        ("smtpEnabled", "0", Refused),
        ("LicenseStatus", "Suspended", Refused),
        ("Situação", "Baja", Disabled),
        ("Estado", "Baja", Refused),
        ("Estado", "Baja California", NotUsed),
        ("Låst", "Ja", Disabled),
        ("Status", "Låst", Disabled),
        ("Status", "Avslutad", Disabled),
        ("Actie", "nee", NotUsed),
        ("Uit dienst", "ja", Disabled),
        ("Uit dienst", "nee", Enabled),
        ("Passiv", "Evet", Disabled),
        ("orclIsEnabled", "DISABLED", Disabled),
        ("退職日", "2020-01-01", Refused),
        ("Data wyjścia", "2020-01-01", Refused),
        ("Blok", "1", Refused),
        ("Blok", "B 12", NotUsed),
        // Active Directory, Entra
        ("accountExpires", "never", Nothing),
        ("accountExpires", "133000000000000000", Disabled),
        ("AccountExpirationDate", "2999-01-01 00:00:00", Refused),
        ("accountEnabled", "True", Enabled),
        ("DeletedDateTime", "2024-02-03T10:00:00Z", Disabled),
        ("DeletedDateTime", "", Nothing),
        ("EmployeeLeaveDateTime", "2024-02-03T10:00:00Z", Refused),
        ("SoftDeletionTimestamp", "2024-02-03 10:00:00", Disabled),
        ("Block sign-in", "TRUE", Disabled),
        ("PasswordExpired", "True", NotUsed),
        ("PasswordNeverExpires", "False", NotUsed),
        ("CannotChangePassword", "True", NotUsed),
        ("MFA Status", "Disabled", NotUsed),
        ("lastLogonTimestamp", "133000000000000000", NotUsed),
        // Exchange
        ("AccountDisabled", "True", Disabled),
        ("IsSoftDeletedByRemove", "False", Nothing),
        ("ImapEnabled", "False", NotUsed),
        ("LitigationHoldEnabled", "False", NotUsed),
        ("RetainDeletedItemsFor", "14.00:00:00", NotUsed),
        ("EndDateForRetentionHold", "2020-01-01", NotUsed),
        // Google, gam, Okta, JumpCloud
        ("New Status [UPLOAD ONLY]", "Suspended", Disabled),
        ("deletionTime", "2024-02-03T10:00:00.000Z", Disabled),
        ("suspensionReason", "ADMIN", Refused),
        ("isAdmin", "False", NotUsed),
        ("changePasswordAtNextLogin", "False", NotUsed),
        ("Last Sign In", "Never logged in", NotUsed),
        ("status", "DEPROVISIONED", Disabled),
        ("status", "LOCKED_OUT", Disabled),
        ("status", "STAGED", Refused),
        ("statusChanged", "2024-02-03T10:00:00Z", NotUsed),
        ("account_locked", "true", Disabled),
        ("state", "SUSPENDED", Refused),
        ("state", "ACTIVATED", NotUsed),
        ("enable_managed_uid", "false", NotUsed),
        ("enable_user_portal_multifactor", "false", NotUsed),
        ("allow_public_key", "false", NotUsed),
        ("disableDeviceMaxLoginAttempts", "false", NotUsed),
        // Zimbra, Kerio, hMailServer
        ("zimbraAccountStatus", "closed", Disabled),
        ("zimbraAccountStatus", "maintenance", Disabled),
        ("zimbraMailStatus", "disabled", Refused),
        ("zimbraMailStatus", "enabled", NotUsed),
        ("zimbraFeatureMailForwardingEnabled", "FALSE", NotUsed),
        ("zimbraFeatureCalendarEnabled", "FALSE", NotUsed),
        ("zimbraPrefOutOfOfficeReplyEnabled", "FALSE", NotUsed),
        ("zimbraIsAdminAccount", "FALSE", NotUsed),
        ("zimbraIsDelegatedAdminAccount", "FALSE", NotUsed),
        ("zimbraPasswordLockoutEnabled", "TRUE", NotUsed),
        ("zimbraHideInGal", "FALSE", NotUsed),
        ("Account enabled", "0", Disabled),
        ("allowPasswordChange", "0", NotUsed),
        ("accountactive", "0", Disabled),
        ("accountforwardenabled", "0", NotUsed),
        ("accountenablesignature", "0", NotUsed),
        ("accountvacationexpiredate", "2020-01-01", NotUsed),
        // Plesk, cPanel, DirectAdmin, ISPConfig, Mailu, Modoboa, iRedMail
        ("Cp access", "disabled", NotUsed),
        ("Forwarding", "false", NotUsed),
        ("suspended_login", "1", Disabled),
        ("suspended_incoming", "1", Refused),
        ("suspended_incoming", "0", Nothing),
        ("suspendreason", "not suspended", Nothing),
        ("suspendreason", "unpaid", Refused),
        ("is_locked", "0", Enabled),
        ("suspended", "No", Enabled),
        ("disableimap", "y", Refused),
        ("disableimap", "n", Nothing),
        ("enable_imap", "False", Refused),
        ("enable_imap", "True", Nothing),
        ("spam_enabled", "False", NotUsed),
        ("reply_enddate", "2020-12-31", NotUsed),
        ("is_active", "False", Disabled),
        ("enablesmtp", "0", Refused),
        // Univention, FreeIPA, OpenLDAP, Samba, Dovecot
        ("locked", "none", Enabled),
        ("locked", "all", Refused),
        ("lockedTime", "0", Nothing),
        ("userexpiry", "2020-12-31", Disabled),
        ("passwordexpiry", "2020-12-31", NotUsed),
        ("pwdChangeNextLogin", "0", NotUsed),
        ("nsAccountLock", "FALSE", Enabled),
        ("krbPrincipalExpiration", "20201231235959Z", Disabled),
        ("krbPrincipalExpiration", "29991231235959Z", Refused),
        ("krbPasswordExpiration", "20201231235959Z", NotUsed),
        ("preserved", "True", Refused),
        ("loginShell", "/sbin/nologin", Refused),
        ("loginShell", "/bin/false", Refused),
        ("loginShell", "/bin/bash", NotUsed),
        ("shadowExpire", "-1", Nothing),
        ("shadowExpire", "1", Refused),
        ("shadowLastChange", "19000", NotUsed),
        ("shadowMax", "99999", NotUsed),
        ("pwdAccountLockedTime", "000001010000Z", Refused),
        ("pwdReset", "TRUE", NotUsed),
        ("sambaAcctFlags", "[DU         ]", Disabled),
        ("sambaAcctFlags", "[U          ]", Enabled),
        ("sambaKickoffTime", "1600000000", Disabled),
        ("nologin", "true", Disabled),
        ("nologin", "", Nothing),
        // People, in English
        ("Lock", "x", Refused),
        ("Lock", "yes", Disabled),
        ("Account Lock", "no", Enabled),
        ("Locked", "1", Disabled),
        ("Login suspended since", "2024-01-01", Disabled),
        ("Active since", "2024-01-01", NotUsed),
        ("Expired", "yes", Disabled),
        ("Expired", "no", Enabled),
        ("Expires", "2020-01-31", Disabled),
        ("Expires", "31.01.2020", Refused),
        ("Expires", "never", Nothing),
        ("deletedAt", "2020-01-31 08:00:00", Disabled),
        ("deleted_at", "0000-00-00 00:00:00", Nothing),
        ("suspended on", "1600000000", Disabled),
        ("End Date", "2020-01-31", Refused),
        ("EndDate", "2999-01-31", Refused),
        ("EndDate", "9999-12-31", Nothing),
        ("Account End Date", "2020-01-31", Disabled),
        ("Contract end date", "2020-01-31", Refused),
        ("Terminated", "2020-01-31", Disabled),
        ("Can sign in", "no", Disabled),
        ("allow_login", "0", Disabled),
        ("Status", "not active", Disabled),
        ("Banned", "true", Disabled),
        ("Department", "Disabled", NotUsed),
        ("Department", "Maintenance", NotUsed),
        ("Office", "closed", NotUsed),
        ("VPN", "disabled", NotUsed),
        ("VPN status", "disabled", NotUsed),
        ("Employment status", "terminated", Refused),
        ("Employment status", "full-time", NotUsed),
        ("Notes", "suspended", Refused),
        ("Notes", "likes cats", NotUsed),
        ("Locker", "A 12", NotUsed),
        ("Annual leave", "20", NotUsed),
        ("Start date", "2020-01-31", NotUsed),
        // German, French, Spanish, Portuguese, Italian
        ("Ausgetreten", "ja", Disabled),
        ("Austrittsdatum", "2020-01-31", Refused),
        ("Gültig bis", "2020-01-31", Disabled),
        ("Status", "nicht aktiv", Disabled),
        ("Abteilung", "Gesperrt", NotUsed),
        ("Compte verrouillé", "oui", Disabled),
        ("État", "désactivée", Refused),
        ("Date de départ", "2020-01-31", Refused),
        ("Estado", "Jalisco", NotUsed),
        ("Estado", "Activo", NotUsed),
        ("Estado", "Bloqueado", Refused),
        ("Archivé", "oui", Refused),
        ("Archivée", "oui", Disabled),
        ("Estado de la cuenta", "Suspendida", Disabled),
        ("Cuenta deshabilitada", "sí", Disabled),
        ("Conta bloqueada", "não", Enabled),
        ("Data de desligamento", "2020-01-31", Refused),
        ("Stato account", "disattivato", Disabled),
        ("Stato", "Italia", NotUsed),
        // Dutch, Swedish, Danish, Hungarian, Turkish
        ("Geblokkeerd", "nee", Enabled),
        ("Account vergrendeld", "ja", Disabled),
        ("Einddatum", "2020-01-31", Refused),
        ("Konto spärrat", "ja", Disabled),
        ("Status", "blockerad", Disabled),
        ("Slutdatum", "2020-01-31", Refused),
        ("Spærret", "nej", Enabled),
        ("Állapot", "zárolt", Disabled),
        ("Letiltva", "igen", Disabled),
        ("Hesap durumu", "Pasif", Disabled),
        ("Etkin", "Hayır", Disabled),
        ("Kilitli", "Evet", Disabled),
        ("Engelli", "Evet", NotUsed),
        // Polish, Czech, Slovak
        ("Konto aktywne", "nie", Disabled),
        ("Status konta", "zablokowane", Disabled),
        ("Wyłączone", "tak", Disabled),
        ("Wylaczone", "nie", Enabled),
        ("Data zwolnienia", "2020-01-31", Refused),
        ("Zablokovaný", "ano", Disabled),
        ("Zablokován", "ne", Enabled),
        ("Zakázaný", "ano", Disabled),
        ("Stav účtu", "neaktivní", Disabled),
        ("Stav", "pozastavený", Disabled),
        ("Aktívny", "áno", Enabled),
        ("Datum ukončení", "2020-01-31", Refused),
        ("Poznámka", "zrušen", Refused),
        // Russian, Ukrainian, Japanese, Chinese
        ("Заблокирована", "да", Disabled),
        ("Отключён", "нет", Enabled),
        ("Активна", "нет", Disabled),
        ("Состояние", "отключена", Disabled),
        ("Статус", "не активен", Disabled),
        ("Статус учетной записи", "Уволен", Disabled),
        ("Дата увольнения", "2020-01-31", Refused),
        ("Примечание", "уволен", Refused),
        ("Отдел", "Архив", NotUsed),
        ("Заблоковано", "так", Disabled),
        ("Стан", "вимкнено", Disabled),
        ("アカウント状態", "無効", Disabled),
        ("账户状态", "已停用", Disabled),
        // Words that say how a yes is written
        ("active_flag", "N", Disabled),
        ("active_flag", "Y", Enabled),
        ("ActiveFlag", "0", Disabled),
        ("EnabledFlag", "false", Disabled),
        ("enabledflag", "1", Enabled),
        ("active_yn", "N", Disabled),
        ("enabled_yn", "n", Disabled),
        ("ACTIVE_IND", "N", Disabled),
        ("IsActiveIndicator", "no", Disabled),
        ("Locked (bool)", "true", Disabled),
        ("disabled_value", "1", Disabled),
        ("StatusCode", "disabled", Disabled),
        ("Is active (Y/N)", "N", Disabled),
        ("Is active Y/N", "Y", Enabled),
        ("Enabled (yes/no)", "no", Disabled),
        ("Locked? (1 = yes, 0 = no)", "1", Disabled),
        ("Enabled (T/F)", "F", Disabled),
        ("Aktiv (ja/nein)", "nein", Disabled),
        ("Aktiv (J/N)", "J", Enabled),
        ("Aktiv-Kennzeichen", "N", Disabled),
        ("Actif (oui/non)", "non", Disabled),
        ("Actif (O/N)", "N", Disabled),
        ("Activo (S/N)", "N", Disabled),
        ("Ativo (sim/não)", "não", Disabled),
        ("Aktywne (T/N)", "N", Disabled),
        ("Aktywne (tak/nie)", "nie", Disabled),
        ("Aktivní (A/N)", "N", Disabled),
        ("Активен (да/нет)", "нет", Disabled),
        ("Department flag", "N", NotUsed),
        ("VPN flag", "N", NotUsed),
        ("Country code", "NO", NotUsed),
        // Words of locking
        ("Ban", "1", Disabled),
        ("Ban", "0", Enabled),
        ("Disable", "yes", Disabled),
        ("Suspend", "TRUE", Disabled),
        ("Freeze", "1", Disabled),
        ("Block", "yes", Refused),
        ("Block", "B 12", NotUsed),
        ("Deny", "x", Refused),
        ("Hold", "yes", Refused),
        ("On hold", "no", Nothing),
        ("Litigation hold", "yes", NotUsed),
        ("Until", "2020-01-01", NotUsed),
        ("Employed", "no", Refused),
        ("Sperre", "ja", Refused),
        ("Sperrvermerk", "x", Refused),
        ("Blocage", "oui", Refused),
        ("Bloqueo", "sí", Refused),
        ("Congelado", "sí", Refused),
        ("Blocco", "sì", Refused),
        ("Blokade", "ja", Refused),
        ("Zamrożone", "tak", Refused),
        ("Donduruldu", "evet", Refused),
        ("Блокировка", "да", Refused),
        ("封禁", "是", Refused),
        ("Bank", "1", NotUsed),
        ("Urban area", "yes", NotUsed),
        // The end
        ("Valid to", "2020-01-01", Disabled),
        ("valid_to", "2020-01-01", Disabled),
        ("ValidThrough", "2020-01-01", Disabled),
        ("valid_thru", "2999-01-01", Refused),
        ("Valid till", "never", Nothing),
        ("Validity end", "2020-01-01", Disabled),
        ("Account to date", "2020-01-01", Disabled),
        ("Access until", "2020-01-01", Disabled),
        ("Konto bis", "2020-01-01", Disabled),
        ("Valid from", "2020-01-01", NotUsed),
        ("Due to", "2020-01-01", NotUsed),
        ("Contract end", "2020-01-01", Refused),
        ("Contract end", "2999-01-01", Nothing),
        ("Contract end", "31.12.2019", Refused),
        ("Contract end", "31.12.2999", Nothing),
        ("Contract end", "31.12.2563", Refused),
        ("Contract end", "permanent", Nothing),
        ("Contract end", "1399/01/01", Refused),
        ("Contract valid until", "2020-01-01", Refused),
        ("Vertragsende", "2020-01-01", Refused),
        ("Vertragsende", "unbefristet", Nothing),
        ("Fin de contrat", "2020-01-01", Refused),
        ("EmployeeLeaveDateTime", "2999-02-03T10:00:00Z", Nothing),
        ("accountExpires", "1399/01/01", Refused),
        ("accountExpires", "1441-05-06", Refused),
        // The way in, and work
        ("Access", "No access", Refused),
        ("Access", "no", Refused),
        ("Access", "denied", Refused),
        ("Access", "Full", NotUsed),
        ("Access", "None", Refused),
        ("Zugriff", "keiner", Refused),
        ("Acceso", "ninguno", Refused),
        ("Sign-in status", "Allowed", Enabled),
        ("Sign-in status", "Blocked", Disabled),
        ("Anmeldestatus", "erlaubt", NotUsed),
        ("Account status", "permitted", Enabled),
        ("Remarks", "allowed", NotUsed),
        // For some minutes, after wrong passwords
        ("LockedOut", "True", Refused),
        ("LockedOut", "False", Nothing),
        ("Account Locked Out", "yes", Refused),
        ("IsAccountLockedOut", "TRUE", Refused),
        ("Locked", "True", Disabled),
        // Where a directory keeps it
        ("OU", "Disabled Users", Refused),
        ("OU", "Users", NotUsed),
        ("OU", "Active Users", NotUsed),
        ("OrgUnitPath", "/Suspended", Refused),
        ("Org Unit Path", "/Staff/Former/Left", Refused),
        ("OrgUnitPath", "/Staff", NotUsed),
        ("ParentContainer", "OU=Gesperrt,DC=example,DC=org", Refused),
        ("ParentContainer", "OU=Locke,DC=example,DC=org", NotUsed),
        ("CanonicalName", "example.org/Leavers/Jane Doe", Refused),
        ("Cost center", "Closed", NotUsed),
        ("Zugang", "kein Zugang", Refused),
        ("Accès", "sans accès", Refused),
        ("Employee Active", "no", Refused),
        ("Employee Active", "yes", Nothing),
        ("EmployeeStatus", "T", Refused),
        ("EmployeeStatus", "A", NotUsed),
        ("Marital status", "S", NotUsed),
        ("pw_status", "L", Refused),
        ("pw_status", "P", NotUsed),
        ("password_status", "LK", Refused),
        ("smtp_access", "0", Refused),
        ("smtp_access", "1", Nothing),
        ("Webmail access", "no", Refused),
        ("VPN access", "no", NotUsed),
        ("Disabled", "-1", Refused),
        ("Enabled", "2", Refused),
        ("Enabled", "/sbin/nologin", Disabled),
        ("Enabled", "/usr/sbin/nologin", Disabled),
        ("Disabled", "/bin/false", Disabled),
        ("Disabled", "/dev/null", Disabled),
        ("Disabled", "/bin/bash", Enabled),
        ("Enabled", "/home/jane", Refused),
    ];

    public static TheoryData<string, string, string> Table => new(s_table.Select(row => new TheoryDataRow<string, string, string>(row.Header, row.Cell, row.Expected)));

    [Theory]
    [MemberData(nameof(Table))]
    public void A_cell_is_read_refused_or_not_used(string header, string cell, string expected)
    {
        var map = ColumnMap.Create(["Name", header]);

        ParsedRow row = new RowReader(map).Read(new ImportRow(3, ["jane", cell], null));

        string found = row.Errors.Count > 0 ? Refused
            : row.Spec.Enabled is { } enabled ? enabled ? Enabled : Disabled
            : map.UnusedColumns.Any(column => column.Header == header) ? NotUsed : Nothing;
        found.ShouldBe(expected);
        if (found == Refused)
        {
            RowError error = row.Errors.ShouldHaveSingleItem();
            (error.ErrorId, error.Column, error.Value).ShouldBe(("EnabledInvalid", header, cell));
            error.Message.ShouldContain($"-ColumnMap @{{ '{header}' = ");
        }
    }

    [Theory]
    [InlineData("Remarks", "gesperrt")]
    [InlineData("state", "suspended")]
    [InlineData("zimbraMailStatus", "disabled")]
    [InlineData("loginShell", "/sbin/nologin")]
    public void What_may_only_be_a_remark_is_of_no_account_where_another_column_says_it(string header, string cell)
    {
        Read(["Name", "Enabled", header], "jane", "True", cell).Spec.Enabled.ShouldBe(true);
        Read(["Name", "Enabled", header], "jane", "True", cell).Errors.ShouldBeEmpty();
        Read(["Name", "Enabled", header], "jane", "", cell).Errors.ShouldHaveSingleItem();
        ColumnMap.Create(["Name", "Enabled", header]).UnusedColumns.ShouldHaveSingleItem().Header.ShouldBe(header);
    }

    [Theory]
    [InlineData("IMAP disabled", "yes")]
    [InlineData("Suspension Reason", "unpaid")]
    [InlineData("End Date", "2020-01-31")]
    public void A_doubt_remains_where_another_column_allows_it_and_is_none_where_it_forbids_it(string header, string cell)
    {
        Read(["Name", "Enabled", header], "jane", "True", cell).Errors.ShouldHaveSingleItem().Column.ShouldBe(header);
        Read(["Name", "Enabled", header], "jane", "False", cell).Errors.ShouldBeEmpty();
        Read(["Name", "Enabled", header], "jane", "False", cell).Spec.Enabled.ShouldBe(false);
    }

    // An export that is known may have columns of the company's own.
    [Theory]
    [InlineData("msDS-UserAccountDisabled", "TRUE")]
    [InlineData("Sperre", "Ja")]
    [InlineData("Suspended since", "2020-01-31")]
    public void A_column_of_its_own_in_a_known_export_is_read_too(string header, string cell)
    {
        ParsedRow row = Read(["sAMAccountName", "mail", "displayName", header], "jane", "jane@example.org", "Jane", cell);

        (row.Errors.Count > 0 || row.Spec.Enabled == false).ShouldBeTrue();
    }

    [Theory]
    [InlineData("extensionAttribute1", "disabled")]
    [InlineData("CustomAttribute15", "Gesperrt")]
    [InlineData("employeeStatus", "Terminated")]
    [InlineData("Estado", "Baja")]
    [InlineData("info", "suspended")]
    public void What_a_company_notes_in_a_known_export_is_no_lock_where_the_export_says_more(string header, string cell)
    {
        Read(["sAMAccountName", "mail", "displayName", header], "jane", "jane@example.org", "Jane", cell).Errors.ShouldHaveSingleItem().Column.ShouldBe(header);
        Read(["sAMAccountName", "mail", "userAccountControl", header], "jane", "jane@example.org", "512", cell).Errors.ShouldBeEmpty();
        Read(["sAMAccountName", "mail", "displayName", header], "jane", "jane@example.org", "Jane", "Berlin").Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Actve")]
    [InlineData("Satus")]
    [InlineData("Disbled")]
    public void A_misspelt_header_ends_it_whatever_wrote_the_others(string header)
    {
        foreach (string[] others in new string[][] { ["Name", "Email"], ["sAMAccountName", "mail", "displayName"], ["primaryEmail", "name.fullName"] })
        {
            Should.Throw<ColumnMapException>(() => ColumnMap.Create([.. others, header])).ErrorId.ShouldBe("ColumnMisspelt");
        }
    }

    private static ParsedRow Read(string[] headers, params string[] cells) => new RowReader(ColumnMap.Create(headers)).Read(new ImportRow(3, cells, null));
}
