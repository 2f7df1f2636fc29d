using System.Text.RegularExpressions;
using MailAdmin.Client;
using MailAdmin.Client.Provisioning;

namespace MailAdmin.Tests.Provisioning;

/// <summary>The advice of a refused cell works when it is typed: the row is then read, or the next error says what to do with this cell.</summary>
public sealed partial class SignInAdviceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("shell", "/sbin/nologin", false)]
    [InlineData("shell", "/bin/false", false)]
    [InlineData("End date", "2020-01-01", false)]
    [InlineData("Austrittsdatum", "2020-01-31", false)]
    [InlineData("Contract end", "2020-01-01", false)]
    [InlineData("terminationdate", "2024-02-03", false)]
    [InlineData("Login suspended because of", "2024-01-01", false)]
    [InlineData("Notes", "suspended", false)]
    [InlineData("Remark", "gesperrt", false)]
    [InlineData("EmployeeStatus", "terminated", false)]
    [InlineData("Has mailbox", "N", false)]
    [InlineData("Employee Active", "no", false)]
    [InlineData("Block", "yes", false)]
    [InlineData("Access", "no", false)]
    [InlineData("Access", "No access", false)]
    [InlineData("Blokada", "tak", false)]
    [InlineData("End date", "2030-01-01", null)]
    [InlineData("End date", "31.12.2020", null)]
    [InlineData("Contract end", "31.12.2020", null)]
    [InlineData("Suspension reason", "left the company", null)]
    [InlineData("pw_status", "L", null)]
    [InlineData("EmployeeStatus", "S", null)]
    public void It_works_when_it_is_typed(string header, string cell, bool? enabled)
    {
        RowError doubt = Read(header, cell, []).Errors.ShouldHaveSingleItem();
        (string Header, string Field)[] advised = [.. Assignment().Matches(doubt.Message).Select(match => (match.Groups["header"].Value, match.Groups["field"].Value))];

        advised.ShouldAllBe(advice => advice.Header == header);
        advised.Select(advice => advice.Field).ShouldContain("");
        ParsedRow ignored = Read(header, cell, new() { [header] = "" });
        (ignored.Errors.Count, ignored.Spec.Enabled).ShouldBe((0, null));
        string[] fields = [.. advised.Select(advice => advice.Field).Where(field => field.Length > 0)];
        if (enabled is not null)
        {
            fields.ShouldHaveSingleItem();
        }

        foreach (string field in fields)
        {
            ParsedRow row = Read(header, cell, new() { [header] = field });
            row.Spec.Enabled.ShouldBe(enabled);
            if (enabled is null)
            {
                row.Errors.ShouldHaveSingleItem().Message.ShouldContain($"'{header}' = ''");
            }
            else
            {
                row.Errors.ShouldBeEmpty();
            }
        }
    }

    // Assigned, it would lock the whole account, and for good.
    [Theory]
    [InlineData("enablepop3", "0", "DisabledPermission")]
    [InlineData("enablesmtp", "0", "DisabledPermission")]
    [InlineData("IMAP disabled", "yes", "DisabledPermission")]
    [InlineData("Webmail access", "no", "DisabledPermission")]
    [InlineData("lockoutTime", "133456789012345678", "for a while")]
    [InlineData("pwdAccountLockedTime", "20240203100000Z", "for a while")]
    [InlineData("LockedOut", "True", "for a while")]
    [InlineData("OU", "Disabled Users", "a place")]
    public void What_is_only_a_part_of_the_account_or_a_while_is_not_advised_as_the_account(string header, string cell, string said)
    {
        RowError doubt = Read(header, cell, []).Errors.ShouldHaveSingleItem();
        doubt.Message.ShouldContain(said);
        Assignment().Matches(doubt.Message).Select(match => match.Groups["field"].Value).ShouldBe([""]);
    }

    [Fact]
    public void Where_a_shell_is_refused_the_advice_reads_both_shells()
    {
        const string Text = "Name,Email,shell\nna1,a1@example.org,/sbin/nologin\nna2,a2@example.org,/bin/bash\n";
        ImportPlan refused = ImportFixture.PlanText(Text);
        refused.FailedCount.ShouldBe(1);
        refused.UnusedColumns.ShouldBeEmpty();

        ImportPlan plan = ImportFixture.PlanText(Text, new ImportOptions
        {
            NoAddress = true,
            NoPassword = true,
            ColumnOverrides = new Dictionary<string, string?> { ["shell"] = "Disabled" },
        });
        plan.FailedCount.ShouldBe(0);
        plan.Row("na1").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row("na2").NewPrincipal!.DisabledPermission.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Notes", "suspended")]
    [InlineData("EmployeeStatus", "terminated")]
    public void A_column_for_which_a_row_was_refused_is_not_said_to_be_unused(string header, string cell)
    {
        ImportFixture.PlanText($"Name,Email,{header},Phone\nann,ann@example.org,{cell},1\n").UnusedColumns.ShouldHaveSingleItem().Header.ShouldBe("Phone");
        ImportFixture.PlanText($"Name,Email,{header},Phone\nann,ann@example.org,,1\n").UnusedColumns.Count.ShouldBe(2);
    }

    private static ParsedRow Read(string header, string cell, Dictionary<string, string?> map) =>
        new RowReader(ColumnMap.Create(["Name", header], new ImportOptions { ColumnOverrides = map }), time: new FixedTime()).Read(new ImportRow(2, ["jane", cell], null));

    [GeneratedRegex(@"@\{ '(?<header>[^']+)' = '(?<field>[^']*)' \}")]
    private static partial Regex Assignment();

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => s_now;
    }
}
