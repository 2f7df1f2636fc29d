using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Import- and Export-MailPrincipal end to end: plan, import, run again, correct, and files that cannot be imported.</summary>
public sealed class ImportCmdletTests : IDisposable
{
    private const string People = """
        Name,Type,Description,Email,Password,MemberOf,Quota
        jane,Individual,Jane Doe,jane@example.net;jd@example.net,secret one,staff,5GB
        example.net,Domain,Product sites,,,,
        staff,Group,Everyone,staff@example.net,,,
        jürgen,Individual,Jürgen Müller,juergen@example.net,secret two,staff,500 MB
        wrong,Individual,A typo,wrong@example.net,secret three,staff,5 gigs
        lost,Individual,No such domain,lost@nowhere.test,secret four,staff,1GB

        """;

    private static readonly Operation[] s_writes = [Operations.CreatePrincipal, Operations.PatchPrincipal, Operations.DeletePrincipal, Operations.DeletePrincipals];

    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public ImportCmdletTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private int Writes => _server.RequestLog.Count(line => RequestLines.FindOperation(line) is { } operation && s_writes.Contains(operation));

    private string Save(string name, string content) => Save(name, Encoding.UTF8.GetBytes(content));

    private string Save(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private ScriptResult Import(string path, string more = "")
    {
        _shell.SetVariable("path", path);
        return _shell.Run($"Import-MailPrincipal $path -NoAddress {more}");
    }

    [Fact]
    public void The_plan_is_objects_and_sends_nothing()
    {
        int before = Writes;
        ScriptResult run = Import(Save("people.csv", People), "-WhatIf");
        run.OutputAs<MailImportResult>().ToDictionary(r => r.Row, r => r.Action)
            .ShouldBe(new Dictionary<int, string> { [2] = "Create", [3] = "Create", [4] = "Create", [5] = "Create", [6] = "Failed", [7] = "Failed" }, ignoreOrder: true);
        Writes.ShouldBe(before);
    }

    [Theory]
    [InlineData("two,5 gigs,two@nowhere.test", "Quota", "^'5 gigs' is not a valid size: .* Email: The domain 'nowhere.test'")]
    [InlineData("two,5GB,a@nowhere.test;b@nowhere2.test", "Email", "^(?!.*Email: )")]
    public void Several_errors_of_a_row_have_each_its_column(string row, string column, string details)
    {
        MailImportResult result = Import(Save("wrong.csv", $"Name,Quota,Email\n{row}\n"), "-WhatIf").OutputAs<MailImportResult>().ShouldHaveSingleItem();
        result.Column.ShouldBe(column);
        result.Details.ShouldMatch(details);
    }

    [Fact]
    public void The_import_creates_in_the_order_of_need_and_names_each_failed_row_and_column()
    {
        ScriptResult run = Import(Save("people.csv", People));
        MailImportResult[] results = run.OutputAs<MailImportResult>();
        results.Length.ShouldBe(6);
        results.Count(r => r.Action == "Created").ShouldBe(4);
        results.Single(r => r.Identity == "wrong").ShouldSatisfyAllConditions(r => r.Row.ShouldBe(6), r => r.Column.ShouldBe("Quota"), r => r.Error!.ShouldContain("is not a valid size: write 5GB"));
        results.Single(r => r.Identity == "lost").ShouldSatisfyAllConditions(r => r.Row.ShouldBe(7), r => r.Column.ShouldBe("Email"), r => r.Error!.ShouldContain("nowhere.test"));
        run.Errors.Count.ShouldBe(2);
        run.Errors.ShouldAllBe(e => e.ToString().Contains("Row ", StringComparison.Ordinal));
        run.Progress.ShouldNotBeEmpty();
        string.Concat(run.Errors).ShouldNotContain("secret");
        using var asJane = HostedShell.CreateConnected(_server, "jane", "secret one");
    }

    [Fact]
    public void A_row_that_the_server_refuses_fails_by_name_and_its_error_holds_no_password()
    {
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Method = "POST", Path = Operations.CreatePrincipal.Path, Count = 1 });
        ScriptResult run = Import(Save("one.csv", "Name,Password\nann,hunter2-secret\nben,hunter3-secret\n"), "-ThrottleLimit 1");
        run.OutputAs<MailImportResult>().Select(r => r.Action).ShouldBe(["Failed", "Created"]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("Row 2, 'ann'");
        PSObject.AsPSObject(error.TargetObject).Properties.Select(p => p.Value?.ToString()).ShouldNotContain("hunter2-secret");
        error.TargetObject.ShouldBeOfType<MailImportResult>();
    }

