// A real PowerShell engine with the module imported: Core cmdlets and formatting, no Utility or Management cmdlets.
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailAdmin.Client;
using MailAdmin.Isolated.Passwords;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Sandbox;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Tests.Hosting;

/// <summary>A runspace of its own with the module imported. Its views come with the first script that shows something: to read them takes longer than most tests.</summary>
internal sealed class HostedShell : IDisposable
{
    public const string SandboxPassword = "correct horse";

    public HostedShell(bool import = true, string? formatFile = null)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (import)
        {
            state.ImportPSModule([ShellManifests.WithoutViews]);
        }
        _needsViews = import;
        if (formatFile is not null)
        {
            state.Formats.Add(new SessionStateFormatEntry(formatFile));
        }
        Runspace = RunspaceFactory.CreateRunspace(_host, state);
        try
        {
            Runspace.Open();
        }
        catch (RunspaceOpenModuleLoadException e)
        {
            throw new InvalidOperationException(string.Join('\n', e.ErrorRecords.Select(r => $"{r.Exception}")), e);
        }
        // Most accounts of the tests need no mail. What is said of one without an address is tested with -NoAddress:$false.
        SetVariable("PSDefaultParameterValues", new DefaultParameterDictionary { ["New-MailPrincipal:NoAddress"] = true });
    }

    private readonly CapturingHost _host = new();
    private readonly JmapWireGuard _wire = new();
    private bool _needsViews;

    /// <summary>What to choose when a cmdlet asks; null: nobody is there.</summary>
    public int? Choice { get => _host.Choice; set => _host.Choice = value; }

    /// <summary>Answer each question with Enter, which takes its default.</summary>
    public bool PressesEnter { get => _host.PressesEnter; set => _host.PressesEnter = value; }

    /// <summary>Answers the question for a credential, told the user name that is proposed; null = nobody is there.</summary>
    public Func<string, PSCredential>? OnCredential { get => _host.OnCredential; set => _host.OnCredential = value; }

    /// <summary>The questions that were asked.</summary>
    public List<string> Questions => _host.Questions;

    /// <summary>What was written to the host itself, -WhatIf's sentences among it.</summary>
    public string HostText => _host.Text;

    public Runspace Runspace { get; }

    /// <summary>The requests to servers from 0.16 on.</summary>
    public IReadOnlyList<JmapRequestBody> JmapRequests => _wire.Requests;

    /// <summary>A shell whose default connection is <paramref name="server"/>, so that the test sees what is sent and can break things.</summary>
    public static HostedShell CreateConnected(SandboxServer server, string login = "admin", string password = SandboxPassword, Action<MailClient>? onConnected = null)
    {
        var shell = new HostedShell();
        shell.Connect(server, login, password, onConnected);
        return shell;
    }

    /// <summary>An empty server with the domain example.org, by the name and password these tests use.</summary>
    public static SandboxServer CreateServer(bool enterprise = false) => CreateServer(enterprise ? SandboxEdition.Enterprise : SandboxEdition.Community);

    /// <summary>The same of an edition.</summary>
    public static SandboxServer CreateServer(SandboxEdition edition)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, AdminPassword = SandboxPassword, Edition = edition });
        using HostedShell shell = CreateConnected(server);
        shell.Run("New-MailPrincipal example.org -Type Domain").ShouldHaveNoErrors();
        return server;
    }

    /// <summary>Makes <paramref name="server"/> the default connection of this shell.</summary>
    public void Connect(SandboxServer server, string login = "admin", string password = SandboxPassword, Action<MailClient>? onConnected = null)
    {
        var options = new MailClientOptions
        {
            BaseUri = new Uri("https://sandbox.example.org"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            ScorePassword = PasswordStrength.Score,
            Transport = () => _wire.Listen(server.CreateHandler()),
            Time = server.Clock,
        };
        MailClient client = MailClient.ConnectAsync(options, MailCredential.FromPassword(login, password), CancellationToken.None).GetAwaiter().GetResult();
        onConnected?.Invoke(client);
        Connect(client);
    }

    /// <summary>Makes a connection of <paramref name="client"/>, whatever it talks to, the default of this shell.</summary>
    public void Connect(MailClient client) => RunspaceConnections.GetOrCreate(Runspace).Add(new MailConnection(client, "test", isSandbox: true), makeDefault: true);

    /// <summary>Makes a connection of <paramref name="client"/> that is not the default.</summary>
    public void AddConnection(MailClient client, string name) => RunspaceConnections.GetOrCreate(Runspace).Add(new MailConnection(client, name, isSandbox: true), makeDefault: false);

    /// <summary>Answers what is asked at the terminal; told what was shown so far.</summary>
    public Func<string, string>? Reply
    {
        get => _host.Reply;
        set => _host.Reply = value;
    }

    /// <summary>The width of the window, in cells.</summary>
    public int Width
    {
        set => _host.UI.RawUI.BufferSize = new(value, 1000);
    }

    /// <summary>Sets a variable.</summary>
    public void SetVariable(string name, object? value) => Runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script to its end and returns everything that came out of it; a terminating error is among the errors.</summary>
    public ScriptResult Run(string script, params object?[] input)
    {
        if (_needsViews && (script.Contains("Out-", StringComparison.Ordinal) || script.Contains("Format-", StringComparison.Ordinal)))
        {
            _needsViews = false;
            Run($"Import-Module '{ShellManifests.Views}' -Global").ShouldHaveNoErrors();
        }
        using var shell = PS.Create(Runspace);
        shell.AddScript(script);
        Collection<PSObject> output = [];
        var errors = new List<ErrorRecord>();
        bool terminated = false;
        try
        {
            output = input.Length > 0 ? shell.Invoke(input) : shell.Invoke();
        }
        catch (RuntimeException e)
        {
            terminated = true;
            errors.Add(e.ErrorRecord);
        }
        errors.InsertRange(0, shell.Streams.Error);
        return new ScriptResult(output, errors, terminated, [.. shell.Streams.Warning], [.. shell.Streams.Verbose], [.. shell.Streams.Progress], [.. shell.Streams.Information]);
    }

    /// <summary>What a person would see of the output of a script, through the module's views.</summary>
    public string Render(string script)
    {
        _host.Clear();
        Run($"{script} | Out-Default").Errors.Select(e => e.ToString()).ShouldBeEmpty();
        return _host.Text;
    }

    /// <summary>Fails where something was sent that a server from 0.16 on takes for something else.</summary>
    public void Dispose()
    {
        Runspace.Dispose();
        _wire.Faults.Distinct().ShouldBeEmpty();
    }
}

/// <summary>What a script wrote.</summary>
internal sealed record ScriptResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    bool Terminated,
    IReadOnlyList<WarningRecord> Warnings,
    IReadOnlyList<VerboseRecord> Verbose,
    IReadOnlyList<ProgressRecord> Progress,
    IReadOnlyList<InformationRecord> Information)
{
    /// <summary>The output as objects of one type.</summary>
    public T[] OutputAs<T>() => [.. Output.Select(o => (T)o.BaseObject)];

    /// <summary>The output where no error was written.</summary>
    public ScriptResult ShouldHaveNoErrors()
    {
        Errors.Select(e => e.ToString()).ShouldBeEmpty();
        return this;
    }
}
