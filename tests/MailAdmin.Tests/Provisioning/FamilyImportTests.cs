// What an import says of a row, over both families of servers: the same as New-MailPrincipal, of the column that is wrong, and what can be done.
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

public sealed class FamilyImportTests : IDisposable
{
    private readonly HostedShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Resource", "Resource")]
    [InlineData("Location", "Location")]
    [InlineData("RoomMailbox", "Location")]
    [InlineData("EquipmentMailbox", "Resource")]
    public void A_type_that_the_server_does_not_have_is_refused_as_New_refuses_it(string cell, string type)
    {
        Connect("0.16");
        string refusal = _shell.Run($"New-MailPrincipal room@example.org -Type {type}").Errors.ShouldHaveSingleItem().ToString();
        refusal.ShouldContain("-NoPassword");
        // Whatever else a row of that type could not have.
        MailImportResult failed = Import($"@{{ Name = 'room'; Type = '{cell}'; Password = 'a made-up password'; MemberOf = 'nobody' }}");
        (failed.Column, failed.ErrorId, failed.Error).ShouldBe(("Type", "Unsupported", refusal));
    }

    [Theory]
    [InlineData("Other", "Unsupported")]
    [InlineData("Something", "TypeUnknown")]
    public void Of_another_type_only_those_are_offered_that_the_server_has(string cell, string errorId)
    {
        Connect("0.16");
        MailImportResult failed = Import($"@{{ Name = 'x@example.org'; Type = '{cell}' }}");
        (failed.Column, failed.ErrorId).ShouldBe(("Type", errorId));
        failed.Error.ShouldNotBeNull().ShouldNotContain("Resource");
        failed.Error.ShouldNotContain("Location");
    }

    // In a circle or not: on 0.16 no group is in any.
    [Theory]
    [InlineData("0.15", "@{ Name = 'a'; Type = 'Group'; MemberOf = 'b' }, @{ Name = 'b'; Type = 'Group'; MemberOf = 'a' }", "member of itself")]
    [InlineData("0.15", "@{ Name = 'a'; Type = 'Group'; MemberOf = 'a' }", "cannot belong to itself")]
    [InlineData("0.16", "@{ Name = 'a@example.org'; Type = 'Group'; MemberOf = 'b@example.org' }, @{ Name = 'b@example.org'; Type = 'Group'; MemberOf = 'a@example.org' }", "groups cannot be in groups")]
    [InlineData("0.16", "@{ Name = 'a@example.org'; Type = 'Group'; MemberOf = 'a@example.org' }", "groups cannot be in groups")]
    [InlineData("0.16", "@{ Name = 'a@example.org'; Type = 'Group'; MemberOf = 'nobody@example.org' }", "groups cannot be in groups")]
    [InlineData("0.16", "@{ Name = 'staff@example.org'; Type = 'Group'; MemberOf = 'b@example.org' }, @{ Name = 'b@example.org'; Type = 'Group'; MemberOf = 'staff@example.org' }", "groups cannot be in groups")]
    [InlineData("0.16", "@{ Name = 'a@example.org'; Type = 'Group'; Member = 'b@example.org' }, @{ Name = 'b@example.org'; Type = 'Group'; Member = 'a@example.org' }", "groups cannot be in groups")]
    public void A_group_in_a_group_is_refused_for_what_the_server_cannot_do(string version, string rows, string reason)
    {
        Connect(version);
        MailImportResult[] failed = [.. ImportAll(rows).Where(result => result.Action == "Failed")];
        failed.Length.ShouldBe(rows.Split("Name =").Length - 1);
        failed.ShouldAllBe(result => result.Error!.Contains(reason) && result.Error.Contains("itself") == (version == "0.15"));
    }

    [Theory]
    [InlineData("Set-MailPrincipal sales@example.org -AddMemberOf sales@example.org")]
    [InlineData("Set-MailPrincipal sales@example.org -AddMemberOf staff@example.org")]
    [InlineData("Set-MailPrincipal sales@example.org -AddMember sales@example.org")]
    [InlineData("Set-MailPrincipal sales@example.org -AddMember staff@example.org")]
    [InlineData("New-MailPrincipal all@example.org -Type Group -Email all@example.org -MemberOf staff@example.org")]
    [InlineData("New-MailPrincipal all@example.org -Type Group -Email all@example.org -Member staff@example.org -MemberOf staff@example.org")]
    public void So_is_one_that_is_set_or_made(string script)
    {
        Connect("0.16");
        foreach (string mode in (string[])[" -WhatIf", ""])
        {
            string error = _shell.Run(script + mode).Errors.ShouldHaveSingleItem().ToString();
            error.ShouldContain("groups cannot be in groups");
            error.ShouldNotContain("itself");
        }
    }