    [Fact]
    public void Run_again_it_changes_nothing_and_one_change_in_the_file_is_one_PATCH()
    {
        string good = string.Join('\n', People.Split('\n').Where(l => !l.StartsWith("wrong", StringComparison.Ordinal) && !l.StartsWith("lost", StringComparison.Ordinal)));
        Import(Save("people.csv", good)).ShouldHaveNoErrors();
        int before = Writes;
        Import(Save("people.csv", good)).ShouldHaveNoErrors().OutputAs<MailImportResult>().ShouldAllBe(r => r.Action == "Unchanged");
        Writes.ShouldBe(before);
        MailImportResult[] third = Import(Save("people.csv", good.Replace("Jane Doe", "Jane Mary Doe", StringComparison.Ordinal))).ShouldHaveNoErrors().OutputAs<MailImportResult>();
        third.Single(r => r.Action == "Updated").Changes.ToString().ShouldContain("Jane Mary Doe");
        Writes.ShouldBe(before + 1);
    }

    [Fact]
    public void Lists_add_unless_Replace_is_said()
    {
        Import(Save("a.csv", "Name,Email,PasswordHash\nann,a@example.org,$1$abcdefgh$0123456789abcdefghijk.\n")).Errors.Count.ShouldBeLessThan(2);
        Import(Save("a.csv", "Name,Email\nann,a@example.org\n"), "-NoPassword");
        Import(Save("a.csv", "Name,Email\nann,b@example.org\n")).ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal ann).Email.Count").OutputAs<int>().ShouldBe([2]);
        Import(Save("a.csv", "Name,Email\nann,b@example.org\n"), "-Replace").ShouldHaveNoErrors();
        _shell.Run("[string](Get-MailPrincipal ann).Email").OutputAs<string>().ShouldBe(["b@example.org"]);
    }

    [Fact]
    public void Strict_sends_nothing_when_a_row_is_invalid()
    {
        int before = Writes;
        ScriptResult run = Import(Save("people.csv", People), "-Strict");
        run.Errors[^1].ToString().ShouldContain("2 of 6 rows");
        run.Errors[^1].ToString().ShouldContain("nothing was sent");
        run.Errors[^1].FullyQualifiedErrorId.ShouldStartWith("ImportRejected");
        Writes.ShouldBe(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Strict")]
    public void With_WhatIf_no_file_is_written_either(string more)
    {
        string failed = Save("failed.csv", "the list of an earlier run");
        _shell.SetVariable("failed", failed);
        Import(Save("people.csv", People), $"-FailedPath $failed -WhatIf {more}");
        File.ReadAllText(failed).ShouldBe("the list of an earlier run");
    }

    [Fact]
    public void Rows_of_the_pipeline_import_too_and_generated_passwords_come_back()
    {
        MailImportResult[] results = _shell.Run("[pscustomobject]@{ Name = 'ann'; Description = 'Ann' }, @{ Name = 'ben' } | Import-MailPrincipal -GeneratePassword -NoAddress").ShouldHaveNoErrors().OutputAs<MailImportResult>();
        results.Select(r => r.Action).ShouldBe(["Created", "Created"]);
        using var asAnn = HostedShell.CreateConnected(_server, "ann", results[0].Credential!.GetNetworkCredential().Password);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void What_Export_writes_Import_reads(string extension)
    {
        Import(Save("people.csv", People));
        _shell.SetVariable("out", Path.Combine(_folder, "all." + extension));
        _shell.Run("Export-MailPrincipal $out").ShouldHaveNoErrors();
        Import(Path.Combine(_folder, "all." + extension)).ShouldHaveNoErrors().OutputAs<MailImportResult>().ShouldAllBe(r => r.Action == "Unchanged");
        File.ReadAllText(Path.Combine(_folder, "all." + extension)).ShouldNotContain("$6$");
        _shell.Run("Export-MailPrincipal $out").Errors.ShouldHaveSingleItem().ToString().ShouldContain("-Force");
    }

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "headers.csv", "Colour,Shape\nred,round\n"u8.ToArray(), "no header" },
        { "quote.csv", "Name,Description\nann,\"no end\nben,x\n"u8.ToArray(), "quote" },
        { "norows.csv", "Name,Email\n"u8.ToArray(), "rows" },
        { "empty.csv", [], "empty" },
        { "binary.csv", [0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0, 1, 2, 0], "text" },
        { "huge.csv", Encoding.UTF8.GetBytes("Name,Description\nann," + new string('x', 17_000_000) + "\n"), "column 2" },
        { "twice.csv", "Name,Email,EmailAddress,Emails\nann,a@example.org,b@example.org,c@example.org\n"u8.ToArray(), "Email" },
        { "bad.json", "\"ann\""u8.ToArray(), "array" },
        { "broken.json", "[{ \"Name\": "u8.ToArray(), "JSON" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_file_that_is_no_good_ends_the_import_with_nothing_sent(string name, byte[] content, string named)
    {
        int before = Writes;
        ScriptResult run = Import(Save(name, content), "-NoPassword");
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(named, Case.Insensitive);
        Writes.ShouldBe(before);
    }

    [Fact]
    public void A_row_of_the_wrong_shape_and_a_name_twice_fail_and_the_rest_go_on()
    {
        ScriptResult run = Import(Save("rows.csv", "Name,Description\nann,Ann\nben,Ben,extra\ncid,Cid\nCID,Again\n"), "-NoPassword");
        run.OutputAs<MailImportResult>().Where(r => r.Action == "Created").Select(r => r.Identity).ShouldBe(["ann"]);
        run.Errors.Select(e => e.ToString()).ShouldSatisfyAllConditions(
            e => e.ShouldContain(t => t.Contains("Row 3", StringComparison.Ordinal)),
            e => e.ShouldContain(t => t.Contains("cid", StringComparison.Ordinal)));
    }

    [Fact]
    public void Whoever_gets_to_read_stored_secrets_by_an_import_is_named_in_a_warning()
    {
        _shell.Run("New-MailPrincipal desk -Type Role").ShouldHaveNoErrors();
        Import(Save("roles.csv", "Name,Type,EnabledPermission\ndesk,Role,individual-list\naudit,Role,individual-get\n")).ShouldHaveNoErrors()
            .Warnings.Select(w => w.Message).ShouldSatisfyAllConditions(
                w => w.Count().ShouldBe(2),
                w => w.ShouldContain(t => t.Contains("'desk'", StringComparison.Ordinal)),
                w => w.ShouldContain(t => t.Contains("'audit'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_refused_sign_in_ends_the_import_after_the_results_so_far()
    {
        int posts = 0;
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data("""{"items":[],"total":0}""")
            : Interlocked.Increment(ref posts) == 1 ? TestResponses.Data("7") : TestResponses.Problem(401, "Unauthorized"));
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);

        ScriptResult run = shell.Run("1..20 | ForEach-Object { @{ Name = \"p$_\" } } | Import-MailPrincipal -NoPassword -NoAddress -ThrottleLimit 1");

        run.OutputAs<MailImportResult>().Select(r => r.Action).ShouldBe(["Created", "Failed", .. Enumerable.Repeat("NotSent", 18)]);
        run.Errors.ShouldHaveSingleItem().CategoryInfo.Category.ShouldBe(ErrorCategory.AuthenticationError);
        server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Control_C_ends_the_import_at_once_and_the_results_so_far_are_there()
    {
        using var hanging = new SemaphoreSlim(0);
        var server = new FakeServer(request => request.Method == HttpMethod.Get ? TestResponses.Data("""{"items":[],"total":0}""") : TestResponses.Data("7"))
        {
            Delay = request => request.Body.Contains("p3", StringComparison.Ordinal) ? hanging.WaitAsync(TestContext.Current.CancellationToken) : Task.CompletedTask,
        };
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        using var running = System.Management.Automation.PowerShell.Create(shell.Runspace);
        running.AddScript("1..9 | ForEach-Object { @{ Name = \"p$_\" } } | Import-MailPrincipal -NoPassword -NoAddress -ThrottleLimit 2");
        using var output = new PSDataCollection<PSObject>();
        running.BeginInvoke<PSObject, PSObject>(null, output);
        SpinWait.SpinUntil(() => output.Count == 2, TimeSpan.FromSeconds(20)).ShouldBeTrue();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        running.Stop();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        running.Streams.Error.ShouldBeEmpty();
        output.Select(o => ((MailImportResult)o.BaseObject).Identity).ShouldBe(["p1", "p2"]);
        server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBeLessThan(6);
        hanging.Release();
    }

    [Fact]
    public void A_file_that_does_not_exist_is_named()
        => Import(Path.Combine(_folder, "nowhere.csv")).Errors.ShouldHaveSingleItem().ToString().ShouldContain("nowhere.csv");
}
