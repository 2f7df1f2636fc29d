// What an admin sees in a window of 80, 100, 120 or 200 columns: no number and no date is cut, no label, and no word is broken.
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Formatting;

public sealed partial class ViewWidthTests
{
    private const string Words = "I/O error: the remote host refused the connection, it was asked three times within one hour and answered 451 each time";
    private const string Address = "2001:0db8:85a3:1234:5678:8a2e:0370:7334";
    private static readonly string s_longest = $"{new string('a', 64)}@{string.Join('.', Enumerable.Repeat(new string('b', 46), 4))}.example";
    private static readonly int[] s_widths = [80, 100, 120, 200];

    // What a text may be: words, the longest addresses that there are, and letters that take two cells or two code units.
    private static readonly string[] s_texts =
    [
        Words,
        Address,
        s_longest,
        "東京都千代田区丸の内一丁目九番一号東京駅丸の内駅舎内郵便受付係御中",
        "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
    ];

    public static TheoryData<string> Tables => [.. FindNames("TableControl")];

    public static TheoryData<string> Lists => [.. FindNames("ListControl")];

    [Theory]
    [MemberData(nameof(Tables))]
    public void No_table_cuts_a_number_a_date_or_a_label_or_breaks_a_word(string name)
    {
        XElement view = ViewFile.Views.Single(view => view.Element("Name")!.Value == name);
        bool wraps = view.Descendants("Wrap").Any();
        (string Label, int? Width, bool IsRight, string Script)[] columns = [.. view.Descendants("TableColumnHeader").Zip(
            view.Descendants("TableColumnItem"),
            (header, item) => (header.Element("Label")!.Value, (int?)header.Element("Width"), header.Element("Alignment") is not null, item.Element("ScriptBlock")!.Value))];
        using var shell = new HostedShell(formatFile: ViewFile.ViewsByName);
        foreach ((int width, string text) in s_widths.SelectMany(width => s_texts.Select(text => (width, text))))
        {
            string[] lines = Show(shell, view, width, text);
            string shown = string.Join('\n', lines);
            string rule = lines.First(line => line.Replace(" ", "", StringComparison.Ordinal).Trim('-').Length == 0 && line.Contains('-', StringComparison.Ordinal));
            string[] labels = lines[Array.IndexOf(lines, rule) - 1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            labels.ShouldBe(columns.Select(column => column.Label).Take(labels.Length), $"{name} at {width}: a label is broken or cut:\n{shown}");
            labels.Length.ShouldBe(columns.Length - CountColumnsForWiderWindows(name, width), $"{name} at {width}: a column has gone:\n{shown}");
            string[] values = [.. columns.Take(labels.Length).Select(column => ReadFirst(shell, column.Script))];
            foreach (string value in values.Where(value => NumberOrDate().IsMatch(value)))
            {
                shown.ShouldContain(value, Case.Sensitive, $"{name} at {width}");
            }
            if (text is not (Words or Address) && text != s_longest)
            {
                continue;
            }
            foreach ((int index, (string label, int? columnWidth, bool isRight, _)) in columns.Take(labels.Length).Index().Where(column => !column.Item.IsRight))
            {
                int start = index == 0 ? 0 : Regex.Matches(rule, "-+")[index].Index;
                string[] cells = [.. lines.SkipWhile(line => line != rule).Skip(1).Select(line => line.Length <= start ? "" : columnWidth is { } known && line.Length > start + known ? line.Substring(start, known) : line[start..])];
                bool isLast = index == columns.Length - 1;
                // Nothing is left out, and words stay whole.
                if (wraps && (columnWidth is not null || isLast))
                {
                    string.Concat(cells).Replace(" ", "", StringComparison.Ordinal).ShouldBe(values[index].Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), $"{name} {label} at {width}:\n{shown}");
                    if (text == Words && (columnWidth ?? 20) > 12)
                    {
                        Regex.Replace(string.Join(' ', cells), " +", " ").Trim().ShouldBe(values[index].Replace('\n', ' '), $"{name} {label} at {width}:\n{shown}");
                    }
                }
                else if (text == Address && label.EndsWith("Ip", StringComparison.Ordinal))
                {
                    cells[0].Trim().ShouldBe(Address, $"{name} {label} at {width}:\n{shown}");
                }
            }
        }
    }

    // Description and MemberOf are for wide windows: they are of few principals. So is the address of a connection, whose name is its host unless it was given another.
    private static int CountColumnsForWiderWindows(string view, int width) => (view, width) switch
    {
        ("MailPrincipal" or "MailPrincipalByAddress", 80) => 2,
        ("MailPrincipal" or "MailPrincipalByAddress", 100) or ("MailConnection", 80) => 1,
        _ => 0,
    };

