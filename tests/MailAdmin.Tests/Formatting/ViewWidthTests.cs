// What an admin sees in a window of 80, 100, 120 or 200 columns: no number and no date is cut, no label, and no word is broken.
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Formatting;

public sealed partial class ViewWidthTests
{
    private const string Words = "I/O error: the remote host refused the connection, it was asked three times within one hour and answered 451 each time";

    // What a text may be: words, the longest address that there is, and letters that take two cells or two code units.
    private static readonly string[] s_texts =
    [
        Words,
        $"{new string('a', 64)}@{string.Join('.', Enumerable.Repeat(new string('b', 46), 4))}.example",
        "東京都千代田区丸の内一丁目九番一号東京駅丸の内駅舎内郵便受付係御中",
        "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
    ];

    // Tables that are shown of themselves: what has a list first is shown as a table in real PowerShell only.
    public static TheoryData<string, int> Tables => [.. ViewFile.Views.GroupBy(view => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value).Select(views => views.First())
        .Where(view => view.Element("TableControl") is not null && !ViewFile.GetTypes(view).Contains(typeof(MailConnection)))
        .SelectMany(view => new[] { 80, 100, 120, 200 }.Select(width => new TheoryDataRow<string, int>(view.Element("Name")!.Value, width)))];

    [Theory]
    [MemberData(nameof(Tables))]
    public void No_table_cuts_a_number_a_date_or_a_label_or_breaks_a_word(string name, int width)
    {
        XElement view = ViewFile.Views.Single(view => view.Element("Name")!.Value == name);
        string typeName = view.Element("ViewSelectedBy")!.Element("TypeName")!.Value;
        using var shell = new HostedShell { Width = width };
        foreach (string text in s_texts)
        {
            var sample = new PSObject(new SampleObject { Text = text, Time = new(2026, 11, 30, 22, 59, 59, default), Duration = TimeSpan.FromSeconds(119.94), Number = CreateLargest }.Create(ViewFile.FindType(typeName)));
            if (typeName.Contains('#', StringComparison.Ordinal))
            {
                sample.TypeNames.Insert(0, typeName);
            }
            shell.SetVariable("sample", sample);
            string shown = Colour().Replace(shell.Render("$sample"), "");
            string[] lines = shown.Split(["\r\n", "\n"], StringSplitOptions.None);
            string rule = lines.First(line => line.Replace(" ", "", StringComparison.Ordinal).Trim('-').Length == 0 && line.Contains('-', StringComparison.Ordinal));
            string[] labels = lines[Array.IndexOf(lines, rule) - 1].Split(' ', StringSplitOptions.RemoveEmptyEntries);

            (string Label, string Script)[] columns = [.. view.Descendants("TableColumnHeader").Select(header => header.Element("Label")!.Value)
                .Zip(view.Descendants("TableColumnItem").Select(item => item.Element("ScriptBlock")!.Value))];
            labels.ShouldBe(columns.Select(column => column.Label).Take(labels.Length), $"{name} at {width}: a label is broken or cut:\n{shown}");
            labels.Length.ShouldBeGreaterThan(1);
            string[] values = [.. columns.Take(labels.Length).Select(column => shell.Run($"$sample | ForEach-Object {{ {column.Script} }}").Output is [{ } first, ..] ? first.ToString() : "")];
            foreach (string value in values.Where(value => NumberOrDate().IsMatch(value)))
            {
                shown.ShouldContain(value, Case.Sensitive, $"{name} at {width}");
            }
            if (text == Words && view.Descendants("Wrap").Any())
            {
                string last = Regex.Replace(string.Join(' ', lines.SkipWhile(line => line != rule).Skip(1).Select(line => line.Length > rule.TrimEnd('-').Length ? line[rule.TrimEnd('-').Length..] : "")), " +", " ").Trim();
                last.ShouldBe(values[^1].Replace('\n', ' '), $"{name} at {width}:\n{shown}");
            }
        }
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Every_value_of_every_view_is_the_same_in_every_culture(string culture)
    {
        string[] expected = ReadValues("");
        expected.Length.ShouldBeGreaterThan(300);
        string[] shown = ReadValues(culture);
        shown.Except(expected).ShouldBeEmpty();
        shown.Length.ShouldBe(expected.Length);
    }

    // Of each item of each view, in a culture.
    private static string[] ReadValues(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            using var shell = new HostedShell();
            var samples = new SampleObject { Text = Words, Time = new(2026, 11, 30, 22, 59, 59, default), Duration = TimeSpan.FromSeconds(119.94), Number = CreateLargest };
            var values = new List<string>();
            foreach (XElement view in ViewFile.Views.Where(view => !ViewFile.GetTypes(view).Contains(typeof(MailConnection))))
            {
                shell.SetVariable("sample", new PSObject(samples.Create(ViewFile.GetTypes(view).First())));
                values.AddRange(view.Descendants("ScriptBlock").Where(script => script.Parent!.Name.LocalName != "ItemSelectionCondition").Select(script => $"{view.Element("Name")!.Value} {script.Value}: {string.Join('|', shell.Run($"$sample | ForEach-Object {{ {script.Value} }}").Output)}"));
            }
            return [.. values];
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static object? CreateLargest(Type type, string field) => type == typeof(ulong) ? ulong.MaxValue
        : type == typeof(double) ? -1234.567
        : type == typeof(int) ? 1_048_576
        : type != typeof(long) ? null
        : field is "Size" or "Quota" or "UsedBytes" ? 1_073_731_338L // 1023.99 MB
        : long.MaxValue;

    [GeneratedRegex(@"\u001B\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex(@"^[-+\d.,: E]+( ?([KMGTP]B|bytes|ms|s|min|h|d))?$")]
    private static partial Regex NumberOrDate();
}
