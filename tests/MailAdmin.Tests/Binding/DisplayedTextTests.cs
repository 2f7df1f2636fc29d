// What comes from strangers never reaches the terminal as control characters: views, errors, questions, verbose, completion. Properties keep it as it is.
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Formatting;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Binding;

public sealed partial class DisplayedTextTests
{
    // Red, a second line that looks like ours, a title of the window, a hidden direction, C1.
    private const string Hostile = "a\u001b[31m\r\nWhat if: b\u001b]0;title\u0007\u202ec\u009b2Jd\u2028e";

    public static TheoryData<string> ViewedTypes => [.. ViewFile.Views.SelectMany(view => view.Element("ViewSelectedBy")!.Elements("TypeName")).Select(name => name.Value.Split('#')[0]).Distinct()];

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Jürgen 日本 👩‍👩‍👧", "Jürgen 日本 👩‍👩‍👧")]
    [InlineData("a\u001b[0m", @"a\u001B[0m")]
    [InlineData("a\r\nb\tc", @"a\r\nb\tc")]
    [InlineData("\u202eevil", @"\u202Eevil")]
    public void A_control_character_becomes_visible(string text, string shown) => DisplayText.Clean(text).ShouldBe(shown);

    [Fact]
    public void Every_value_of_every_view_is_cleaned()
    {
        XElement[] items = [.. ViewFile.Views.Descendants().Where(element => element.Name.LocalName is "TableColumnItem" or "ListItem" or "WideItem" or "GroupBy")];
        items.Length.ShouldBeGreaterThan(250);
        items.Where(item => item.Element("ScriptBlock")?.Value.Contains("DisplayText", StringComparison.Ordinal) != true).Select(item => item.ToString()).ShouldBeEmpty();
        // A column that is a script has its property's name as label.
        ViewFile.Views.Descendants("TableColumnHeader").Where(header => header.Element("Label") is null).Select(header => header.Parent!.Parent!.Parent!.Element("Name")!.Value).ShouldBeEmpty();
    }

    // Without a list view, Format-List shows the properties as they are. These hold no text of strangers, or secrets that no view may list.
    [Fact]
    public void Every_table_of_what_strangers_write_has_a_list_view()
    {
        string[] safe = ["MailImapUidReset", "MailQueueStatus", "MailUpdateResult", "MailOtpSetup", "MailAppPassword"];
        GetTypes("TableControl").Except(GetTypes("ListControl")).Select(name => name[(name.LastIndexOf('.') + 1)..]).ShouldBe(safe, ignoreOrder: true);

        static string[] GetTypes(string control) => [.. ViewFile.Views.Where(view => view.Element(control) is not null).SelectMany(view => view.Element("ViewSelectedBy")!.Elements("TypeName")).Select(name => name.Value.Split('#')[0]).Distinct()];
    }

    [Theory]
    [MemberData(nameof(ViewedTypes))]
    public void No_view_writes_a_control_character(string typeName)
    {
        using var shell = new HostedShell();
        shell.SetVariable("sample", new PSObject(new SampleObject { Text = Hostile }.Create(ViewFile.FindType(typeName))));
        // The formatter's own colours and line ends.
        string shown = FormatterColour().Replace(shell.Render("$sample"), "");
        shown.ShouldNotBeEmpty();
        foreach (string line in shown.Split(["\r\n", "\n"], StringSplitOptions.None))
        {
            DisplayText.Clean(line).ShouldBe(line, typeName);
        }
    }

    [Fact]
    public void Errors_questions_and_verbose_are_cleaned_and_the_data_stays_raw()
    {
        SandboxServer server = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(server);
        shell.SetVariable("bad", Hostile);
        ScriptResult run = shell.Run("Get-MailPrincipal $bad; Remove-MailPrincipal $bad -Force; Get-MailQueueMessage -Text $bad -Verbose; Set-MailSetting \"x.$bad\" $bad -WhatIf");
        run.Errors.Count.ShouldBe(3);
        foreach (string text in run.Errors.Select(error => $"{error.ErrorDetails?.Message ?? error.Exception.Message} {error.ErrorDetails?.RecommendedAction}")
            .Concat(run.Verbose.Select(line => line.Message)).Concat(run.Warnings.Select(line => line.Message))
            .Concat(shell.HostText.Split(["\r\n", "\n"], StringSplitOptions.None)))
        {
            DisplayText.Clean(text).ShouldBe(text);
        }
        run.Errors[0].TargetObject.ToString()!.ShouldContain('\u001b');

        shell.Choice = 1;
        shell.Run("Set-MailSetting 'x.x' $bad -Confirm; Set-MailSetting 'x.y' $bad -Confirm").ShouldHaveNoErrors();
        shell.Questions.Count.ShouldBe(2);
        // PowerShell's own question has two lines.
        string[] lines = [.. shell.Questions.SelectMany(question => question.Split(["\r\n", "\n"], StringSplitOptions.None))];
        lines.Length.ShouldBe(4);
        lines.ShouldAllBe(line => DisplayText.Clean(line) == line);
    }

    [Fact]
    public void Every_cmdlet_that_talks_to_a_server_writes_through_the_base() =>
        typeof(MailAdmin.PowerShell.Cmdlets.Connection.ConnectMailServer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PSCmdlet)) && !type.IsAbstract && !type.IsSubclassOf(typeof(MailAdmin.PowerShell.Pipeline.MailCmdlet)))
            .Select(type => type.Name)
            .ShouldBe(["ConvertToMailPasswordHash", "DisconnectMailServer", "GetMailConnection"], ignoreOrder: true);

    [GeneratedRegex(@"\u001B\[(32;1(;3)?|0)m")]
    private static partial Regex FormatterColour();
}
