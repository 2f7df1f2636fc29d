using MailAdmin.Client;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Tables of other systems: recognised and read as theirs, or refused with the way to do it.</summary>
public sealed class ForeignSourceTests
{
    private const string Hash = "$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e";

    // What LDAP locks with a mark before the hash stays locked.
    [Theory]
    [InlineData("{SSHA}AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==", true)]
    [InlineData("!{SSHA}AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==", false)]
    [InlineData("{CRYPT}!!", false)]
    [InlineData("{CRYPT}*", false)]
    public void The_password_of_a_directory_is_read(string cell, bool isTaken)
    {
        PlannedRow row = ImportFixture.PlanText($"dn,uid,cn,mail,userPassword,objectClass\n\"uid=zed,dc=example,dc=org\",zed,Zed,zed@example.org,{cell},inetOrgPerson", new ImportOptions { GeneratePassword = true }).Rows.Single();
        (row.Errors.Count == 0).ShouldBe(isTaken, string.Join(' ', row.Errors));
        row.GeneratesPassword.ShouldBeFalse();
    }

    [Fact]
    public void PostfixAdmin_has_the_full_name_in_name_and_the_login_is_the_address()
    {
        ImportPlan plan = ImportFixture.PlanText($"""
            username,password,name,maildir,quota,local_part,domain,created,modified,active
            pia@example.org,{Hash},Pia Admin,example.org/pia/,1073741824,pia,example.org,2021-01-01,2024-01-01,1
            gone@example.org,{Hash},Gone Person,example.org/gone/,0,gone,example.org,2021-01-01,2024-01-01,0
            small@example.org,{Hash},Small,example.org/small/,1024,small,example.org,2021-01-01,2024-01-01,1
            """);

        NewPrincipal pia = plan.Row("pia@example.org").NewPrincipal.ShouldNotBeNull();
        pia.Description.ShouldBe("Pia Admin");
        pia.Email.ShouldBe(["pia@example.org"]);
        pia.Quota.ShouldBe(1L << 30);
        plan.Row("gone@example.org").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row("small@example.org").Errors.Single().ErrorId.ShouldBe("QuotaInvalid");
        ImportFixture.PlanText("username,name,local_part,domain,active\npia@example.org,Pia Admin,pia,example.org,1\n", new ImportOptions { NoPassword = true, NameFrom = NameFrom.LocalPart })
            .Row("pia").NewPrincipal!.Description.ShouldBe("Pia Admin");
    }

    [Theory]
    [InlineData("username,password,name,description,mailbox_path_prefix,quota,local_part,domain,attributes,kind,active\nm@example.org,,Mail Cow,,/,3221225472,m,example.org,{},,2\n", "m@example.org", "Mail Cow", false)]
    [InlineData("username,password,name,first_name,last_name,storagebasedirectory,quota,domain,enablesmtp,active\ni@example.org,,Ira Mail,Ira,Mail,/var,0,example.org,1,1\n", "i@example.org", "Ira Mail", true)]
    public void So_have_mailcow_and_iRedMail(string table, string login, string description, bool mayEnter)
    {
        NewPrincipal principal = ImportFixture.PlanText(table).Row(login).NewPrincipal.ShouldNotBeNull();

        principal.Description.ShouldBe(description);
        principal.DisabledPermission.Count.ShouldBe(mayEnter ? 0 : 1);
    }

