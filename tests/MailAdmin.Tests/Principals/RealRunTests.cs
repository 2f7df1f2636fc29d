// What Set-MailPrincipal refuses: in the same words with -WhatIf and without, and nothing is changed.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class RealRunTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public RealRunTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("""
            New-MailPrincipal crew -Type Group; New-MailPrincipal news -Type List; New-MailPrincipal clerk -Type Role
            New-MailPrincipal ann -NoPassword -Email ann@example.org, a@example.org -MemberOf crew -List news -Role user, clerk
            New-MailPrincipal ben -NoPassword -Email ben@example.org
            """).ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    // The first ones name what the account belongs to already, in another way: the server says nothing then.
    [Theory]
    [InlineData("ann -Role crew", "'crew' is not a role but of type Group.")]
    [InlineData("ann -AddRole crew", "'crew' is not a role but of type Group.")]
    [InlineData("ann -AddRole news", "'news' is not a role but of type List.")]
    [InlineData("ann -MemberOf news", "'news' is not a group but of type List.")]
    [InlineData("ann -AddMemberOf clerk", "'clerk' is not a group but of type Role.")]
    [InlineData("ann -List crew", "'crew' is not a mailing list but of type Group.")]
    [InlineData("ann -AddList crew", "'crew' is not a mailing list but of type Group.")]
    [InlineData("ben -AddMemberOf news", "'news' is not a group but of type List.")]
    [InlineData("ben -AddList crew", "'crew' is not a mailing list but of type Group.")]
    [InlineData("ben -AddRole crew", "'crew' is not a role but of type Group.")]
    [InlineData("ben -AddMemberOf nobody", "There is no group 'nobody' on the server.")]
    [InlineData("clerk -AddMember ben", "'ben' is of type Individual and cannot be a member of one of type Role.")]
    [InlineData("ben -AddEmail ann@example.org", "The address 'ann@example.org' is taken by 'ann'.")]
    [InlineData("ben -Email ben@example.org, a@example.org", "The address 'a@example.org' is taken by 'ann'.")]
    [InlineData("ben -AddEmail ben@nowhere.example", "There is no domain 'nowhere.example' on the server")]
    [InlineData("ben -NewName ann", "The name 'ann' is taken.")]
    [InlineData("nobody -Quota 5GB", "There is no principal 'nobody'.")]
    [InlineData("nobody -AddEmail n@example.org", "There is no principal 'nobody'.")]
    [InlineData("ann -PrimaryEmail a@example.org -RemoveEmail A@example.org", "'A@example.org' is to be removed and to be the primary address")]
    [InlineData("ann -PrimaryEmail ann@example.org -RemoveEmail ann@example.org", "'ann@example.org' is to be removed and to be the primary address")]
    public void The_real_run_says_what_WhatIf_says(string arguments, string error)
    {
        string before = Describe();
        foreach (string mode in new[] { "-WhatIf", "" })
        {
            System.Management.Automation.ErrorRecord told = _shell.Run($"Set-MailPrincipal {arguments} {mode}").Errors.ShouldHaveSingleItem();
            told.ToString().ShouldContain(error, customMessage: mode);
            Describe().ShouldBe(before);
        }
    }

    [Fact]
    public void What_is_right_takes_one_list_of_names_for_many()
    {
        _shell.Run("1..20 | ForEach-Object { New-MailPrincipal \"p$_\" -NoPassword -NoAddress }").ShouldHaveNoErrors();
        int before = _server.RequestLog.Count;
        _shell.Run("1..20 | ForEach-Object { \"p$_\" } | Set-MailPrincipal -AddMemberOf crew -AddList news").ShouldHaveNoErrors();
        string[] calls = [.. _server.RequestLog.Skip(before)];
        calls.Count(line => line.StartsWith("PATCH", StringComparison.Ordinal)).ShouldBe(20);
        calls.Count(line => line.StartsWith("GET /api/principal/crew", StringComparison.Ordinal) || line.StartsWith("GET /api/principal/news", StringComparison.Ordinal)).ShouldBe(0);
    }

    private string Describe() => string.Join('\n', _shell.Run("Get-MailPrincipal ann, ben, crew, news, clerk").OutputAs<MailPrincipal>()
        .Select(principal => $"{principal.Name} {principal.Email} {principal.MemberOf} {principal.List} {principal.Role} {principal.Member}"));
}
