// Rows of the pipeline: New-MailPrincipal reads what Import-MailPrincipal reads, and makes no account of an object that only has a name.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalRowTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public PrincipalRowTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    private int Writes => _server.RequestLog.Count(line => line.StartsWith("POST /api/principal", StringComparison.Ordinal));

    public static TheoryData<string> ForeignObjects =>
    [
        "[Diagnostics.Process]::GetCurrentProcess()",
        "[IO.FileInfo]'people.csv'",
        "[version]'1.2'",
        "'jane'",
        "42",
        "Get-MailConnection",
        "(Get-MailPrincipal example.org).Type",
        "& { $o = [pscustomobject]@{ Name = 'spooler' }; $o.PSTypeNames.Insert(0, 'Deserialized.System.ServiceProcess.ServiceController'); $o }",
    ];

    [Theory]
    [MemberData(nameof(ForeignObjects))]
    public void An_object_made_for_something_else_is_no_account(string script)
    {
        int before = Writes;
        ScriptResult run = _shell.Run($"{script} | New-MailPrincipal -NoPassword");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("row");
        run.Output.ShouldBeEmpty();
        Writes.ShouldBe(before);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ SamAccountName = 'press'; Name = 'Press'; GroupCategory = 'Distribution'; GroupScope = 'Global'; mail = 'press@example.org' } | New-MailPrincipal -GeneratePassword", "List")]
    [InlineData("[pscustomobject]@{ SamAccountName = 'press'; Name = 'Press'; GroupCategory = 'Security'; mail = 'press@example.org' } | New-MailPrincipal -GeneratePassword", "Group")]
    public void A_group_of_another_system_is_no_account(string command, string type) =>
        _shell.Run($"{command}; Get-MailPrincipal press").Output.Select(item => item.BaseObject).OfType<MailPrincipal>().ShouldContain(principal => principal.Type == type);

    [Fact]
    public void A_user_of_a_directory_service_is_read_as_an_import_reads_it()
    {
        MailPrincipal made = _shell.Run("""
            [pscustomobject]@{ Name = 'Jane Doe'; SamAccountName = 'jdoe'; mail = 'jdoe@example.org'; Enabled = $false; whenCreated = 'x' } | New-MailPrincipal -GeneratePassword -NoAddress:$false
            """).ShouldHaveNoErrors().OutputAs<MailPrincipal>().ShouldHaveSingleItem();
        (made.Name, made.PrimaryEmail, made.Description, made.Enabled).ShouldBe(("jdoe", "jdoe@example.org", "Jane Doe", false));
        _shell.Run("(Get-MailPrincipal jdoe).Enabled").Output.ShouldHaveSingleItem().BaseObject.ShouldBe(false);
    }

    [Theory]
    [InlineData("Enabled = 'False'", false)]
    [InlineData("Enabled = 'True'", true)]
    [InlineData("Enabled = $false", false)]
    [InlineData("Enabled = ''", true)]
    public void A_row_that_takes_the_sign_in_away_is_heard(string cell, bool expected) =>
        _shell.Run($"[pscustomobject]@{{ Name = 'ann'; {cell} }} | New-MailPrincipal -NoPassword").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single().Enabled.ShouldBe(expected);

    [Fact]
    public void Every_column_of_an_import_is_read()
    {
        MailPrincipal made = _shell.Run("""
            [pscustomobject]@{ Name = 'ann'; GivenName = 'Ann'; Surname = 'Lee'; PrimaryEmail = 'ann@example.org'; Email = 'a@example.org'; Quota = '2 GB'; Groups = 'staff' } |
                New-MailPrincipal -NoPassword -MemberOf @()
            """).ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
        (made.Description, made.Quota).ShouldBe(("Ann Lee", 2L << 30));
        made.Email.ShouldBe(["ann@example.org", "a@example.org"]);
        made.MemberOf.ShouldBeEmpty("the parameter beats the column");
    }

    [Fact]
    public void A_column_that_is_not_known_is_refused_with_what_may_be_meant()
    {
        int before = Writes;
        ScriptResult run = _shell.Run("""
            @(
                [pscustomobject]@{ Name = 'ann'; Qouta = '1GB' }
                [pscustomobject]@{ Name = 'ben'; Departement = 'x' }
            ) | New-MailPrincipal -NoPassword
            """);
        run.Errors.Select(error => error.ToString()).ToArray().ShouldSatisfyAllConditions(
            errors => errors.Length.ShouldBe(2),
            errors => errors[0].ShouldContain("'Qouta' (did you mean 'Quota'?)"),
            errors => errors[1].ShouldContain("'Departement'"));
        Writes.ShouldBe(before);
    }

    [Fact]
    public void A_principal_of_another_server_is_taken_as_it_is()
    {
        _shell.Run("New-MailPrincipal ann -NoPassword -Email ann@example.org -Quota 1GB; $ann = Get-MailPrincipal ann; Remove-MailPrincipal ann -Force").ShouldHaveNoErrors();
        MailPrincipal made = _shell.Run("$ann | New-MailPrincipal -GeneratePassword").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
        (made.Name, made.PrimaryEmail, made.Quota).ShouldBe(("ann", "ann@example.org", 1L << 30));
    }

    [Fact]
    public void A_script_block_beats_the_column()
    {
        MailPrincipal[] made = _shell.Run("""
            [pscustomobject]@{ Name = 'Ann Lee'; Login = 'ann'; Email = 'old@example.org'; Mailbox = 'ann@example.org' } | New-MailPrincipal -Identity { $_.Login } -Email { $_.Mailbox } -NoPassword
            [pscustomobject]@{ Name = 'Ben Lee'; Email = 'old@example.org' } | New-MailPrincipal -Identity { $_.Name.Split(' ')[0] } -Email { $_.Email.Replace('old', 'ben') } -NoPassword
            """).ShouldHaveNoErrors().OutputAs<MailPrincipal>();
        made.Select(principal => (principal.Name, principal.PrimaryEmail)).ShouldBe([("ann", "ann@example.org"), ("ben", "ben@example.org")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -WhatIf")]
    [InlineData(" -ThrottleLimit 1")]
    public void Of_two_rows_with_one_name_the_first_one_stays(string option)
    {
        ScriptResult run = _shell.Run($"'first', 'second' | ForEach-Object {{ [pscustomobject]@{{ Name = 'dup'; Email = \"$_@example.org\" }} }} | New-MailPrincipal -NoPassword{option}");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("'dup' is taken");
        run.OutputAs<MailPrincipal>().Select(principal => principal.PrimaryEmail).ShouldBe(option == " -WhatIf" ? [] : ["first@example.org"]);
    }

    [Theory]
    [InlineData("Remove-MailPrincipal -Force")]
    [InlineData("Remove-MailPrincipal -WhatIf")]
    [InlineData("Set-MailPrincipal -Description foo")]
    [InlineData("Enable-MailPrincipal")]
    [InlineData("Disable-MailPrincipal")]
    public void A_row_that_names_its_type_means_no_principal_of_another_type(string command)
    {
        _shell.Run("New-MailPrincipal office -Type Group; New-MailPrincipal oscar -NoPassword -NoAddress").ShouldHaveNoErrors();
        int before = Writes;
        _shell.Run($"[pscustomobject]@{{ Name = 'office'; Type = 'Individual' }} | {command}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("the row says Individual");
        Writes.ShouldBe(before);
        _shell.Run($"[pscustomobject]@{{ Name = 'oscar'; Type = 'Individual' }} | {command}").ShouldHaveNoErrors();
    }

    // Whoever says which column is the login has said nothing of the others.
    [Theory]
    [InlineData("email = 'crew@example.org'; name = 'Crew'; directMembersCount = 3; adminCreated = 'true'", "{ $_.email.Split('@')[0] }", "List", true)]
    [InlineData("Email = 'crew@example.org'; Name = 'Crew'; GroupType = 'Security'", "crew", "Group", true)]
    [InlineData("email = 'ann@example.org'; status = 'Terminated'; id = 7", "{ 'ann' }", "Individual", false)]
    [InlineData("login = 'ann'; name = 'Ann Lee'; email = 'ann@example.org'; suspended = 'True'", "{ $_.login }", "Individual", false)]
    public void A_row_mapped_by_hand_is_read_all_the_same(string cells, string identity, string type, bool isEnabled)
    {
        MailPrincipal made = _shell.Run($"[pscustomobject]@{{ {cells} }} | New-MailPrincipal -Identity {identity} -NoPassword").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
        (made.Type.ToString(), !made.DisabledPermission!.Contains("authenticate")).ShouldBe((type, isEnabled));
    }

    [Fact]
    public void A_misspelt_column_of_a_row_mapped_by_hand_is_no_silence()
    {
        int before = Writes;
        _shell.Run("[pscustomobject]@{ id = 7; email = 'ann@example.org'; Actve = 'No' } | New-MailPrincipal -Identity { 'ann' } -NoPassword").Errors.ShouldHaveSingleItem().ToString().ShouldContain("'Actve'");
        Writes.ShouldBe(before);
    }

    [Theory]
    [InlineData("New-MailPrincipal ann -NoPassword -NoAddress:$false")]
    [InlineData("[pscustomobject]@{ Name = 'ann' } | New-MailPrincipal -NoPassword -NoAddress:$false")]
    public void An_individual_without_an_address_must_be_meant(string script)
    {
        int before = Writes;
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain("-NoAddress");
        Writes.ShouldBe(before);
        _shell.Run(script.Replace("-NoAddress:$false", "-NoAddress", StringComparison.Ordinal)).ShouldHaveNoErrors();
        _shell.Run("New-MailPrincipal crew -Type Group -NoAddress:$false; New-MailPrincipal robot -Type ApiKey -NoAddress:$false").ShouldHaveNoErrors();
    }

    [Fact]
    public void An_error_of_a_cell_names_the_row_and_no_password()
    {
        ScriptResult run = _shell.Run("[pscustomobject]@{ Name = 'ann'; Email = 'ann at example.org'; Password = 'only-for-ann' } | New-MailPrincipal");
        string error = run.Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain("'ann', column 'Email': '…' is not an e-mail address: it has no @.");
        error.ShouldNotContain("only-for-ann");
    }

    [Theory]
    [InlineData("Remove-MailPrincipal -WhatIf")]
    [InlineData("Set-MailPrincipal -Quota 1GB")]
    [InlineData("Disable-MailPrincipal")]
    [InlineData("Get-MailPrincipal")]
    public void What_only_has_a_name_is_no_target(string command)
    {
        int before = _server.RequestCount;
        _shell.Run($"[Diagnostics.Process]::GetCurrentProcess() | {command}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("System.Diagnostics.Process");
        _shell.Run($"Get-MailConnection | {command}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("MailConnection");
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void What_an_import_would_skip_or_leave_out_is_told()
    {
        int before = Writes;
        ScriptResult skipped = _shell.Run("[pscustomobject]@{ DisplayName = 'Partner'; Alias = 'partner'; PrimarySmtpAddress = 'p@example.org'; RecipientTypeDetails = 'MailContact' } | New-MailPrincipal -NoPassword");
        skipped.Errors.ShouldHaveSingleItem().ToString().ShouldContain("MailContact");
        _shell.Run("[pscustomobject]@{ Name = 'ann'; Quota = '1024' } | New-MailPrincipal -NoPassword").Errors.ShouldHaveSingleItem().ToString().ShouldContain("1024");
        Writes.ShouldBe(before);
        ScriptResult left = _shell.Run("""
            [pscustomobject]@{ DisplayName = 'Ann'; Alias = 'ann'; PrimarySmtpAddress = 'ann@example.org'; EmailAddresses = 'SMTP:ann@example.org;SIP:ann@example.org;X500:/o=x'; RecipientTypeDetails = 'UserMailbox' } |
                New-MailPrincipal -NoPassword
            """);
        left.ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single().Email.ShouldBe(["ann@example.org"]);
        left.Warnings.ShouldContain(warning => warning.Message.Contains("1 SIP, 1 X500", StringComparison.Ordinal));
    }

    [Fact]
    public void A_user_of_a_directory_service_is_found_by_its_login()
    {
        _shell.Run("New-MailPrincipal jdoe -NoPassword; New-MailPrincipal 'jane doe' -Type Group").ShouldHaveNoErrors();
        _shell.Run("[pscustomobject]@{ Name = 'Jane Doe'; SamAccountName = 'jdoe' } | Disable-MailPrincipal -PassThru").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single().Name.ShouldBe("jdoe");
    }
}
