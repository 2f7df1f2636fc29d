// Settings cmdlets against the sandbox: what they show and hide, and above all what they never send.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Settings;

public sealed class SettingCmdletTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public SettingCmdletTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("'set', 'set9' | ForEach-Object { Set-MailSetting \"lookup.$_.a\" 1; Set-MailSetting \"lookup.$_.b\" two }").ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    private string[] Writes => [.. _server.RequestLog.Where(line => line.StartsWith("POST /api/settings", StringComparison.Ordinal) || line.StartsWith("DELETE", StringComparison.Ordinal) || line.StartsWith("GET /api/reload", StringComparison.Ordinal))];

    [Theory]
    [InlineData("Set-MailSetting @([pscustomobject]@{ Key = 'q.password'; Value = 's3cret' }, [pscustomobject]@{ Key = 'q.b' })")]
    [InlineData("Set-MailSetting ([pscustomobject]@{ Name = 'q.password'; Value = 's3cret' })")]
    [InlineData("[pscustomobject]@{ Name = 'q.password'; Value = 's3cret' } | Set-MailSetting")]
    public void An_object_that_is_no_setting_is_refused_without_its_value(string command)
    {
        ScriptResult run = _shell.Run(command);
        run.Errors.ShouldNotBeEmpty();
        run.Errors.ShouldAllBe(error => !error.ToString().Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public void Get_finds_by_key_wildcard_prefix_and_group()
    {
        Keys("Get-MailSetting server.hostname").ShouldBe(["server.hostname"]);
        Keys("'lookup.set9.b', 'server.hostname' | Get-MailSetting").ShouldBe(["lookup.set9.b", "server.hostname"]);
        Keys("Get-MailSetting lookup.set9.b, lookup.set.a").ShouldBe(["lookup.set9.b", "lookup.set.a"]);
        Keys("Get-MailSetting lookup.set?.*").ShouldBe(["lookup.set9.a", "lookup.set9.b"]);
        Keys("Get-MailSetting -Prefix lookup.set").ShouldBe(["lookup.set.a", "lookup.set.b"]);
        Keys("Get-MailSetting -Prefix lookup.set.").ShouldBe(["lookup.set.a", "lookup.set.b"]);
        Keys("Get-MailSetting -Prefix lookup -First 2 -Skip 1").ShouldBe(["lookup.set.b", "lookup.set9.a"]);
        Keys("Get-MailSetting -Group lookup -Filter TWO").ShouldBe(["lookup.set.b", "lookup.set9.b"]);
        Keys("Get-MailSetting").Length.ShouldBeGreaterThan(10);
        _shell.Run("Get-MailSetting -Prefix lookup -First 0 -IncludeTotalCount").ShouldHaveNoErrors().Output.Select(o => Convert.ToInt32(o.BaseObject, null)).ShouldBe([4]);
    }

    [Fact]
    public void A_group_is_one_object_per_listener_and_gives_its_values_by_name()
    {
        MailSettingGroup[] listeners = _shell.Run("Get-MailSetting -Group server.listener -Suffix protocol").ShouldHaveNoErrors().OutputAs<MailSettingGroup>();
        listeners.Select(g => (g.Id, g.Prefix, g["protocol"], g["bind.0000"])).ShouldContain(("smtp", "server.listener.smtp", "smtp", "127.0.0.1:2525"));
        _shell.Run("(Get-MailSetting -Group server.listener -Suffix protocol -Filter http)['protocol']").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["http"]);
        // The server then answers with single settings, which are no groups.
        _shell.Run("Get-MailSetting -Group server.listener -Suffix nothing-has-this").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Render("Get-MailSetting -Group server.listener -Suffix protocol").ShouldContain("bind.0000=127.0.0.1:2525; protocol=smtp");
    }

    [Fact]
    public void A_missing_key_is_an_error_for_itself_alone()
    {
        ScriptResult run = _shell.Run("Get-MailSetting lookup.set.a, Lookup.set.a, lookup.set.b");
        run.OutputAs<MailSetting>().Select(s => s.Value).ShouldBe(["1", "two"]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
        error.TargetObject.ShouldBe("Lookup.set.a");
    }

    [Fact]
    public void Secrets_show_only_when_asked_for()
    {
        MailSetting hidden = _shell.Run("Get-MailSetting authentication.fallback-admin.secret").ShouldHaveNoErrors().OutputAs<MailSetting>().Single();
        (hidden.Value, hidden.IsSecret).ShouldBe((null, true));
        _shell.Run("Get-MailSetting authentication.fallback-admin.secret -IncludeSecret").ShouldHaveNoErrors().OutputAs<MailSetting>().Single().Value.ShouldBe(HostedShell.SandboxPassword);
        _shell.Run("New-MailDkimSignature example.org -Algorithm Ed25519").ShouldHaveNoErrors();
        string shown = _shell.Render("Get-MailSetting") + _shell.Render("Get-MailSetting -Prefix signature") + _shell.Render("Get-MailSetting -Group signature -Suffix domain");
        shown.ShouldContain("(hidden)");
        shown.ShouldContain("relaxed/relaxed");
        shown.ShouldNotContain("PRIVATE KEY");
        shown.ShouldNotContain(HostedShell.SandboxPassword);
        _shell.Run("Get-MailSetting").Output.SelectMany(o => o.Properties).ShouldAllBe(p => !$"{p.Value}".Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public void Set_writes_texts_as_the_server_reads_them_and_returns_them()
    {
        MailSetting[] set = _shell.Run("""
            Set-MailSetting probe.a $true -PassThru
            Set-MailSetting probe.b 1.5 -PassThru
            Set-MailSetting probe.c '' -PassThru
            Set-MailSetting probe.secret ([System.Net.NetworkCredential]::new('', 'hush').SecurePassword) -PassThru
            """).ShouldHaveNoErrors().OutputAs<MailSetting>();
        set.Select(s => (s.Key, s.Value)).ShouldBe([("probe.a", "true"), ("probe.b", "1.5"), ("probe.c", ""), ("probe.secret", null)]);
        Values("probe").ShouldBe(["true", "1.5", "", "hush"]);
        _shell.Run("Set-MailSetting probe.a @{}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("Hashtable");
    }

    [Fact]
    public void Many_pairs_from_a_pipeline_travel_in_few_calls()
    {
        int before = Writes.Length;
        MailSetting[] set = _shell.Run("1..250 | ForEach-Object { [pscustomobject]@{ Key = \"probe.$_\"; Value = $_ } } | Set-MailSetting -PassThru").ShouldHaveNoErrors().OutputAs<MailSetting>();
        set.Select(s => s.Value).ShouldBe(Enumerable.Range(1, 250).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        (Writes.Length - before).ShouldBe(3);
        before = Writes.Length;
        _shell.Run("@{ 'probe.x' = 'ü' * 140000; 'probe.y' = 'ü' * 140000 }.GetEnumerator() | Set-MailSetting").ShouldHaveNoErrors();
        (Writes.Length - before).ShouldBe(2);
        Values("probe.x".Split('.')[0]).Count(v => v?.Length == 140000).ShouldBe(2);
    }

    [Theory]
    [InlineData("Set-MailSetting ([ordered]@{ 'acme.le.directory' = 'https://acme.test'; 'acme.le.contact' = 'a@example.org'; 'acme.le.default' = $true }) -PassThru -Reload")]
    [InlineData("[ordered]@{ 'acme.le.directory' = 'https://acme.test'; 'acme.le.contact' = 'a@example.org'; 'acme.le.default' = $true } | Set-MailSetting -PassThru -Reload")]
    [InlineData("[ordered]@{ 'acme.le.directory' = 'https://acme.test' }, @{ 'acme.le.contact' = 'a@example.org' }, [pscustomobject]@{ Key = 'acme.le.default'; Value = $true } | Set-MailSetting -PassThru -Reload")]
    [InlineData("Set-MailSetting @([pscustomobject]@{ Key = 'acme.le.directory'; Value = 'https://acme.test' }, @{ key = 'acme.le.contact'; value = 'a@example.org' }, @{ 'acme.le.default' = $true }) -PassThru -Reload")]
    [InlineData("([ordered]@{ 'acme.le.directory' = 'https://acme.test'; 'acme.le.contact' = 'a@example.org'; 'acme.le.default' = $true }).GetEnumerator() | Set-MailSetting -PassThru -Reload")]
    public void A_table_is_one_change(string script)
    {
        _shell.Run("Set-MailSetting spam-filter.pyzor.enable false").ShouldHaveNoErrors();
        MailSetting[] set = _shell.Run(script).ShouldHaveNoErrors().OutputAs<MailSetting>();
        set.Select(s => (s.Key, s.Value)).ShouldBe([("acme.le.directory", "https://acme.test"), ("acme.le.contact", "a@example.org"), ("acme.le.default", "true")]);
        Writes[^2..].ShouldBe(["POST /api/settings", "GET /api/reload"]);
        Writes.Count(line => line.Contains("reload", StringComparison.Ordinal)).ShouldBe(1);
        Keys("Get-MailSetting -Prefix acme").Length.ShouldBe(3);
    }

    [Fact]
    public void A_table_is_asked_about_once_with_its_count_and_without_its_secrets()
    {
        _shell.Choice = 0;
        _shell.SetVariable("secret", new System.Net.NetworkCredential("", "hush-hush").SecurePassword);
        const string Table = "[ordered]@{ 'acme.le.directory' = 'https://acme.test'; 'acme.le.secret' = 'hush-hush'; 'acme.le.eab' = $secret }";
        ScriptResult run = _shell.Run($"Set-MailSetting ({Table}) -Confirm -PassThru").ShouldHaveNoErrors();
        string question = _shell.Questions.ShouldHaveSingleItem();
        question.ShouldContain("3 settings");
        question.ShouldContain("https://acme.test");
        question.ShouldNotContain("hush-hush");
        run.OutputAs<MailSetting>().Select(s => s.Value).ShouldBe(["https://acme.test", null, null]);
        Values("acme").ShouldBe(["https://acme.test", "hush-hush", "hush-hush"], ignoreOrder: true);

        int before = Writes.Length;
        string listed = _shell.Render($"Set-MailSetting ({Table}) -WhatIf -Reload");
        listed.ShouldContain("acme.le.directory");
        listed.ShouldContain("acme.le.secret");
        listed.ShouldContain("acme.le.eab");
        listed.ShouldNotContain("hush-hush");
        Writes.Length.ShouldBe(before);
    }

    [Theory]
    [InlineData("Set-MailSetting @{ 'acme.a' = $null; 'acme.b' = 'x' }", "Remove-MailSetting 'acme.a'")]
    [InlineData("Set-MailSetting @{ 'acme.a' = @{ 'b' = 'x' } }", "'acme.a.name'")]
    [InlineData("Set-MailSetting @{ 'acme.a' = 'x', 'y' }", "'acme.a.0000'")]
    [InlineData("Set-MailSetting @{ 'acme.a' = [datetime]::UtcNow }", "DateTime")]
    [InlineData("$t = [System.Collections.Hashtable]::new(); $t['acme.a'] = 1; $t['Acme.a'] = 2; Set-MailSetting $t", "case")]
    [InlineData("Set-MailSetting @{ 'acme.a' = 'x'; ' acme.a ' = 'y' }", "twice")]
    [InlineData("Set-MailSetting @{}", "The dictionary is empty")]
    [InlineData("Set-MailSetting ([pscustomobject]@{ 'zz.e' = '1' })", "needs Key and Value")]
    [InlineData("Set-MailSetting @{ 1 = 'x' }", "text")]
    [InlineData("Set-MailSetting @{ 'acme.' = 'x'; 'acme.b' = 'y' }", "Get-MailSetting -Prefix 'acme'")]
    [InlineData("Set-MailSetting @{ 'acme.a' = 'x' } -Value y", "Omit -Value")]
    public void A_table_that_cannot_be_set_is_refused_as_a_whole(string script, string advice)
    {
        int before = Writes.Length;
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain(advice);
        Writes.Length.ShouldBe(before);
    }

    [Fact]
    public void A_refused_table_of_several_holds_the_reload_up()
    {
        ScriptResult run = _shell.Run("@{ 'acme.a' = 'x' }, @{ 'acme.b' = $null; 'acme.c' = 'z' } | Set-MailSetting -Reload");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("acme.b");
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("not reloaded");
        Keys("Get-MailSetting -Prefix acme").ShouldBe(["acme.a"]);
        Writes.ShouldNotContain(line => line.Contains("reload", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-MailSetting lookup", "Get-MailSetting -Prefix 'lookup'")]
    [InlineData("Get-MailSetting lookup.", "Get-MailSetting -Prefix 'lookup'")]
    [InlineData("Remove-MailSetting lookup -Force", "Remove-MailSetting -Prefix 'lookup'")]
    [InlineData("Remove-MailSetting 'lookup.set.' -Force", "Remove-MailSetting -Prefix 'lookup.set'")]
    [InlineData("Get-MailSetting \"it's\"", "Get-MailSetting -Prefix 'it''s'")]
    [InlineData("Remove-MailSetting 'lookup.set*' -Force", "Get-MailSetting 'lookup.set*'")]
    [InlineData("Remove-MailSetting 'lookup.set*' -Force", "Remove-MailSetting 'lookup.set`*'")]
    [InlineData("Set-MailSetting 'lookup.set*' x", "Get-MailSetting 'lookup.set*'")]
    [InlineData("Get-MailSetting -Prefix 'lookup.set.*'", "-Prefix 'lookup.set'")]
    public void A_refused_form_shows_the_line_that_is_meant(string script, string line)
    {
        int before = Writes.Length;
        _shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain(line);
        Writes.Length.ShouldBe(before);
    }

    [Fact]
    public void A_key_with_a_star_of_its_own_is_written_with_a_backtick()
    {
        _shell.Run("Set-MailSetting 'lookup.s`*t' -Value odd; Set-MailSetting lookup.set 1").ShouldHaveNoErrors();
        Keys("Get-MailSetting 'lookup.s`*t'").ShouldBe(["lookup.s*t"]);
        _shell.Run("Remove-MailSetting 'lookup.s`*t' -Force").ShouldHaveNoErrors();
        Keys("Get-MailSetting -Prefix lookup").ShouldBe(["lookup.set", "lookup.set.a", "lookup.set.b", "lookup.set9.a", "lookup.set9.b"]);
    }

    [Fact]
    public void Settings_copy_from_one_server_to_another_but_for_hidden_secrets()
    {
        _shell.Run("Set-MailSetting copy.empty ''; Set-MailSetting copy.secret hush").ShouldHaveNoErrors();
        ScriptResult run = _shell.Run("$all = Get-MailSetting -Prefix copy; Remove-MailSetting -Prefix copy -Force; $all | Set-MailSetting");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("-IncludeSecret");
        Keys("Get-MailSetting -Prefix copy").ShouldBe(["copy.empty"]);
    }

    [Fact]
    public void An_empty_cell_is_refused_for_its_row_alone()
    {
        ScriptResult run = _shell.Run("@([pscustomobject]@{ Key = 'probe.a'; Value = 'x' }, [pscustomobject]@{ Key = 'probe.b'; Value = '' }, [pscustomobject]@{ Key = 'probe.c'; Value = $null }) | Set-MailSetting -Reload");
        run.Errors.Select(e => e.TargetObject).ShouldBe(["probe.b", "probe.c"]);
        Values("probe").ShouldBe(["x"]);
        // What is half written is not taken up.
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("not reloaded");
        Writes.ShouldNotContain(line => line.Contains("reload", StringComparison.Ordinal));
    }

    [Fact]
    public void NoClobber_leaves_what_exists_and_writes_the_rest()
    {
        ScriptResult run = _shell.Run("'lookup.new', 'lookup.set.a', 'lookup.newer' | Set-MailSetting -Value z -NoClobber -PassThru");
        run.OutputAs<MailSetting>().Select(s => s.Key).ShouldBe(["lookup.new", "lookup.newer"]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("PreconditionFailed");
        error.TargetObject.ShouldBe("lookup.set.a");
        _shell.Run("Get-MailSetting lookup.set.a").OutputAs<MailSetting>().Single().Value.ShouldBe("1");
    }

    [Fact]
    public void A_failure_on_the_way_says_which_settings_are_written()
    {
        _shell.Run("Set-MailSetting probe.a same").ShouldHaveNoErrors();
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Method = "POST", Path = "/api/settings", Status = 500 });
        ScriptResult run = _shell.Run("@{ 'probe.a' = 'same' }.GetEnumerator(), [pscustomobject]@{ Key = 'probe.secret'; Value = 'hush-hush' } | ForEach-Object { $_ } | Set-MailSetting -PassThru");
        run.OutputAs<MailSetting>().Select(s => s.Key).ShouldBe(["probe.a"]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.TargetObject.ShouldBe("probe.secret");
        error.ToString().ShouldNotContain("hush-hush");
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("probe.a");
    }

    // What two looks have seen is no doubt any more.
    [Fact]
    public void A_setting_that_was_not_written_is_said_to_be_as_it_was()
    {
        _shell.Run("Set-MailSetting probe.a before").ShouldHaveNoErrors();
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Method = "POST", Path = "/api/settings", Status = 500 });
        string[] errors = [.. _shell.Run("Set-MailSetting probe.a after; Set-MailSetting probe.new x").Errors.Select(error => error.ToString())];
        errors[0].ShouldStartWith("The setting 'probe.a' was not written: at the last look, its value was 'before'.");
        errors[1].ShouldStartWith("The setting 'probe.new' was not written: at the last look, it was not there.");
        errors.ShouldAllBe(error => !error.Contains("may or may not", StringComparison.Ordinal));
    }

    [Fact]
    public void Reload_follows_the_last_setting()
    {
        _shell.Run("@{ 'spam-filter.pyzor.enable' = 'false'; 'probe.a' = 'x' }.GetEnumerator() | Set-MailSetting -Reload").ShouldHaveNoErrors();
        Writes[^2..].ShouldBe(["POST /api/settings", "GET /api/reload"]);
    }

    [Fact]
    public void Remove_deletes_exact_keys_in_few_calls_and_says_what_is_missing()
    {
        int before = Writes.Length;
        ScriptResult run = _shell.Run("Remove-MailSetting lookup.set.a, lookup.set, lookup.set9.a -Force; Get-MailSetting -Prefix lookup | Remove-MailSetting -Confirm:$false");
        run.Errors.ShouldHaveSingleItem().TargetObject.ShouldBe("lookup.set");
        Keys("Get-MailSetting -Prefix lookup").ShouldBeEmpty();
        (Writes.Length - before).ShouldBe(2);
    }

    [Fact]
    public void A_prefix_means_what_lies_below_it_and_raw_says_otherwise()
    {
        _shell.Run("Remove-MailSetting -Prefix lookup.set -Force").ShouldHaveNoErrors();
        Keys("Get-MailSetting -Prefix lookup").ShouldBe(["lookup.set9.a", "lookup.set9.b"]);
        _shell.Run("Set-MailSetting lookup.set.a 1; Remove-MailSetting -Prefix lookup.se -Raw -Force").ShouldHaveNoErrors();
        Keys("Get-MailSetting -Prefix lookup").ShouldBeEmpty();
        _shell.Run("Remove-MailSetting -Prefix lookup -Force").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Fact]
    public void The_question_before_a_prefix_has_count_and_sample()
    {
        int before = Writes.Length;
        // Nobody is there to answer; what would be asked is what -WhatIf says.
        _shell.Run("Remove-MailSetting -Prefix lookup.set -Raw").Errors.ShouldNotBeEmpty();
        string shown = _shell.Render("Remove-MailSetting -Prefix lookup.set -Raw -WhatIf");
        shown.ShouldContain("Delete 4 settings (lookup.set.a, lookup.set.b, lookup.set9.a, lookup.set9.b)");
        _shell.Render("Remove-MailSetting -Prefix lookup.set -WhatIf").ShouldContain("Delete 2 settings");
        Writes.Length.ShouldBe(before);
    }

    [Theory]
    [InlineData("Remove-MailSetting -Prefix '' -Force")]
    [InlineData("Remove-MailSetting -Prefix ' ' -Force")]
    [InlineData("Remove-MailSetting -Prefix . -Force")]
    [InlineData("Remove-MailSetting -Prefix '..' -Force")]
    [InlineData("Remove-MailSetting -Prefix ' . ' -Force")]
    [InlineData("Remove-MailSetting -Prefix $undefined -Force")]
    [InlineData("Remove-MailSetting -Prefix '' -Raw -Force")]
    [InlineData("Remove-MailSetting -Prefix ' ' -Raw -Force")]
    [InlineData("Remove-MailSetting -Prefix . -Raw -Force")]
    [InlineData("Remove-MailSetting -Prefix '*' -Raw -Force")]
    [InlineData("Remove-MailSetting -Prefix 'lookup.*' -Force")]
    [InlineData("Remove-MailSetting '' -Force")]
    [InlineData("Remove-MailSetting ' ' -Force")]
    [InlineData("Remove-MailSetting . -Force")]
    [InlineData("Remove-MailSetting $undefined -Force")]
    [InlineData("Remove-MailSetting 'lookup.*' -Force")]
    [InlineData("42 | Remove-MailSetting -Force")]
    [InlineData("Set-MailSetting '' x")]
    [InlineData("Set-MailSetting lookup. x")]
    [InlineData("Set-MailSetting lookup.* x")]
    [InlineData("Set-MailSetting lookup.set.a $undefined")]
    [InlineData("Get-MailConnection | Set-MailSetting -Value x")]
    [InlineData("Get-MailSetting ''")]
    [InlineData("Get-MailSetting $undefined")]
    [InlineData("Get-MailSetting -Prefix ''")]
    [InlineData("Get-MailSetting -Prefix $undefined")]
    [InlineData("Get-MailSetting -Prefix '  '")]
    [InlineData("Get-MailSetting -Prefix '.'")]
    [InlineData("Get-MailSetting -Group ' '")]
    [InlineData("Get-MailSetting -Group lookup -Filter ' '")]
    [InlineData("Get-MailSetting -Group lookup -Suffix $undefined")]
    [InlineData("Invoke-MailSettingReload -Scope Lookup -DryRun")]
    [InlineData("Invoke-MailSettingReload -Scope Everything")]
    public void What_would_mean_everything_or_nothing_is_refused_before_anything_is_sent(string script)
    {
        int before = _server.RequestCount;
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldHaveSingleItem();
        run.Output.ShouldBeEmpty();
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void WhatIf_sends_no_write_even_with_Force()
    {
        int before = Writes.Length;
        _shell.Run("""
            Set-MailSetting probe.a x -WhatIf -Reload
            Set-MailSetting probe.a x -NoClobber -WhatIf
            Remove-MailSetting lookup.set.a -WhatIf -Force
            Remove-MailSetting -Prefix lookup -WhatIf -Force
            Invoke-MailSettingReload -WhatIf
            Invoke-MailSettingReload Certificate -WhatIf
            $WhatIfPreference = $true
            Remove-MailSetting -Prefix lookup -Force
            Invoke-MailSettingReload
            """).ShouldHaveNoErrors();
        Writes.Length.ShouldBe(before);
    }

    [Fact]
    public void What_is_shown_of_a_secret_to_be_set_is_nothing()
        => _shell.Render("Set-MailSetting probe.password hush-hush -WhatIf").ShouldNotContain("hush-hush");

    [Fact]
    public void Test_shows_problems_and_changes_nothing()
    {
        MailSettingProblem problem = _shell.Run("Test-MailSetting").ShouldHaveNoErrors().OutputAs<MailSettingProblem>().Single();
        (problem.Severity, problem.Key, problem.Kind).ShouldBe((MailSettingSeverity.Error, "spam-filter.pyzor.host", "build"));
        _shell.Run("Test-MailSetting -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([false]);
        _shell.Run("Set-MailSetting spam-filter.pyzor.enable $false; Test-MailSetting").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Test-MailSetting -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([true]);
        _server.RequestLog.Where(line => line.Contains("reload", StringComparison.Ordinal)).ShouldAllBe(line => line == "GET /api/reload?dry-run=1");
    }

    [Fact]
    public void A_warning_is_an_object_and_holds_no_reload_up()
    {
        _shell.Run("Set-MailSetting spam-filter.pyzor.enable $false; Set-MailSetting webhook.audit.url https://audit.example.org").ShouldHaveNoErrors();
        MailSettingProblem warning = _shell.Run("Test-MailSetting").ShouldHaveNoErrors().OutputAs<MailSettingProblem>().Single();
        (warning.Severity, warning.Key, warning.Kind).ShouldBe((MailSettingSeverity.Warning, "webhook.audit", "build"));
        _shell.Run("Test-MailSetting -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([true]);
        _shell.Run("Invoke-MailSettingReload").ShouldHaveNoErrors().OutputAs<MailSettingProblem>().Single().Severity.ShouldBe(MailSettingSeverity.Warning);
        _shell.Run("Set-MailSetting webhook.audit.events.0000 auth.success; Test-MailSetting").ShouldHaveNoErrors().Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_reload_with_errors_returns_them_as_objects_and_writes_them_as_errors()
    {
        ScriptResult run = _shell.Run("Invoke-MailSettingReload");
        MailSettingProblem problem = run.OutputAs<MailSettingProblem>().Single();
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("InvalidSetting");
        error.TargetObject.ShouldBe(problem);
        error.ToString().ShouldContain("applied nothing");
        _shell.Render("Test-MailSetting").ShouldContain("spam-filter.pyzor.host");
    }

    [Fact]
    public void A_dry_run_is_never_a_reload_and_a_part_has_its_own_address()
    {
        int before = Writes.Length;
        _shell.Run("Invoke-MailSettingReload -DryRun").Errors.Count.ShouldBe(1);
        _shell.Run("Invoke-MailSettingReload -DryRun -WhatIf").Errors.Count.ShouldBe(1);
        _shell.Run("'Lookup', 'Certificate', 'BlockedIp' | ForEach-Object { Invoke-MailSettingReload $_ }").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        Writes[before..].ShouldBe([
            "GET /api/reload?dry-run=1", "GET /api/reload?dry-run=1",
            "GET /api/reload/lookup", "GET /api/reload/certificate", "GET /api/reload/server.blocked-ip"]);
    }

    [Fact]
    public void Who_may_write_but_not_look_can_delete_a_key_and_no_prefix()
    {
        _shell.Run("New-MailPrincipal writer -Type Role -EnabledPermission authenticate, authenticate-oauth, settings-update; [pscustomobject]@{ Name = 'wendy'; Password = 'a row may'; Role = 'writer' } | New-MailPrincipal").ShouldHaveNoErrors();
        using var limited = HostedShell.CreateConnected(_server, "wendy", "a row may");
        limited.Run("Remove-MailSetting lookup.set.a -Force").ShouldHaveNoErrors();
        limited.Run("Remove-MailSetting -Prefix lookup -Force").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Forbidden");
        limited.Run("Get-MailSetting").Errors.ShouldHaveSingleItem().CategoryInfo.Category.ShouldBe(ErrorCategory.PermissionDenied);
        Keys("Get-MailSetting -Prefix lookup").ShouldBe(["lookup.set.b", "lookup.set9.a", "lookup.set9.b"]);
    }

    [Fact]
    public void Keys_and_prefixes_complete()
    {
        Completions("Get-MailSetting lookup.set9.").ShouldBe(["lookup.set9.a", "lookup.set9.b"]);
        Completions("Remove-MailSetting -Prefix loo").ShouldBe(["lookup"]);
        Completions("Remove-MailSetting -Prefix lookup.").ShouldBe(["lookup.set", "lookup.set9"]);
        int before = _server.RequestCount;
        Completions("Set-MailSetting lookup.set9.a").ShouldBe(["lookup.set9.a"]);
        _server.RequestCount.ShouldBe(before);
    }

    private string[] Completions(string line) => [.. _shell.Run($"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null).CompletionMatches.ListItemText").ShouldHaveNoErrors().OutputAs<string>()];

    private string[] Keys(string script) => [.. _shell.Run(script).ShouldHaveNoErrors().OutputAs<MailSetting>().Select(s => s.Key)];

    private string?[] Values(string prefix) => [.. _shell.Run($"Get-MailSetting -Prefix {prefix} -IncludeSecret").ShouldHaveNoErrors().OutputAs<MailSetting>().Select(s => s.Value)];
}
