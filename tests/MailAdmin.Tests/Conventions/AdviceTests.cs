// What an error says that helps has to help on the server that it is about.
using System.Management.Automation;
using System.Text.RegularExpressions;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Conventions;

public sealed partial class AdviceTests
{
    private const string Typographic = "\"joe$([char]0x2019)s\"";
    private const string TypographicAddress = "\"joe$([char]0x2019)s@example.org\"";

    // The words of a cmdlet, its name at the front: what it says is tried.
    public static TheoryData<string, string> Mistakes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string version in (string[])["0.15", "0.16"])
            {
                foreach (string name in (string[])["joe", "'joe doe'", "'joe doe@example.org'", Typographic, TypographicAddress])
                {
                    data.Add(version, $"New-MailPrincipal {name} -NoPassword -WhatIf");
                    data.Add(version, $"Import-MailPrincipal -InputObject ([pscustomobject]@{{ Name = {name} }}) -NoPassword -WhatIf");
                    data.Add(version, $"Set-MailPrincipal jane@example.org -NewName {name} -WhatIf");
                }
                data.Add(version, "New-MailPrincipal joe@example.org -Email joe@example.org -WhatIf");
                data.Add(version, "Import-MailPrincipal -InputObject ([pscustomobject]@{ Name = 'joe@example.org'; Email = 'joe@example.org' }) -WhatIf");
                data.Add(version, "Import-MailPrincipal -InputObject ([pscustomobject]@{ Name = 'joe'; Email = 'SIP:joe@example.org' }) -NoPassword -WhatIf");
                data.Add(version, "Import-MailPrincipal -InputObject ([pscustomobject]@{ Name = 'joe'; Email = 'joe@tenant.onmicrosoft.com' }) -NoPassword -WhatIf");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_switch_that_an_error_advises_helps(string version, string script)
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = version, AdminPassword = HostedShell.SandboxPassword }));
        shell.Run($"{(version == "0.16" ? "" : "New-MailPrincipal example.org -Type Domain; ")}New-MailPrincipal jane@example.org -Email jane@example.org -NoPassword").ShouldHaveNoErrors();
        // With what one error advises, the next one comes, if there is one.
        for (ScriptResult run = shell.Run(script); FindSwitches(script, run) is [_, ..] advised; run = shell.Run(script))
        {
            foreach (string other in advised.Skip(1))
            {
                ShouldHelp(shell, run, script, other);
            }
            ShouldHelp(shell, run, script, advised[0]);
            script += $" {advised[0]}";
        }
    }

    // What exists, and where it is to be looked at and changed.
    [Theory]
    [InlineData("New-MailPrincipal example.org -Type Domain", "Set-MailPrincipal")]
    [InlineData("Set-MailPrincipal jane.doe@example.org -AddEmail admin@example.org", "Set-MailPrincipal")]
    [InlineData("New-MailObject BlockedIp @{ address = '192.0.2.1' }; New-MailObject BlockedIp @{ address = '192.0.2.1' }", "Get-MailObject BlockedIp")]
    [InlineData("New-MailObject MtaRoute @{ '@type' = 'Mx'; name = 'x' }; New-MailObject MtaRoute @{ '@type' = 'Mx'; name = 'x' }", "Get-MailObject MtaRoute")]
    [InlineData("Get-MailObject Domain example.org", "Get-MailObject Domain")]
    [InlineData("Set-MailObject Role User -Property @{ description = 'x' }", "Get-MailObject Role")]
    [InlineData("Remove-MailObject Tenant Acme -Force", "Get-MailObject Tenant")]
    public void An_error_about_what_exists_says_where_to_look(string script, string advised)
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));
        string advice = shell.Run(script).Errors.ShouldHaveSingleItem().ErrorDetails.RecommendedAction;
        advice.ShouldContain(advised);
        if (!advised.Contains("MailPrincipal", StringComparison.Ordinal))
        {
            advice.ShouldNotContain("MailPrincipal");
        }
    }

    // A key has no password, and a name is no address for every server.
    [Theory]
    [InlineData("SignIn", "login and password")]
    [InlineData("RequestOAuthCode", "the account's name, not its address")]
    [InlineData("ChangeAccountAuth", "current password")]
    [InlineData("CallJmap", "Check the key")]
    [InlineData("ListPrincipals", "Check the key")]
    public void A_rejected_sign_in_says_what_to_check(string operation, string advised)
    {
        var sent = (Operation)typeof(Operations).GetProperty(operation)!.GetValue(null)!;
        ErrorRecord record = ErrorCatalogue.CreateErrorRecord(new MailServerException(MailErrorCode.Unauthorized, sent, "…"), null);
        record.ErrorDetails.RecommendedAction.ShouldContain(advised);
        record.ErrorDetails.RecommendedAction.Contains("password", StringComparison.Ordinal).ShouldBe(!advised.Contains("key", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hashtable_in_place_of_an_id_is_told()
    {
        using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));
        shell.Run("try { Set-MailObject SystemSettings @{ defaultHostname = 'mx.example.org' } } catch { $_.Exception.Message }").Output.ShouldHaveSingleItem().ToString().ShouldContain("-Property @{");
    }

    [Fact]
    public void No_error_of_one_family_names_a_cmdlet_that_refuses_it()
    {
        string[] refused = [.. FamilyMap.All.Where(use => use.Support == FamilySupport.Refused).Select(use => use.Cmdlet)];
        string[] onlyLater = [.. Cmdlets.Where(cmdlet => cmdlet.GetCustomAttributes(inherit: true).Any(attribute => attribute.GetType().Name == "JmapOnlyAttribute")).Select(GetName)];
        refused.ShouldNotBeEmpty();
        onlyLater.ShouldNotBeEmpty();
        List<string> wrong = [];
        foreach (string file in Directory.EnumerateFiles(ProjectRoot.File("src", "MailAdmin.Client"), "*.cs", SearchOption.AllDirectories))
        {
            string[] forbidden = Path.GetFileName(file) switch
            {
                ['J', 'm', 'a', 'p', ..] => refused,
                ['R', 'e', 's', 't', >= 'A' and <= 'Z', ..] => onlyLater,
                _ => [],
            };
            wrong.AddRange(File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => forbidden.Where(cmdlet => line.Contains(cmdlet, StringComparison.Ordinal)).Select(cmdlet => $"{Path.GetFileName(file)}: {cmdlet}")));
        }
        wrong.ShouldBeEmpty();
    }

    // What it was given against, the error is not told again.
    private static void ShouldHelp(HostedShell shell, ScriptResult run, string script, string advised)
    {
        string[] before = [.. run.Errors.Select(Describe)];
        shell.Run($"{script} {advised}").Errors.Select(Describe).Intersect(before).ShouldBeEmpty($"{script} {advised}");
    }

    private static string Describe(ErrorRecord error) => error.Exception.Message;

    private static string[] FindSwitches(string script, ScriptResult run)
    {
        Type cmdlet = Cmdlets.Single(type => GetName(type) == script.Split(' ')[0]);
        return [.. run.Errors.SelectMany(error => Parameter().Matches(Describe(error)).Select(match => match.Value)).Distinct()
            .Where(parameter => cmdlet.GetProperty(parameter[1..])?.PropertyType == typeof(SwitchParameter) && !script.Contains(parameter, StringComparison.Ordinal))];
    }

    private static IEnumerable<Type> Cmdlets => typeof(HelpPages).Assembly.GetTypes().Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false));

    private static string GetName(Type cmdlet) => cmdlet.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).Cast<CmdletAttribute>().Single() is var name ? $"{name.VerbName}-{name.NounName}" : "";

    [GeneratedRegex(@"(?<=[\s(])-[A-Z][A-Za-z]+")]
    private static partial Regex Parameter();
}
