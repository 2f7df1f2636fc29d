// What a window of 80 columns cuts off must not make two things look like one: every table, with what the sample organisation of each family has for it.
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Formatting;

public sealed partial class LookalikeTests
{
    // Enough of a log.
    private const int MaxObjects = 60;

    // What a row is of, where a view has such a column; else the whole row says it.
    private static readonly string[] s_identities = ["Name", "Id", "SpanId", "Account", "Address", "Key", "Identity"];

    // How to get the objects of a view. A family that has none refuses.
    private static readonly Dictionary<string, string> s_sources = new()
    {
        ["MailConnection"] = "Get-MailConnection",
        ["MailPrincipal"] = "Get-MailPrincipal",
        ["MailPrincipalByAddress"] = "Get-MailPrincipal -Type Individual, Group, List",
        ["MailDomain"] = "Get-MailPrincipal -Type Domain",
        ["MailRole"] = "Get-MailPrincipal -Type Role",
        ["MailGroup"] = "Get-MailPrincipal -Type Group",
        ["MailGroupByAddress"] = "Get-MailPrincipal -Type Group",
        ["MailList"] = "Get-MailPrincipal -Type List",
        ["MailListByAddress"] = "Get-MailPrincipal -Type List",
        ["MailApiKey"] = "Get-MailPrincipal -Type ApiKey",
        ["MailPrincipalName"] = "Get-MailPrincipal -Property Name",
        ["GeneratedPassword"] = "'one', 'two' | ForEach-Object { New-MailPrincipal \"bjork.gudmundsdottir.$_@example.org\" -Email \"bjork.gudmundsdottir.$_@example.org\" -GeneratePassword }",
        ["GeneratedApiKey"] = "'Backup', 'Restore' | ForEach-Object { New-MailPrincipal \"$key$_\" -Type ApiKey }",
        ["MailImportResult"] = "Import-MailPrincipal $people -WhatIf",
        ["MailQuotaUsage"] = "Get-MailPrincipal -Type Individual | Get-MailQuotaUsage",
        ["MailDeletedItem"] = "Get-MailDeletedItem $jane",
        ["MailRestoreResult"] = "Get-MailDeletedItem $jane | Restore-MailDeletedItem -Force",
        ["MailQueueMessage"] = "Get-MailQueueMessage",
        ["MailQueueRecipient"] = "(Get-MailQueueMessage).Recipient",
        ["MailReport"] = "Get-MailDmarcReport; Get-MailTlsReport; Get-MailArfReport",
        ["MailDmarcReport"] = "Get-MailDmarcReport",
        ["MailDmarcRecord"] = "(Get-MailDmarcReport).Record",
        ["MailTlsReport"] = "Get-MailTlsReport",
        ["MailTlsPolicy"] = "(Get-MailTlsReport).Policy",
        ["MailTlsFailure"] = "(Get-MailTlsReport).Policy.Failure",
        ["MailArfReport"] = "Get-MailArfReport",
        ["MailQueueReport"] = "Get-MailQueueReport",
        ["MailDkimSignatureTable"] = "New-MailDkimSignature example.org -Selector 2026-november-rsa, 2026-november-second -Algorithm Ed25519; Get-MailDkimSignature",
        ["MailDnsRecord"] = "Get-MailDnsRecord example.org",
        ["MailSetting"] = "Get-MailSetting",
        ["MailSettingGroup"] = "Get-MailSetting -Group server.listener",
        ["MailObjectType"] = "Get-MailObjectType",
        ["MailObjectProperty"] = "(Get-MailObjectType Account).Property",
        ["MailTask"] = "Invoke-MailPurge -Scope Data -Force; Invoke-MailPurge -Scope Blob -Force; Get-MailTask",
        ["MailDeliveryStage"] = "Test-MailDelivery buyer@partner.example",
        ["MailMetric"] = "Get-MailMetric",
        ["MailTrace"] = "Get-MailTrace",
        ["MailTraceEvent"] = "Get-MailTrace -First 1 | Get-MailTraceEvent",
        ["MailLogEntry"] = "Get-MailServerLog -First 60",
    };

