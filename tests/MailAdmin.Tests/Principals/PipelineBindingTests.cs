// The binder's traps: what PowerShell would swallow, leak or guess, and what our parameters do about it.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PipelineBindingTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public PipelineBindingTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    private string[] Writes => [.. _server.RequestLog.Where(line => !line.StartsWith("GET", StringComparison.Ordinal) && line.Contains("/api/principal", StringComparison.Ordinal))];

    [Fact]
    public void A_cell_that_does_not_convert_is_an_error_that_names_its_value_and_the_other_rows_go_on()
    {
        ScriptResult run = _shell.Run("""
            @(
                [pscustomobject]@{ Name = 'ann'; Quota = '1GB' }
                [pscustomobject]@{ Name = 'ben'; Quota = '5 gigs' }
                [pscustomobject]@{ Name = 'cid'; Quota = '2GB' }
            ) | New-MailPrincipal -NoPassword
            """);
        run.OutputAs<MailPrincipal>().Select(p => (p.Name, p.Quota)).ShouldBe([("ann", 1L << 30), ("cid", 2L << 30)]);
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("5 gigs");
    }

    [Theory]
    [InlineData("Type", "Indivdual")]
    [InlineData("Quota", "-5")]
    [InlineData("Email", "System.Object[]")]
    public void Every_typed_cell_speaks_up(string column, string value)
    {
        _shell.SetVariable("row", new System.Collections.Hashtable { ["Name"] = "ann", [column] = value });
        ScriptResult run = _shell.Run("[pscustomobject]$row | New-MailPrincipal -NoPassword");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(value);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_cell_is_not_given_and_a_value_does_not_leak_into_the_next_row()
    {
        MailPrincipal[] made = _shell.Run("""
            @(
                [pscustomobject]@{ Name = 'ann'; Quota = '1GB'; Description = 'Ann'; Email = 'ann@example.org; a@example.org'; Type = 'Individual' }
                [pscustomobject]@{ Name = 'ben'; Quota = '';    Description = '';    Email = '' ; Type = '' }
                [pscustomobject]@{ Name = 'cid'; Quota = $null; Description = $null; Email = $null; Type = $null }
                [pscustomobject]@{ Name = 'dan' }
            ) | New-MailPrincipal -NoPassword
            """).ShouldHaveNoErrors().OutputAs<MailPrincipal>();
        made[0].Email.ShouldBe(["ann@example.org", "a@example.org"]);
        made.Skip(1).ShouldAllBe(p => p.Quota == 0 && p.Description == null && p.Email!.Count == 0 && p.Type == PrincipalType.Individual);
        made.ShouldAllBe(p => p.Role!.Contains("user"));
    }

    [Fact]
    public void Only_the_target_is_bound_from_an_object_that_came_from_Get()
    {
        _shell.Run("New-MailPrincipal jane -NoPassword -Description Jane -Email jane@example.org -Quota 1GB").ShouldHaveNoErrors();
        _shell.Run("Get-MailPrincipal jane | Set-MailPrincipal -Quota 5GB").ShouldHaveNoErrors();
        MailPrincipal jane = _shell.Run("Get-MailPrincipal jane").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
        (jane.Quota, jane.Description, jane.PrimaryEmail).ShouldBe((5L << 30, "Jane", "jane@example.org"));
        Writes.Count(w => w.StartsWith("PATCH", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void An_object_of_another_kind_is_an_error_for_that_object()
    {
        ScriptResult run = _shell.Run("Get-MailConnection | Remove-MailPrincipal -Force; [version]'4.2' | Set-MailPrincipal -Quota 1GB");
        run.Errors.Count.ShouldBe(2);
        Writes.ShouldNotContain(w => w.StartsWith("DELETE", StringComparison.Ordinal) || w.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plain_password_is_taken_from_a_row_and_refused_on_the_command_line()
    {
        MailPrincipal ann = _shell.Run("[pscustomobject]@{ Name = 'ann'; Password = 'a row may' } | New-MailPrincipal").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
        ann.PasswordScheme.ShouldBe("SHA512-Crypt");
        ScriptResult refused = _shell.Run("New-MailPrincipal ben -Password 'a command line may not'");
        refused.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("PlainTextPasswordNotAllowed");
        refused.Errors[0].ToString().ShouldNotContain("a command line may not");
    }

    [Fact]
    public void Roles_of_a_person_default_to_user_and_an_empty_array_means_none()
    {
        _shell.Run("New-MailPrincipal ann -NoPassword; New-MailPrincipal ben -NoPassword -Role @()").ShouldHaveNoErrors();
        MailPrincipal[] both = _shell.Run("'ann', 'ben' | Get-MailPrincipal").ShouldHaveNoErrors().OutputAs<MailPrincipal>();
        both.Select(p => p.Role!.ToString()).ShouldBe(["user", ""]);
    }

    [Theory]
    [InlineData("Get-MailPrincipal ''")]
    [InlineData("Get-MailPrincipal $null")]
    [InlineData("Get-MailPrincipal -Text ''")]
    [InlineData("Get-MailPrincipal -Text $undefined")]
    [InlineData("Get-MailPrincipal -Text '  '")]
    [InlineData("Get-MailPrincipal -Domain $undefined")]
    [InlineData("Remove-MailPrincipal $undefined -Force")]
    [InlineData("Set-MailPrincipal '' -Quota 1GB")]
    [InlineData("Remove-MailPrincipal '*' -Force")]
    public void An_empty_identity_or_filter_is_an_error_and_never_everything(string script)
    {
        int before = _server.RequestCount;
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldNotBeEmpty();
        run.Output.ShouldBeEmpty();
        _server.RequestCount.ShouldBe(before);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Email = 'John.Roe@example.org' }")]
    [InlineData("[pscustomobject]@{ Mail = 'john.roe@example.org'; Department = 'Sales' }")]
    [InlineData("[pscustomobject]@{ primaryEmail = 'john.roe@example.org' }")]
    [InlineData("[pscustomobject]@{ primaryEmail = 'john.roe@example.org'; Email = 'x@example.org;john@example.org' }")]
    [InlineData("[pscustomobject]@{ UserPrincipalName = 'john.roe@corp.local'; Mail = 'john.roe@example.org' }")]
    [InlineData("[pscustomobject]@{ UserPrincipalName = 'john.roe@example.org' }")]
    [InlineData("[pscustomobject]@{ Name = 'John Roe'; UserPrincipalName = 'john.roe@example.org' }")]
    [InlineData("[pscustomobject]@{ Login = 'john'; Email = 'jane@example.org' }")]
    [InlineData("[pscustomobject]@{ Email = 'SMTP:john.roe@example.org;smtp:john@example.org' }")]
    [InlineData("[pscustomobject]@{ Account = '17'; Email = 'john.roe@example.org' }")]
    [InlineData("[pscustomobject]@{ UserID = 1001; Email = 'john.roe@example.org' }")]
    public void A_row_without_a_name_is_found_by_its_login_or_its_address(string row)
    {
        MakePeople();
        _shell.Run($"{row} | Disable-MailPrincipal").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal john).Enabled; (Get-MailPrincipal jane).Enabled").OutputAs<bool>().ShouldBe([false, true]);
        _shell.Run($"{row} | Set-MailPrincipal -Quota 2GB").ShouldHaveNoErrors();
        _shell.Run($"({row} | Get-MailPrincipal).Name").Output.ShouldHaveSingleItem().ToString().ShouldBe("john");
        _shell.Run($"{row} | Remove-MailPrincipal -Force").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal -Type Individual).Name").Output.ShouldHaveSingleItem().ToString().ShouldBe("jane");
    }

    [Fact]
    public void The_column_that_names_the_principal_is_used_and_the_others_are_not()
    {
        MakePeople();
        _shell.Run("[pscustomobject]@{ Mail = 'jane@example.org' } | Set-MailPrincipal -Quota 2GB").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        _shell.Run("[pscustomobject]@{ Mail = 'jane@example.org'; Quota = '3GB' } | Set-MailPrincipal -Description Jane").ShouldHaveNoErrors()
            .Warnings.ShouldHaveSingleItem().Message.ShouldContain("not used: 'Quota'.");
        _shell.Run("[pscustomobject]@{ Account = 'john'; Email = 'jane@example.org' } | Get-MailQuotaUsage | ForEach-Object Account").ShouldHaveNoErrors().Output.ShouldHaveSingleItem().ToString().ShouldBe("john");
    }

    [Theory]
    [InlineData("[pscustomobject]@{ ContactAddress = 'john.roe@example.org' }")]
    [InlineData("[pscustomobject]@{ Email = 'john.roe@example.org;jane@example.org' }")]
    [InlineData("[pscustomobject]@{ Email = '@example.org' }")]
    [InlineData("[pscustomobject]@{ Email = '' }")]
    [InlineData("[pscustomobject]@{ Email = 'john.roe@'; primaryEmail = '' }")]
    [InlineData("[pscustomobject]@{ Group = 'crew'; Member = 'john' }")]
    public void A_row_that_does_not_say_for_certain_whose_it_is_changes_nothing_and_the_others_go_on(string row)
    {
        MakePeople();
        int before = Writes.Length;
        ScriptResult run = _shell.Run($"{row}, [pscustomobject]@{{ Name = 'jane' }} | Disable-MailPrincipal");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("does not say for certain which principal is meant. That is read from Identity");
        Writes.Length.ShouldBe(before + 1);
        _shell.Run("(Get-MailPrincipal jane).Enabled").OutputAs<bool>().ShouldBe([false]);
        _shell.Run("[pscustomobject]@{ ContactAddress = 'john.roe@example.org' } | Disable-MailPrincipal -Identity { $_.ContactAddress }").ShouldHaveNoErrors();
    }

    private void MakePeople() => _shell.Run("""
        New-MailPrincipal crew -Type Group
        New-MailPrincipal john -NoPassword -Email john.roe@example.org, john@example.org
        New-MailPrincipal jane -NoPassword -Email jane@example.org
        """).ShouldHaveNoErrors();

    [Fact]
    public void WhatIf_sends_no_write_even_with_Force()
    {
        _shell.Run("New-MailPrincipal jane -NoPassword").ShouldHaveNoErrors();
        int before = Writes.Length;
        _shell.Run("""
            New-MailPrincipal ben -NoPassword -WhatIf
            Set-MailPrincipal jane -Quota 1GB -WhatIf
            Enable-MailPrincipal jane -WhatIf
            Disable-MailPrincipal jane -WhatIf
            Remove-MailPrincipal jane -WhatIf -Force
            $WhatIfPreference = $true
            Remove-MailPrincipal jane -Force
            Invoke-MailApi principal/jane -Method DELETE
            Invoke-MailApi reload
            """).ShouldHaveNoErrors();
        Writes.Length.ShouldBe(before);
        _server.RequestLog.ShouldNotContain(line => line.Contains("reload", StringComparison.Ordinal));
    }

    [Fact]
    public void Leaving_the_pipeline_early_asks_for_no_further_page()
    {
        _shell.Run("0..199 | ForEach-Object { [pscustomobject]@{ Name = \"user$_\" } } | New-MailPrincipal -NoPassword").ShouldHaveNoErrors();
        int before = _server.RequestCount;
        _shell.Run("foreach ($once in 1) { Get-MailPrincipal | ForEach-Object { $_.Name; if (++$n -eq 3) { break } } }").Output.Count.ShouldBe(3);
        (_server.RequestCount - before).ShouldBe(1);
    }

    // PowerShell makes one word of several by their numbers: Spam,Ham would be Ham.
    [Theory]
    [InlineData("Invoke-MailSpamTraining -Message 'Subject: x' -Class Spam, Ham")]
    [InlineData("Invoke-MailPurge -Scope Blob, Data -Force")]
    [InlineData("Request-MailStreamToken Metrics, Tracing")]
    [InlineData("Invoke-MailSettingReload Lookup, Certificate")]
    public void Several_words_are_not_taken_for_a_third(string command)
    {
        SandboxServer server = HostedShell.CreateServer(enterprise: true);
        using var shell = HostedShell.CreateConnected(server);
        int before = server.RequestCount;
        shell.Run(command).Errors.ShouldHaveSingleItem().ToString().ShouldContain("more than one");
        server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Every_parameter_that_is_one_word_refuses_several()
    {
        string[] open = [.. typeof(MailAdmin.PowerShell.Cmdlets.Connection.ConnectMailServer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(System.Management.Automation.Cmdlet)))
            .SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(System.Management.Automation.ParameterAttribute), true) && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum
                && !property.GetCustomAttributes(true).Any(attribute => attribute is System.Management.Automation.ArgumentTransformationAttribute))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")];
        open.ShouldBeEmpty();
    }
}
