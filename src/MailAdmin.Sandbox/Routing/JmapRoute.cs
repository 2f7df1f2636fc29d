using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox.Routing;

/// <summary>A path of a server from 0.16, and who answers there.</summary>
internal sealed class JmapRoute
{
    private readonly string _method;
    private readonly string[] _template;

    private JmapRoute(Operation operation)
    {
        _method = operation.Method.Method;
        _template = JmapCall.Split(operation.Path);
    }

    /// <summary>Answers everybody.</summary>
    public Func<JmapCall, SandboxResponse>? Anonymous { get; private init; }

    /// <summary>Answers who has signed in.</summary>
    public Func<JmapCall, SignedInCaller, SandboxResponse>? SignedIn { get; private init; }

    /// <summary>Whether calls count towards the limit of those who have not signed in.</summary>
    public bool IsCounted { get; private init; }

    /// <summary>For everybody, without limit.</summary>
    public static JmapRoute Free(Operation operation, Func<JmapCall, SandboxResponse> handle) => new(operation) { Anonymous = handle };

    /// <summary>For everybody, within the limit.</summary>
    public static JmapRoute Counted(Operation operation, Func<JmapCall, SandboxResponse> handle) => new(operation) { Anonymous = handle, IsCounted = true };

    /// <summary>For who has signed in.</summary>
    public static JmapRoute ForCaller(Operation operation, Func<JmapCall, SignedInCaller, SandboxResponse> handle) => new(operation) { SignedIn = handle };

    /// <summary>A segment in braces stands for any.</summary>
    public bool Matches(JmapCall call) => call.Request.Method == _method
        && call.Path.Length == _template.Length
        && _template.Zip(call.Path).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
}
