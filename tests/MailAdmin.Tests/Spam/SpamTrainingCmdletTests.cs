// Invoke-MailSpamTraining: files, folders, Maildirs and mboxes, what is refused, and what every version is sent.
using System.Management.Automation;
using System.Net;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Spam;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Spam;

public sealed class SpamTrainingCmdletTests : IDisposable
{
    private const string Marker = "From ann@example.org Mon Jan  1 10:00:00 2024\n";
    private readonly FakeServer _server = new();
    private readonly HostedShell _shell = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-spam-").FullName;

    public SpamTrainingCmdletTests()
    {
        _server.Permissions += ",spam-filter-train";
        Connect();
        _shell.SetVariable("folder", _folder);
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Connect() => _shell.Connect(_server.ConnectAsync().GetAwaiter().GetResult());

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
        return path;
    }

    private static string Mail(string subject) => $"From: a@example.org\r\nSubject: {subject}\r\nMessage-ID: <{subject}@example.org>\r\n\r\nHello\r\n";

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    [Fact]
    public void Files_from_the_pipeline_go_out_byte_for_byte_and_come_back_as_results()
    {
        Write("one.eml", Mail("one"));
        Write("two.eml", Mail("two"));
        Write("notes.txt", "no mail");
        MailSpamTrainingResult[] results = _shell.Run("\"$folder/one.eml\", \"$folder/two.eml\" | ForEach-Object { [pscustomobject]@{ PSPath = \"Microsoft.PowerShell.Core\\FileSystem::$_\" } } | Invoke-MailSpamTraining -Class Spam").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>();
        results.Select(r => (Path.GetFileName(r.Path), r.Subject, r.MessageId, r.Status, r.Class, r.Number)).ShouldBe(
        [
            ("one.eml", "one", "one@example.org", SpamTrainingStatus.Learned, SpamClass.Spam, null),
            ("two.eml", "two", "two@example.org", SpamTrainingStatus.Learned, SpamClass.Spam, null),
        ]);
        results[0].Size.ShouldBe(Mail("one").Length);
        _server.RequestLines.ShouldBe(["POST /api/spam-filter/train/spam", "POST /api/spam-filter/train/spam"]);
        _server.Requests.Select(r => r.Body).ShouldBe([Mail("one"), Mail("two")], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Invoke-MailSpamTraining $folder/*.eml Ham")]
    [InlineData("Invoke-MailSpamTraining $folder -Class ham")]
    [InlineData("'one.eml', '[x].eml' | ForEach-Object { [pscustomobject]@{ LiteralPath = \"$folder/$_\" } } | Invoke-MailSpamTraining -Class Ham")]
    [InlineData("Invoke-MailSpamTraining -LiteralPath $folder/one.eml, '{0}/[x].eml' -Class Ham")]
    [InlineData("[IO.FileInfo]::new(\"$folder/one.eml\"), [IO.FileInfo]::new(\"$folder/[x].eml\") | Invoke-MailSpamTraining -Class Ham")]
    [InlineData("$folder | ForEach-Object { [IO.DirectoryInfo]::new($_) } | Invoke-MailSpamTraining -Class Ham")]
    [InlineData("\"$folder/one.eml\", \"$folder/``[x``].eml\" | Invoke-MailSpamTraining -Class Ham")]
    [InlineData("[pscustomobject]@{ Path = \"$folder/*.eml\" } | Invoke-MailSpamTraining -Class Ham")]
    public void Every_way_to_name_files_binds(string script)
    {
        Write("one.eml", Mail("one"));
        Write("[x].eml", Mail("x"));
        _shell.Run(script.Replace("{0}", _folder, StringComparison.Ordinal)).ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>().Select(r => r.Subject).ShouldBe(["one", "x"], ignoreOrder: true);
        _server.RequestLines.ShouldAllBe(l => l == "POST /api/spam-filter/train/ham");
    }

    [Fact]
    public void A_folder_is_deep_only_when_asked_and_a_Maildir_is_recognised()
    {
        Write("mail/one.eml", Mail("one"));
        Write("mail/below/two.EML", Mail("two"));
        Write("mail/Maildir/cur/1.host:2,S", Mail("three"));
        Write("mail/Maildir/new/2.host", Mail("four"));
        Write("mail/Maildir/tmp/3.host", Mail("unfinished"));
        Write("mail/Maildir/.Junk/cur/4.host:2,", Mail("five"));
        // Leads back up, and round and round.
        Directory.CreateSymbolicLink(Path.Combine(_folder, "mail", "below", "all"), Path.Combine(_folder, "mail"));
        string[] Subjects(string script) => [.. _shell.Run(script).ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>().Select(r => r.Subject!)];
        Subjects("Invoke-MailSpamTraining $folder/mail -Class Spam").ShouldBe(["one"]);
        Subjects("Invoke-MailSpamTraining $folder/mail/Maildir -Class Spam").ShouldBe(["three", "four"]);
        Subjects("Invoke-MailSpamTraining $folder/mail -Class Spam -Recurse").ShouldBe(["one", "three", "four", "five", "two"], ignoreOrder: true);
        Subjects("Invoke-MailSpamTraining $folder/mail/Maildir -Class Spam -Recurse -Format Maildir").ShouldBe(["three", "four", "five"], ignoreOrder: true);
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_the_rest_is_trained()
    {
        Write("par/two.eml", Mail("two"));
        File.CreateSymbolicLink(Path.Combine(_folder, "par", "one.eml"), Path.Combine(_folder, "nothing"));
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder/par -Class Spam");
        run.OutputAs<MailSpamTrainingResult>().Select(r => (Path.GetFileName(r.Path), r.Status)).ShouldBe([("one.eml", SpamTrainingStatus.Failed), ("two.eml", SpamTrainingStatus.Learned)]);
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("one.eml");
    }

    [Fact]
    public void A_folder_that_cannot_be_read_hides_no_other()
    {
        Write("par/two.eml", Mail("two"));
        var told = new List<string>();
        MailAdmin.PowerShell.Cmdlets.Message.MessageFolder.ListFiles(Path.Combine(_folder, "gone"), default, recurse: true, (folder, _) => told.Add(folder), []).ShouldBeEmpty();
        MailAdmin.PowerShell.Cmdlets.Message.MessageFolder.ListFiles(Path.Combine(_folder, "par"), default, recurse: true, (folder, _) => told.Add(folder), []).Count.ShouldBe(1);
        told.ShouldBe([Path.Combine(_folder, "gone")]);
    }

    [Fact]
    public void An_mbox_with_a_byte_order_mark_or_without_blank_lines_is_one_all_the_same()
    {
        Write("bom.mbox", $"\u00EF\u00BB\u00BF{Marker}Subject: one\n\nx\n\n{Marker}Subject: two\n\ny\n");
        Write("tight.mbox", $"{Marker}Subject: three\n\nx\n{Marker}Subject: four\n\nFrom the start we meet.\n");
        _shell.Run("Invoke-MailSpamTraining $folder/bom.mbox, $folder/tight.mbox -Class Ham").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>().Select(r => r.Subject).ShouldBe(["one", "two", "three", "four"]);
    }

    [Fact]
    public void An_mbox_is_recognised_and_each_of_its_messages_has_its_place()
    {
        Write("inbox", $"{Marker}Subject: one\n\n>From me\n\n{Marker}Subject: two\n\nbye\n");
        MailSpamTrainingResult[] results = _shell.Run("Invoke-MailSpamTraining $folder/inbox -Class Ham").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>();
        results.Select(r => (r.Number, r.Subject, r.Offset)).ShouldBe([(1, "one", 0), (2, "two", 70)]);
        _server.Requests.Select(r => r.Body).ShouldBe(["Subject: one\n\nFrom me\n", "Subject: two\n\nbye\n"], ignoreOrder: true);
        results[1].ToString().ShouldEndWith("inbox#2");

        Write("old/inbox.mbox", $"{Marker}Subject: three\n\nx\n");
        _shell.Run("Invoke-MailSpamTraining $folder/old -Class Ham -Format Mbox").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>().Single().Subject.ShouldBe("three");
        Write("plain.eml", Mail("one"));
        Id(_shell.Run("Invoke-MailSpamTraining $folder/plain.eml -Class Ham -Format Mbox").Errors.ShouldHaveSingleItem()).ShouldBe("InvalidFormat");
    }

    [Fact]
    public void What_is_unfit_is_named_and_not_sent_and_the_rest_go_on()
    {
        Write("inbox", $"{Marker}Subject: one\n\nx\n\n{Marker}\n{Marker}just text\n\n{Marker}Subject: large\n\n{new string('a', 1024 * 1024)}\n\n{Marker}Subject: two\n\nx\n");
        Write("large.eml", Mail("large") + new string('a', 1024 * 1024));
        Write("empty.eml", "");
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder/inbox, $folder/large.eml, $folder/empty.eml, $folder/missing.eml, $folder/none*.eml -Class Spam");
        run.OutputAs<MailSpamTrainingResult>().Select(r => (r.Number, r.Status, r.ErrorId)).ShouldBe(
        [
            (1, SpamTrainingStatus.Learned, null),
            (2, SpamTrainingStatus.Failed, "EmptyMessage"),
            (3, SpamTrainingStatus.Failed, "InvalidMessage"),
            (4, SpamTrainingStatus.Failed, "MessageTooLarge"),
            (5, SpamTrainingStatus.Learned, null),
            (null, SpamTrainingStatus.Failed, "MessageTooLarge"),
            (null, SpamTrainingStatus.Failed, "EmptyMessage"),
        ]);
        run.Errors.Select(Id).ShouldBe(["EmptyMessage", "InvalidMessage", "MessageTooLarge", "MessageTooLarge", "EmptyMessage", "PathNotFound", "PathNotFound"], ignoreOrder: true);
        ErrorRecord headless = run.Errors.Single(e => Id(e) == "InvalidMessage");
        headless.TargetObject.ShouldBeOfType<MailSpamTrainingResult>().Number.ShouldBe(3);
        headless.ToString().ShouldContain("Message 3 of");
        headless.ToString().ShouldContain("inbox");
        run.Errors.Where(e => Id(e) == "PathNotFound").Select(e => Path.GetFileName((string)e.TargetObject)).ShouldBe(["missing.eml", "none*.eml"]);
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void An_exact_mebibyte_is_sent()
    {
        string mail = "Subject: x\r\n\r\n";
        Write("exact.eml", mail + new string('a', (1024 * 1024) - mail.Length));
        Write("over.eml", mail + new string('a', (1024 * 1024) - mail.Length + 1));
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam");
        run.OutputAs<MailSpamTrainingResult>().Select(r => r.Status).ShouldBe([SpamTrainingStatus.Learned, SpamTrainingStatus.Failed]);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void What_the_server_refuses_is_named_and_the_rest_go_on()
    {
        Write("a.eml", Mail("a"));
        Write("b.eml", Mail("b"));
        Write("c.eml", Mail("c"));
        _server.OnRequest = r => r.Body.Contains("Subject: b", StringComparison.Ordinal) ? TestResponses.Json(HttpStatusCode.OK, """{"error":"other","details":"…","reason":null}""") : TestResponses.Data("null");
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam");
        run.OutputAs<MailSpamTrainingResult>().Select(r => r.Status).ShouldBe([SpamTrainingStatus.Learned, SpamTrainingStatus.Failed, SpamTrainingStatus.Learned]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        Id(error).ShouldBe("RejectedByServer");
        error.ToString().ShouldContain("b.eml");
        error.ErrorDetails.RecommendedAction.ShouldContain("headers");
    }

    [Fact]
    public void A_message_may_be_given_as_text_lines_or_bytes()
    {
        _shell.Run("Invoke-MailSpamTraining -Message \"Subject: ü`n`nHello`n\" -Class Spam").ShouldHaveNoErrors();
        _shell.Run("Invoke-MailSpamTraining -Message 'Subject: ü', '', 'Hello' -Class Spam").ShouldHaveNoErrors();
        _shell.SetVariable("bytes", Encoding.UTF8.GetBytes("Subject: ü\n\nHello\n"));
        _shell.Run("Invoke-MailSpamTraining -Message $bytes -Class Spam").ShouldHaveNoErrors();
        _shell.Run("Invoke-MailSpamTraining -Message @($bytes | ForEach-Object { $_ }) -Class Spam").ShouldHaveNoErrors();
        _server.Requests.Select(r => r.Body).ShouldBe(["Subject: ü\r\n\r\nHello\r\n", "Subject: ü\r\n\r\nHello\r\n", "Subject: ü\n\nHello\n", "Subject: ü\n\nHello\n"]);
    }

    [Theory]
    [InlineData("Invoke-MailSpamTraining")]
    [InlineData("Invoke-MailSpamTraining -StartTraining:$false")]
    [InlineData("Invoke-MailSpamTraining $folder/a.eml -Class 7")]
    [InlineData("Invoke-MailSpamTraining $folder/a.eml -Class Junk")]
    [InlineData("Invoke-MailSpamTraining '' -Class Spam")]
    [InlineData("Invoke-MailSpamTraining $undefined -Class Spam")]
    [InlineData("Invoke-MailSpamTraining -Message '' -Class Spam")]
    [InlineData("Invoke-MailSpamTraining -Message $undefined -Class Spam")]
    [InlineData("Invoke-MailSpamTraining -Message 7 -Class Spam")]
    [InlineData("Invoke-MailSpamTraining -Message (Get-Item $folder) -Class Spam")]
    [InlineData("'Subject: x' | Invoke-MailSpamTraining -Class Spam")]
    [InlineData("[pscustomobject]@{ Name = 'x' } | Invoke-MailSpamTraining -Class Spam")]
    [InlineData("Invoke-MailSpamTraining $folder/a.eml -Class Spam -Account ''")]
    [InlineData("Invoke-MailSpamTraining $folder/a.eml -Class Spam -Account $undefined")]
    [InlineData("Invoke-MailSpamTraining $folder/a.eml -Class Spam -Account j*")]
    [InlineData("Invoke-MailSpamTraining $folder/a.eml -Class Spam -Account jane, john")]
    [InlineData("Invoke-MailSpamTraining Variable:folder -Class Spam")]
    [InlineData("Invoke-MailSpamTraining nowhere:/a.eml -Class Spam")]
    [InlineData("Invoke-MailSpamTraining $folder/nothing -Class Spam")]
    public void Nothing_is_sent_where_something_is_missing_or_wrong(string script)
    {
        Write("a.eml", Mail("a"));
        Directory.CreateDirectory(Path.Combine(_folder, "nothing"));
        _shell.Run(script).Errors.ShouldNotBeEmpty();
        _server.Requests.ShouldBeEmpty();
    }

    // A server from 0.16 on names a sample by one of them.
    [Theory]
    [InlineData("0.15", "To: ann@example.org", true)]
    [InlineData("0.16", "To: ann@example.org", false)]
    [InlineData("0.16", "To: ann@example.org\nSubject:  \nFrom: ", false)]
    [InlineData("0.16", "To: ann@example.org\nSubject: x", true)]
    [InlineData("0.16", "To: ann@example.org\nFrom: ann@example.org", true)]
    public void A_message_without_subject_and_sender_is_refused_by_its_file_where_the_server_would(string version, string headers, bool isTaken)
    {
        string file = Write("sample.eml", $"{headers}\n\nText\n");
        _shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}").ShouldHaveNoErrors();
        foreach (string script in (string[])["Invoke-MailSpamTraining $folder/sample.eml Ham", "Invoke-MailSpamTraining $folder Ham", "Invoke-MailSpamTraining -Message ([System.IO.File]::ReadAllText(\"$folder/sample.eml\")) -Class Ham"])
        {
            foreach (string mode in (string[])[" -WhatIf", ""])
            {
                ScriptResult run = _shell.Run(script + mode);
                run.Errors.Select(Id).ShouldBe(isTaken ? [] : ["SubjectAndFromMissing"]);
                run.Errors.Select(error => error.ToString()).ShouldAllBe(message => message.Contains(script.Contains("-Message", StringComparison.Ordinal) ? "The message" : file, StringComparison.Ordinal)
                    && message.Contains("neither a subject nor a sender", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void WhatIf_tells_every_message_that_would_be_refused()
    {
        Write("good.eml", Mail("good"));
        Write("empty.eml", "");
        Write("text.eml", "no mail at all");
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam -WhatIf");
        run.Errors.Select(Id).ShouldBe(["EmptyMessage", "InvalidMessage"], ignoreOrder: true);
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIf_sends_nothing()
    {
        Write("a.eml", Mail("a"));
        Write("inbox", $"{Marker}Subject: one\n\nx\n");
        _shell.Run("Invoke-MailSpamTraining $folder, $folder/inbox -Class Spam -StartTraining -WhatIf; Invoke-MailSpamTraining -Message 'Subject: x' -Class Ham -WhatIf; Invoke-MailSpamTraining -StartTraining -WhatIf").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void One_account_learns_by_name_object_or_address()
    {
        Write("a.eml", Mail("a"));
        _server.OnRequest = r => r.Target.StartsWith("/api/principal", StringComparison.Ordinal)
            ? TestResponses.Data("""{"items":[{"id":7,"type":"individual","name":"jane","emails":["jane@example.org"]}],"total":1}""")
            : TestResponses.Data("null");
        _server.Intercept = r => r.Target == "/api/principal/jane%40example.org" ? TestResponses.Json(HttpStatusCode.OK, """{"error":"notFound","item":"jane@example.org"}""") : null;
        _shell.Run("Invoke-MailSpamTraining $folder -Class Spam -Account Jane").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>().Single().Account.ShouldBe("Jane");
        _shell.Run("Invoke-MailSpamTraining $folder -Class Spam -Account jane@example.org").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>().Single().Account.ShouldBe("jane");
        _server.RequestLines.Where(l => l.Contains("/spam-filter/", StringComparison.Ordinal)).ShouldBe(["POST /api/spam-filter/train/spam/jane", "POST /api/spam-filter/train/spam/jane"]);
    }

    [Fact]
    public void An_unknown_account_ends_it_with_one_error_that_names_it()
    {
        for (int i = 0; i < 300; i++)
        {
            Write($"{i}.eml", Mail($"{i}"));
        }
        _server.OnRequest = _ => TestResponses.Json(HttpStatusCode.OK, """{"error":"notFound","item":"nobody"}""");
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam -Account nobody");
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        (Id(error), error.TargetObject).ShouldBe(("NotFound", "nobody"));
        error.ToString().ShouldContain("nobody");
        run.Output.ShouldBeEmpty();
        _server.Requests.Count.ShouldBeLessThan(300);
    }

    [Fact]
    public void A_missing_permission_is_said_once_with_its_name()
    {
        Write("a.eml", Mail("a"));
        Write("b.eml", Mail("b"));
        _server.OnRequest = _ => TestResponses.Problem(403, "Forbidden");
        ErrorRecord error = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam").Errors.ShouldHaveSingleItem();
        Id(error).ShouldBe("Forbidden");
        error.ErrorDetails.RecommendedAction.ShouldContain("spam-filter-train");
    }

    [Fact]
    public void From_0_15_on_messages_are_stored_and_it_is_said_when_they_count()
    {
        Write("a.eml", Mail("a"));
        _server.Version = "0.15.5";
        Connect();
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam").ShouldHaveNoErrors();
        run.OutputAs<MailSpamTrainingResult>().Single().Status.ShouldBe(SpamTrainingStatus.Stored);
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("-StartTraining");

        _server.OnRequest = r => TestResponses.Data(r.Target.EndsWith("/start", StringComparison.Ordinal) ? "true" : "null");
        _shell.Run("Invoke-MailSpamTraining $folder -Class Ham -Start").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        _shell.Run("Invoke-MailSpamTraining -StartTraining").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        _server.RequestLines.ShouldBe(
        [
            "POST /api/spam-filter/upload/spam", "POST /api/spam-filter/upload/ham", "GET /api/spam-filter/train/start", "GET /api/spam-filter/train/start",
        ]);

        _server.OnRequest = _ => TestResponses.Data("false");
        _shell.Run("Invoke-MailSpamTraining -StartTraining").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("already");
    }

    [Fact]
    public void Before_0_15_there_is_nothing_to_start()
    {
        Write("a.eml", Mail("a"));
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam -StartTraining -Verbose; Invoke-MailSpamTraining -StartTraining").ShouldHaveNoErrors();
        run.Verbose.ShouldContain(v => v.Message.Contains("nothing to start", StringComparison.Ordinal));
        _server.RequestLines.ShouldBe(["POST /api/spam-filter/train/spam"]);
    }

    [Fact]
    public void Progress_tells_how_many_of_how_many()
    {
        for (int i = 0; i < 20; i++)
        {
            Write($"{i:00}.eml", Mail($"{i}"));
        }
        ProgressRecord first = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam").ShouldHaveNoErrors().Progress.First(p => p.RecordType == ProgressRecordType.Processing);
        first.StatusDescription.ShouldBe("1 of 20: 00.eml");
        first.PercentComplete.ShouldBe(5);
        _shell.Run("Invoke-MailSpamTraining $folder -Class Spam").ShouldHaveNoErrors().Progress[^1].RecordType.ShouldBe(ProgressRecordType.Completed);
    }

    [Fact]
    public void Nobody_waits_for_a_large_mbox_when_nobody_wants_more()
    {
        Write("inbox", string.Concat(Enumerable.Range(0, 5000).Select(i => $"{Marker}Subject: {i}\n\nx\n\n")));
        _shell.Run("Invoke-MailSpamTraining $folder/inbox -Class Spam | ForEach-Object { $_; break }").OutputAs<MailSpamTrainingResult>().Length.ShouldBe(1);
        _server.Requests.Count.ShouldBeLessThan(1000);
    }

    [Theory]
    [InlineData("0.11.8")]
    [InlineData("0.15.5")]
    public void What_the_sandbox_learned_shows_in_its_tests(string version)
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, ServerVersion = version });
        using var shell = HostedShell.CreateConnected(server);
        shell.SetVariable("inbox", Write("inbox", string.Concat(Enumerable.Range(0, 40).Select(i => $"{Marker}Subject: zebra {i}\n\nquagga okapi gnu {i}\n\n"))));
        const string Test = "Test-MailSpam -Message \"From: a@example.org`nTo: b@example.org`nSubject: zebra`n`nquagga okapi gnu`n\" -RemoteIp 192.0.2.1";
        double before = shell.Run(Test).ShouldHaveNoErrors().OutputAs<MailSpamResult>().Single().Score;
        ScriptResult run = shell.Run("Invoke-MailSpamTraining $inbox -Class Spam -StartTraining").ShouldHaveNoErrors();
        run.OutputAs<MailSpamTrainingResult>().Count(r => r.Status == (version == "0.15.5" ? SpamTrainingStatus.Stored : SpamTrainingStatus.Learned)).ShouldBe(40);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        MailSpamResult after = shell.Run(Test).ShouldHaveNoErrors().OutputAs<MailSpamResult>().Single();
        after.Score.ShouldBeGreaterThan(before);
        after.Headers.ShouldNotBeNull().ShouldContain("X-Spam");
        shell.Run("Invoke-MailSpamTraining $inbox -Class Ham -Account nobody").Errors.ShouldHaveSingleItem().ToString().ShouldContain("nobody");
    }

    [Fact]
    public void The_view_names_message_and_fate()
    {
        Write("inbox", $"{Marker}Subject: Grüße\n\nx\n\n{Marker}just text\n");
        _shell.Run("$results = Invoke-MailSpamTraining $folder/inbox -Class Spam -ErrorAction SilentlyContinue");
        string shown = _shell.Render("$results");
        shown.ShouldContain("inbox#1");
        shown.ShouldContain("Learned");
        shown.ShouldContain("InvalidMessage");
    }
}