    [Theory]
    [InlineData("0.15", 30)]
    [InlineData("0.16", 30)]
    public void No_two_things_of_the_sample_organisation_look_alike_in_80_columns(string version, int leastTables)
    {
        bool isNamedByAddress = version == "0.16";
        using var shell = new HostedShell(formatFile: ViewFile.ViewsByName) { Width = 80 };
        shell.SetVariable("jane", isNamedByAddress ? "jane.doe@example.org" : "jane.doe");
        shell.SetVariable("key", isNamedByAddress ? "jane.doe@example.org/" : "");
        shell.SetVariable("people", ProjectRoot.File("samples", "Quickstart", "people.csv"));
        shell.Run($"Connect-MailServer -Sandbox -Name production-of-the-north -NoDefault; Connect-MailServer -Sandbox -ServerVersion {version} -Name production-of-the-south").ShouldHaveNoErrors();
        // The keys of one account, which differ at the end alone.
        shell.Run(s_sources["GeneratedApiKey"].Replace("Backup", "Nightly copy", StringComparison.Ordinal).Replace("Restore", "Nightly test", StringComparison.Ordinal)).ShouldHaveNoErrors();

        List<string> alike = [];
        List<string> tables = [];
        foreach ((string name, string source) in s_sources)
        {
            XElement view = ViewFile.Views.Single(view => view.Element("Name")!.Value == name);
            Type type = ViewFile.GetTypes(view).First();
            PSObject[] items = [.. shell.Run(source).Output.Where(item => type.IsInstanceOfType(item.BaseObject)).Take(MaxObjects)];
            if (items.Length > 1)
            {
                tables.Add(name);
                alike.AddRange(FindAlike(shell, view, items));
            }
        }
        alike.ShouldBeEmpty();
        tables.Count.ShouldBeGreaterThanOrEqualTo(leastTables, string.Join(", ", tables));
    }

    [Theory]
    [InlineData("jane.doe@example.org/Backup", 27, "jane.doe@example.org/Backup")]
    [InlineData("jane.doe@example.org/Backup", 26, "jane.doe@exam…e.org/Backup")]
    [InlineData("jane.doe@example.org/Backup", 9, "jane…ckup")]
    [InlineData("日本日本日本日本", 9, "日本…日本")]
    [InlineData("🎉🎉🎉🎉🎉🎉", 8, "🎉🎉…🎉")]
    [InlineData("a\tb", 3, "a…b")]
    [InlineData(null, 3, "")]
    public void Both_ends_of_a_name_stay(string? text, int width, string shown) => Client.DisplayText.Shorten(text, width).ShouldBe(shown);

    // Two objects that differ in what tells them apart, and are shown as one.
    private static IEnumerable<string> FindAlike(HostedShell shell, XElement view, IEnumerable<PSObject> items)
    {
        string name = view.Element("Name")!.Value;
        (string Label, int? Width, string Script)[] columns = [.. view.Descendants("TableColumnHeader").Zip(
            view.Descendants("TableColumnItem"), (header, item) => (header.Element("Label")!.Value, (int?)header.Element("Width"), item.Element("ScriptBlock")!.Value))];
        int identity = Array.FindIndex(columns, column => s_identities.Contains(column.Label));
        var known = new Dictionary<string, string>();
        foreach (PSObject item in items)
        {
            item.TypeNames.Insert(0, $"View.{name}");
            shell.SetVariable("sample", item);
            string[] lines = Colour().Replace(shell.Render("$sample"), "").Split(["\r\n", "\n"], StringSplitOptions.None);
            int rule = Array.FindIndex(lines, line => line.Contains("--", StringComparison.Ordinal) && line.All(c => c is ' ' or '-'));
            string[] rows = [.. lines.Skip(rule + 1)];
            string shown = identity < 0 ? string.Join('\n', lines) : string.Concat(rows.Select(row => GetCell(row, columns, identity)));
            string whole = identity < 0
                ? string.Join('\n', columns.Select(column => string.Concat(shell.Run($"$sample | ForEach-Object {{ {column.Script} }}").Output)))
                : $"{item.Properties[columns[identity].Label].Value}";
            if (!known.TryAdd(shown, whole) && known[shown] != whole)
            {
                yield return $"{name}: '{whole}' and '{known[shown]}' are both shown as '{shown}'";
            }
        }
    }

    private static string GetCell(string row, (string Label, int? Width, string Script)[] columns, int index)
    {
        int start = columns.Take(index).Sum(column => column.Width!.Value + 1);
        return row.Length <= start ? "" : columns[index].Width is { } width && row.Length > start + width ? row.Substring(start, width).Trim() : row[start..].Trim();
    }

    [GeneratedRegex(@"\u001B\[[0-9;]*m")]
    private static partial Regex Colour();
}
