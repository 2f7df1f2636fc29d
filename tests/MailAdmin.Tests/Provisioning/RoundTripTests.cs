using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What is exported and imported again changes nothing, whatever the server holds; and what was deleted comes back.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public RoundTripTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("folder", _folder);
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A directory as years of other tools leave it.</summary>
    private void AddOddities() => _shell.Run("""
        New-MailPrincipal carl.catch -Email carl.catch@example.org, '@example.org' -NoPassword
        Set-MailPrincipal jane.doe -AddEmail '@example.net'
        Disable-MailPrincipal john.roe -Confirm:$false
        New-MailPrincipal 'xn--mller-kva.example' -Type Domain
        New-MailPrincipal m.idn -Email 'info@xn--mller-kva.example' -NoPassword
        $post = { param($body) $null = Invoke-MailApi principal -Method Post -Body $body }
        & $post @{ type = 'individual'; name = 'odd.two'; emails = @('no-at-either'); quota = 5; description = ' spaced ' }
        & $post @{ type = 'individual'; name = 'odd name'; emails = @() }
        & $post @{ type = 'list'; name = 'odd.list'; quota = 7; urls = @('https://x.example/?a;b', 'https://y.example/') }
        & $post @{ type = 'group'; name = 'ring1' }
        & $post @{ type = 'group'; name = 'ring2'; memberOf = @('ring1') }
        $null = Invoke-MailApi principal/ring1 -Method Patch -Body (, @{ action = 'addItem'; field = 'memberOf'; value = 'ring2' })
        & $post @{ type = 'role'; name = 'wide'; members = @('jane.doe'); enabledPermissions = @('authenticate') }
        """);

    [Theory]
    [InlineData("$null = Export-MailPrincipal $folder/all.csv; Import-MailPrincipal $folder/all.csv")]
    [InlineData("$null = Export-MailPrincipal $folder/all.csv -Delimiter ';'; Import-MailPrincipal $folder/all.csv -Replace")]
    [InlineData("$null = Export-MailPrincipal $folder/all.json; Import-MailPrincipal $folder/all.json")]
    [InlineData("$null = Export-MailPrincipal $folder/all.json; Import-MailPrincipal $folder/all.json -Replace -Strict")]
    [InlineData("Get-MailPrincipal | Import-MailPrincipal")]
    [InlineData("Get-MailPrincipal | Import-MailPrincipal -Replace")]
    public void Nothing_is_changed(string commands)
    {
        AddOddities();
        int before = _shell.Run("@(Get-MailPrincipal).Count").OutputAs<int>()[0];

        MailImportResult[] results = _shell.Run(commands).ShouldHaveNoErrors().OutputAs<MailImportResult>();

        results.Where(result => result.Action != "Unchanged").Select(result => $"{result}: {result.Changes} {result.Error}").ShouldBeEmpty();
        results.Length.ShouldBe(before);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void An_account_without_a_role_comes_back_without_one(string extension)
    {
        _shell.SetVariable("path", Path.Combine(_folder, $"all.{extension}"));
        _shell.Run("New-MailPrincipal bare -NoPassword -NoAddress -Role @(); Get-MailPrincipal bare | Export-MailPrincipal $path; Remove-MailPrincipal bare -Confirm:$false; Import-MailPrincipal $path -NoPassword -NoAddress").ShouldHaveNoErrors();
        _shell.Run("Get-MailPrincipal bare").OutputAs<MailPrincipal>().Single().Role.ShouldBeEmpty();
        _shell.Run("$null = @{ Name = 'with'; Role = '' } | Import-MailPrincipal -NoPassword -NoAddress; Get-MailPrincipal with").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single().Role.ShouldBe(["user"]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void A_description_keeps_its_blanks(string extension)
    {
        _shell.SetVariable("path", Path.Combine(_folder, $"all.{extension}"));
        _shell.Run("$null = Invoke-MailApi principal -Method Post -Body @{ type = 'group'; name = 'team'; description = ' spaced  ' }; $null = Get-MailPrincipal team | Export-MailPrincipal $path; Remove-MailPrincipal team -Confirm:$false; Import-MailPrincipal $path").ShouldHaveNoErrors();
        _shell.Run("Get-MailPrincipal team").OutputAs<MailPrincipal>().Single().Description.ShouldBe(" spaced  ");
        _shell.Run("$null = @{ Name = 'slip'; Description = ' Slip ' } | Import-MailPrincipal -NoPassword -NoAddress; Get-MailPrincipal slip").OutputAs<MailPrincipal>().Single().Description.ShouldBe("Slip");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void What_was_deleted_comes_back(string extension)
    {
        _shell.Run("New-MailPrincipal carl.catch -Email carl.catch@example.org, '@example.org' -NoPassword; Disable-MailPrincipal john.roe -Confirm:$false").ShouldHaveNoErrors();
        string[] before = Describe();
        _shell.Run($"$null = Export-MailPrincipal $folder/all.{extension}; Get-MailPrincipal | Where-Object Type -notin 'ApiKey' | Remove-MailPrincipal -Force").ShouldHaveNoErrors();

        _shell.Run($"Import-MailPrincipal $folder/all.{extension} -NoPassword").ShouldHaveNoErrors();

        Describe().ShouldBe(before);
    }

    [Fact]
    public void An_API_key_needs_its_secret_and_the_error_says_how_to_get_a_new_one()
    {
        _shell.Run("$null = Export-MailPrincipal $folder/all.csv; Remove-MailPrincipal provisioning -Force").ShouldHaveNoErrors();

        _shell.Run("Import-MailPrincipal $folder/all.csv").Errors.ShouldHaveSingleItem().ToString().ShouldContain("New-MailPrincipal -Type ApiKey");
    }

    [Fact]
    public void A_list_of_three_thousand_members_is_unchanged_too_and_comes_back()
    {
        _shell.Run("""
            1..3000 | ForEach-Object { @{ Name = "m$_"; Email = "m$_@example.org" } } | Import-MailPrincipal -NoPassword | Out-Null
            @{ Name = 'big'; Type = 'List'; Member = (1..3000 | ForEach-Object { "m$_" }) -join ';' } | Import-MailPrincipal | Out-Null
            $big = Get-MailPrincipal big
            """).ShouldHaveNoErrors();

        _shell.Run("$big | Import-MailPrincipal -Replace").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Unchanged");
        _shell.Run("Remove-MailPrincipal big -Force; $big | Import-MailPrincipal").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Created");
        _shell.Run("(Get-MailPrincipal big).Member.Count").OutputAs<int>().ShouldBe([3000]);
    }

    [Fact]
    public void What_differs_from_the_export_is_checked_as_ever()
    {
        AddOddities();

        _shell.Run("[pscustomobject]@{ Name = 'odd.two'; Email = 'no-at-either;also-none' } | Import-MailPrincipal").Errors.ShouldHaveSingleItem().ToString().ShouldContain("has no @");
        _shell.Run("[pscustomobject]@{ Name = 'odd.two'; Quota = '6' } | Import-MailPrincipal").Errors.ShouldHaveSingleItem().ToString().ShouldContain("6 bytes");
        _shell.Run("[pscustomobject]@{ Name = 'provisioning'; Type = 'ApiKey'; Role = 'admin;user' } | Import-MailPrincipal").Errors.ShouldHaveSingleItem().ToString().ShouldContain("cannot be changed");
        _shell.Run("[pscustomobject]@{ Name = 'helpdesk'; Type = 'Role'; Member = 'grace.hopper;jane.doe' } | Import-MailPrincipal").Errors.ShouldHaveSingleItem().ToString().ShouldContain("column Role of 'jane.doe'");
    }

    private string[] Describe() => _shell.Run("""
        Get-MailPrincipal | ForEach-Object { $p = $_; $p.Name + ': ' + (('Type', 'Description', 'Quota', 'Email', 'MemberOf', 'List', 'Role', 'Member', 'ExternalMember',
            'EnabledPermission', 'DisabledPermission', 'Url').ForEach{ "$_=" + ((@($p.$_).ForEach{ "$_" } | Sort-Names) -join ';') } -join ' | ') }
        """.Replace(" | Sort-Names", "", StringComparison.Ordinal)).OutputAs<string>().Select(SortLists).Order(StringComparer.Ordinal).ToArray();

    // The server gives memberships in the order of ids, which are new.
    private static string SortLists(string line) => string.Join(" | ", line.Split(" | ").Select(field =>
        field.Split('=', 2) is [var name, var items] && name is not "Email" ? $"{name}={string.Join(';', items.Split(';').Order(StringComparer.Ordinal))}" : field));
}