    [Theory]
    [InlineData("0.15", "Individual")]
    [InlineData("0.15", "Group")]
    [InlineData("0.15", "List")]
    [InlineData("0.16", "Individual")]
    [InlineData("0.16", "Group")]
    [InlineData("0.16", "List")]
    public void A_catch_all_is_no_name_and_the_advice_can_be_followed(string version, string type)
    {
        Connect(version);
        string password = type == "Individual" ? " -NoPassword" : "";
        string made = _shell.Run($"New-MailPrincipal '@example.org' -Type {type}{password}").Errors.ShouldHaveSingleItem().ToString();
        MailImportResult failed = Import($"@{{ Name = '@example.org'; Type = '{type}' }}");
        (failed.Column, failed.ErrorId).ShouldBe(("Name", "NameInvalid"));
        failed.Error.ShouldNotBeNull().ShouldStartWith(made);
        made.ShouldContain("such as info@example.org, @example.org");
        _shell.Run($"New-MailPrincipal others@example.org -Type {type} -Email others@example.org, '@example.org'{password}").ShouldHaveNoErrors();
    }

    [Theory]
    [InlineData("0.15", "$null", "NameMissing", "has no name")]
    [InlineData("0.15", "$true", "NameTypographic", "is not a name")]
    [InlineData("0.16", "$null", "NameMissing", "has no name")]
    [InlineData("0.16", "''", "NameMissing", "has no name")]
    [InlineData("0.16", "$true", "NameNotAddress", "is not a name")]
    [InlineData("0.16", "$false", "NameNotAddress", "is not a name")]
    [InlineData("0.16", "'1.0E+05'", "NameNotAddress", "is not a name")]
    public void A_name_that_is_another_value_is_told_by_its_row_and_once(string version, string name, string errorId, string reason)
    {
        Connect(version);
        foreach (string email in (string[])["; Email = 'ann@example.org'", ""])
        {
            ScriptResult run = _shell.Run($"[pscustomobject]@{{ Name = {name}{email} }} | Import-MailPrincipal -NoPassword -NoAddress");
            MailImportResult failed = run.OutputAs<MailImportResult>().ShouldHaveSingleItem();
            (failed.Column, failed.ErrorId).ShouldBe(("Name", errorId));
            run.Errors.ShouldHaveSingleItem().ToString().ShouldStartWith($"Row 1, column 'Name': {failed.Error}");
            failed.Error.ShouldNotBeNull().ShouldContain(reason);
            failed.Error.ShouldNotContain("has no domain");
        }
    }

    // The sign in a login is none of a password where its letters are those of its address.
    [Theory]
    [InlineData("br[ack]et", "bracket@example.org", true)]
    [InlineData("back`tick", "backtick@example.org", true)]
    [InlineData("$dollar", "dollar@example.org", true)]
    [InlineData("Secret#2024", "ann@example.org", false)]
    [InlineData("ann!2024", "ann@example.org", false)]
    public void A_login_with_signs_is_shown_where_it_is_that_of_its_address(string name, string address, bool isShown)
    {
        Connect("0.16");
        MailImportResult failed = Import($"@{{ Name = '{name}'; Email = '{address}'; Password = 'pw-brack-1111111' }}");
        failed.Identity.ShouldBe(isShown ? name : "");
        failed.Error.ShouldNotBeNull().Contains($"'{name}'", StringComparison.Ordinal).ShouldBe(isShown);
    }

