using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Names that were made by other means, and could not be given today, are names of the server all the same: they are imported, read, changed and removed.</summary>
public sealed class StoredNameTests : IDisposable
{
    private static readonly string s_decomposed = "josé".Normalize(NormalizationForm.FormD);

    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public StoredNameTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("folder", _folder);
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static TheoryData<string> Names =>
    [
        "what?", "m?ller", "?", "star*user", "*", "[x]", "x[1", "back`tick", "odd name", " odd ends ", s_decomposed, "zero\u200Bwidth", "\u202Eright", "no\u00A0break", "lost\uFFFDletter", "jã¼rgen",
        "a,b", "it's", "o\u2019hara", "say\"so\"", "#hash", "=1+1", "-dash", "+plus", "@at", "$home", "$(x)", "a/b", "a\\b", "100%", "a%2fb", "a&b=c", "a:b", "(none)", "{x}", "tab\tname", "two\nlines",
        "cn=x,dc=y", "system.string[]", "true", "null", "0x10", "007", "x'4a4b'", "<x>", "smtp:x", new string('x', 500), "\U0001F600",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_account_of_such_a_name_is_unchanged_by_its_export_and_can_be_changed_and_removed(string name)
    {
        _shell.SetVariable("name", name);
        _shell.Run("""
            $null = Invoke-MailApi principal -Method Post -Body @{ type = 'individual'; name = $name; roles = @('user') }
            $null = Invoke-MailApi principal -Method Post -Body @{ type = 'group'; name = "g $name"; members = @($name) }
            $mine = Get-MailPrincipal | Where-Object { $_.Name -eq $name -or $_.Name -eq "g $name" }
            """).ShouldHaveNoErrors();
        _shell.Run("$mine.Count").OutputAs<int>().ShouldBe([2]);

        foreach (string commands in (string[])
            [
                "$mine | Import-MailPrincipal",
                "$mine | Import-MailPrincipal -Replace -Strict",
                "$null = $mine | Export-MailPrincipal $folder/all.csv -Force; Import-MailPrincipal $folder/all.csv",
                "$null = $mine | Export-MailPrincipal $folder/all.json -Force; Import-MailPrincipal $folder/all.json -Replace",
            ])
        {
            _shell.Run(commands).ShouldHaveNoErrors().OutputAs<MailImportResult>().Select(result => $"{result.Identity}: {result.Action} {result.Changes}")
                .ShouldBe([$"{name}: Unchanged ", $"g {name}: Unchanged "], ignoreOrder: true, commands);
        }

        // Blanks around a name that is typed are none of it, and of a pattern the backticks are not.
        if (name.Trim() == name && !name.AsSpan().ContainsAny('*', '?', '`'))
        {
            _shell.Run("(Get-MailPrincipal $name).Name").ShouldHaveNoErrors().OutputAs<string>().ShouldBe([name]);
        }

        _shell.Run("[pscustomobject]@{ Name = $name; Description = 'By import' } | Import-MailPrincipal").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Updated");
        _shell.Run("($mine | Where-Object Name -eq $name | Set-MailPrincipal -Quota 5GB -PassThru).Description").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["By import"]);
        _shell.Run("$mine | Remove-MailPrincipal -Force; @(Get-MailPrincipal | Where-Object { $_.Name -eq $name -or $_.Name -eq \"g $name\" }).Count").ShouldHaveNoErrors().OutputAs<int>().ShouldBe([0]);
    }

    [Fact]
    public void A_new_name_is_checked_as_ever()
    {
        _shell.Run("[pscustomobject]@{ Name = 'm?ller' }, [pscustomobject]@{ Name = \"zero`u{200B}width\" } | Import-MailPrincipal -NoAddress -NoPassword").Errors.Count.ShouldBe(2);
        _shell.SetVariable("name", s_decomposed);
        _shell.Run("[pscustomobject]@{ Name = $name } | Import-MailPrincipal -NoAddress -NoPassword").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Identity.ShouldBe("josé");
    }

    [Fact]
    public void Of_two_forms_the_one_that_is_written_is_meant()
    {
        _shell.SetVariable("name", s_decomposed);
        _shell.Run("""
            $null = Invoke-MailApi principal -Method Post -Body @{ type = 'group'; name = $name }
            $null = @{ Name = 'josé'; Type = 'Group'; Description = 'the server has the other form alone' } | Import-MailPrincipal
            $null = Invoke-MailApi principal -Method Post -Body @{ type = 'group'; name = 'josé' }
            $null = @{ Name = 'josé'; Type = 'Group'; Description = 'composed' }, @{ Name = 'x'; MemberOf = 'josé' } | Import-MailPrincipal -NoAddress -NoPassword
            """).ShouldHaveNoErrors();

        Describe("josé").ShouldBe("composed");
        Describe(s_decomposed).ShouldBe("the server has the other form alone");
        _shell.Run("(Get-MailPrincipal x).MemberOf[0]").OutputAs<string>().ShouldBe(["josé"]);
    }

    [Fact]
    public void A_membership_in_a_group_of_such_a_name_is_given_by_the_name_that_people_type()
    {
        _shell.SetVariable("name", s_decomposed);
        _shell.Run("$null = Invoke-MailApi principal -Method Post -Body @{ type = 'group'; name = $name }; $null = @{ Name = 'x'; MemberOf = 'josé' } | Import-MailPrincipal -NoAddress -NoPassword").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal x).MemberOf[0]").OutputAs<string>().ShouldBe([s_decomposed]);
    }

    private string? Describe(string name)
    {
        _shell.SetVariable("name", name);
        return _shell.Run("Get-MailPrincipal $name").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single().Description;
    }
}
