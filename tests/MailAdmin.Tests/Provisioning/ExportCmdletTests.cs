using System.Text;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.PowerShell.Files;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Export-MailPrincipal writes whole files, in an encoding that has every letter, and protects cells from spreadsheets so that import takes them back.</summary>
public sealed class ExportCmdletTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public ExportCmdletTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("file", TargetFile);
    }

    private string TargetFile => Path.Combine(_folder, "out.csv");

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1", "=1+1")]
    [InlineData("+49 1234", "'+49 1234", "+49 1234")]
    [InlineData("-SUM(A1)", "'-SUM(A1)", "-SUM(A1)")]
    [InlineData("@SUM(A1)", "'@SUM(A1)", "@SUM(A1)")]
    [InlineData("'=kept", "''=kept", "''=kept")]
    [InlineData("'plain", "'plain", "'plain")]
    [InlineData("o'brien", "o'brien", "o'brien")]
    public void Cells_that_a_spreadsheet_would_run_are_protected_and_come_back_as_they_were(string description, string cell, string unprotectedCell)
    {
        _shell.SetVariable("description", description);
        _shell.Run("New-MailPrincipal ann -Type Location -Description $description").ShouldHaveNoErrors();

        ScriptResult run = _shell.Run("Export-MailPrincipal $file -ProtectFormula -Verbose").ShouldHaveNoErrors();
        run.Warnings.ShouldBeEmpty();
        run.Verbose.Any(record => record.Message.Contains("apostrophe", StringComparison.Ordinal)).ShouldBe(description[0] is '=' or '+' or '-' or '@');
        File.ReadAllText(TargetFile).ShouldContain($",{cell},");
        Import().ShouldAllBe(result => result.Action == "Unchanged");

        ScriptResult open = _shell.Run("Export-MailPrincipal $file -Force").ShouldHaveNoErrors();
        open.Warnings.Any(warning => warning.Message.Contains("-ProtectFormula", StringComparison.Ordinal)).ShouldBe(description[0] is '=' or '+' or '-' or '@');
        File.ReadAllText(TargetFile).ShouldContain($",{unprotectedCell},");
        Import().ShouldAllBe(result => result.Action == "Unchanged");
    }

    [Fact]
    public void In_other_files_an_apostrophe_belongs_to_the_value()
    {
        File.WriteAllText(TargetFile, "Name,Description,Password,Email\nann,'=kept,'=secret,ann@example.org\n");
        Import();
        _shell.Run("(Get-MailPrincipal ann).Description").OutputAs<string>().ShouldBe(["'=kept"]);
        using var asAnn = HostedShell.CreateConnected(_server, "ann", "'=secret");
    }

    [Theory]
    [InlineData("windows-1250")]
    [InlineData("1250")]
    [InlineData("unicode")]
    [InlineData("utf8BOM")]
    public void The_file_is_written_in_the_encoding_given(string name)
    {
        _shell.Run("New-MailPrincipal jiri -Type Location -Description 'Jiří Dvořák'").ShouldHaveNoErrors();
        _shell.Run($"Export-MailPrincipal $file -Encoding {name}").ShouldHaveNoErrors();
        Encoding encoding = FileEncoding.Parse(name);
        byte[] bytes = File.ReadAllBytes(TargetFile);
        bytes.AsSpan().StartsWith(encoding.Preamble).ShouldBeTrue();
        encoding.GetString(bytes).ShouldContain("Jiří Dvořák");
    }

    [Theory]
    [InlineData("windows-1252", "U+0159")]
    [InlineData("ascii", "U+00ED")]
    public void A_letter_that_the_encoding_does_not_have_ends_the_export_without_a_file(string name, string codePoint)
    {
        _shell.Run("New-MailPrincipal jiri -Type Location -Description 'řežíš'").ShouldHaveNoErrors();
        _shell.Run($"Export-MailPrincipal $file -Encoding {name}").Errors.ShouldHaveSingleItem().ToString().ShouldContain(name == "ascii" ? "U+0159" : codePoint);
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_failed_export_leaves_the_old_file_as_it_was()
    {
        _shell.Run("New-MailPrincipal jiri -Type Location -Description 'ř'").ShouldHaveNoErrors();
        File.WriteAllText(TargetFile, "the old one");
        _shell.Run("Export-MailPrincipal $file -Encoding windows-1252 -Force").Errors.ShouldHaveSingleItem();
        File.ReadAllText(TargetFile).ShouldBe("the old one");
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("-Encoding unicode")]
    [InlineData("-ProtectFormula")]
    public void JSON_is_UTF8_and_has_no_formulas(string parameter)
    {
        _shell.SetVariable("json", Path.Combine(_folder, "out.json"));
        _shell.Run($"Export-MailPrincipal $json {parameter}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("JSON");
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Export-MailPrincipal $other -Force", "accounts.xlsx", ".csv or .json")]
    [InlineData("Get-MailPrincipal example.com | Export-MailPrincipal $other", "accounts.XML", ".csv or .json")]
    [InlineData("Export-MailPrincipal $other -WhatIf", "accounts.html", ".csv or .json")]
    [InlineData("[pscustomobject]@{ Name = 'ann' } | Import-MailPrincipal -FailedPath $other", "failed.xls", ".csv")]
    [InlineData("[pscustomobject]@{ Name = 'ann' } | Import-MailPrincipal -FailedPath $other", "failed.json", ".csv")]
    [InlineData("[pscustomobject]@{ Name = 'ann' } | Import-MailPrincipal -GeneratePassword -CredentialPath $other", "new.ods", ".csv")]
    public void No_file_is_written_with_the_extension_of_another_format(string script, string name, string formats)
    {
        _shell.Run("New-MailPrincipal example.com -Type Domain").ShouldHaveNoErrors();
        _shell.SetVariable("other", Path.Combine(_folder, name));
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain($"Specify a file that ends in {formats}.");
        File.Exists(Path.Combine(_folder, name)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("accounts.txt")]
    [InlineData("accounts")]
    [InlineData("accounts.2026-07-01")]
    public void Any_other_extension_is_one_of_text(string name)
    {
        _shell.SetVariable("other", Path.Combine(_folder, name));
        _shell.Run("Export-MailPrincipal $other").ShouldHaveNoErrors();
        File.ReadAllText(Path.Combine(_folder, name)).ShouldStartWith("Name,Type,");
    }

    [Fact]
    public void A_list_of_many_members_is_exported_and_imported()
    {
        _shell.Run("New-MailPrincipal all -Type List -ExternalMember (1..3000 | ForEach-Object { \"a.rather.long.member.name.$_@example.com\" })").ShouldHaveNoErrors();
        _shell.Run("Export-MailPrincipal $file").ShouldHaveNoErrors();
        new FileInfo(TargetFile).Length.ShouldBeGreaterThan(65_536);
        Import().ShouldAllBe(result => result.Action == "Unchanged");
    }

    private MailImportResult[] Import() => _shell.Run("Import-MailPrincipal $file").ShouldHaveNoErrors().OutputAs<MailImportResult>();

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void What_the_file_does_not_hold_is_told(string extension)
    {
        using var later = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));
        later.SetVariable("file", Path.Combine(_folder, $"out.{extension}"));
        later.Run("'ann@example.org', 'bob@example.org' | ForEach-Object { $null = New-MailPrincipal $_ -NoPassword }; Get-MailPrincipal ann@example.org, bob@example.org | Export-MailPrincipal $file").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        later.Run("Set-MailPrincipal ann@example.org -AddEmail old@example.org; Set-MailPrincipal ann@example.org -DisableEmail old@example.org; $null = New-MailPrincipal ann@example.org/Backup -Type ApiKey -Expires '2030-01-01' -AllowedIp 192.0.2.0/24").ShouldHaveNoErrors();

        string[] told = [.. later.Run("Export-MailPrincipal $file -Text ann -Force").ShouldHaveNoErrors().Warnings.Select(warning => warning.Message)];

        told.ShouldContain(warning => warning.Contains("DisabledEmail", StringComparison.Ordinal) && warning.Contains("'ann@example.org' has", StringComparison.Ordinal));
        told.ShouldContain(warning => warning.Contains("Expires", StringComparison.Ordinal) && warning.Contains("ann@example.org/backup", StringComparison.OrdinalIgnoreCase));
        told.ShouldContain(warning => warning.Contains("AllowedIp", StringComparison.Ordinal));
    }
}
