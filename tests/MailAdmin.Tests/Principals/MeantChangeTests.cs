// Changes that are not what was meant: refused, or said before they are made.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class MeantChangeTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public MeantChangeTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("""
            'north', 'south', 'west' | ForEach-Object { New-MailPrincipal -Identity $_ -Type Group -Email "$_@example.org" }
            New-MailPrincipal clerk -Type Role; New-MailPrincipal head -Type Role -Role clerk
            New-MailPrincipal news -Type List; New-MailPrincipal ann -NoPassword -Email ann@example.org; New-MailPrincipal ben -NoPassword
            """).ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    private string[] Writes => [.. _server.RequestLog.Where(line => !line.StartsWith("GET", StringComparison.Ordinal) && line.Contains("/api/principal", StringComparison.Ordinal))];

    [Theory]
    [InlineData("Set-MailPrincipal north -AddMemberOf north", "'north' is a member of 'north'")]
    [InlineData("Set-MailPrincipal north -AddMemberOf NORTH", "'north' is a member of 'north'")]
    [InlineData("Set-MailPrincipal north -AddMember north", "'north' is a member of 'north'")]
    [InlineData("Set-MailPrincipal ann -AddMemberOf ann", "'ann' is a member of 'ann'")]
    [InlineData("Set-MailPrincipal north -AddMemberOf south; Set-MailPrincipal south -AddMemberOf north", "'south' is a member of 'north' is a member of 'south'")]
    [InlineData("Set-MailPrincipal north -AddMember south; Set-MailPrincipal south -Member north", "'south' is a member of 'north' is a member of 'south'")]
    [InlineData("Set-MailPrincipal north -AddMemberOf south; Set-MailPrincipal south -AddMemberOf west; Set-MailPrincipal west -AddMemberOf north", "'west' is a member of 'north' is a member of 'south' is a member of 'west'")]
    [InlineData("Set-MailPrincipal north -AddMemberOf south; Set-MailPrincipal west -AddMemberOf north -AddMember south", "'west' is a member of")]
    [InlineData("Set-MailPrincipal clerk -AddRole head", "'clerk' is a member of 'head' is a member of 'clerk'")]
    [InlineData("Set-MailPrincipal ann -AddMemberOf ben; Set-MailPrincipal ben -MemberOf ann", "'ben' is a member of 'ann' is a member of 'ben'")]
    [InlineData("New-MailPrincipal east -Type Group -MemberOf north -Member north", "'east' is a member of 'north' is a member of 'east'")]
    [InlineData("'north', 'south' | Set-MailPrincipal -AddMemberOf south -AddMember west; Set-MailPrincipal south -AddMemberOf west", "'south' is a member of")]
    public void No_principal_becomes_a_member_of_itself(string script, string circle)
    {
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldNotBeEmpty();
        run.Errors[^1].ToString().ShouldContain(circle);
    }

    [Fact]
    public void What_is_no_circle_is_made()
    {
        _shell.Run("""
            Set-MailPrincipal north -AddMemberOf south, west
            Set-MailPrincipal south -AddMemberOf west
            Set-MailPrincipal ann -AddMemberOf north, south
            Set-MailPrincipal news -AddMember north, ann
            """).ShouldHaveNoErrors();
    }

    [Fact]
    public void Two_changes_at_once_close_no_circle()
    {
        ScriptResult run = _shell.Run("""
            1..10 | ForEach-Object { New-MailPrincipal "a$_" -Type Group; New-MailPrincipal "b$_" -Type Group }
            1..10 | ForEach-Object {
                [pscustomobject]@{ Name = "a$_"; Other = "b$_" }
                [pscustomobject]@{ Name = "b$_"; Other = "a$_" }
            } | ForEach-Object { $row = $_; $_ } | Set-MailPrincipal -AddMemberOf 'a1', 'b1'
            """);
        MailPrincipal a = _shell.Run("Get-MailPrincipal a1").OutputAs<MailPrincipal>().Single();
        MailPrincipal b = _shell.Run("Get-MailPrincipal b1").OutputAs<MailPrincipal>().Single();
        (a.MemberOf!.Contains("b1") && b.MemberOf!.Contains("a1")).ShouldBeFalse();
        run.Errors.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Disable-MailPrincipal example.org", "Domain")]
    [InlineData("Enable-MailPrincipal example.org", "Domain")]
    [InlineData("Get-MailPrincipal north | Disable-MailPrincipal", "Group")]
    [InlineData("Disable-MailPrincipal news -WhatIf", "List")]
    [InlineData("Disable-MailPrincipal clerk", "Role")]
    [InlineData("Set-MailPrincipal example.org -Enabled $false", "Domain")]
    public void Only_what_signs_in_is_disabled(string script, string type)
    {
        int before = Writes.Length;
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain($"of type {type}");
        Writes.Length.ShouldBe(before);
    }

    [Theory]
    [InlineData("Set-MailPrincipal ann -Enabled:$false", false)]
    [InlineData("Set-MailPrincipal ann -Enabled $false", false)]
    [InlineData("Set-MailPrincipal ann@example.org -Enabled $false", false)]
    [InlineData("Disable-MailPrincipal ann; Set-MailPrincipal ann -Enabled $true", true)]
    [InlineData("Set-MailPrincipal ann -Enabled false -DisabledPermission email-send", false)]
    public void Enabled_means_the_sign_in(string script, bool expected)
    {
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.Run("Get-MailPrincipal ann").OutputAs<MailPrincipal>().Single().Enabled.ShouldBe(expected);
    }

    [Theory]
    [InlineData("$p = Get-MailPrincipal ann; try { $p.Quota = 1GB } catch { }; $p | Set-MailPrincipal")]
    [InlineData("Set-MailPrincipal ann")]
    [InlineData("Set-MailPrincipal ann -PassThru -Verbose")]
    [InlineData("Set-MailPrincipal ann -WhatIf")]
    public void A_change_without_a_change_is_an_error(string script)
    {
        int before = _server.RequestCount;
        _shell.Run(script).Errors[^1].ToString().ShouldContain("Nothing to change");
        Writes.ShouldNotContain(line => line.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Set-MailPrincipal nobody -Quota 1GB -WhatIf", "nobody")]
    [InlineData("Remove-MailPrincipal nobody -WhatIf", "nobody")]
    [InlineData("Disable-MailPrincipal nobody -WhatIf", "nobody")]
    [InlineData("Set-MailPrincipal ann -AddEmail ann@elsewhere.example -WhatIf", "elsewhere.example")]
    [InlineData("Set-MailPrincipal ann -AddEmail north@example.org -WhatIf", "taken by 'north'")]
    [InlineData("Set-MailPrincipal ann -AddMemberOf nort -WhatIf", "did you mean 'north'?")]
    [InlineData("Set-MailPrincipal ann -AddMemberOf news -WhatIf", "not a group but of type List")]
    [InlineData("Set-MailPrincipal ann -NewName ben -WhatIf", "'ben' is taken")]
    [InlineData("Set-MailPrincipal north -AddMember nobody@example.org -WhatIf", "nobody@example.org")]
    [InlineData("Set-MailPrincipal north -AddMemberOf north -WhatIf", "member of itself")]
    [InlineData("New-MailPrincipal ann -NoPassword -WhatIf", "'ann' is taken")]
    [InlineData("New-MailPrincipal cid -NoPassword -Email ann@example.org -WhatIf", "taken by 'ann'")]
    [InlineData("New-MailPrincipal cid -NoPassword -Email cid@exmaple.org -WhatIf", "did you mean 'example.org'?")]
    [InlineData("New-MailPrincipal cid -NoPassword -MemberOf nowhere -WhatIf", "no group 'nowhere'")]
    [InlineData("New-MailPrincipal cid -NoPassword -Role clark -WhatIf", "did you mean 'clerk'?")]
    [InlineData("New-MailPrincipal cid -NoPassword -Quota 1GB -Type List -WhatIf", "quota")]
    [InlineData("New-MailPrincipal cid -NoPassword -NoAddress -MemberOf ben -WhatIf", "not a group but of type Individual")]
    [InlineData("New-MailPrincipal crew -Type Group -Member clerk -WhatIf", "'clerk' is of type Role and cannot be a member")]
    [InlineData("Set-MailPrincipal north -AddMember clerk -WhatIf", "'clerk' is of type Role and cannot be a member")]
    [InlineData("Set-MailPrincipal north -AddMemberOf ann -WhatIf", "not a group but of type Individual")]
    [InlineData("Set-MailPrincipal clerk -AddMember ann -WhatIf", "Give the role to it instead")]
    [InlineData("Set-MailPrincipal example.org -Quota 5GB -WhatIf", "no Quota")]
    [InlineData("Set-MailPrincipal example.org -Clear Quota -WhatIf", "no Quota")]
    [InlineData("'ann', 'ben' | Set-MailPrincipal -NewName zed -WhatIf", "'zed' can be that of one principal only")]
    [InlineData("'ann', 'ben' | Set-MailPrincipal -AddEmail zed@example.org -WhatIf", "gives it to 'ann' already")]
    [InlineData("'ann', 'ben' | Set-MailPrincipal -PrimaryEmail ZED@example.org -WhatIf", "gives it to 'ann' already")]
    [InlineData("[pscustomobject]@{ Name = 'cid' }, [pscustomobject]@{ Name = 'dan' } | New-MailPrincipal -NoPassword -Email zed@example.org -WhatIf", "gives it to 'cid' already")]
    [InlineData("New-MailAppPassword phone -WhatIf", "fallback administrator")]
    [InlineData("Enable-MailAccountOtp -WhatIf", "fallback administrator")]
    [InlineData("Disable-MailAccountOtp -WhatIf", "fallback administrator")]
    public void WhatIf_says_what_the_server_would_say(string script, string expected)
    {
        int before = Writes.Length;
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain(expected);
        Writes.Length.ShouldBe(before);
        // And the real run fails, too.
        bool asks = script.StartsWith("Remove", StringComparison.Ordinal) || script.StartsWith("Disable-MailAccountOtp", StringComparison.Ordinal);
        _shell.Run(script.Replace(" -WhatIf", asks ? " -Force" : "", StringComparison.Ordinal)).Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public void WhatIf_lists_the_fields_and_rows_may_name_each_other()
    {
        _shell.Run("""
            @(
                [pscustomobject]@{ Name = 'new.example'; Type = 'Domain' }
                [pscustomobject]@{ Name = 'crew'; Type = 'Group'; Email = 'crew@new.example' }
                [pscustomobject]@{ Name = 'cid'; Email = 'cid@new.example'; Quota = '5 GB'; MemberOf = 'crew' }
            ) | New-MailPrincipal -GeneratePassword -WhatIf
            """).ShouldHaveNoErrors().Output.ShouldBeEmpty();
        foreach (string part in (string[])["Quota 5 GB", "Email cid@new.example", "MemberOf crew", "Role user", "Password generated"])
        {
            _shell.HostText.ShouldContain(part);
        }
    }

    [Theory]
    [InlineData("New-MailPrincipal cid -NoPassword -MemberOf nort", "no group 'nort'", "did you mean 'north'?")]
    [InlineData("New-MailPrincipal cid -NoPassword -MemberOf news", "not a group but of type List", "Get-MailPrincipal -Type Group")]
    [InlineData("New-MailPrincipal cid -NoPassword -Email cid@exmaple.org", "no domain 'exmaple.org'", "New-MailPrincipal 'exmaple.org' -Type Domain")]
    [InlineData("Set-MailPrincipal ann -AddList nwes", "no mailing list 'nwes'", "did you mean 'news'?")]
    [InlineData("Set-MailPrincipal ann -AddRole clrek", "no role 'clrek'", "did you mean 'clerk'?")]
    [InlineData("Set-MailPrincipal north -AddMember nobody@example.org", "nobody@example.org", "Get-MailPrincipal lists")]
    public void What_is_missing_is_named_with_its_kind(string script, string message, string advice)
    {
        System.Management.Automation.ErrorRecord error = _shell.Run(script).Errors.ShouldHaveSingleItem();
        string text = $"{error.Exception.Message} {error.ErrorDetails?.Message} {error.ErrorDetails?.RecommendedAction}";
        text.ShouldContain(message);
        text.ShouldContain(advice);
        text.ShouldNotContain("or is not of the kind");
    }

    [Theory]
    [InlineData("Set-MailPrincipal news -AddMember ann@example.org, north@example.org", "Get-MailPrincipal news", "ann,north")]
    [InlineData("New-MailPrincipal club -Type List -Member ann@example.org", "Get-MailPrincipal club", "ann")]
    [InlineData("Set-MailPrincipal news -Member ann@example.org; Set-MailPrincipal news -RemoveMember ann@example.org -AddMember ben", "Get-MailPrincipal news", "ben")]
    [InlineData("Set-MailPrincipal news -AddMember ann@example.org, press@example.com", "Get-MailPrincipal news", "ann")]
    public void Members_are_named_by_address_too(string script, string read, string members)
    {
        _shell.Run(script).ShouldHaveNoErrors();
        string.Join(',', _shell.Run(read).OutputAs<MailPrincipal>().Single().Member!.Order(StringComparer.Ordinal)).ShouldBe(members);
    }

    [Theory]
    [InlineData("Set-MailPrincipal news -AddMember ANN; Set-MailPrincipal news -Member Ann, BEN", "Get-MailPrincipal news", "ann,ben")]
    [InlineData("New-MailPrincipal club -Type List -Member Ann, NORTH", "Get-MailPrincipal club", "ann,north")]
    [InlineData("Set-MailPrincipal ann -AddMemberOf North -AddList News -AddRole Clerk; Set-MailPrincipal ben -List NEWS", "Get-MailPrincipal news", "ann,ben")]
    [InlineData("New-MailPrincipal cid -NoPassword -NoAddress -MemberOf North -List News -Role Clerk", "Get-MailPrincipal news", "cid")]
    public void Names_are_found_in_any_case(string script, string read, string members)
    {
        _shell.Run(script).ShouldHaveNoErrors();
        string.Join(',', _shell.Run(read).OutputAs<MailPrincipal>().Single().Member!.Order(StringComparer.Ordinal)).ShouldBe(members);
    }

    [Fact]
    public void A_member_with_an_address_elsewhere_is_an_external_one()
    {
        _shell.Run("Set-MailPrincipal news -AddMember ann@example.org, press@example.com; New-MailPrincipal club -Type List -Member press@example.com, ben").ShouldHaveNoErrors();
        MailPrincipal[] lists = _shell.Run("Get-MailPrincipal news; Get-MailPrincipal club").OutputAs<MailPrincipal>();
        lists.Select(list => list.ExternalMember!.ToString()).ShouldBe(["press@example.com", "press@example.com"]);
        _shell.Run("Set-MailPrincipal news -RemoveMember press@example.com").ShouldHaveNoErrors();
        _shell.Run("Get-MailPrincipal news").OutputAs<MailPrincipal>().Single().ExternalMember.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/", "-PasswordHash")]
    [InlineData("$6$saltsalt$qFmFH.bQmmtXzyBY0s9v", "looks like")]
    [InlineData("{SSHA}cut", "scheme")]
    [InlineData("'$6$saltsalt$qFmFH.bQmmtXzyBY0s9v'", "quotation marks")]
    [InlineData("pbkdf2_sha256$260000$salt$hash=", "another system")]
    [InlineData("md55f4dcc3b5aa765d61d8327deb882cf99", "PostgreSQL")]
    [InlineData("NULL", "placeholder")]
    [InlineData("********", "asterisks")]
    [InlineData("System.Object[]", "name of a type")]
    [InlineData("{{password}}", "placeholder")]
    [InlineData("#WERT!", "placeholder")]
    [InlineData(" {SSHA}xx", "scheme")]
    [InlineData("'{SSHA}xx'", "quotation marks")]
    public void A_hash_is_no_password(string hash, string advice)
    {
        int before = Writes.Length;
        using var secure = new System.Security.SecureString();
        foreach (char c in hash)
        {
            secure.AppendChar(c);
        }
        _shell.SetVariable("hash", secure);
        _shell.SetVariable("row", new System.Collections.Hashtable { ["Name"] = "cid", ["Password"] = hash });
        string[] errors = [.. _shell.Run("New-MailPrincipal cid -Password $hash; Set-MailPrincipal ann -Password $hash").Errors.Select(error => error.ToString())];
        errors.Length.ShouldBe(2);
        errors.ShouldAllBe(error => error.Contains(advice, StringComparison.Ordinal) && !error.Contains(hash, StringComparison.Ordinal));
        Writes.Length.ShouldBe(before);
        // A row may have either in its column Password, as an import does.
        ScriptResult run = _shell.Run("[pscustomobject]$row | New-MailPrincipal");
        run.Errors.Count.ShouldBe(advice == "-PasswordHash" ? 0 : 1);
    }

    [Fact]
    public void Digits_alone_are_a_hash_in_a_row_and_a_password_where_it_was_given()
    {
        const string Digits = "5f4dcc3b5aa765d61d8327deb882cf99";
        using var secure = new System.Security.SecureString();
        foreach (char c in Digits)
        {
            secure.AppendChar(c);
        }
        _shell.SetVariable("digits", secure);
        _shell.Run("New-MailPrincipal cid -Password $digits").ShouldHaveNoErrors();
        _shell.Run($"[pscustomobject]@{{ Name = 'dan'; Password = '{Digits}' }} | New-MailPrincipal").Errors.ShouldHaveSingleItem().ToString().ShouldContain("{PLAIN}");
    }

    // Nobody knows which of them is meant, and one of them would be disabled, changed or deleted.
    [Theory]
    [InlineData("Disable-MailPrincipal ann@example.org")]
    [InlineData("Set-MailPrincipal ann@example.org -Quota 5GB")]
    [InlineData("Remove-MailPrincipal ann@example.org -Force")]
    [InlineData("[pscustomobject]@{ Email = 'ann@example.org' } | Disable-MailPrincipal")]
    [InlineData("Get-MailPrincipal ann@example.org")]
    public void A_name_that_is_the_address_of_another_one_is_ambiguous(string script)
    {
        _shell.Run("New-MailPrincipal ann@example.org -NoAddress -NoPassword").ShouldHaveNoErrors();
        int before = Writes.Length;
        string error = _shell.Run(script).Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain("'ann'");
        error.ShouldContain("Get-MailPrincipal -Type Individual | Where-Object Name -eq 'ann@example.org'");
        Writes.Length.ShouldBe(before);
        _shell.Run("Get-MailPrincipal -Type Individual | Where-Object Name -eq 'ann@example.org' | Remove-MailPrincipal -Force; Disable-MailPrincipal ann@example.org").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal ann).Enabled").OutputAs<bool>().ShouldBe([false]);
    }

    [Theory]
    [InlineData("New-MailPrincipal 'Ann Lee' -NoPassword", "space")]
    [InlineData("New-MailPrincipal \"o\u2019hara\" -NoPassword", "U+2019")]
    [InlineData("New-MailPrincipal \"o\uFB03ce\" -NoPassword", "write 'ffi'")]
    [InlineData("New-MailPrincipal \"\uFF46\uFF55\uFF4C\uFF4C\" -NoPassword", "U+FF46")]
    [InlineData("New-MailPrincipal 'j\u0430ne' -NoPassword", "Cyrillic")]
    [InlineData("New-MailPrincipal '#REF!' -NoPassword", "spreadsheet")]
    [InlineData("New-MailPrincipal '1.0E+05' -NoPassword", "spreadsheet")]
    [InlineData("New-MailPrincipal '#BEZUG!' -NoPassword", "spreadsheet")]
    [InlineData("New-MailPrincipal '2024-01-02' -NoPassword", "spreadsheet")]
    [InlineData("New-MailPrincipal true -NoPassword", "spreadsheet")]
    [InlineData("Set-MailPrincipal ann -NewName '1E+10'", "spreadsheet")]
    [InlineData("Set-MailPrincipal ann -NewName 'Ann Lee'", "space")]
    public void A_login_that_is_unusual_must_be_meant(string script, string reason)
    {
        int before = Writes.Length;
        string error = _shell.Run(script).Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain(reason);
        error.ShouldContain("-AllowUnusualName");
        Writes.Length.ShouldBe(before);
        _shell.Run($"{script} -AllowUnusualName; New-MailPrincipal 'Sales Team' -Type Group").ShouldHaveNoErrors();
    }

    [Theory]
    [InlineData("New-MailPrincipal cid -NoPassword -Email '*@example.org'", "write '@example.org'")]
    [InlineData("New-MailPrincipal cid -NoPassword -Email 'sip:cid@example.org'", "sip:")]
    [InlineData("New-MailPrincipal cid -NoPassword -Email 'a..b@example.org'", "two dots")]
    [InlineData("New-MailPrincipal cid -NoPassword -Email 'a@example.org,b@example.org'", "not an e-mail address")]
    [InlineData("Set-MailPrincipal ann -AddEmail 'x500:a@example.org'", "x500:")]
    [InlineData("Set-MailPrincipal ann -PrimaryEmail '%@example.org'", "write '@example.org'")]
    [InlineData("New-MailPrincipal 'a:b' -NoPassword", "colon")]
    [InlineData("Set-MailPrincipal ann -NewName 'a:b' -AllowUnusualName", "colon")]
    [InlineData("New-MailPrincipal 'http://x.example' -Type Domain", "domain name")]
    [InlineData("New-MailPrincipal '*.w.example' -Type Domain", "domain name")]
    [InlineData("Set-MailPrincipal example.org -NewName 'user@z.example'", "domain name")]
    [InlineData("Set-MailPrincipal north -GeneratePassword", "has no password")]
    [InlineData("New-MailPrincipal crew -Type Group -GeneratePassword", "cannot have a password")]
    [InlineData("New-MailPrincipal crew -Type Group -Enabled $false", "does not sign in")]
    [InlineData("New-MailPrincipal cid -NoPassword -Enabled $true -DisabledPermission authenticate", "contradicts")]
    [InlineData("Set-MailPrincipal ann -Enabled $true -AddDisabledPermission authenticate", "contradicts")]
    [InlineData("Set-MailPrincipal ann -Clear Quota -Quota 5GB", "-Clear Quota cannot be combined")]
    [InlineData("Disable-MailPrincipal ann; Set-MailPrincipal ann -DisabledPermission email-send", "is disabled")]
    [InlineData("Disable-MailPrincipal ann; Set-MailPrincipal ann -Clear DisabledPermission", "is disabled")]
    [InlineData("New-MailPrincipal club -Type List -Email club@example.org -ExternalMember club@example.org", "come back")]
    [InlineData("Set-MailPrincipal news -AddEmail news@example.org -AddExternalMember news@example.org", "come back")]
    [InlineData("Set-MailPrincipal ann -RemoveEmail ann@example.org", "-Clear Email")]
    [InlineData("Set-MailPrincipal ann -RemoveEmail ANN@example.org -WhatIf", "-Clear Email")]
    [InlineData("Set-MailPrincipal ann -AddEmail '@example.org'; Set-MailPrincipal ann -RemoveEmail ann@example.org", "-Clear Email")]
    public void What_was_hardly_meant_is_refused(string script, string reason)
    {
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(reason);
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Set-MailPrincipal ann -AddEmail 'mailto:a.lee@example.org', 'Ann <al@example.org>'; (Get-MailPrincipal ann).Email", "ann@example.org,a.lee@example.org,al@example.org")]
    [InlineData("Disable-MailPrincipal ann; Set-MailPrincipal ann -DisabledPermission email-send -Enabled $false; (Get-MailPrincipal ann).Enabled", "False")]
    [InlineData("Set-MailPrincipal ann -Enabled 0; (Get-MailPrincipal ann).Enabled", "False")]
    [InlineData("Set-MailPrincipal ann -Description 'What?No'; (Get-MailPrincipal ann).Description", "What?No")]
    [InlineData("([pscustomobject]@{ login = 'cid'; m = 'cid@example.org' } | New-MailPrincipal -Identity { $_.login } -Email { $_.m } -NoPassword).PrimaryEmail", "cid@example.org")]
    public void What_is_meant_is_done(string script, string expected) =>
        string.Join(',', _shell.Run(script).ShouldHaveNoErrors().Output.Select(item => item.ToString())).ShouldBe(expected);

    [Theory]
    [InlineData("Set-MailPrincipal ann -RemoveEmail anm@example.org", "'anm@example.org' is not in Email of 'ann': there is nothing to remove (did you mean 'ann@example.org'?).")]
    [InlineData("Set-MailPrincipal ann -RemoveEmail ben@example.org -PrimaryEmail ann@example.org", "'ben@example.org' is not in Email")]
    [InlineData("Set-MailPrincipal ann -RemoveMemberOf north", "'north' is not in MemberOf")]
    [InlineData("Set-MailPrincipal ann -RemoveList news", "'news' is not in List")]
    [InlineData("Set-MailPrincipal ann -RemoveRole admin", "'admin' is not in Role")]
    [InlineData("Set-MailPrincipal north -RemoveMember ann@example.org", "'ann' is not in Member of 'north'")]
    [InlineData("Set-MailPrincipal north -RemoveMember nobody", "'nobody' is not in Member")]
    [InlineData("Set-MailPrincipal news -RemoveExternalMember a@example.com", "'a@example.com' is not in ExternalMember")]
    [InlineData("Set-MailPrincipal news -RemoveMember a@example.com", "'a@example.com' is not in ExternalMember")]
    [InlineData("Set-MailPrincipal ann -RemoveEnabledPermission nonsense", "'nonsense' is not in EnabledPermission")]
    [InlineData("Set-MailPrincipal ann -RemoveDisabledPermission email-send", "'email-send' is not in DisabledPermission")]
    [InlineData("Set-MailPrincipal ann -RemoveUrl https://example.org", "'https://example.org' is not in Url")]
    [InlineData("Get-MailPrincipal ann | Set-MailPrincipal -RemoveMemberOf north -WhatIf", "'north' is not in MemberOf")]
    public void What_is_not_there_to_remove_is_named_and_the_rest_is_done(string script, string expected)
    {
        ScriptResult run = _shell.Run(script).ShouldHaveNoErrors();
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain(expected);
        Writes.ShouldNotContain(line => line.StartsWith("PATCH", StringComparison.Ordinal));
        if (!script.EndsWith("-WhatIf", StringComparison.Ordinal))
        {
            _shell.Run($"{script} -Description 'The rest'").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain(expected);
            _shell.Run("Get-MailPrincipal 'ann', 'north', 'news'").OutputAs<MailPrincipal>().ShouldContain(principal => principal.Description == "The rest");
        }
    }

    [Theory]
    [InlineData("Set-MailPrincipal ann -AddMemberOf north; Set-MailPrincipal ann -RemoveMemberOf NORTH", "")]
    [InlineData("Set-MailPrincipal ann -AddMemberOf north; Set-MailPrincipal ann -RemoveMemberOf north@example.org", "")]
    [InlineData("Set-MailPrincipal ann -AddMemberOf north; Set-MailPrincipal ann -MemberOf north@example.org, south", "north,south")]
    [InlineData("$p = Get-MailPrincipal ann; Set-MailPrincipal ann -AddMemberOf north; $p | Set-MailPrincipal -RemoveMemberOf north", "")]
    [InlineData("Set-MailPrincipal ann -Enabled $true", "")]
    [InlineData("Set-MailPrincipal ann -Clear Email", "")]
    public void What_is_there_is_removed_without_a_word(string script, string groups)
    {
        _shell.Run(script).ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        string.Join(',', _shell.Run("Get-MailPrincipal ann").OutputAs<MailPrincipal>().Single().MemberOf!.Order(StringComparer.Ordinal)).ShouldBe(groups);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'ann'; Quota = '1GB'; Mail = 'x@example.org'; Type = 'Individual'; Remark = 'x' }", "'Quota', 'Mail'.")]
    [InlineData("[pscustomobject]@{ name = 'ann'; description = 'x' }", "'description'.")]
    [InlineData("[pscustomobject]@{ Name = 'ann' }, [pscustomobject]@{ Name = 'ben'; MemberOf = 'north' }", "'MemberOf'.")]
    public void The_columns_of_a_row_that_Set_does_not_read_are_named_once(string rows, string columns)
    {
        string warning = _shell.Run($"{rows} | Set-MailPrincipal -Quota 5GB").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message;
        warning.ShouldContain($"not used: {columns}");
        warning.ShouldContain("Import-MailPrincipal");
        _shell.Run("(Get-MailPrincipal ann).Quota").Output.ShouldHaveSingleItem().BaseObject.ShouldBe(5L << 30);
    }

    [Theory]
    [InlineData("Get-MailPrincipal ann")]
    [InlineData("'ann', 'ben'")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Selected.MailAdmin.Client.MailPrincipal'; Name = 'ann'; Quota = 1; Email = 'ann@example.org' }")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-MailPrincipal ann)))")]
    [InlineData("[pscustomobject]@{ Name = 'ann'; Type = 'Individual'; Remark = 'x' }")]
    [InlineData("$lost = [ordered]@{}; foreach ($property in (Get-MailPrincipal ann).PSObject.Properties) { $lost[$property.Name] = \"$($property.Value)\" }; [pscustomobject]$lost")]
    public void What_was_read_from_the_server_only_says_which_one(string input) =>
        _shell.Run($"{input} | Set-MailPrincipal -Quota 5GB").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();

    [Fact]
    public void A_login_of_digits_is_a_login() =>
        _shell.Run("New-MailPrincipal 1001 -NoPassword; Set-MailPrincipal 1001 -Quota 5GB; 1001 | Disable-MailPrincipal; (Get-MailPrincipal 1001).Enabled; Remove-MailPrincipal 1001 -Force").ShouldHaveNoErrors()
            .Output.Select(item => item.BaseObject).ShouldContain(false);

    [Theory]
    [InlineData("Get-MailPrincipal 'j['", "'j['")]
    [InlineData("Get-MailDkimSignature 'x['", "'x['")]
    [InlineData("Get-MailConnection 'x['", "'x['")]
    [InlineData("New-MailPrincipal cid -NoPassword -Email cid@example.org -MemberOf example.org", "not a group but of type Domain")]
    public void Errors_say_what_it_is(string script, string expected)
    {
        System.Management.Automation.ErrorRecord[] errors = [.. _shell.Run(script).Errors];
        errors.Where(error => error.Exception is System.Management.Automation.WildcardPatternException).ShouldBeEmpty();
        // The others list what matches, and nothing does.
        if (script.Contains("Principal", StringComparison.Ordinal))
        {
            errors.ShouldHaveSingleItem().ToString().ShouldContain(expected);
        }
    }
}