    // What is made, what is imported and what is read have one name.
    [Theory]
    [InlineData("0.15", "Help Desk", "Role", "")]
    [InlineData("0.15", "müller.org", "Domain", "")]
    [InlineData("0.15", "Ann@example.org", "Individual", "; Email = 'Ann@example.org'")]
    [InlineData("0.15", "WebApp", "OauthClient", "")]
    [InlineData("0.16", "Help Desk", "Role", "")]
    [InlineData("0.16", "Acme Corp", "Tenant", "")]
    [InlineData("0.16", "WebApp", "OauthClient", "")]
    [InlineData("0.16", "müller.org", "Domain", "")]
    [InlineData("0.16", "Big.ORG", "Domain", "")]
    [InlineData("0.16", "Ann@EXAMPLE.org", "Individual", "; Email = 'Ann@EXAMPLE.org'")]
    [InlineData("0.16", "ann@bücher.org", "Individual", "; Email = 'ann@bücher.org;a@bücher.org'")]
    [InlineData("0.16", "all@bücher.org", "List", "; Member = 'jane.doe@example.org'")]
    [InlineData("0.16", "all@bücher.org", "Group", "; Email = 'all@bücher.org'")]
    public void New_and_Import_name_a_principal_as_Get_does(string version, string name, string type, string fields)
    {
        (string Name, string Email)[] made = [.. ((string[])["New-MailPrincipal -NoPassword -NoAddress", "Import-MailPrincipal -NoPassword -NoAddress"]).Select(cmdlet =>
        {
            Connect(version);
            _shell.Run("New-MailPrincipal bücher.org -Type Domain").ShouldHaveNoErrors();
            string command = type == "Individual" ? cmdlet : cmdlet.Replace(" -NoPassword", "", StringComparison.Ordinal).Replace(" -NoAddress", "", StringComparison.Ordinal);
            object[] output = [.. _shell.Run($"[pscustomobject]@{{ Name = '{name}'; Type = '{type}'{fields} }} | {command}").ShouldHaveNoErrors().Output.Select(item => item.BaseObject)];
            MailPrincipal read = _shell.Run($"Get-MailPrincipal '{name}' -Type {type}").ShouldHaveNoErrors().OutputAs<MailPrincipal>().ShouldHaveSingleItem();
            (output.ShouldHaveSingleItem() is MailImportResult result ? result.Identity : ((MailPrincipal)output[0]).Name).ShouldBe(read.Name);
            if (output[0] is MailPrincipal created)
            {
                $"{created.Email}".ShouldBe($"{read.Email}");
            }
            return (read.Name, $"{read.Email}");
        })];
        made[0].ShouldBe(made[1]);
    }

    [Fact]
    public void A_file_in_letters_of_another_alphabet_changes_nothing_the_second_time()
    {
        Connect("0.16");
        const string Rows = """
            @{ Name = 'jürgen.org'; Type = 'Domain' },
            @{ Name = 'xn--bcher-kva.org'; Type = 'Domain' },
            @{ Name = 'a@jürgen.org'; Email = 'a@jürgen.org;b@bücher.org'; List = 'all@xn--bcher-kva.org' },
            @{ Name = 'c@xn--jrgen-kva.org'; MemberOf = 'team@jürgen.org' },
            @{ Name = 'team@jürgen.org'; Type = 'Group' },
            @{ Name = 'all@bücher.org'; Type = 'List'; Member = 'a@jürgen.org;c@jürgen.org' }
            """;
        MailImportResult[] first = ImportAll(Rows);
        first.ShouldAllBe(result => result.Action == "Created");
        first.Select(result => result.Identity).ShouldBe(["a@xn--jrgen-kva.org", "all@xn--bcher-kva.org", "c@xn--jrgen-kva.org", "team@xn--jrgen-kva.org", "xn--bcher-kva.org", "xn--jrgen-kva.org"], ignoreOrder: true);
        _shell.Run("(Get-MailPrincipal all@xn--bcher-kva.org).Member").OutputAs<string>().ShouldBe(["a@xn--jrgen-kva.org", "c@xn--jrgen-kva.org"], ignoreOrder: true);
        ImportAll(Rows).ShouldAllBe(result => result.Action == "Unchanged");
    }

    [Fact]
    public void A_row_of_an_API_key_keeps_the_letters_of_its_name()
    {
        Connect("0.16");
        Import("@{ Name = 'Jane.Doe@example.org/Night Backup'; Type = 'ApiKey' }").Identity.ShouldBe("jane.doe@example.org/Night Backup");
        // What else of the row has no place is not said beside: no import makes the key.
        Import("@{ Name = 'jane.doe@example.org/Night Backup'; Type = 'ApiKey'; Expires = '2027-01-01' }").Error!.ShouldNotContain("expire");
        _shell.Run("New-MailPrincipal 'jane.doe@example.org/Night Backup' -Type ApiKey").ShouldHaveNoErrors();
        MailImportResult same = Import("@{ Name = 'jane.doe@example.org/night backup'; Type = 'ApiKey' }");
        (same.Identity, same.Action).ShouldBe(("jane.doe@example.org/Night Backup", "Unchanged"));
    }

    [Fact]
    public void Roles_tenants_and_clients_are_named_in_any_letters_and_each_once()
    {
        Connect("0.16");
        ImportAll("@{ Name = 'Acme Corp'; Type = 'Tenant' }, @{ Name = 'Night Desk'; Type = 'Role' }").ShouldAllBe(result => result.Action == "Created");
        _shell.Run("New-MailPrincipal acme.test -Type Domain -Tenant 'Acme Corp'").ShouldHaveNoErrors();
        ImportAll("@{ Name = 'ann@acme.test'; Tenant = 'acme CORP'; Role = 'night DESK;user' }, @{ Name = 'NIGHT desk'; Type = 'Role' }", " -WhatIf").Select(result => result.Action).ShouldBe(["Unchanged", "Create"], ignoreOrder: true);
        ImportAll("@{ Name = 'Twice'; Type = 'Role' }, @{ Name = 'TWICE'; Type = 'Role' }").ShouldAllBe(result => result.ErrorId == "NameDuplicate");
    }

