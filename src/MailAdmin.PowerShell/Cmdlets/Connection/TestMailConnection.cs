using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>
/// Tests whether the server is reachable and ready, whether the sign-in is accepted, and what the account may do (GET /healthz/live, GET
/// /healthz/ready, POST /oauth; from 0.16 on GET /account, GET /schema).
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MailConnection",
    HelpUri = HelpPages.Folder + "Test-MailConnection.md")]
[OutputType(typeof(MailConnectionTest), typeof(bool))]
public sealed class TestMailConnection : ConnectionCmdlet
{
    /// <summary>Return only true or false: whether the server is reachable and ready, and accepts the sign-in.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        MailConnectionTest result = Pump.Wait(TestAsync(Pump.Token));
        if (Quiet)
        {
            WriteObject(result is { Reachable: true, Ready: true, SignedIn: true });
            return;
        }
        WriteObject(result);
    }

    private async Task<MailConnectionTest> TestAsync(CancellationToken cancellationToken)
    {
        var result = new MailConnectionTest { Name = CurrentConnection.Name, Uri = Client.BaseUri };
        try
        {
            result.Reachable = await Client.Health.IsLiveAsync(cancellationToken).ConfigureAwait(false);
            result.Ready = await Client.Health.IsReadyAsync(cancellationToken).ConfigureAwait(false);
            ServerInfo server = await Client.DescribeServerAsync(cancellationToken).ConfigureAwait(false);
            result.SignedIn = true;
            result.Version = server.Version;
            result.VersionRange = server.VersionRange;
            result.Edition = server.Edition;
            result.Permission = new StringList(server.Permissions.Order(StringComparer.Ordinal));
        }
        catch (MailServerException e)
        {
            // A credential that may not request a code is signed in all the same, where the mail server itself says so: it has a title for it, and a proxy has none.
            result.SignedIn = result.Reachable && e is { Code: MailErrorCode.Forbidden, Title: not null };
            result.Problem = e.Message;
        }
        return result;
    }
}

/// <summary>What a test of a connection found.</summary>
public sealed class MailConnectionTest : ServerObject
{
    /// <summary>The connection's name.</summary>
    public required string Name { get; init; }
    /// <summary>The server's address.</summary>
    public required Uri Uri { get; init; }
    /// <summary>Whether the server answers.</summary>
    public bool Reachable { get; internal set; }
    /// <summary>Whether the server says that it is ready.</summary>
    public bool Ready { get; internal set; }
    /// <summary>Whether the sign-in is accepted.</summary>
    public bool SignedIn { get; internal set; }
    /// <summary>The server's version, from 0.16 on the oldest that it can be.</summary>
    public Version? Version { get; internal set; }
    /// <summary>The versions that the server can be: from 0.16 on several may look the same.</summary>
    public string? VersionRange { get; internal set; }
    /// <summary><c>Enterprise</c>, <c>Community</c> or, from 0.16 on, <c>OpenSource</c>.</summary>
    public string? Edition { get; internal set; }
    /// <summary>The permissions of the account as they are now.</summary>
    public StringList Permission { get; internal set; } = StringList.Empty;
    /// <summary>How many permissions it has.</summary>
    public int PermissionCount => Permission.Count;
    /// <summary>What is wrong, if anything.</summary>
    public string? Problem { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
