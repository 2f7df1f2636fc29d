using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>The file of failed rows, and how a run ends: what was done is told, and what is left can be mended and run again.</summary>
public sealed class FailedRowsTests : IDisposable
{
    private const string People = """"
        Name,Email,Password,Quota
        ann,ann@example.org,secret one,1GB
        ben,ben@example.org,"secret, ""two""",5 gigs
        cid,cid@nowhere.test,secret three,1GB

        """";

    private const string DirectoryWithDomain = """{"items":[{"id":1,"type":"domain","name":"example.org"}],"total":1}""";

    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public FailedRowsTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("failed", Failed);
        _shell.SetVariable("folder", _folder);
    }

    private string Failed => Path.Combine(_folder, "failed.csv");

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Failed_rows_are_mended_in_their_file_and_run_again()
    {
        Import(People, "-FailedPath $failed").Errors.Count.ShouldBe(2);
        File.ReadAllLines(Failed)[0].ShouldBe("Row,Column,ErrorId,Error,Name,Email,Password,Quota");
        string ben = File.ReadAllLines(Failed)[1];
        ben.ShouldStartWith("3,Quota,QuotaInvalid,");
        ben.ShouldEndWith(",ben,ben@example.org,\"secret, \"\"two\"\"\",5 gigs");

        File.WriteAllText(Failed, File.ReadAllText(Failed).Replace(",5 gigs", ",5 GB", StringComparison.Ordinal).Replace("nowhere.test,", "example.org,", StringComparison.Ordinal));
        ScriptResult again = _shell.Run("Import-MailPrincipal $failed").ShouldHaveNoErrors();

        again.OutputAs<MailImportResult>().Select(r => (r.Identity, r.Action)).ShouldBe([("ben", "Created"), ("cid", "Created")]);
        again.Warnings.ShouldBeEmpty();
        using var asBen = HostedShell.CreateConnected(_server, "ben", "secret, \"two\"");
    }

    [Theory]
    [InlineData("-Strict")]
    [InlineData("-ErrorAction Stop")]
    public void Where_nothing_was_sent_every_row_is_left_to_do(string parameters)
    {
        _shell.Run($"Import-MailPrincipal '{Save("a.csv", People)}', '{Save("b.csv", People.Replace("ann", "dan", StringComparison.Ordinal).Replace("ben", "eve", StringComparison.Ordinal).Replace("cid", "fay", StringComparison.Ordinal))}' -FailedPath $failed {parameters}")
            .Errors[^1].FullyQualifiedErrorId.ShouldStartWith("ImportRejected");

        File.ReadAllLines(Failed).ShouldContain(line => line.StartsWith("2,,NotSent,", StringComparison.Ordinal) && line.EndsWith(",ann,ann@example.org,secret one,1GB", StringComparison.Ordinal));
        File.WriteAllText(Failed, File.ReadAllText(Failed).Replace(",5 gigs", ",5 GB", StringComparison.Ordinal).Replace("nowhere.test,", "example.org,", StringComparison.Ordinal));
        _shell.Run("Import-MailPrincipal $failed").ShouldHaveNoErrors().OutputAs<MailImportResult>().Select(r => r.Identity).ShouldBe(["ben", "cid", "ann", "dan", "eve", "fay"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Group,Member\nsales,ann\nsales,nobody\nsales,ben\n", "")]
    [InlineData("Group,Member\nsales,ann\nsales,\"CN=x,DC=y\"\nsales,ben\n", "")]
    [InlineData("Name,Type,Member\nsales,Group,ann\nsales,Group,nobody\nsales,,ben\n", "")]
    [InlineData("Group,Member\nsales,nobody\nsales,ann\nsales,nobody\nsales,ben\n", "")]
    [InlineData("Group,Member\nsales,ann\nsales,nobody\nsales,ben\n", "-Replace")]
    [InlineData("Group,Member\nsales,ann\nsales,ben\nnowhere,ann\nnowhere,ben\n", "")]
    public void A_wrong_member_is_left_to_do_and_no_row_is_lost(string table, string parameters)
    {
        _shell.Run("New-MailPrincipal sales -Type Group -Email sales@example.org; 'ann', 'ben' | ForEach-Object { New-MailPrincipal $_ -NoPassword -NoAddress }; $null = 1");
        string path = Save("m.csv", table);
        MailImportResult[] results = [.. _shell.Run($"Import-MailPrincipal '{path}' {parameters} -FailedPath $failed -ErrorAction SilentlyContinue").OutputAs<MailImportResult>()];

        results.Length.ShouldBe(File.ReadAllLines(path).Length - 1);
        int[] failed = [.. results.Where(r => r.Action == "Failed").Select(r => r.Row)];
        File.ReadAllLines(Failed).Length.ShouldBe(1 + failed.Length);
        failed.Length.ShouldBe(parameters == "-Replace" ? 3 : table.Split("nobody").Length - 1 is > 0 and var bad ? bad : table.Contains("nowhere", StringComparison.Ordinal) ? 2 : 1);
        _shell.Run("Get-MailPrincipal sales").OutputAs<MailPrincipal>().Single().Member.ShouldBe(parameters == "-Replace" ? [] : ["ann", "ben"], ignoreOrder: true);
    }

    [Fact]
    public void Rows_gathered_into_one_that_the_server_refuses_are_left_to_do_with_it()
    {
        _shell.Run("New-MailPrincipal sales -Type Group -Email sales@example.org; 'ann', 'ben' | ForEach-Object { New-MailPrincipal $_ -NoPassword -NoAddress }; $null = 1");
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 400, Method = "PATCH" });
        MailImportResult[] results = [.. _shell.Run($"Import-MailPrincipal '{Save("m.csv", "Group,Member\nsales,ann\nsales,ben\n")}' -FailedPath $failed -ErrorAction SilentlyContinue").OutputAs<MailImportResult>()];

        results.ShouldAllBe(r => r.Action == "Failed");
        File.ReadAllLines(Failed).Length.ShouldBe(3);
    }

    [Fact]
    public void The_file_has_the_delimiter_of_the_source_and_other_columns_than_its_own()
    {
        Import("Row;Name;Email\n7;ann;ann@nowhere.test\n", "-NoPassword -FailedPath $failed -ColumnMap @{ Row = '' }");
        File.ReadAllLines(Failed)[0].ShouldBe("ImportRow;ImportColumn;ImportErrorId;ImportError;Row;Name;Email");
        File.WriteAllText(Failed, File.ReadAllText(Failed).Replace("ann@nowhere.test", "ann@example.org", StringComparison.Ordinal));
        _shell.Run("Import-MailPrincipal $failed -NoPassword").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Created");
    }

    // Each is imported, its list of failed rows as it is, that list's list, and then mended as a person would.
    [Theory]
    [InlineData("Name,Email,Password,Description\nkate,kate@example.org,Kate Kelly-Jones\n", "org,Kate", "org,a good secret,Kate", "Kate Kelly-Jones", "a good secret")]
    [InlineData("Name,Email,Description,Password\nkate,kate@example.org,a good secret\n", "org,a", "org,Kate Kelly-Jones,a", "Kate Kelly-Jones", "a good secret")]
    [InlineData("Name,Email,Password,Description\njon,jon@example.org,Win,ter2026!x,Jon Kerr\n", "Win,ter2026!x", "\"Win,ter2026!x\"", "Jon Kerr", "Win,ter2026!x")]
    [InlineData("Name,Email,Password,Description,Quota\njon,jon@example.org,Win,ter2026!x,,1GB\n", "Win,ter2026!x", "\"Win,ter2026!x\"", null, "Win,ter2026!x")]
    [InlineData("Name,Email,Password,Description\njon,jon@example.org,Win,ter2026!x,\n", "Win,ter2026!x", "\"Win,ter2026!x\"", null, "Win,ter2026!x")]
    [InlineData("Name;Email;Password;Description\njon;jon@example.org;Win;ter2026!x;Kerr, Jon\n", "Win;ter2026!x", "\"Win;ter2026!x\"", "Kerr, Jon", "Win;ter2026!x")]
    [InlineData("Name\tEmail\tPassword\tDescription\nkate\tkate@example.org\tKate Kelly-Jones\n", "org\tKate", "org\ta good secret\tKate", "Kate Kelly-Jones", "a good secret")]
    [InlineData("Name,Email,Password,Description\nkate,kate@nowhere.test,\"Win,\"\"ter\",\"Kelly,\nKate\"\n", "nowhere.test", "example.org", "Kelly,\nKate", "Win,\"ter")]
    [InlineData("Name,Email,Password,Quota\nkate,kate@example.org,a good secret,5 gigs\n", "5 gigs", "5GB", null, "a good secret")]
    [InlineData("Row,Name,Email,Password\n7,kate,kate@example.org\n", "org", "org,a good secret", null, "a good secret")]
    public void A_row_stays_invalid_until_it_is_mended_and_then_reads_right(string table, string wrong, string right, string? description, string password)
    {
        Import(table, "-FailedPath $failed -ColumnMap @{ Row = '' }").Errors.ShouldNotBeEmpty();
        string list = File.ReadAllText(Failed);
        string second = Path.Combine(_folder, "second.csv");
        _shell.SetVariable("second", second);
        foreach (string command in new[] { "Import-MailPrincipal $failed -FailedPath $second", "Import-MailPrincipal $second" })
        {
            _shell.Run($"{command} -ColumnMap @{{ Row = '' }}").OutputAs<MailImportResult>().ShouldHaveSingleItem().Action.ShouldBe("Failed");
        }
        File.ReadAllLines(second)[0].ShouldBe(list.Split("\r\n")[0]);

        string text = File.ReadAllText(second);
        int at = text.LastIndexOf(wrong, StringComparison.Ordinal);
        File.WriteAllText(second, text[..at] + right + text[(at + wrong.Length)..]);
        _shell.Run("Import-MailPrincipal $second -ColumnMap @{ Row = '' }").ShouldHaveNoErrors().OutputAs<MailImportResult>().ShouldHaveSingleItem().Action.ShouldBe("Created");
        string name = table.Contains("kate", StringComparison.Ordinal) ? "kate" : "jon";
        _shell.Run($"Get-MailPrincipal {name}").OutputAs<MailPrincipal>().Single().Description.ShouldBe(description);
        using var asOwner = HostedShell.CreateConnected(_server, name, password);
    }

    // A spreadsheet, and Import-Csv with Export-Csv, give every row the same number of cells: then the number says nothing more, and the row itself must.
    [Theory]
    [InlineData("2,,CellMissing,wrong,kev,kev@example.org,no,", "Row,Column,ErrorId,Error,Name,Email,Description,Enabled")]
    [InlineData("2,,CellSurplus,wrong,jon,jon@example.org,Win,ter2026!x,Jon Kerr", "Row,Column,ErrorId,Error,Name,Email,Password,Description,")]
    [InlineData("2,,CellSurplus,wrong,jon,jon@example.org,Win,ter2026!x,", "Row,Column,ErrorId,Error,Name,Email,Password,Description,")]
    [InlineData("2,,NotSent,wrong,jon,jon@example.org,Win,ter2026!x,Jon Kerr", "Row,Column,ErrorId,Error,Name,Email,Password,Description,")]
    public void A_row_that_a_program_filled_up_stays_invalid_until_its_mark_is_gone(string row, string header)
    {
        ScriptResult unmended = Import($"{header}\n{row}\n", "-NoPassword -FailedPath $failed");
        unmended.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("CellCountMismatch");
        _shell.Run("Import-MailPrincipal $failed -NoPassword").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("CellCountMismatch");
        if (row.EndsWith(','))
        {
            unmended.Errors[0].ToString().ShouldContain("empty its cell in the column ErrorId");
            Import($"{header}\n{row.Replace("CellMissing", "", StringComparison.Ordinal).Replace("CellSurplus", "", StringComparison.Ordinal)}\n", "-NoPassword").ShouldHaveNoErrors();
        }
    }

    [Fact]
    public void Rows_of_objects_made_of_the_list_stay_invalid_until_their_mark_is_gone()
    {
        const string Row = "[pscustomobject][ordered]@{ Row = 2; Column = ''; ErrorId = 'CellSurplus'; Error = 'wrong'; Name = 'jon'; Email = 'jon@example.org'; Password = 'Win'; Description = 'ter2026!x' }";
        _shell.Run($"{Row} | Import-MailPrincipal -FailedPath $failed").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("CellCountMismatch");
        _shell.Run("Import-MailPrincipal $failed").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("CellCountMismatch");
        _shell.Run($"{Row.Replace("CellSurplus", "", StringComparison.Ordinal)} | Import-MailPrincipal").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Created");
    }

    [Fact]
    public void Rows_of_a_later_file_that_was_never_read_are_marked_too()
    {
        _shell.Run($"Import-MailPrincipal '{Save("a.csv", "Name,Email,Quota\nann,ann@example.org,5 gigs\n")}', '{Save("b.csv", "Name,Email,Quota\nben,1GB\n")}' -NoPassword -FailedPath $failed -Strict").Errors.ShouldNotBeEmpty();
        File.ReadAllLines(Failed)[2].ShouldStartWith("2,,CellMissing,");
        File.ReadAllLines(Failed)[2].ShouldEndWith(",ben,1GB");
    }

    [Fact]
    public void A_list_with_a_delimiter_that_is_not_recognised_is_read_and_overwritten_with_that()
    {
        const string Command = "Import-MailPrincipal $path -Delimiter '|' -NoPassword -FailedPath $failed";
        _shell.SetVariable("path", Save("people.csv", "Name|Email\nann|ann@nowhere.test\n"));
        _shell.Run(Command).Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("DomainMissing");
        _shell.Run(Command).Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("DomainMissing");
        _shell.Run("Import-MailPrincipal $failed -Delimiter '|' -NoPassword").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("DomainMissing");
    }

    [Fact]
    public void A_list_of_a_file_in_another_encoding_reads_right()
    {
        File.WriteAllBytes(Path.Combine(_folder, "people.csv"), [.. "Name,Email,Description\nann,ann@nowhere.test,"u8, 0x8E, .. "an\n"u8]);
        _shell.SetVariable("path", Path.Combine(_folder, "people.csv"));
        _shell.Run("Import-MailPrincipal $path -Encoding windows-1250 -NoPassword -FailedPath $failed");
        File.WriteAllText(Failed, File.ReadAllText(Failed).Replace("ann@nowhere.test", "ann@example.org", StringComparison.Ordinal));
        _shell.Run("Import-MailPrincipal $failed -NoPassword").ShouldHaveNoErrors();
        _shell.Run("Get-MailPrincipal ann").OutputAs<MailPrincipal>().Single().Description.ShouldBe("Žan");
    }

    [Fact]
    public void Without_a_failure_there_is_no_file_and_that_of_an_earlier_run_goes_away()
    {
        Import(People, "-FailedPath $failed");
        File.Exists(Failed).ShouldBeTrue();
        Import("Name,Email\ndan,dan@example.org\n", "-NoPassword -FailedPath $failed").ShouldHaveNoErrors();
        File.Exists(Failed).ShouldBeFalse();
        Import("Name,Email\neve,eve@example.org\n", "-NoPassword -FailedPath $failed").ShouldHaveNoErrors();
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_that_was_there_and_empty_is_not_deleted()
    {
        // It may be a device, such as the one that forgets everything.
        Save("failed.csv", "");
        Import("Name,Email\ndan,dan@example.org\n", "-NoPassword -FailedPath $failed").ShouldHaveNoErrors();
        Import("Name,Email\ndan,dan@example.org\n", "-GeneratePassword -CredentialPath $failed").ShouldHaveNoErrors();
        File.Exists(Failed).ShouldBeTrue();
    }

    [Fact]
    public void Only_its_owner_may_read_the_file()
    {
        Import(People, "-FailedPath $failed");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Failed).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_secure_string_is_written_nowhere()
    {
        var password = new System.Security.SecureString();
        "hidden secret".ToList().ForEach(password.AppendChar);
        _shell.SetVariable("password", password);
        _shell.Run("[pscustomobject]@{ Name = 'ann'; Email = 'ann@nowhere.test'; Password = $password } | Import-MailPrincipal -FailedPath $failed");
        File.ReadAllLines(Failed)[1].ShouldStartWith("1,Email,DomainMissing,");
        File.ReadAllLines(Failed)[1].ShouldEndWith(",ann,ann@nowhere.test,");
    }

    [Theory]
    [InlineData("people.csv", "is the file that is imported")]
    [InlineData("link.csv", "is the file that is imported")]
    [InlineData("notes.csv", "not one that -FailedPath wrote")]
    [InlineData("missing/failed.csv", "missing")]
    [InlineData("", "")]
    public void A_file_that_must_not_be_written_is_refused_before_the_first_call(string name, string reason)
    {
        Save("notes.csv", "Name,Email\nmine,mine@example.org\n");
        Save("people.csv", People);
        File.CreateSymbolicLink(Path.Combine(_folder, "link.csv"), Path.Combine(_folder, "people.csv"));
        _shell.SetVariable("target", Path.Combine(_folder, name));
        int calls = _server.RequestLog.Count;
        ScriptResult run = _shell.Run("Import-MailPrincipal \"$folder/people.csv\" -FailedPath $target");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(reason);
        _server.RequestLog.Count.ShouldBe(calls);
        File.ReadAllText(Path.Combine(_folder, "people.csv")).ShouldBe(People);
        File.ReadAllText(Path.Combine(_folder, "notes.csv")).ShouldContain("mine");
    }

    [Theory]
    [InlineData("Row,Name,Column,ErrorId,Error\n5,ann,Quota,x,y\n")]
    [InlineData("Row,File,Identity,Type,Action,Changes,Column,ErrorId,Error,Credential\n5,,ann,Individual,Failed,,Quota,x,y,\n")]
    public void A_report_without_the_values_of_its_rows_is_no_table_of_people(string report)
    {
        int before = _server.RequestLog.Count;
        Import(report, "-NoPassword").Errors.ShouldHaveSingleItem().ToString().ShouldContain("report");
        _shell.Run("[pscustomobject]@{ Row = 5; Name = 'wrong'; Column = 'Quota'; ErrorId = 'x'; Error = 'y' } | Import-MailPrincipal -NoPassword").Errors.ShouldHaveSingleItem();
        _server.RequestLog.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("$ErrorActionPreference = 'Stop'; Import-MailPrincipal $path -FailedPath $failed")]
    [InlineData("Import-MailPrincipal $path -FailedPath $failed -ErrorAction Stop")]
    public void Where_the_first_error_ends_the_script_what_is_known_beforehand_is_told_before_the_first_write(string command)
    {
        _shell.SetVariable("path", Save("people.csv", People));
        ErrorRecord error = _shell.Run(command).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("ImportRejected");
        error.ToString().ShouldContain("2 of 3 rows");
        error.ToString().ShouldContain("nothing was sent");
        error.ToString().ShouldContain("Row 3, column 'Quota'");
        _shell.Run("Get-MailPrincipal ann -ErrorAction Ignore").Output.ShouldBeEmpty();
        File.ReadAllLines(Failed).Length.ShouldBe(4, "nothing was sent, so every row is left to do");
    }

    [Fact]
    public void Where_the_first_error_ends_the_script_all_rows_are_sent_and_the_error_has_their_results_and_passwords()
    {
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Method = "POST", Path = Operations.CreatePrincipal.Path, Count = 1 });
        _shell.SetVariable("path", Save("people.csv", "Name,Email\nann,ann@example.org\nben,ben@example.org\ncid,cid@example.org\n"));
        ScriptResult run = _shell.Run("""
            $ErrorActionPreference = 'Stop'
            try { $r = Import-MailPrincipal $path -GeneratePassword -ThrottleLimit 1 -FailedPath $failed } catch { $caught = $_ }
            $caught
            """);
        var caught = (ErrorRecord)run.Output.Single().BaseObject;
        caught.FullyQualifiedErrorId.ShouldStartWith("ImportIncomplete");
        caught.ToString().ShouldContain("2 rows done, 1 failed, 0 unknown, 0 not sent.");
        caught.ToString().ShouldContain("Row 2, 'ann'");
        var results = (MailImportResult[])caught.TargetObject;
        results.Select(r => r.Action).ShouldBe(["Failed", "Created", "Created"]);
        using var asBen = HostedShell.CreateConnected(_server, "ben", results[1].Credential!.GetNetworkCredential().Password);
        File.ReadAllLines(Failed)[1].ShouldStartWith("2,,");
        File.ReadAllLines(Failed)[1].ShouldEndWith(",ann,ann@example.org");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Control_C_leaves_the_list_of_what_is_left_and_says_how_to_go_on(bool keepsPasswords)
    {
        using var hanging = new SemaphoreSlim(0);
        using var arrived = new ManualResetEventSlim();
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data(DirectoryWithDomain) : TestResponses.Data("7"))
        {
            Delay = request =>
            {
                if (!request.Body.Contains("\"p3\"", StringComparison.Ordinal))
                {
                    return Task.CompletedTask;
                }
                arrived.Set();
                return hanging.WaitAsync(TestContext.Current.CancellationToken);
            },
        };
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        shell.SetVariable("failed", Failed);
        string passwords = Path.Combine(_folder, "passwords.csv");
        shell.SetVariable("passwords", passwords);
        using var running = System.Management.Automation.PowerShell.Create(shell.Runspace);
        running.AddScript($"1..9 | ForEach-Object {{ [pscustomobject]@{{ Name = \"p$_\"; Email = \"p$_@example.org\" }} }} | Import-MailPrincipal -GeneratePassword -ThrottleLimit 1 -FailedPath $failed {(keepsPasswords ? "-CredentialPath $passwords" : "")}");
        using var output = new PSDataCollection<PSObject>();
        running.BeginInvoke<PSObject, PSObject>(null, output);
        arrived.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken).ShouldBeTrue();
        SpinWait.SpinUntil(() => output.Count == 2, TimeSpan.FromSeconds(20)).ShouldBeTrue();

        running.Stop();
        hanging.Release();

        File.ReadAllLines(Failed).Skip(1).Select(line => line.Split(',')[^2]).ShouldBe(["p3", "p4", "p5", "p6", "p7", "p8", "p9"]);
        shell.HostText.ShouldContain("2 rows done");
        shell.HostText.ShouldContain("7 rows have no result");
        shell.HostText.ShouldContain(Failed);
        shell.HostText.ShouldContain(keepsPasswords ? passwords : "-CredentialPath");
        if (keepsPasswords)
        {
            // That of the account that was being made too.
            string[] lines = File.ReadAllLines(passwords);
            lines.Skip(1).Select(line => line.Split(',')[0]).ShouldBe(["p1", "p2", "p3"]);
            lines[2].ShouldEndWith(((MailImportResult)output[1].BaseObject).Credential!.GetNetworkCredential().Password);
        }
    }

    [Fact]
    public void A_pipeline_that_wants_no_more_results_leaves_the_list_of_what_is_left()
    {
        _shell.SetVariable("path", Save("people.csv", "Name,Email\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"p{i},p{i}@example.org\n"))));
        _shell.Run("foreach ($once in 1) { Import-MailPrincipal $path -NoPassword -FailedPath $failed -ThrottleLimit 1 | ForEach-Object { break } }").ShouldHaveNoErrors();
        File.ReadAllLines(Failed).Length.ShouldBeGreaterThan(30);
        _shell.HostText.ShouldContain("ended early");
        _shell.Run("Import-MailPrincipal $failed -NoPassword").ShouldHaveNoErrors();
        _shell.Run("@(Get-MailPrincipal -Type Individual).Count").OutputAs<int>().Single().ShouldBeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public async Task A_refused_sign_in_says_what_was_done_and_lists_the_rest()
    {
        int posts = 0;
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data(DirectoryWithDomain)
            : Interlocked.Increment(ref posts) == 1 ? TestResponses.Data("7") : TestResponses.Problem(401, "Unauthorized"));
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        shell.SetVariable("failed", Failed);
        ErrorRecord error = shell.Run("1..20 | ForEach-Object { [pscustomobject]@{ Name = \"p$_\"; Email = \"p$_@example.org\" } } | Import-MailPrincipal -NoPassword -ThrottleLimit 1 -FailedPath $failed").Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("1 rows done, 1 failed, 0 unknown, 18 not sent.");
        error.ErrorDetails.RecommendedAction.ShouldContain("run the same import again");
        File.ReadAllLines(Failed).Length.ShouldBe(20);
    }

    [Fact]
    public void Generated_passwords_are_in_their_file_before_the_accounts_and_a_second_run_continues_it()
    {
        _shell.SetVariable("passwords", Path.Combine(_folder, "passwords.csv"));
        _shell.SetVariable("path", Save("people.csv", "Name,Email\nann,ann@example.org\n"));
        _shell.Run("Import-MailPrincipal $path -GeneratePassword -CredentialPath $passwords").ShouldHaveNoErrors();
        _shell.SetVariable("path", Save("people.csv", "Name,Email\nann,ann@example.org\nben,ben@example.org\n"));
        _shell.Run("Import-MailPrincipal $path -GeneratePassword -CredentialPath $passwords").ShouldHaveNoErrors();
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "passwords.csv"));
        lines.Select(line => line.Split(',')[0]).ShouldBe(["Name", "ann", "ben"]);
        using var asAnn = HostedShell.CreateConnected(_server, "ann", lines[1].Split(',', 2)[1].Trim('"'));
        _shell.Run("Import-MailPrincipal $path -GeneratePassword -CredentialPath $passwords").ShouldHaveNoErrors();
        File.ReadAllLines(Path.Combine(_folder, "passwords.csv")).ShouldBe(lines);
        _shell.Run("Import-MailPrincipal $path -NoPassword -CredentialPath $passwords").Errors.ShouldHaveSingleItem().ToString().ShouldContain("-GeneratePassword");
    }

    private ScriptResult Import(string content, string more)
    {
        _shell.SetVariable("path", Save("people.csv", content));
        return _shell.Run($"Import-MailPrincipal $path {more}");
    }

    private string Save(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(content));
        return path;
    }
}
