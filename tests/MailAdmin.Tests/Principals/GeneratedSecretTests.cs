// A password or key that was made here is lost silently nowhere: it is on the disk before its account is made, or the object that has it says so.
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class GeneratedSecretTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-secrets-");

    public GeneratedSecretTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("path", SecretFile);
    }

    private string SecretFile => Path.Combine(_folder.FullName, "secrets.csv");

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_file_gets_each_password_and_each_key_and_nobody_else_may_read_it()
    {
        _shell.Run("$made = 'ann', 'Ben' | ForEach-Object { [pscustomobject]@{ Name = $_; Email = \"$_@example.org\" } } | New-MailPrincipal -GeneratePassword -CredentialPath $path").ShouldHaveNoErrors();
        _shell.Run("$made += New-MailPrincipal robot -Type ApiKey -CredentialPath $path").ShouldHaveNoErrors();
        string[] expected = [.. _shell.Run("$made | ForEach-Object { \"$($_.Name),$(if ($_.ApiKey) { [Net.NetworkCredential]::new('', $_.ApiKey).Password } else { $_.Credential.GetNetworkCredential().Password })\" }").OutputAs<string>()];
        File.ReadAllLines(SecretFile).ShouldBe(["Name,Password", .. expected], ignoreOrder: true);
        expected.Length.ShouldBe(3);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(SecretFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("New-MailPrincipal ann -Email ann@example.org -GeneratePassword -CredentialPath $path")]
    [InlineData("[pscustomobject]@{ Name = 'ann'; Email = 'ann@example.org' } | Import-MailPrincipal -GeneratePassword -CredentialPath $path")]
    [InlineData("Set-MailPrincipal jane.doe -GeneratePassword -CredentialPath $path")]
    public void Another_file_is_not_overwritten_and_nothing_is_sent(string script)
    {
        File.WriteAllText(SecretFile, "Name,Phone\nann,1\n");
        int before = _server.RequestLog.Count(line => line.StartsWith("POST", StringComparison.Ordinal));
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain("already exists");
        File.ReadAllText(SecretFile).ShouldBe("Name,Phone\nann,1\n");
        _server.RequestLog.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(before);
    }

    [Fact]
    public void Where_the_file_cannot_be_written_no_account_is_made()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The system has no device that is always full.");
        _shell.Run("New-MailPrincipal ann -Email ann@example.org -GeneratePassword -CredentialPath /dev/full").Errors.ShouldNotBeEmpty();
        _shell.Run("Get-MailPrincipal ann").Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void Without_a_secret_there_is_no_file()
    {
        _shell.Run("New-MailPrincipal ann -Email ann@example.org -GeneratePassword -CredentialPath $path -WhatIf").ShouldHaveNoErrors();
        File.Exists(SecretFile).ShouldBeFalse();
        _shell.Run("New-MailPrincipal crew -Type Group -CredentialPath $path").Errors.ShouldHaveSingleItem().ToString().ShouldContain("-GeneratePassword");
        _shell.Run("New-MailPrincipal bob -NoPassword -NoAddress -CredentialPath $path").ShouldHaveNoErrors();
        File.Exists(SecretFile).ShouldBeFalse();
    }

    [Fact]
    public void A_password_that_is_set_is_in_the_file_under_the_new_name()
    {
        _shell.Run("New-MailPrincipal ann -NoAddress -NoPassword").ShouldHaveNoErrors();
        _shell.Run("$set = Set-MailPrincipal ann -NewName anna -GeneratePassword -CredentialPath $path").ShouldHaveNoErrors();
        string password = _shell.Run("$set.Credential.UserName; $set.Credential.GetNetworkCredential().Password").OutputAs<string>() is ["anna", var text] ? text : "";
        File.ReadAllLines(SecretFile).ShouldBe(["Name,Password", $"anna,{password}"]);
        _shell.Run("Set-MailPrincipal anna -Quota 5GB -CredentialPath $path").Errors.ShouldHaveSingleItem().ToString().ShouldContain("-GeneratePassword");
        _shell.Run("'anna', 'nosuch' | Set-MailPrincipal -GeneratePassword -AddEmail x@nowhere.test -CredentialPath $path").Errors.Count.ShouldBe(2);
        File.ReadAllLines(SecretFile).ShouldBe(["Name,Password", $"anna,{password}"]);
    }

    // Of what is begun and not received, nobody would have the password.
    [Theory]
    [InlineData("1..9 | ForEach-Object { [pscustomobject]@{ Name = \"new$_\" } } | New-MailPrincipal -NoAddress -GeneratePassword | & $two", "Get-MailPrincipal new*")]
    [InlineData("1..9 | ForEach-Object { \"robot$_\" } | ForEach-Object { [pscustomobject]@{ Name = $_; Type = 'ApiKey' } } | New-MailPrincipal | & $two", "Get-MailPrincipal robot*")]
    [InlineData("Get-MailPrincipal old* | Set-MailPrincipal -GeneratePassword | & $two", "Get-MailPrincipal old* | Where-Object PasswordCount")]
    public void Who_takes_two_has_two_made(string script, string list)
    {
        _shell.Run("1..9 | ForEach-Object { [pscustomobject]@{ Name = \"old$_\" } } | New-MailPrincipal -NoAddress -NoPassword").ShouldHaveNoErrors();
        // Ends the pipeline with the second object, as Select-Object -First 2 does.
        string ended = script.Replace(" | & $two", " | ForEach-Object { $_; $taken++; if ($taken -eq 2) { break } }", StringComparison.Ordinal);
        _shell.Run($"$taken = 0; do {{ {ended} }} while ($false)").ShouldHaveNoErrors().Output.Count.ShouldBe(2);
        _shell.Run(list).ShouldHaveNoErrors().Output.Count.ShouldBe(2);
    }

    // An editor leaves the last line open; what another program has saved in a form of its own cannot be continued.
    [Fact]
    public void A_file_that_was_edited_keeps_its_rows_or_is_refused()
    {
        File.WriteAllText(SecretFile, "Name,Password\nold,pw");
        _shell.Run("New-MailPrincipal ann -NoAddress -GeneratePassword -CredentialPath $path").ShouldHaveNoErrors();
        File.ReadAllLines(SecretFile).Select(line => line.Split(',')[0]).ShouldBe(["Name", "old", "ann"]);
        foreach ((string content, System.Text.Encoding encoding) in new[] { ("Name,Password\r\nold,pw\r\n", System.Text.Encoding.Unicode), ("Name;Password\r\nold;pw\r\n", System.Text.Encoding.UTF8) })
        {
            File.WriteAllText(SecretFile, content, encoding);
            UnixFileMode? mode = OperatingSystem.IsWindows() ? null : (UnixFileMode)0b110_100_100;
            if (mode is { } open && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(SecretFile, open);
            }
            _shell.Run("New-MailPrincipal ben -NoAddress -GeneratePassword -CredentialPath $path").Errors.ShouldHaveSingleItem().ToString().ShouldContain("already exists");
            File.ReadAllText(SecretFile, encoding).ShouldBe(content);
            if (mode is not null && !OperatingSystem.IsWindows())
            {
                // What is not written is left as it is.
                File.GetUnixFileMode(SecretFile).ShouldBe(mode.Value);
            }
        }
        _shell.Run("Get-MailPrincipal ben").Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_later_password_replaces_the_earlier_one_of_the_file()
    {
        File.WriteAllText(SecretFile, "Name,Password\r\nann,first\r\nben,kept\r\n");
        _shell.Run("New-MailPrincipal ann -NoAddress -GeneratePassword -CredentialPath $path; Set-MailPrincipal Ann -GeneratePassword -CredentialPath $path").ShouldHaveNoErrors();
        string[] rows = [.. File.ReadAllLines(SecretFile).Skip(1)];
        rows.Length.ShouldBe(2);
        rows.ShouldContain("ben,kept");
        rows.ShouldContain(row => row.StartsWith("ann,", StringComparison.Ordinal) && row != "ann,first");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(SecretFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        // What is not certain leaves both.
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Lost, Method = "PATCH", Path = "/api/principal/ann" });
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Reset, Method = "GET", Path = "/api/principal/ann" });
        _shell.Run("Set-MailPrincipal ann -GeneratePassword -CredentialPath $path").Errors.ShouldNotBeEmpty();
        File.ReadAllLines(SecretFile).Count(row => row.StartsWith("ann,", StringComparison.Ordinal)).ShouldBeInRange(1, 2);
    }

    // The account has the new password then, and nobody would know it.
    [Fact]
    public void A_password_that_is_set_is_returned_also_where_the_account_cannot_be_read_again()
    {
        _shell.Run("New-MailPrincipal ann -NoAddress -NoPassword").ShouldHaveNoErrors();
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "GET", Path = "/api/principal/anna" });
        ScriptResult run = _shell.Run("(Set-MailPrincipal ann -NewName anna -GeneratePassword).Credential.GetNetworkCredential().Password").ShouldHaveNoErrors();
        run.OutputAs<string>().Single().Length.ShouldBeGreaterThan(10);
        run.Warnings.ShouldContain(warning => warning.Message.Contains("could not be read again", StringComparison.Ordinal));
    }

    // It would be taken for the password of whoever has the name.
    [Fact]
    public void A_password_whose_account_was_not_made_is_taken_back()
    {
        _shell.Run("New-MailPrincipal taken -NoAddress -NoPassword").ShouldHaveNoErrors();
        ScriptResult run = _shell.Run("'first', 'taken', 'last' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-MailPrincipal -NoAddress -GeneratePassword -CredentialPath $path -ThrottleLimit 1");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("taken");
        File.ReadAllLines(SecretFile).Select(line => line.Split(',')[0]).ShouldBe(["Name", "first", "last"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("New-MailPrincipal ann -NoAddress -GeneratePassword -CredentialPath $path")]
    [InlineData("[pscustomobject]@{ Name = 'ann' } | Import-MailPrincipal -NoAddress -GeneratePassword -CredentialPath $path")]
    public void A_file_that_was_open_to_all_is_closed_to_others(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions.");
            return;
        }
        foreach (string content in new[] { "", "Name,Password\r\n" })
        {
            File.WriteAllText(SecretFile, content);
            File.SetUnixFileMode(SecretFile, (UnixFileMode)0b110_110_110);
            _shell.Run(script).ShouldHaveNoErrors();
            File.GetUnixFileMode(SecretFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            _shell.Run("Remove-MailPrincipal ann -Force").ShouldHaveNoErrors();
        }
    }

    [Theory]
    [InlineData("New-MailPrincipal ann -Email ann@example.org -GeneratePassword", "MailPrincipal#GeneratedPassword")]
    [InlineData("New-MailPrincipal ann -NoPassword -NoAddress | Set-MailPrincipal -GeneratePassword -CredentialPath $path", "MailPrincipal")]
    [InlineData("New-MailPrincipal robot -Type ApiKey", "MailPrincipal#GeneratedApiKey")]
    [InlineData("New-MailPrincipal ann -NoPassword -NoAddress | Set-MailPrincipal -GeneratePassword -Confirm:$false", "MailPrincipal#GeneratedPassword")]
    [InlineData("[pscustomobject]@{ Name = 'ann'; Email = 'ann@example.org' } | Import-MailPrincipal -GeneratePassword", "MailImportResult#GeneratedPassword")]
    [InlineData("New-MailPrincipal ann -Email ann@example.org -GeneratePassword -CredentialPath $path", "MailPrincipal")]
    [InlineData("New-MailPrincipal ann -Email ann@example.org -NoPassword", "MailPrincipal")]
    [InlineData("[pscustomobject]@{ Name = 'ann'; Email = 'ann@example.org' } | Import-MailPrincipal -NoPassword", "MailImportResult")]
    public void An_object_with_the_only_copy_is_shown_by_a_view_that_says_so(string script, string type) =>
        _shell.Run($"({script}).PSTypeNames[0]").ShouldHaveNoErrors().OutputAs<string>().Single().Split('.')[^1].ShouldBe(type);
}
