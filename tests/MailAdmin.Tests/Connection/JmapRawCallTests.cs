// Calls by path on servers from 0.16 on.
using System.Management.Automation;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Connection;

public sealed class JmapRawCallTests : IDisposable
{
    private readonly HostedShell _shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword }));

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_schema_comes_unpacked_and_whole()
    {
        PSObject schema = _shell.Run("Invoke-MailApi schema").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        schema.Properties.Select(property => property.Name).ShouldContain("objects");
        string text = _shell.Run("Invoke-MailApi schema -Raw").ShouldHaveNoErrors().OutputAs<string>().ShouldHaveSingleItem();
        text.ShouldContain("x:Account");
        // Names of secrets are no secrets.
        text.ShouldNotContain("(hidden)");
    }
}