    // How a list breaks its lines is PowerShell's.
    [Theory]
    [MemberData(nameof(Lists))]
    public void No_list_leaves_out_a_label_or_a_part_of_a_text(string name)
    {
        XElement view = ViewFile.Views.Single(view => view.Element("Name")!.Value == name);
        using var shell = new HostedShell(formatFile: ViewFile.ViewsByName);
        foreach ((int width, string text) in s_widths.SelectMany(width => new[] { Words, Address, s_longest }.Select(text => (width, text))))
        {
            string[] lines = Show(shell, view, width, text);
            string shown = string.Join('\n', lines);
            lines.ShouldAllBe(line => line.Length <= width, $"{name} at {width}:\n{shown}");
            // The label, and each line of the value.
            string unbroken = Regex.Replace(string.Join('\n', lines), @"\s+", "");
            foreach (XElement item in view.Descendants("ListItem").Where(item => item.Element("ItemSelectionCondition") is not { } condition || shell.Run($"$sample | ForEach-Object {{ [bool]({condition.Value}) }}").Output is [{ BaseObject: true }]))
            {
                string label = item.Element("Label")!.Value;
                string value = ReadFirst(shell, item.Element("ScriptBlock")!.Value, only: true);
                unbroken.ShouldContain($"{label}:{Regex.Replace(value, @"\s+", "")}", Case.Sensitive, $"{name} at {width}:\n{shown}");
            }
        }
    }

    private static IEnumerable<string> FindNames(string control) => ViewFile.Views.Where(view => view.Element(control) is not null && !ViewFile.IsOfSeveralServers(view)).Select(view => view.Element("Name")!.Value);

    // The lines of the view, of an object that has the largest of everything.
    private static string[] Show(HostedShell shell, XElement view, int width, string text)
    {
        var sample = new PSObject(CreateLargest(ViewFile.GetTypes(view).First(), text));
        sample.TypeNames.Insert(0, $"View.{view.Element("Name")!.Value}");
        shell.SetVariable("sample", sample);
        shell.Width = width;
        return Colour().Replace(shell.Render("$sample"), "").Split(["\r\n", "\n"], StringSplitOptions.None);
    }

    private static object CreateLargest(Type type, string text)
    {
        if (type != typeof(MailConnection))
        {
            return new SampleObject { Text = text, Time = new(2026, 11, 30, 22, 59, 59, default), Duration = TimeSpan.FromSeconds(119.94), Number = CreateNumber }.Create(type);
        }
        var connection = new PSObject();
        foreach (PropertyInfo property in type.GetProperties())
        {
            Type plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            object value = plain == typeof(Uri) ? new Uri($"https://[{Address}]:65535/") : plain == typeof(int) ? 99_999 : plain == typeof(Version) ? new Version(0, 15, 15) : plain == typeof(bool) ? false : text;
            connection.Properties.Add(new PSNoteProperty(property.Name, value));
        }
        return connection;
    }

    // The value of an item as it is shown; nothing of what is no text, and of several where one alone is meant.
    private static string ReadFirst(HostedShell shell, string script, bool only = false)
    {
        IReadOnlyList<PSObject> values = shell.Run($"$sample | ForEach-Object {{ {script} }}").Output;
        return values.Count > 0 && values[0] is { } first && (!only || (values.Count == 1 && first.BaseObject is string)) ? first.ToString() : "";
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
            var values = new List<string>();
            foreach (XElement view in ViewFile.Views.Where(view => !ViewFile.IsOfSeveralServers(view)))
            {
                shell.SetVariable("sample", CreateLargest(ViewFile.GetTypes(view).First(), Words));
                values.AddRange(view.Descendants("ScriptBlock").Where(script => script.Parent!.Name.LocalName != "ItemSelectionCondition").Select(script => $"{view.Element("Name")!.Value} {script.Value}: {string.Join('|', shell.Run($"$sample | ForEach-Object {{ {script.Value} }}").Output)}"));
            }
            return [.. values];
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static object? CreateNumber(Type type, string field) => type == typeof(ulong) ? ulong.MaxValue
        : type == typeof(double) ? -1234.567
        : type == typeof(int) ? 1_048_576
        : type != typeof(long) ? null
        : field is "Size" or "Quota" or "UsedBytes" ? 1_073_731_338L // 1023.99 MB
        : long.MaxValue;

    [GeneratedRegex(@"\u001B\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex(@"^[-+\d.,: E]+( ?([GT]|[KMGTP]B|bytes|ms|s|min|h|d))?$")]
    private static partial Regex NumberOrDate();
}
