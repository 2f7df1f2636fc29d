using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Faults;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;

namespace MailAdmin.Tests.Conventions;

/// <summary>
/// Where the uses of parameters of a table run: a server from 0.16 on with the administrator boss, and jane, who has no password. Scripts know $folder, $password, $weak, $me (the login of boss),
/// $totp (the code of an address for authenticator apps) and $changes (how many objects the server has changed).
/// </summary>
internal abstract class JmapParameterTable : IDisposable
{
    protected const string Boss = "boss@example.org";
    protected const string Secret = "the boss walks a made-up road";
    private readonly FaultyJmapTransport _transport;
    private readonly MailClient _client;

    protected JmapParameterTable(bool needsSample = false)
    {
        Server = new SandboxServer(new SandboxOptions { Empty = !needsSample, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
        using (var admin = HostedShell.CreateConnected(Server))
        {
            admin.SetVariable("secret", new NetworkCredential("", Secret).SecurePassword);
            admin.Run($"New-MailPrincipal {Boss} -Role admin -Password $secret -HashAlgorithm None; New-MailPrincipal jane@example.org -Description Jane -NoPassword").ShouldHaveNoErrors();
        }
        _transport = new FaultyJmapTransport(Server);
        _client = MailClient.ConnectAsync(
            new MailClientOptions { BaseUri = new Uri("https://sandbox.example.org"), RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, Transport = _transport.CreateHandler, Time = Server.Clock },
            MailAdmin.Client.MailCredential.FromPassword(Boss, Secret),
            CancellationToken.None).GetAwaiter().GetResult();
        Shell = new HostedShell();
        Shell.Connect(_client);
        Shell.SetVariable("PSDefaultParameterValues", new DefaultParameterDictionary());
        Shell.SetVariable("folder", Folder.FullName);
        Shell.SetVariable("password", new NetworkCredential("", "walks along a made-up road").SecurePassword);
        Shell.SetVariable("me", new PSCredential(Boss, new NetworkCredential("", Secret).SecurePassword));
        Shell.SetVariable("totp", new Func<string, string>(GetCode));
        Shell.SetVariable("changes", new Func<int>(() => _transport.Changes));
    }

    public SandboxServer Server { get; }

    public HostedShell Shell { get; }

    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("mailadmin-parameters-");

    /// <summary>Runs a use; one that is refused changes nothing.</summary>
    public void ShouldHold(JmapParameterUse use)
    {
        _transport.Arm(null, ofWrites: true);
        ScriptResult result = Shell.Run(use.Script);
        if (use.Check is null)
        {
            _transport.Changes.ShouldBe(0, $"{use}");
        }
        use.ShouldHold(Shell, result);
    }

    public virtual void Dispose()
    {
        Shell.Dispose();
        _client.Dispose();
        Folder.Delete(recursive: true);
    }

    /// <summary>Puts things there.</summary>
    protected void Prepare(string script) => Shell.Run(script).ShouldHaveNoErrors();

    /// <summary>Writes a file of the folder.</summary>
    protected void Write(string name, string text, System.Text.Encoding? encoding = null) => File.WriteAllText(Path.Combine(Folder.FullName, name), text, encoding ?? new System.Text.UTF8Encoding(false));

    private string GetCode(string url) => OneTimeCode.Compute(url, Server.Clock.GetUtcNow());
}