    [Fact]
    public void Gam_has_aliases_in_numbered_columns_and_says_who_is_suspended()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            primaryEmail,name.givenName,name.familyName,suspended,isAdmin,aliases.0,aliases.1,nonEditableAliases.0,orgUnitPath
            ada.gam@example.org,Ada,Gam,False,False,ada@example.org,a.gam@example.org,ada.gam@example.org.test-google-a.com,/Staff
            left.gam@example.org,Left,Gam,True,False,,,,/Leavers
            """, new ImportOptions { NoPassword = true, NameFrom = NameFrom.LocalPart });

        plan.Row("ada.gam").NewPrincipal!.Email.ShouldBe(["ada.gam@example.org", "ada@example.org", "a.gam@example.org"]);
        plan.Row("ada.gam").NewPrincipal!.Description.ShouldBe("Ada Gam");
        plan.Row("left.gam").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Warnings.ShouldHaveSingleItem().ShouldContain("1 in example.org.test-google-a.com");
        plan.UnusedColumns.Select(column => column.Header).ShouldBe(["isAdmin", "orgUnitPath"]);
    }

    [Fact]
    public void Google_says_who_is_archived_and_whose_address_is_about_to_change()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            First Name [Required],Last Name [Required],Email Address [Required],Password [Required],New Primary Email [UPLOAD ONLY],Status [READ ONLY],New Status [UPLOAD ONLY]
            Gina,Google,gina@example.org,****,,Active,
            Ara,Archived,ara@example.org,****,,Archived,
            Sue,Soon,sue@example.org,****,,Active,Suspended
            New,Primary,was@example.org,****,new@example.org,Active,
            """, new ImportOptions { NoPassword = true, NameFrom = NameFrom.LocalPart });

        plan.Row("gina").NewPrincipal!.DisabledPermission.ShouldBeEmpty();
        plan.Row("ara").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row("sue").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row("was").Errors.Single().Column.ShouldBe("New Primary Email [UPLOAD ONLY]");
    }

    [Fact]
    public void Entra_says_who_is_a_guest_and_who_is_blocked()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            userPrincipalName,displayName,surname,mail,givenName,userType,accountEnabled,proxyAddresses,state
            nora@example.org,Nora Field,Field,nora@example.org,Nora,Member,True,SMTP:nora@example.org+smtp:nora@contoso.onmicrosoft.com+SIP:nora@example.org,Bavaria
            left@example.org,Left,Field,left@example.org,Left,Member,False,,
            pat_else.example#EXT#@contoso.onmicrosoft.com,Pat,Else,pat@else.example,Pat,Guest,True,,
            """, new ImportOptions { NoPassword = true, NameFrom = NameFrom.LocalPart });

        plan.Row("nora").NewPrincipal!.Email.ShouldBe(["nora@example.org"]);
        plan.Row("left").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row(3).Action.ShouldBe(PlannedAction.Skipped);
        Should.Throw<ColumnMapException>(() => ImportFixture.PlanText("userPrincipalName,displayName,Block credential\nx@example.org,X,True\n")).ErrorId.ShouldBe("NameColumnMissing");
    }

    [Fact]
    public void The_by_products_of_Exchange_Online_are_left_out_and_counted()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            "DisplayName","Alias","PrimarySmtpAddress","EmailAddresses","RecipientTypeDetails","ProhibitSendReceiveQuota"
            "Nora Field","nora.field","nora.field@example.org","SMTP:nora.field@example.org;smtp:nfield@example.org;smtp:nora.field@contoso.onmicrosoft.com;smtp:nora.field@contoso.mail.onmicrosoft.com;SIP:nora.field@example.org;X500:/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=abc-Nora, F;SPO:SPO_1@SPO_2","UserMailbox","49.5 GB (53,150,220,288 bytes)"
            "Omar Said","omar.said","omar.said@contoso.onmicrosoft.com","SMTP:omar.said@contoso.onmicrosoft.com;smtp:omar.said@example.org","UserMailbox","Unlimited"
            "Lan Only","lan","lan@corp.local","SMTP:lan@corp.local","UserMailbox","Unlimited"
            "All Hands","allhands","allhands@example.org","SMTP:allhands@example.org;smtp:allhands@contoso.onmicrosoft.com","GroupMailbox",""
            "Contact Ext","cext","cext@elsewhere.example","SMTP:cext@elsewhere.example","MailContact",""
            "Discovery","disc","disc@contoso.onmicrosoft.com","SMTP:disc@contoso.onmicrosoft.com","DiscoveryMailbox","50 GB (53,687,091,200 bytes)"
            "Room 1","room1","room1@example.org","SMTP:room1@example.org","RoomMailbox",""
            "By rule","dyn","dyn@example.org","SMTP:dyn@example.org","DynamicDistributionGroup",""
            """, new ImportOptions { NoPassword = true });

        plan.Row("nora.field").NewPrincipal!.Email.ShouldBe(["nora.field@example.org", "nfield@example.org"]);
        plan.Row("omar.said").NewPrincipal!.Email.ShouldBe(["omar.said@example.org"]);
        plan.Row("lan").Errors.Single().ErrorId.ShouldBe("AddressMissing");
        plan.Row("allhands").Type.ShouldBe(PrincipalType.Group);
        plan.Row("cext").Changes.Single().ShouldContain("MailContact");
        plan.Row("disc").Changes.Single().ShouldContain("DiscoveryMailbox");
        plan.Row("dyn").Errors.Single().Message.ShouldContain("found by a rule");
        plan.Warnings.ShouldSatisfyAllConditions(
            all => all.Count.ShouldBe(2),
            all => all[0].ShouldContain("(8 in all)"),
            all => all[0].ShouldContain("3 in contoso.onmicrosoft.com"),
            all => all[0].ShouldContain("1 in corp.local"),
            all => all[0].ShouldContain("1 of the kind X500"),
            all => all[1].ShouldContain("2 rows are skipped"));
    }

    [Fact]
    public void An_address_in_a_domain_that_exists_here_is_kept_whatever_it_is_called()
    {
        ImportPlan plan = ImportFixture.PlanText("Name,Type,Email\nfirm.local,Domain,\nann,Individual,ann@firm.local\n");

        plan.Row("ann").NewPrincipal!.Email.ShouldBe(["ann@firm.local"]);
        plan.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Csvde_has_flags_and_texts_in_hexadecimal_digits()
    {
        ImportPlan plan = ImportFixture.PlanText("""
            DN,objectClass,cn,sn,givenName,displayName,userAccountControl,sAMAccountName,mail,proxyAddresses
            "CN=Left,DC=corp",user,Left Person,Person,Left,Left Person,66050,lperson,left@example.org,SMTP:left@example.org
            "CN=J\C3\BCrgen,DC=corp",user,X'4a',X'4bc3b6686c6572',X'4ac3bc7267656e',X'4ac3bc7267656e204bc3b6686c6572',512,jkoehler,jk@example.org,SMTP:jk@example.org
            "CN=PC1,DC=corp",top;person;organizationalPerson;user;computer,PC1,,,,4096,PC1$,,
            """);

        plan.Row("lperson").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row("jkoehler").NewPrincipal!.Description.ShouldBe("Jürgen Köhler");
        plan.Row("pc1$").Action.ShouldBe(PlannedAction.Skipped);
    }

    [Theory]
    [InlineData("username,name,email\njdoe,Jane Doe,jane@example.org\n", "username")]
    [InlineData("Name,Login,Email\nJane,jdoe,jane@example.org\n", "Login")]
    [InlineData("Benutzername;Name;Email\njdoe;Jane;jane@example.org\n", "Benutzername")]
    public void Where_the_login_may_be_in_either_of_two_columns_somebody_must_decide(string table, string header)
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ImportFixture.PlanText(table));

        exception.ErrorId.ShouldBe("AmbiguousColumn");
        exception.Message.ShouldContain($"-ColumnMap @{{ '{header}' = 'Name'");
        var decided = new ImportOptions { NoPassword = true, ColumnOverrides = new Dictionary<string, string?> { [header] = "Name", ["Name"] = "Description" } };
        ImportFixture.PlanText(table, decided).Row("jdoe").Action.ShouldBe(PlannedAction.Create);
    }

    [Theory]
    [InlineData("address,goto,domain,active\ninfo@example.org,a@example.org,example.org,1\n")]
    [InlineData("address,name,forwarding,domain\ninfo@example.org,x,a@example.org,example.org\n")]
    public void Forwardings_are_no_accounts(string table) =>
        Should.Throw<ColumnMapException>(() => ImportFixture.PlanText(table, new ImportOptions { NoPassword = true, NameFrom = NameFrom.Email }))
            .ErrorId.ShouldBeOneOf("ForwardingsNotSupported", "NoKnownColumns", "NameColumnMissing");

    [Fact]
    public void Display_names_are_no_logins_unless_they_are_meant()
    {
        const string Table = "Name,Email\nJane Doe,jane@example.org\n";

        ImportFixture.PlanText(Table).Row(1).Errors.Single().Message.ShouldContain("-AllowUnusualName");
        ImportFixture.PlanText(Table, new ImportOptions { NoPassword = true, AllowUnusualName = true }).Row("jane doe").Action.ShouldBe(PlannedAction.Create);
        ImportFixture.PlanText("Name,Type,Email\nFront Desk,Group,desk@example.org\n").Row("front desk").Action.ShouldBe(PlannedAction.Create);
    }

    [Fact]
    public void An_account_without_an_address_must_be_meant()
    {
        const string Table = "Name,Type,Email\nann,,\nteam,Group,\n";

        ImportFixture.PlanText(Table, new ImportOptions { NoPassword = true }).Row("ann").Errors.Single().ErrorId.ShouldBe("AddressMissing");
        ImportFixture.PlanText(Table, new ImportOptions { NoPassword = true }).Row("team").Action.ShouldBe(PlannedAction.Create);
        ImportFixture.PlanText(Table, new ImportOptions { NoPassword = true, NoAddress = true }).Row("ann").Action.ShouldBe(PlannedAction.Create);
    }
}
