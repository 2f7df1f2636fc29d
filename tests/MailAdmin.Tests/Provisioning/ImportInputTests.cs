using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.PowerShell.Files;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What can be imported: files by path, by object and by wildcard, in any encoding; rows; users of directory services; and nothing else.</summary>
public sealed class ImportInputTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public ImportInputTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("folder", _folder);
        Save("a.csv", "Name,Email\nann,ann@example.org\n");
        Save("b.csv", "Name,Email\nben,ben@example.org\n");
        Save("c[1].csv", "Name,Email\ncid,cid@example.org\n");
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("[IO.FileInfo]::new(\"$folder/a.csv\") | Import-MailPrincipal -NoPassword", "ann")]
    [InlineData("[IO.FileInfo]::new(\"$folder/a.csv\"), [IO.FileInfo]::new(\"$folder/c[1].csv\") | Import-MailPrincipal -NoPassword", "ann,cid")]
    [InlineData("\"$folder/a.csv\" | Import-MailPrincipal -NoPassword", "ann")]
    [InlineData("\"$folder/?.csv\" | Import-MailPrincipal -NoPassword", "ann,ben")]
    [InlineData("Import-MailPrincipal \"$folder/*.csv\" -NoPassword", "ann,ben,cid")]
    [InlineData("Import-MailPrincipal \"$folder/b.csv\", \"$folder/a.csv\" -NoPassword", "ben,ann")]
    [InlineData("Import-MailPrincipal \"$folder/c[1].csv\" -NoPassword", "cid")]
    [InlineData("Import-MailPrincipal -LiteralPath \"$folder/c[1].csv\" -NoPassword", "cid")]
    [InlineData("Import-MailPrincipal -PSPath \"$folder/c[1].csv\" -NoPassword", "cid")]
    [InlineData("[pscustomobject]@{ PSPath = \"$folder/a.csv\"; Name = 'a.csv'; Length = 120 } | Import-MailPrincipal -NoPassword", "ann")]
    public void Files_are_taken_as_Import_Csv_takes_them(string command, string names)
    {
        ScriptResult run = _shell.Run(command).ShouldHaveNoErrors();
        run.OutputAs<MailImportResult>().Select(r => r.Identity).ShouldBe(names.Split(','));
        run.OutputAs<MailImportResult>().ShouldAllBe(r => File.Exists(r.File) && r.Action == "Created");
    }

    [Theory]
    [InlineData("[IO.DirectoryInfo]::new($folder) | Import-MailPrincipal -NoPassword", "is a folder")]
    [InlineData("Import-MailPrincipal $folder -NoPassword", "is a folder")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess() | Import-MailPrincipal -NoPassword", "System.Diagnostics.Process")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Deserialized.System.ServiceProcess.ServiceController'; Name = 'spooler' } | Import-MailPrincipal -NoPassword", "System.ServiceProcess.ServiceController")]
    [InlineData("[version]'1.2' | Import-MailPrincipal -NoPassword", "System.Version")]
    [InlineData("@{ Name = 'x' } | Import-MailPrincipal -NoPassword -Encoding 1252", "-Encoding and -Delimiter are for files")]
    [InlineData("42 | Import-MailPrincipal -NoPassword", "System.Int32")]
    [InlineData("'nowhere.csv' | Import-MailPrincipal -NoPassword", "There is no file 'nowhere.csv'")]
    [InlineData("[pscustomobject]@{ PSPath = 'x'; Name = 'people.csv' } | Import-MailPrincipal -NoPassword", "There is no file 'x'")]
    [InlineData("\"$folder/a.csv\", @{ Name = 'x' } | Import-MailPrincipal -NoPassword", "Files and rows")]
    [InlineData("Import-MailPrincipal \"$folder/*.txt\" -NoPassword", "There is no file")]
    [InlineData("Import-MailPrincipal \"$folder/a.csv\", \"$folder/z.csv\" -NoPassword", "z.csv")]
    public void What_is_no_row_is_refused_by_its_name_and_nothing_is_sent(string command, string named)
    {
        int before = _server.RequestLog.Count;
        ScriptResult run = _shell.Run(command);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(named);
        _server.RequestLog.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("{ \"Name\": \"ann\", \"Email\": \"ann@example.org\" }", "ann")]
    [InlineData("{ \"items\": [{ \"name\": \"ann\", \"emails\": [\"ann@example.org\"] }], \"total\": 1 }", "ann")]
    [InlineData("{ \"data\": { \"items\": [{ \"name\": \"ann\", \"emails\": [\"ann@example.org\"] }], \"total\": 1 } }", "ann")]
    [InlineData("[{ \"name\": \"ann\", \"email\": \"ann@example.org\" }, { \"name\": \"ben\", \"emails\": [\"ben@example.org\"] }]", "ann,ben")]
    public void Json_is_taken_as_programs_write_it(string json, string names)
    {
        Save("x.json", json);
        _shell.Run("Import-MailPrincipal $folder/x.json -NoPassword").ShouldHaveNoErrors().OutputAs<MailImportResult>().Select(r => r.Identity).ShouldBe(names.Split(','));
        _shell.Run("Get-MailPrincipal ann, ben -ErrorAction Ignore").OutputAs<MailPrincipal>().ShouldAllBe(principal => principal.Email!.Count == 1);
    }

    [Theory]
    [InlineData("\"ann\"", "array of objects")]
    [InlineData("[{ \"name\": \"ann\", \"email\": \"ann@example.org\", \"emails\": \"b@example.org\" }]", "both hold Email")]
    [InlineData("[{ \"name\": \"ann\", \"email\": \"ann@example.org\", \"Email\": \"b@example.org\" }]", "twice")]
    public void Json_of_which_something_would_be_lost_is_refused(string json, string message)
    {
        Save("x.json", json);
        _shell.Run("Import-MailPrincipal $folder/x.json -NoPassword").Errors.ShouldHaveSingleItem().ToString().ShouldContain(message);
    }

    [Theory]
    [InlineData("Import-MailPrincipal $folder/a.csv -NoPassword -FailedPath Env:/x", "provider Environment")]
    [InlineData("Import-MailPrincipal $folder/a.csv -GeneratePassword -CredentialPath Variable:x", "provider Variable")]
    [InlineData("Import-MailPrincipal $folder/a.csv -NoPassword -FailedPath $folder", "is a folder")]
    [InlineData("Import-MailPrincipal $folder/a.csv -NoPassword -WhatIf -FailedPath $folder/none/f.csv", "New-Item -ItemType Directory")]
    [InlineData("Import-MailPrincipal $folder/a.csv -GeneratePassword -CredentialPath $folder/x.csv -FailedPath $folder/./x.csv", "the same file")]
    [InlineData("Export-MailPrincipal Env:/x", "provider Environment")]
    [InlineData("Export-MailPrincipal $folder", "is a folder")]
    [InlineData("Export-MailPrincipal $folder/none/f.csv", "New-Item -ItemType Directory")]
    public void A_file_that_cannot_be_written_is_refused_before_anything_is_sent(string command, string message)
    {
        int before = _server.RequestLog.Count;
        _shell.Run(command).Errors.ShouldHaveSingleItem().ToString().ShouldContain(message);
        _server.RequestLog.Count.ShouldBe(before);
    }

    [Fact]
    public void A_column_that_is_to_be_ignored_and_is_not_there_is_a_warning()
    {
        ScriptResult run = _shell.Run("[IO.FileInfo]::new(\"$folder/a.csv\") | Import-MailPrincipal -NoPassword -ColumnMap @{ Group = '' }").ShouldHaveNoErrors();
        run.OutputAs<MailImportResult>().Single().Identity.ShouldBe("ann");
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("'Group'");
    }

    [Fact]
    public void A_line_of_text_is_not_shown()
    {
        string error = _shell.Run("'jane,jane@example.org,S3cret' | Import-MailPrincipal").Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain("ConvertFrom-Csv");
        error.ShouldNotContain("S3cret");
    }

    [Theory]
    [InlineData("Microsoft.ActiveDirectory.Management.ADUser", "SamAccountName = 'jdoe'; Name = 'Jane Doe'; mail = 'jdoe@example.org'; Enabled = $true; DistinguishedName = 'CN=x,DC=y'")]
    [InlineData("Deserialized.Microsoft.ActiveDirectory.Management.ADUser", "SamAccountName = 'jdoe'; Name = 'Jane Doe'; mail = 'jdoe@example.org'")]
    [InlineData("Deserialized.Microsoft.Exchange.Data.Directory.Management.Mailbox", "Alias = 'jdoe'; DisplayName = 'Jane Doe'; PrimarySmtpAddress = 'jdoe@example.org'; RecipientTypeDetails = 'UserMailbox'")]
    public void Users_of_a_directory_service_are_read_as_its_exports_are(string type, string properties)
    {
        _shell.Run($"[pscustomobject]@{{ PSTypeName = '{type}'; {properties} }} | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors()
            .OutputAs<MailImportResult>().Single().Identity.ShouldBe("jdoe");
        _shell.Run("$p = Get-MailPrincipal jdoe; \"$($p.Email) $($p.Description)\"").OutputAs<string>().ShouldBe(["jdoe@example.org Jane Doe"]);
    }

    [Fact]
    public void Rows_of_a_database_and_of_a_class_are_rows()
    {
        using var table = new System.Data.DataTable();
        table.Columns.Add("Name");
        table.Columns.Add("Email");
        table.Columns.Add("Description");
        table.Rows.Add("ann", "ann@example.org", "Ann");
        table.Rows.Add("ben", "ben@example.org", DBNull.Value);
        _shell.SetVariable("table", table);
        _shell.Run("$table | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors().OutputAs<MailImportResult>().Select(r => r.Identity).ShouldBe(["ann", "ben"]);
        _shell.Run("class Person { [string] $Name; [string] $Email }; [Person]@{ Name = 'cid'; Email = 'cid@example.org' } | Import-MailPrincipal -NoPassword").ShouldHaveNoErrors()
            .OutputAs<MailImportResult>().Single().Identity.ShouldBe("cid");
    }

    [Theory]
    [InlineData("1250")]
    [InlineData("'1250'")]
    [InlineData("windows-1250")]
    [InlineData("([Text.Encoding]::GetEncoding(1250))")]
    public void The_encoding_is_given_by_name_number_or_object(string encoding)
    {
        Save("cz.csv", Encode(1250, "Name,Email,Description\njiri,jiri@example.org,Jiří Dvořák\n"));
        ScriptResult run = _shell.Run($"Import-MailPrincipal \"$folder/cz.csv\" -NoPassword -Encoding {encoding}").ShouldHaveNoErrors();
        run.Warnings.ShouldBeEmpty();
        _shell.Run("(Get-MailPrincipal jiri).Description").OutputAs<string>().ShouldBe(["Jiří Dvořák"]);
    }

    [Fact]
    public void The_encoding_that_was_given_is_verified_with_a_name_to_look_at()
    {
        Save("de.csv", Encode(850, "Name,Email,Description\njuergen,juergen@example.org,Jürgen\n"));
        _shell.Run("Import-MailPrincipal \"$folder/de.csv\" -NoPassword -WhatIf").Errors.ShouldHaveSingleItem().ToString().ShouldContain("such as oem");
        ScriptResult run = _shell.Run("Import-MailPrincipal \"$folder/de.csv\" -NoPassword -Encoding oem -WhatIf -Verbose").ShouldHaveNoErrors();
        run.Warnings.ShouldBeEmpty();
        run.Verbose.Where(record => record.Message.Contains("'Jürgen'", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("utf8")]
    [InlineData("utf8BOM")]
    [InlineData("unicode")]
    [InlineData("ansi")]
    [InlineData("oem")]
    [InlineData("utf-16BE")]
    [InlineData("utf32")]
    public void Names_of_encodings_are_those_of_PowerShell(string name)
    {
        Encoding encoding = FileEncoding.Parse(name);
        Save("x.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("Name,Email\nann,ann@example.org\n")]);
        _shell.Run($"Import-MailPrincipal \"$folder/x.csv\" -NoPassword -Encoding {name}").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Created");
    }

    [Theory]
    [InlineData("klingon")]
    [InlineData("99999")]
    [InlineData("utf7")]
    public void An_encoding_that_there_is_not_is_refused(string name) =>
        _shell.Run($"Import-MailPrincipal \"$folder/a.csv\" -NoPassword -Encoding {name}").Errors.ShouldHaveSingleItem().ToString().ShouldContain(name);

    [Theory]
    [InlineData("cz.csv", "Name,Email,Description\njiri,jiri@example.org,Jiří Dvořák\n")]
    [InlineData("cz.json", "[{\"Name\":\"jiri\",\"Email\":\"jiri@example.org\",\"Description\":\"Jiří Dvořák\"}]")]
    public void A_guessed_encoding_is_a_warning_with_a_name_to_look_at(string file, string content)
    {
        Save(file, Encode(1250, content));
        string warning = _shell.Run($"Import-MailPrincipal \"$folder/{file}\" -NoPassword -WhatIf").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message;
        warning.ShouldContain("windows-1252");
        warning.ShouldContain("'Jiøí Dvoøák'");
        warning.ShouldContain("-Encoding");
    }

    [Fact]
    public void The_name_to_look_at_is_never_a_password()
    {
        Save("pw.csv", Encode(1252, "Name,Password\nann,Gehéim\n"));
        string warning = _shell.Run("Import-MailPrincipal \"$folder/pw.csv\" -WhatIf").Warnings.ShouldHaveSingleItem().Message;
        warning.ShouldNotContain("Geh");
        warning.ShouldContain("Only passwords have letters that depend on it");
    }

    [Theory]
    [InlineData("Name,Password,City\nann,Gehéim,Zürich\n")]
    [InlineData("Name,Password,MemberOf\nann,plain-2026,süd\n")]
    [InlineData("Name,Password,Description\nann,Gehéim,Jürgen\n")]
    public void Passwords_alone_are_named_only_where_nothing_else_depends_on_the_encoding(string content)
    {
        Save("pw.csv", Encode(1252, content));
        _shell.Run("Import-MailPrincipal \"$folder/pw.csv\" -WhatIf").Warnings.ShouldAllBe(warning => !warning.Message.Contains("Only passwords", StringComparison.Ordinal));
    }

    [Fact]
    public void JSON_of_Windows_PowerShell_is_UTF16()
    {
        Save("u.json", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("[{\"Name\":\"jürgen\",\"Email\":\"j@example.org\"}]")]);
        _shell.Run("Import-MailPrincipal \"$folder/u.json\" -NoPassword").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Identity.ShouldBe("jürgen");
    }

    [Theory]
    [InlineData("Name,Email\nlena\u200B,lena@example.org\n", "NameInvalid", "U+200B")]
    [InlineData("Name,Email\nlena,lena\u200B@example.org\n", "EmailInvalid", "U+200B")]
    [InlineData("Name,Email,Description\nlena,lena@example.org,M\uFFFDller\n", "TextInvalid", "U+FFFD")]
    [InlineData("Name,Email,Description\nlena,lena@example.org,J\u00C3\u00BCrgen\n", "TextInvalid", "Jürgen")]
    [InlineData("Name,Email,MemberOf\nlena,lena@example.org,sta\uFEFFff\n", "TextInvalid", "U+FEFF")]
    [InlineData("Name,Email\n\uFEFFName,Email\nlena,lena@example.org\n", "HeaderRepeated", "joined")]
    [InlineData("Name,Description\nname,description\n", "HeaderRepeated", "joined")]
    [InlineData("Name,Email\no\u2019brien,o@example.org\n", "NameTypographic", "U+2019")]
    [InlineData("Name,Email\nj\u0430ne2,o@example.org\n", "NameTypographic", "U+0430")]
    public void Text_that_was_not_meant_is_refused_by_row(string content, string errorId, string reason)
    {
        Save("x.csv", content);
        ErrorRecord error = _shell.Run("Import-MailPrincipal \"$folder/x.csv\" -NoPassword").Errors[0];
        error.FullyQualifiedErrorId.ShouldStartWith(errorId);
        error.ToString().ShouldContain(reason);
    }

    [Fact]
    public void Names_are_composed_so_that_two_spellings_are_one()
    {
        Save("x.csv", "Name,Email\nrene\u0301,a@example.org\nren\u00E9,b@example.org\n");
        _shell.Run("Import-MailPrincipal \"$folder/x.csv\" -NoPassword").Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).ShouldBe(["NameDuplicate", "NameDuplicate"]);
        Save("x.csv", "Name,Email\nrene\u0301,a@example.org\n");
        _shell.Run("Import-MailPrincipal \"$folder/x.csv\" -NoPassword").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal 'ren\u00E9').Name").OutputAs<string>().ShouldBe(["ren\u00E9"]);
    }

    [Fact]
    public void A_typographic_login_is_taken_where_it_is_asked_for_and_left_unchanged_then()
    {
        Save("x.csv", "Name,Email\no\u2019brien,o@example.org\n");
        _shell.Run("Import-MailPrincipal \"$folder/x.csv\" -NoPassword -AllowUnusualName").ShouldHaveNoErrors();
        _shell.Run("Import-MailPrincipal \"$folder/x.csv\"").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Unchanged");
    }

    private static byte[] Encode(int codePage, string text) => CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);

    private void Save(string name, string content) => Save(name, Encoding.UTF8.GetBytes(content));

    private void Save(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_folder, name), content);
}
