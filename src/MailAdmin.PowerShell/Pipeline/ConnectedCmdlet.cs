using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// A cmdlet with a connection: the one specified, else the runspace's default, else a clear error. For several it runs a cmdlet of the same kind for each: what one keeps in mind of
/// its server is not mixed with that of another, and the failure of one does not end the others.
/// </summary>
public abstract class ConnectedCmdlet : MailCmdlet
{
    private readonly List<ConnectedCmdlet> _runs = [];
    private readonly HashSet<string> _unreadReasons = new(StringComparer.Ordinal);
    private IReadOnlyList<MailConnection> _toRun = [];
    private MailConnection? _connection;
    private MailClient? _client;
    private MailClient? _dryRun;
    private CancellationTokenRegistration _stop;
    private InputCheck? _input;
    private bool _hasFailed;
    private PagingCounter? _page;
    private bool _isMeant;
    private bool _isRefused;
    private bool _waitsForInput;

    private protected ConnectedCmdlet()
    {
    }

    /// <summary>The connections to use, as objects or by name; each in its turn. Default: the runspace's default connection.</summary>
    [Parameter]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual MailConnection[]? Connection { get; set; }

    /// <summary>The connection that the cmdlet works on, one of several perhaps.</summary>
    private protected MailConnection CurrentConnection => _connection ?? throw new InvalidOperationException("The connection is not open before Begin.");

    /// <summary>The client of the connection.</summary>
    private protected MailClient Client => _client ?? throw new InvalidOperationException("The connection is not open before Begin.");

    /// <summary>
    /// Whether to go on to the question, as <see cref="MailCmdlet.PassesCheck"/>: where the connection can, the run itself is made without its writes, so that it fails where the real one
    /// would.
    /// </summary>
    /// <param name="run">The run, over a client that sends no write.</param>
    /// <param name="target">What the error is about.</param>
    /// <param name="check">What tells as much of it as can be read, where the connection cannot; null for nothing.</param>
    /// <param name="isOfAll">Whether <see cref="MailCmdlet.ShouldActOnAll"/> asks.</param>
    private protected bool PassesDryRun(Func<MailClient, CancellationToken, Task> run, object? target, Func<CancellationToken, Task>? check = null, bool isOfAll = false)
    {
        if (!NeedsCheck(isOfAll))
        {
            return true;
        }
        _dryRun ??= Client.OpenDryRun();
        return _dryRun is { } dry ? Passes(token => run(dry, token), target, static _ => false) : check is null || PassesCheck(check, target, isOfAll);
    }

    /// <summary>Why the command cannot be for several servers; null if it can.</summary>
    private protected virtual string? OneServerReason => null;

    /// <summary>Whether objects are piped: connections that are piped are not the input, but where it goes.</summary>
    private protected bool ExpectsInput => MyInvocation.ExpectingInput && Runner is not ConnectedCmdlet { _waitsForInput: true };

    /// <summary>The server that a piped object names; null where it names none.</summary>
    private protected virtual string? PipedServer => null;

    /// <summary>Whether the input may be objects of any server, since nothing is done to what they stand for.</summary>
    private protected virtual bool TakesObjectsOfAnyServer => false;

    /// <summary>Of a cmdlet that servers from 0.16 on refuse: what does there what its arguments ask for; null where that is not known.</summary>
    private protected virtual string? NewerServerAdvice => null;

    /// <summary>What a failure is about that ends the cmdlet.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <summary>The same object, which says which server it is of: for what may have been piped in from another one, and gets notes of its own before it is written.</summary>
    private protected T WithServer<T>(T value)
        where T : ServerObject => ServerStamp.Apply(value, CurrentConnection.Server);

    /// <summary>Says what of an object is unknown, since the signed-in account may not read it: once for each kind of what it may not read.</summary>
    private protected void WarnOfUnreadParts(ServerObject found)
    {
        foreach (string reason in UnreadParts.Explain(found).Where(_unreadReasons.Add))
        {
            WriteWarning($"{reason} What is made of them is left out, and UnknownParts of each object names it.");
        }
    }

