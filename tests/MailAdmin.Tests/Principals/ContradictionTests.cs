// What is added and removed at once is refused, whatever it is called: nothing else says which of the two was done.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class ContradictionTests
{
    public static TheoryData<string, string, bool> Commands { get; } = Create();

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_added_and_removed_at_once_is_refused(string version, string command, bool isInIt)
    {
        using HostedShell shell = Create(version, isInIt);
        foreach (string whatIf in (string[])["-WhatIf", ""])
        {
            ScriptResult run = shell.Run($"{command} {whatIf}");
            run.Errors.ShouldHaveSingleItem(whatIf).ToString().ShouldContain("is in both -Add");
            run.Warnings.ShouldBeEmpty();
        }
        IsInStaff(shell).ShouldBe(isInIt);
    }

    // What differs from a whole list is no contradiction.
    [Theory]
    [InlineData("0.15")]
    [InlineData("0.16")]
    public void A_list_that_is_set_as_a_whole_may_name_what_is_there_otherwise(string version)
    {
        using HostedShell shell = Create(version, isInIt: true);
        foreach (string group in (string[])["staff", "staff@example.org", "STAFF"])
        {
            shell.Run($"Set-MailPrincipal jane -MemberOf {group} -WhatIf; Set-MailPrincipal jane -MemberOf {group}").ShouldHaveNoErrors();
            IsInStaff(shell).ShouldBeTrue(group);
        }
    }

    private static TheoryData<string, string, bool> Create()
    {
        var data = new TheoryData<string, string, bool>();
        (string Command, string Parameter, string Name)[] commands = [("jane", "MemberOf", "staff"), ("jane", "List", "news"), ("staff", "Member", "jane"), ("news", "Member", "jane")];
        foreach (string version in (string[])["0.15", "0.16"])
        {
            foreach ((string of, string parameter, string name) in commands)
            {
                foreach (bool isInIt in (bool[])[true, false])
                {
                    data.Add(version, $"Set-MailPrincipal {of} -Add{parameter} {name} -Remove{parameter} {name}@example.org", isInIt);
                    data.Add(version, $"Set-MailPrincipal {of} -Add{parameter} {name}@example.org -Remove{parameter} {name.ToUpperInvariant()}", isInIt);
                }
            }
        }
        return data;
    }

    private static HostedShell Create(string version, bool isInIt)
    {
        var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = version, AdminPassword = HostedShell.SandboxPassword }));
        string prefix = version == "0.16" ? "@example.org" : "";
        shell.Run($"""
            New-MailPrincipal example.org -Type Domain -ErrorAction Ignore
            New-MailPrincipal staff{prefix} -Type Group -Email staff@example.org
            New-MailPrincipal jane{prefix} -Email jane@example.org -NoPassword
            New-MailPrincipal news{prefix} -Type List -Email news@example.org
            {(isInIt ? "Set-MailPrincipal jane -AddMemberOf staff -AddList news" : "")}
            """).ShouldHaveNoErrors();
        return shell;
    }

    private static bool IsInStaff(HostedShell shell) => shell.Run("Get-MailPrincipal jane").OutputAs<MailPrincipal>().Single().MemberOf is { Count: > 0 };
}
