// Objects of servers from 0.16 on refer to each other by ids: a name that stood for one of them in an earlier command may since be that of none, or of another one.
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class RenamedNameTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", Enterprise = true, AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;
    private readonly HostedShell _other;

    public RenamedNameTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _other = HostedShell.CreateConnected(_server);
    }

    /// <summary>What is named, how it is made, how its property is renamed, how another object is given it, and how that is read.</summary>
    public static TheoryData<string, string, string, string> Names => new()
    {
        { "-Type Domain old.test", "@{ name = 'new.test' }", "New-MailPrincipal {0}@old.test -NoPassword", "(Get-MailPrincipal {0}@*).Name -replace '.*@'" },
        { "-Type Role old.test -EnabledPermission authenticate", "@{ description = 'new.test' }", "New-MailPrincipal {0}@example.org -NoPassword -Role old.test", "(Get-MailPrincipal {0}@example.org).Role" },
        { "-Type Group old.test@example.org", "@{ name = 'new.test' }", "New-MailPrincipal {0}@example.org -NoPassword -MemberOf old.test@example.org", "(Get-MailPrincipal {0}@example.org).MemberOf -replace '@.*'" },
        { "-Type Tenant old.test", "@{ name = 'new.test' }", "New-MailPrincipal {0}.test -Type Domain -Tenant old.test", "(Get-MailPrincipal {0}.test).Tenant" },
    };

    public void Dispose()
    {
        _shell.Dispose();
        _other.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void After_an_object_of_the_connection_was_renamed(string made, string property, string use, string read) => Check(_shell, made, property, use, read);

    [Theory]
    [MemberData(nameof(Names))]
    public void After_somebody_else_has_renamed_it(string made, string property, string use, string read) => Check(_other, made, property, use, read);

    private void Check(HostedShell renamer, string made, string property, string use, string read)
    {
        string[] Read(HostedShell shell, string account) => shell.Run(Format(read, account)).ShouldHaveNoErrors().OutputAs<string>();

        _shell.Run($"$null = New-MailPrincipal {made}; {Format(use, "first")}").ShouldHaveNoErrors();
        Read(_shell, "first").ShouldBe(["old.test"]);
        renamer.Run($"Get-MailPrincipal -Type {made.Split(' ')[1]} | Where-Object Name -Match '^old\\.test(@|$)' | Set-MailObject -Property {property}").ShouldHaveNoErrors();

        _shell.Run(Format(use, "second")).Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("old.test");
        _other.Run("Get-MailPrincipal second*").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        Read(_shell, "first").ShouldBe(["new.test"]);
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.csv");
        try
        {
            _shell.Run($"$null = Export-MailPrincipal '{file}'").ShouldHaveNoErrors();
            File.ReadAllText(file).ShouldSatisfyAllConditions(text => text.ShouldContain("new.test"), text => text.ShouldNotContain("old.test"));
        }
        finally
        {
            File.Delete(file);
        }

        // The name is given to another one.
        _other.Run($"New-MailPrincipal {made}").ShouldHaveNoErrors();
        _shell.Run(Format(use, "third")).ShouldHaveNoErrors();
        Read(_other, "third").ShouldBe(["old.test"]);
    }

    private static string Format(string script, string account) => script.Replace("{0}", account, StringComparison.Ordinal);
}