    /// <inheritdoc/>
    private protected sealed override object? Stamp(object? value)
    {
        if (_connection is null || value.Unwrap() is not ServerObject found)
        {
            return value;
        }
        WarnOfUnreadParts(found);
        ServerObject stamped = ServerStamp.Apply(found, _connection.Server);
        // What was added to the object in its wrapper goes with it.
        return ReferenceEquals(stamped, found) ? value : stamped;
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(InputCmdlet.Server)))
        {
            // Read of piped objects, and hidden: who types it means another server than the one that would be acted on.
            ThrowTerminatingError(ErrorCatalogue.ServerIsNoParameter(MyInvocation.MyCommand.Name));
        }
        _input = new InputCheck(this);
        _isMeant = Connection is not null;
        // A connection from the pipeline is bound with its record or never, and then nothing may act on the default one.
        _waitsForInput = MyInvocation.ExpectingInput && Connection is null && IsConnectionPiped;
        if (_waitsForInput)
        {
            return;
        }
        IReadOnlyList<MailConnection> connections = RunspaceConnections.ResolveAll(Connection);
        if (connections.Count <= 1)
        {
            BeginAlone(connections);
            return;
        }
        if (OneServerReason is { } reason)
        {
            ThrowTerminatingError(ErrorCatalogue.OneServerOnly(MyInvocation.MyCommand.Name, reason));
        }
        if (!MyInvocation.ExpectingInput)
        {
            _toRun = connections;
            return;
        }
        _runs.AddRange(connections.Select(CreateRun));
        _ = NeedsMore();
        ForEachRun(run =>
        {
            run.Open();
            run.RunStep(run.Begin);
        });
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (_waitsForInput && Connection is not null)
        {
            _input!.KeepConnection();
            RunWhole(RunspaceConnections.ResolveAll(Connection));
            return;
        }
        if (_waitsForInput && _connection is null)
        {
            if (!_input!.AcceptPiped(PipedServer, connection: null))
            {
                return;
            }
            BeginAlone(RunspaceConnections.ResolveAll(null));
        }
        if (_isRefused || (MyInvocation.ExpectingInput && !_input!.AcceptPiped(PipedServer, _isMeant || TakesObjectsOfAnyServer ? null : _connection)))
        {
            return;
        }
        if (_toRun.Count > 0)
        {
            RunWhole(_toRun);
        }
        else if (_runs.Count > 0)
        {
            ForEachRun(run =>
            {
                if (NeedsMore())
                {
                    run.CopyParameters(this);
                    if (HasWork(run, _runs.Select(one => one.CurrentConnection)))
                    {
                        run.RunStep(run.Process);
                    }
                }
            });
        }
        else
        {
            RunStep(Process);
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        ForEachRun(run => run.RunStep(run.End));
        if (_client is not null && !_isRefused)
        {
            RunStep(End);
        }
    }

    /// <summary>Prepares the work; the connection is open.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Works on one input, or once where there is none. What the client throws becomes an error about <see cref="ErrorTarget"/>, which ends the cmdlet.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Ends the work. It also comes where nothing was piped, or nothing that could be bound.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>What the cmdlet works with; by default the client of the connection itself.</summary>
    private protected virtual MailClient OpenClient(MailClient client)
    {
        client.Principals.ForgetNames();
        return client;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _runs.ForEach(run => run.Dispose());
            _stop.Dispose();
            if (_client is not null)
            {
                _client.Waiting -= ReportWait;
                _client.Warned -= ReportWarning;
                _client = null;
            }
        }
        base.Dispose(disposing);
    }

    private bool IsConnectionPiped => Array.Exists(CmdletParameters.Find(GetType()).Piped, parameter => parameter.Name == nameof(Connection));

    private void BeginAlone(IReadOnlyList<MailConnection> connections)
    {
        _connection = connections.Count > 0 ? connections[0] : null;
        Open();
        // Before Begin, which may already ask the server for what was specified.
        _isRefused = !_isMeant && !_input!.AcceptArguments(CurrentConnection, takesTargets: TakesObjectsOfAnyServer);
        if (!_isRefused)
        {
            RunStep(Begin);
        }
    }

    private void Open()
    {
        if (_connection is not { IsOpen: true })
        {
            ThrowTerminatingError(ErrorCatalogue.NotConnected(_connection));
        }
        _client = OpenClient(_connection.Client);
        _client.Waiting += ReportWait;
        _client.Warned += ReportWarning;
        RunStep(() => GetType().GetCustomAttribute<ManagementApiOnlyAttribute>()?.ThrowIfMissing(MyInvocation.MyCommand.Name, _client.Server, NewerServerAdvice));
        RunStep(() => GetType().GetCustomAttribute<JmapOnlyAttribute>()?.ThrowIfMissing(MyInvocation.MyCommand.Name, _client));
    }

    private void RunStep(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminatingError(CreateErrorRecord(e, ErrorTarget));
        }
    }

    // Without other input one server is done before the next is begun: the output comes in the order of the connections.
    private void RunWhole(IReadOnlyList<MailConnection> connections)
    {
        foreach (MailConnection connection in connections)
        {
            using ConnectedCmdlet run = CreateRun(connection);
            if (!NeedsMore())
            {
                break;
            }
            if (!HasWork(run, connections))
            {
                continue;
            }
            run.Guard(() =>
            {
                run.Open();
                run.RunStep(run.Begin);
                run.RunStep(run.Process);
                run.RunStep(run.End);
            });
        }
    }

    private bool HasWork(ConnectedCmdlet run, IEnumerable<MailConnection> all) => TakesObjectsOfAnyServer || InputCheck.KeepOwn(run, PipedServer, run.CurrentConnection, all);

    private void ForEachRun(Action<ConnectedCmdlet> step) => _runs.ForEach(run => run.Guard(() => step(run)));

    // Of a cmdlet that is run for one of several servers: what would end it is the end of this server's work alone.
    private void Guard(Action step)
    {
        if (_hasFailed)
        {
            return;
        }
        try
        {
            step();
        }
        catch (ServerFailedException e)
        {
            _hasFailed = true;
            WriteError(e.Record);
        }
    }

    /// <inheritdoc/>
    private protected sealed override bool Selects(object? value) => _page is null || value.Unwrap() is not ServerObject || _page.Take();

    // -First and -Skip count what all servers give together: each is asked for what is still needed. Whoever wants the counts gets that of each server.
    private bool NeedsMore()
    {
        if (PagingParameters is not { } paging)
        {
            return true;
        }
        _page ??= new PagingCounter(paging);
        paging.Skip = 0;
        paging.First = _page.Needed;
        return !_page.IsFull || paging.IncludeTotalCount;
    }

    private ConnectedCmdlet CreateRun(MailConnection connection)
    {
        var run = (ConnectedCmdlet)Activator.CreateInstance(GetType())!;
        run.Runner = this;
        run.ServerLabel = connection.Server;
        run._connection = connection;
        run._stop = Pump.Token.Register(run.Pump.Stop);
        run.CopyParameters(this);
        return run;
    }

    private void CopyParameters(ConnectedCmdlet source)
    {
        foreach (PropertyInfo parameter in CmdletParameters.Find(GetType()).All)
        {
            parameter.SetValue(this, parameter.GetValue(source));
        }
    }
}
