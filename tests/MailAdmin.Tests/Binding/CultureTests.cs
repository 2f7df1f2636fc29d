// What is read, compared, sent and said is the same in every culture. Where a test hosts the engine, its pipelines run in the culture of the test.
using System.Globalization;
using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Binding;

public sealed class CultureTests : IDisposable
{
    private static readonly DateTime s_nine = new(2026, 11, 30, 9, 0, 0);
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    // The calendars of Thailand, Iran and Arabia; the I of Turkey; the minus sign of Sweden.
    public static TheoryData<string> Cultures { get; } = ["th-TH", "fa-IR", "ar-SA", "tr-TR", "de-DE", "sv-SE"];

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    [Theory]
    [MemberData(nameof(Cultures))]
    public void The_engine_of_the_tests_runs_in_the_culture_of_the_test(string culture)
    {
        using HostedShell shell = Create(culture);
        shell.Run("[cultureinfo]::CurrentCulture.Name").Output.ShouldHaveSingleItem().ToString().ShouldBe(culture);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Values_of_scripts_have_one_text(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        InputText.Format(s_nine).ShouldBe("2026-11-30T09:00:00");
        InputText.Format(DateTime.SpecifyKind(s_nine, DateTimeKind.Utc)).ShouldBe("2026-11-30T09:00:00Z");
        InputText.Format(new PSObject(new DateTimeOffset(s_nine, TimeSpan.FromHours(5.5)))).ShouldBe("2026-11-30T09:00:00+05:30");
        InputText.Format(new DateOnly(2026, 11, 30)).ShouldBe("2026-11-30");
        InputText.Format(-1.5).ShouldBe("-1.5");
        InputText.Format(1234567.25m).ShouldBe("1234567.25");
        InputText.Format(-5).ShouldBe("-5");
        InputText.Format(new object?[] { 0.5, null, "a", s_nine }).ShouldBe("0.5  a 2026-11-30T09:00:00");
        InputText.Format(null).ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void A_body_of_the_api_has_one_text(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        var body = new System.Collections.Specialized.OrderedDictionary
        {
            ["at"] = DateTime.SpecifyKind(s_nine, DateTimeKind.Utc),
            ["offset"] = new PSObject(new DateTimeOffset(s_nine, TimeSpan.FromHours(-8))),
            ["decimal"] = 1234.50m,
            ["double"] = -0.25,
            ["single"] = 1.5f,
            ["whole"] = -3,
            [2.5] = new object[] { 1.5, s_nine.ToUniversalTime() },
        };
        string expected = $$"""{"at":"2026-11-30T09:00:00Z","offset":"2026-11-30T17:00:00Z","decimal":1234.50,"double":-0.25,"single":1.5,"whole":-3,"2.5":[1.5,"{{WireTime.Floor(s_nine)}}"]}""";
        Encoding.UTF8.GetString(PSObjectJson.Write(body, [])).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Rows_of_the_pipeline_have_times_as_ISO_and_numbers_with_a_point(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("AccountExpirationDate", s_nine));
        row.Properties.Add(new PSNoteProperty("Score", 1.5));
        row.Properties.Add(new PSNoteProperty("Several", new object[] { s_nine, 2.5, -1 }));
        ImportTable table = ObjectTable.Create([row]);
        table.Rows.ShouldHaveSingleItem().Cells.ShouldBe(["2026-11-30T09:00:00", "1.5", "2026-11-30T09:00:00;2.5;-1"]);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void An_account_that_has_expired_is_made_disabled(string culture)
    {
        using HostedShell shell = Create(culture);
        shell.Run("[pscustomobject]@{ SamAccountName = 'gone'; mail = 'gone@example.org'; AccountExpirationDate = [datetime]::new(2020, 1, 2, 3, 4, 5) } | New-MailPrincipal -NoPassword").ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal gone).Enabled").Output.ShouldHaveSingleItem().BaseObject.ShouldBe(false);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Names_and_patterns_ignore_case_as_the_server_does(string culture)
    {
        using HostedShell shell = Create(culture);
        shell.Run("New-MailPrincipal INFO.TITIS -NoPassword -Email INFO.TITIS@EXAMPLE.ORG; New-MailDkimSignature example.org -Id DIGI-I").ShouldHaveNoErrors();
        foreach (string name in new[] { "INFO.TITIS", "INFO.T*", "*IT?S", "[I]NFO*", "info.titis@EXAMPLE.org", "INFO.TITIS@EXAMPLE.ORG" })
        {
            shell.Run($"Get-MailPrincipal '{name}'").ShouldHaveNoErrors().OutputAs<MailPrincipal>().ShouldHaveSingleItem(name).Name.ShouldBe("info.titis");
        }
        shell.Run("Get-MailPrincipal -Type INDIVIDUAL -Domain EXAMPLE.ORG").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        shell.Run("Get-MailDkimSignature -Id 'digi*'").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        shell.Run("Get-MailDkimSignature EXAMPLE.ORG").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        shell.Run("Set-MailPrincipal info.titis -AddEmail I@example.org; Set-MailPrincipal info.titis -PrimaryEmail i@EXAMPLE.ORG").ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal info.titis).PrimaryEmail").Output.ShouldHaveSingleItem().ToString().ShouldBe("i@example.org");
        shell.Run("Get-MailConnection TEST").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        shell.Run("New-MailPrincipal Quota.Is -NoPassword -Quota 5gIB; New-MailPrincipal Quota.None -NoPassword -Quota UNLIMITED").ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal quota.is).Quota").Output.ShouldHaveSingleItem().BaseObject.ShouldBe(5L << 30);
        shell.Run("Invoke-MailApi 'principal?limit=1' -Method get").ShouldHaveNoErrors();
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Errors_quote_numbers_and_times_as_scripts_write_them(string culture)
    {
        using HostedShell shell = Create(culture);
        GetError(shell, "Get-MailTraceEvent 1.5").ShouldContain("1.5 is a floating-point number");
        GetError(shell, "Get-MailQueueMessage (-5)").ShouldContain("-5 is not a valid queue id");
        GetError(shell, "New-MailPrincipal x -NoPassword -Quota (-5)").ShouldContain("-5 bytes");
        GetError(shell, "New-MailPrincipal x -NoPassword -Quota ([datetime]::new(2026, 11, 30))").ShouldContain("2026-11-30");
        GetError(shell, "Get-MailQueueMessage -DueAfter 1.5").ShouldContain("'1.5'");
        GetError(shell, "New-MailPrincipal x -NoPassword -OutageTimeout 86400.5").ShouldContain("'86400.5'");
        GetError(shell, "New-MailPrincipal x -NoPassword -OutageTimeout (-0.5)").ShouldContain("'-0.5'");
        GetError(shell, "New-MailPrincipal x -NoPassword -Enabled 1.5").ShouldContain("'1.5'");
        GetError(shell, "Set-MailSetting @{ 1.5 = 'x' }").ShouldContain("'1.5'");
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void A_setting_is_sent_as_the_server_reads_it(string culture)
    {
        using HostedShell shell = Create(culture);
        shell.Run("Set-MailSetting test.ratio 1.5; Set-MailSetting test.flag $true; Set-MailSetting test.count (-5)").ShouldHaveNoErrors();
        shell.Run("'test.ratio', 'test.flag', 'test.count' | Get-MailSetting").ShouldHaveNoErrors().OutputAs<MailSetting>().Select(setting => setting.Value).ShouldBe(["1.5", "true", "-5"]);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Views_show_numbers_and_times_in_one_form(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true });
        using var shell = HostedShell.CreateConnected(server);
        shell.Render("[MailAdmin.Client.MailQuotaUsage]::new('jane', 1234567)").ShouldContain("1.18 MB");
        shell.Render("[MailAdmin.Client.MailSpamTag]::new('A', -1.5, 'score')").ShouldContain("-1.50");
        var recipient = (MailQueueRecipient)shell.Run("(Get-MailQueueMessage -First 1).Recipient[0]").Output.Single().BaseObject;
        shell.Render("(Get-MailQueueMessage -First 1).Recipient").ShouldContain(recipient.NextRetry!.Value.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        shell.Render("Get-MailMetric").ShouldNotContain("٫");
        DisplayText.CleanValue(1.5).ShouldBe("1.5");
        DisplayText.CleanValue(new DateTimeOffset(s_nine, TimeZoneInfo.Local.GetUtcOffset(s_nine))).ShouldBeOfType<string>().ShouldStartWith("2026-11-30 09:00:00");
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void An_export_and_its_import_agree(string culture)
    {
        using HostedShell shell = Create(culture);
        string folder = Directory.CreateTempSubdirectory("mailadmin-culture-").FullName;
        try
        {
            shell.Run("New-MailPrincipal IRIS -NoPassword -Email IRIS@example.org -Quota 1536MB -Description 'I. İpek ı'").ShouldHaveNoErrors();
            string file = Path.Combine(folder, "a.csv");
            shell.Run($"Export-MailPrincipal '{file}'").ShouldHaveNoErrors();
            File.ReadAllText(file).ShouldContain("1610612736");
            shell.Run($"(Import-MailPrincipal '{file}' -WhatIf).Action").Output.Select(action => action.ToString()).ShouldAllBe(action => action == "Unchanged");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(90, "90 seconds")]
    [InlineData(150, "2.5 minutes")]
    public void Durations_have_one_text(int seconds, string expected)
    {
        CultureInfo.CurrentCulture = new CultureInfo("fa-IR");
        DurationText.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);
    }

    private static HostedShell Create(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        return HostedShell.CreateConnected(HostedShell.CreateServer());
    }

    private static string GetError(HostedShell shell, string script) => shell.Run(script).Errors.ShouldHaveSingleItem(script).ToString();
}