    // What would fail when it is sent fails in the plan.
    [Fact]
    public void A_permission_that_a_key_cannot_get_is_refused_by_the_plan()
    {
        Connect("0.16");
        _shell.Run("New-MailPrincipal jane.doe@example.org/Backup -Type ApiKey").ShouldHaveNoErrors();
        MailImportResult failed = _shell.Run("[pscustomobject]@{ Name = 'jane.doe@example.org/Backup'; Type = 'ApiKey'; EnabledPermission = 'emailReceive' } | Import-MailPrincipal -WhatIf").OutputAs<MailImportResult>().ShouldHaveSingleItem();
        (failed.Action, failed.Column).ShouldBe(("Failed", "EnabledPermission"));
        failed.Error.ShouldNotBeNull().ShouldContain("Set-MailPrincipal -EnabledPermission");
    }

    [Theory]
    [InlineData("0.15")]
    [InlineData("0.16")]
    public void The_URL_of_a_client_is_one(string version)
    {
        Connect(version);
        MailImportResult failed = Import("@{ Name = 'app'; Type = 'OauthClient'; Url = 'https://app.example.org/cb;nonsense' }");
        (failed.Column, failed.ErrorId).ShouldBe(("Url", "UrlInvalid"));
        failed.Error.ShouldNotBeNull().ShouldContain("'nonsense'");
        Import("@{ Name = 'app'; Type = 'OauthClient'; Url = 'https://app.example.org/cb' }").Action.ShouldBe("Created");
    }

    // A list that is made without its wrong member is there for the rows that name it.
    [Theory]
    [InlineData("0.15", "")]
    [InlineData("0.16", "@example.org")]
    public void A_row_that_needs_a_gathered_one_goes_with_it(string version, string domain)
    {
        Connect(version);
        string rows = $"@{{ Name = 'desk{domain}'; Type = 'Group'; List = ''; Member = '' }}, @{{ Name = 'desk{domain}'; Type = 'Group'; List = 'bulletin{domain}' }}, @{{ Name = 'bulletin{domain}'; Type = 'List' }}, @{{ Name = 'bulletin{domain}'; Type = 'List'; Member = 'nobody{domain}' }}";
        ImportAll(rows).OrderBy(result => result.Row).Select(result => result.Action).ShouldBe(["Created", "Skipped", "Created", "Failed"]);
        _shell.Run($"(Get-MailPrincipal bulletin{domain}).Member").OutputAs<string>().ShouldBe([$"desk{domain}"]);
    }

    [Theory]
    [InlineData("List", "name of a list")]
    [InlineData("Group", "name of a group")]
    [InlineData("", "name of an account")]
    public void A_name_without_a_domain_is_told_of_its_kind(string type, string words)
    {
        Connect("0.16");
        Import($"@{{ Name = 'club'; Type = '{type}' }}").Error.ShouldNotBeNull().ShouldContain(words);
    }

    [Theory]
    [InlineData("New-MailPrincipal office.two@example.org -NoPassword -Email office.two@example.org, info@example.org")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -NewName info@example.org")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddEmail info@example.org")]
    public void An_address_that_is_taken_is_told_as_one(string script)
    {
        Connect("0.16");
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldBe("The address is taken by 'office@example.org' (Group).");
    }

    [Theory]
    [InlineData("jane.doe@example.org", false)]
    [InlineData("jd.free@example.org", true)]
    public void A_name_that_another_has_is_not_offered(string primary, bool isOffered)
    {
        Connect("0.16");
        MailImportResult failed = Import($"@{{ Name = 'jd@example.org'; Email = '{primary}' }}");
        failed.Error.ShouldNotBeNull().ShouldContain("Put 'jd@example.org' first");
        failed.Error.Contains($"name the row '{primary}'", StringComparison.Ordinal).ShouldBe(isOffered);
    }

    private void Connect(string version) => _shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}").ShouldHaveNoErrors();

    private MailImportResult Import(string row) => ImportAll(row).ShouldHaveSingleItem();

    // In the order in which the cells are written: whether a cell may be a password depends on those beside it.
    private MailImportResult[] ImportAll(string rows, string mode = "") =>
        _shell.Run($"[pscustomobject[]]@({rows.Replace("@{", "[ordered]@{", StringComparison.Ordinal)}) | Import-MailPrincipal -NoPassword -NoAddress -ErrorAction Ignore{mode}").OutputAs<MailImportResult>();
}
