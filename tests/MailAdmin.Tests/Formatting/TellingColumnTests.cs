// What decides about a thing at a glance is in its table: when it ends, from where it may be used, and why it failed.
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Formatting;

public sealed partial class TellingColumnTests
{
    private static readonly string[] s_telling = ["Expires", "AllowedIp", "Reason", "FailureReason", "Error", "Problem", "Status", "State", "Outcome", "Result"];

    // Where a table shows it in other words, or not, and why.
    private static readonly Dictionary<string, string> s_elsewhere = new()
    {
        ["MailDeliveryStage.Reason"] = "is in Details",
        ["MailTraceEvent.Reason"] = "is in Summary",
        ["MailImportResult.Error"] = "is in Details",
        ["GeneratedPasswordImport.Error"] = "is in Details",
        ["MailQueueMessage.Expires"] = "all messages have one, days away; the recipients say how they are",
        ["MailQueueRecipient.Expires"] = "all recipients have one, days away",
        ["MailDmarcReport.Expires"] = "all reports have one, weeks away",
        ["MailTlsReport.Expires"] = "all reports have one, weeks away",
        ["MailArfReport.Expires"] = "all reports have one, weeks away",
        ["MailSpamTrainingResult.Error"] = "an error for each says it; ErrorId is shown",
        ["MailDmarcRecord.Reason"] = "why a policy was overridden, where that was",
    };

    public static TheoryData<string, string> TellingProperties => [.. ViewFile.Views
        .Where(view => view.Element("TableControl") is not null && !ViewFile.IsOfSeveralServers(view))
        .SelectMany(view => FindTelling(view).Select(property => (view.Element("Name")!.Value, property)))];

    [Theory]
    [MemberData(nameof(TellingProperties))]
    public void A_table_shows_what_decides(string name, string property)
    {
        XElement view = ViewFile.Views.Single(view => view.Element("Name")!.Value == name);
        bool isShown = view.Descendants("TableColumnItem").Any(item => Regex.IsMatch(item.Value, $@"\$_\.{property}\b"));
        isShown.ShouldBe(!s_elsewhere.ContainsKey($"{name}.{property}"), $"{name}.{property}");
    }

    [Fact]
    public void Nothing_is_excused_that_is_not_there() => s_elsewhere.Keys.Except(TellingProperties.Select(row => $"{row.Data.Item1}.{row.Data.Item2}")).ShouldBeEmpty();

    [Theory]
    [InlineData("New-MailAppPassword 'laptop at home' -Expires 2027-05-01 -AllowedIp 192.0.2.0/24", "laptop at home", "2027-05-01", "192.0.2.0/24")]
    [InlineData("$null = New-MailAppPassword 'laptop at home' -Expires 2027-05-01 -AllowedIp 192.0.2.0/24; (Get-MailAccountAuth).AppPassword", "laptop at home", "2027-05-01", "192.0.2.0/24")]
    [InlineData("New-MailPrincipal jane.doe@example.org/backup -Type ApiKey -Expires 2027-05-01 -AllowedIp 192.0.2.0/24", "jane.doe@example.org/backup", "2027-05-01", "192.0.2.0/24")]
    [InlineData("$null = New-MailPrincipal jane.doe@example.org/backup -Type ApiKey -Expires 2027-05-01 -AllowedIp 192.0.2.0/24; Get-MailPrincipal -Type ApiKey jane.doe@example.org/backup", "jane.doe@example.org/backup", "2027-05-01", "192.0.2.0/24")]
    [InlineData("Get-MailConnection", "admin@example.org", "0.16")]
    public void Eighty_columns_hold_it(string command, params string[] shown)
    {
        using var shell = new HostedShell { Width = 80 };
        shell.Run("Connect-MailServer -Sandbox -ServerVersion 0.16").ShouldHaveNoErrors();
        string text = Colour().Replace(shell.Render(command), "");
        shown.ShouldAllBe(part => text.Contains(part, StringComparison.Ordinal), text);
    }

    [Fact]
    public void A_task_that_failed_says_why()
    {
        using var shell = new HostedShell { Width = 80 };
        shell.SetVariable("task", new MailTask { Id = "b", Kind = "AcmeRenewal", State = TaskState.Failed, FailureReason = "order is invalid" });
        shell.Render("$task").ShouldContain("AcmeRenewal: order is invalid");
    }

    // Of principals, keys alone end and are bound to addresses.
    private static IEnumerable<string> FindTelling(XElement view)
    {
        string name = view.Element("Name")!.Value;
        Type type = ViewFile.GetTypes(view).First();
        bool isOfOtherPrincipals = type == typeof(MailPrincipal) && !name.EndsWith("ApiKey", StringComparison.Ordinal);
        return s_telling.Where(property => type.GetProperty(property) is not null && !isOfOtherPrincipals);
    }

    [GeneratedRegex(@"\u001B\[[0-9;]*m")]
    private static partial Regex Colour();
}
