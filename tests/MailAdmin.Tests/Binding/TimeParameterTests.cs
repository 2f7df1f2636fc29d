// Times are read as ISO 8601 first, never guessed, and written in one form, whatever the culture.
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Connection;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Binding;

public sealed class TimeParameterTests
{
    private static readonly DateTime s_nine = new(2026, 11, 30, 9, 0, 0);

    private static readonly string[] s_cultures = ["th-TH", "ar-SA", "fa-IR", "de-DE", "en-US", "en-GB", "fi-FI", "hu-HU", "tr-TR", ""];

    private static IEnumerable<PropertyInfo> TimeParameters => typeof(ConnectMailServer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Cmdlet)) && !type.IsAbstract)
        .SelectMany(type => type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), true)))
        .Where(property => (Nullable.GetUnderlyingType(property.PropertyType.GetElementType() ?? property.PropertyType) ?? property.PropertyType) is { } type && (type == typeof(DateTimeOffset) || type == typeof(DateTime)));

    [Fact]
    public void Every_time_is_read_by_the_one_reader()
    {
        TimeParameters.Count().ShouldBeGreaterThan(5);
        TimeParameters.Where(property => property.GetCustomAttributes<ArgumentTransformationAttribute>(true).SingleOrDefault()?.GetType().Name != "TimeArgumentAttribute")
            .Select(property => $"{property.ReflectedType!.Name}.{property.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Iso_means_the_same_in_every_culture()
    {
        foreach (string culture in s_cultures)
        {
            Read("2026-11-30 09:00", culture).ShouldBe(new DateTimeOffset(s_nine), culture);
            Read("2026-11-30T09:00", culture).ShouldBe(new DateTimeOffset(s_nine));
            Read("2026-11-30T09:00:00", culture).ShouldBe(new DateTimeOffset(s_nine));
            Read("2026-11-30", culture).ShouldBe(new DateTimeOffset(s_nine.Date));
            Read(" 2026-11-30 ", culture).ShouldBe(new DateTimeOffset(s_nine.Date));
            Read("2026-11-30T09:00Z", culture).ShouldBe(new DateTimeOffset(s_nine, TimeSpan.Zero));
            Read("2026-11-30T09:00:00.25Z", culture).ShouldBe(new DateTimeOffset(s_nine.AddMilliseconds(250), TimeSpan.Zero));
            Read("2026-11-30T09:00:00+05:30", culture).ShouldBe(new DateTimeOffset(s_nine, TimeSpan.FromHours(5.5)));
            Read("2026-11-30T09:00:00+0530", culture).ShouldBe(new DateTimeOffset(s_nine, TimeSpan.FromHours(5.5)));
            Read("2026-11-30 09:00:00 -08:00", culture).ShouldBe(new DateTimeOffset(s_nine, TimeSpan.FromHours(-8)));
            Read("20261130T090000Z", culture).ShouldBe(new DateTimeOffset(s_nine, TimeSpan.Zero));
        }
    }

    [Theory]
    [InlineData("de-DE", "30.11.2026 9:00")]
    [InlineData("de-DE", "30.11.2026 09:00:00")]
    [InlineData("de-DE", "30. November 2026 09:00")]
    [InlineData("en-US", "11/30/2026 9:00 AM")]
    [InlineData("en-US", "11/30/2026 09:00")]
    [InlineData("en-US", "11/30/2026, 9:00 am")]
    [InlineData("en-US", "Nov 30, 2026 9:00 AM")]
    [InlineData("en-US", "November 30, 2026 9:00 AM")]
    [InlineData("en-GB", "30/11/2026 09:00")]
    [InlineData("en-GB", "30 Nov 2026 09:00")]
    [InlineData("fi-FI", "30.11.2026 9.00")]
    [InlineData("hu-HU", "2026. 11. 30. 9:00")]
    [InlineData("th-TH", "30/11/2569 09:00")]
    [InlineData("th-TH", "30/11/2026 09:00")]
    [InlineData("ar-SA", "20/6/1448 09:00")]
    [InlineData("ar-SA", "30/11/2026 09:00")]
    [InlineData("fa-IR", "1405/9/9 9:00")]
    public void The_cultures_own_forms_are_read_as_people_type_them(string culture, string text) => Read(text, culture).ShouldBe(new DateTimeOffset(s_nine));

    [Theory]
    [InlineData("en-US", "Monday, November 30, 2026 9:00 AM")]
    [InlineData("de-DE", "Montag, 30. November 2026 9:00")]
    [InlineData("tr-TR", "30 Kasım 2026 Pazartesi 9:00")]
    [InlineData("fr-FR", "lundi 30 novembre 2026 09:00")]
    [InlineData("ja-JP", "2026年11月30日月曜日 9:00")]
    public void A_weekday_may_stand_with_the_date(string culture, string text) => Read(text, culture).ShouldBe(new DateTimeOffset(s_nine));

    [Fact]
    public void What_the_culture_writes_in_full_is_read_back()
    {
        foreach (string culture in s_cultures)
        {
            Read(s_nine.ToString("F", new CultureInfo(culture)), culture).ShouldBe(new DateTimeOffset(s_nine), culture);
            Read(s_nine.ToString("f", new CultureInfo(culture)), culture).ShouldBe(new DateTimeOffset(s_nine), culture);
            Read(s_nine.ToString("D", new CultureInfo(culture)), culture).ShouldBe(new DateTimeOffset(s_nine.Date), culture);
        }
    }

    [Theory]
    [InlineData("Mon, 30 Nov 2026 09:00:00 +0100", 1)]
    [InlineData("Mon, 30 Nov 2026 09:00 +0100", 1)]
    [InlineData("30 Nov 2026 09:00:00 -0800", -8)]
    [InlineData("Mon, 30 Nov 2026 09:00:00 +0100 (CET)", 1)]
    [InlineData("Mon, 30 Nov 2026 09:00:00 GMT", 0)]
    [InlineData("30 Nov 2026 09:00 UT", 0)]
    [InlineData("Mon, 30 Nov 2026 09:00:00 -0000", 0)]
    public void The_date_of_a_mail_means_the_same_in_every_culture(string text, int hours)
    {
        foreach (string culture in s_cultures)
        {
            Read(text, culture).ShouldBe(new DateTimeOffset(s_nine, TimeSpan.FromHours(hours)), culture);
        }
        Read(new DateTimeOffset(s_nine, TimeSpan.FromHours(3)).ToString("R", CultureInfo.InvariantCulture), "de-DE").ShouldBe(new DateTimeOffset(s_nine, TimeSpan.FromHours(3)));
    }

    [Theory]
    [InlineData("en-US", "Tuesday, November 30, 2026 9:00 AM")]
    [InlineData("de-DE", "Dienstag, 30. November 2026")]
    [InlineData("de-DE", "Tue, 30 Nov 2026 09:00:00 +0100")]
    [InlineData("en-US", "Mon, 1 Dec 2026 00:30:00 +0900")]
    [InlineData("en-US", "Tue, 30 Nov 1964 09:00:00 GMT")]
    [InlineData("th-TH", "Mon, 30 Nov 1964 09:00:00 GMT")]
    [InlineData("th-TH", "30 Nov 2569 09:00:00 +0700")]
    [InlineData("en-US", "Monday, November 30, 1964")]
    [InlineData("en-US", "Mon, 30 Nov 2026 09:00:00 CET")]
    public void A_wrong_weekday_an_unlikely_year_and_an_unknown_zone_are_refused(string culture, string text) => Refuse(text, culture).ShouldContain("is not a valid time");

    [Theory]
    [InlineData("2026-11-30T09:00:00.1234567891Z")]
    [InlineData("2026-11-30T09:00:00.123456789Z")]
    [InlineData("2026-11-30T10:00:00.123456789+01:00")]
    [InlineData("2026-11-30 09:00:00.12345678 +0000")]
    public void A_fraction_finer_than_the_clock_is_cut(string text)
    {
        foreach (string culture in s_cultures)
        {
            Read(text, culture).ShouldBe(new DateTimeOffset(s_nine, TimeSpan.Zero).AddTicks(1234567), culture);
        }
    }

    [Theory]
    [InlineData("en-US", "11:59 PM", 23, 59)]
    [InlineData("de-DE", "23:59", 23, 59)]
    [InlineData("th-TH", "23:59:00", 23, 59)]
    [InlineData("ar-SA", "23:59", 23, 59)]
    public void A_time_alone_is_today(string culture, string text, int hour, int minute)
    {
        DateTimeOffset read = Read(text, culture);
        (read.Hour, read.Minute).ShouldBe((hour, minute));
        (read - DateTimeOffset.Now).Duration().ShouldBeLessThan(TimeSpan.FromHours(25));
    }

    [Theory]
    [InlineData("en-US", "3/4/2026", "2026-03-04", "2026-04-03")]
    [InlineData("en-GB", "03/04/2026 09:00", "2026-04-03", "2026-03-04")]
    [InlineData("th-TH", "3/4/2569", "2026-04-03", "2026-03-04")]
    public void A_day_that_may_be_a_month_is_refused_with_both_readings(string culture, string text, string one, string other)
    {
        string message = Refuse(text, culture);
        message.ShouldContain(text);
        message.ShouldContain(one);
        message.ShouldContain(other);
    }

    [Fact]
    public void Where_day_and_month_are_one_number_or_stand_between_points_nothing_is_ambiguous()
    {
        Read("5/5/2026", "en-US").ShouldBe(new DateTimeOffset(new DateTime(2026, 5, 5)));
        Read("03.04.2026", "de-DE").ShouldBe(new DateTimeOffset(new DateTime(2026, 4, 3)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("tomorrow")]
    [InlineData("03/04/26")]
    [InlineData("11/2026")]
    [InlineData("November 2026")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("2026")]
    [InlineData(5)]
    [InlineData(5L)]
    [InlineData(true)]
    [InlineData(null)]
    public void What_is_no_time_is_refused_with_a_form_that_works(object? value)
    {
        foreach (string culture in s_cultures)
        {
            Refuse(value, culture).ShouldContain("2026-11-30 09:00");
        }
    }

    [Fact]
    public void Objects_are_taken_as_they_are_and_an_unspecified_kind_is_local()
    {
        Read(new DateTimeOffset(s_nine, TimeSpan.FromHours(3)), "th-TH").ShouldBe(new DateTimeOffset(s_nine, TimeSpan.FromHours(3)));
        Read(DateTime.SpecifyKind(s_nine, DateTimeKind.Utc), "th-TH").ShouldBe(new DateTimeOffset(s_nine, TimeSpan.Zero));
        Read(s_nine, "th-TH").ShouldBe(new DateTimeOffset(DateTime.SpecifyKind(s_nine, DateTimeKind.Local)));
        Read(new PSObject(s_nine), "ar-SA").ShouldBe(new DateTimeOffset(s_nine));
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    public void Messages_and_requests_are_written_in_one_calendar(string culture)
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true });
        using var shell = HostedShell.CreateConnected(server);
        shell.SetVariable("culture", new CultureInfo(culture));
        string at = new DateTimeOffset(new DateTime(2199, 11, 30, 9, 0, 0)).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        string past = new DateTimeOffset(new DateTime(2021, 11, 30, 9, 0, 0)).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        const string Use = "[Threading.Thread]::CurrentThread.CurrentCulture = $culture; ";

        shell.Run(Use + "Invoke-MailQueueReschedule -To oldfirm -At '2199-11-30 09:00' -WhatIf").ShouldHaveNoErrors();
        shell.HostText.ShouldContain($"Try again at {at}");
        shell.Run(Use + "Invoke-MailQueueReschedule -To oldfirm -At '2021-11-30 09:00'").Errors.ShouldHaveSingleItem().ToString().ShouldContain(past);
        shell.Run(Use + "Invoke-MailQueueReschedule (Get-MailQueueMessage -First 1).Id -At '2199-11-30 09:00'").Errors.ShouldHaveSingleItem().ToString().ShouldMatch(@"expires at 20\d\d-");
        shell.Run(Use + "Invoke-MailQueueReschedule -To oldfirm -Force -At '2199-11-30 09:00'").Errors.ShouldHaveSingleItem().ToString().ShouldContain(at);
        shell.Run(Use + "Get-MailQueueMessage -DueBefore '2021-11-30 09:00'").Errors.ShouldHaveSingleItem().ToString().ShouldContain(past);
        shell.Run(Use + "Get-MailTrace -After '2199-11-30 09:00' -Before '2021-11-30 09:00'").Errors.ShouldHaveSingleItem().ToString().ShouldContain(past);
        shell.Run(Use + "Get-MailMetric -After '2199-11-30 09:00' -Before '2021-11-30 09:00'").Errors.ShouldHaveSingleItem().ToString().ShouldContain(at);

        shell.Run(Use + "Get-MailQueueMessage -DueAfter '2199-11-30T09:00Z'; Get-MailTrace -After '2021-11-30T09:00Z'").ShouldHaveNoErrors();
        server.RequestLog.ShouldContain(line => line.Contains("after=2199-11-30T09", StringComparison.Ordinal));
        server.RequestLog.ShouldContain(line => line.Contains("after=2021-11-30T09", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_view_writes_times_in_one_calendar()
    {
        string[] views = Directory.GetFiles(Path.Combine(ProjectRoot.Path, "src", "MailAdmin.PowerShell", "Formatting"), "*.Format.ps1xml");
        views.ShouldNotBeEmpty();
        string[] culture = [.. views.SelectMany(File.ReadLines).Where(line => line.Contains("HH:", StringComparison.Ordinal) || line.Contains("yyyy", StringComparison.Ordinal))
            .Where(line => !line.Contains("[cultureinfo]::InvariantCulture", StringComparison.Ordinal))];
        culture.ShouldBeEmpty();
    }

    [Fact]
    public void A_body_of_the_api_holds_times_in_one_calendar()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("th-TH");
        try
        {
            byte[] body = PSObjectJson.Write(new object[] { DateTime.SpecifyKind(s_nine, DateTimeKind.Utc), new DateTimeOffset(s_nine, TimeSpan.FromHours(1)) }, []);
            System.Text.Encoding.UTF8.GetString(body).ShouldBe("""["2026-11-30T09:00:00Z","2026-11-30T08:00:00Z"]""");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_body_of_the_api_holds_whole_seconds_also_of_the_first_and_the_last_moment()
    {
        byte[] body = PSObjectJson.Write(new object[] { new DateTimeOffset(s_nine, TimeSpan.Zero).AddMilliseconds(750), DateTime.MinValue, DateTimeOffset.MaxValue }, []);
        System.Text.Json.JsonDocument.Parse(body).RootElement.EnumerateArray().Select(time => time.GetString()!).ShouldAllBe(time => time.Length == "2026-11-30T09:00:00Z".Length);
        System.Text.Encoding.UTF8.GetString(body).ShouldContain("2026-11-30T09:00:00Z");
    }

    [Fact]
    public void The_last_moment_there_is_is_a_bound_like_any_other()
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true }));
        int all = shell.Run("Get-MailTrace -After '2021-01-01'").ShouldHaveNoErrors().Output.Count;
        shell.Run("Get-MailTrace -After '2021-01-01' -Before ([DateTimeOffset]::MaxValue)").ShouldHaveNoErrors().Output.Count.ShouldBe(all);
    }

    [Theory]
    [InlineData("Invoke-MailQueueReschedule -All -Force -At $undefined")]
    [InlineData("Invoke-MailQueueReschedule -All -Force -At ''")]
    [InlineData("Get-MailQueueMessage -DueBefore $undefined")]
    [InlineData("Get-MailQueueMessage -DueAfter ''")]
    [InlineData("Get-MailTrace -After $undefined")]
    [InlineData("Get-MailMetric -Before ''")]
    public void No_time_is_not_now_and_not_ever(string script)
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true });
        using var shell = HostedShell.CreateConnected(server);
        int before = server.RequestCount;
        shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain("2026-11-30 09:00");
        server.RequestCount.ShouldBe(before);
    }

    private static DateTimeOffset Read(object? value, string culture) => (DateTimeOffset)Transform(value, culture)!;

    private static string Refuse(object? value, string culture) => Should.Throw<ArgumentTransformationMetadataException>(() => Transform(value, culture), $"{value} in {culture}").Message;

    private static object? Transform(object? value, string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            return TimeParameters.First().GetCustomAttributes<ArgumentTransformationAttribute>(true).Single().Transform(null!, value);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
