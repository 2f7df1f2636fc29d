using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox.Routing;

/// <summary>A path of a server from 0.16, and who answers there.</summary>
internal sealed class JmapRoute
{
    private readonly string _method;
    private readonly string[] _template;

    private JmapRoute(string method, string template)
    {
        _method = method;
        _template = template.Split('/')[1..];
    }

    /// <summary>Answers everybody.</summary>
    public Func<JmapCall, SandboxResponse>? Anonymous { get; private init; }

    /// <summary>Answers who has signed in.</summary>
    public Func<JmapCall, SignedInCaller, SandboxResponse>? SignedIn { get; private init; }

    /// <summary>Whether calls count towards the limit of those who have not signed in.</summary>
    public bool IsCounted { get; private init; }

    /// <summary>For everybody, without limit.</summary>
    public static JmapRoute Free(string method, string template, Func<JmapCall, SandboxResponse> handle) => new(method, template) { Anonymous = handle };

    /// <summary>For everybody, within the limit.</summary>
    public static JmapRoute Counted(string method, string template, Func<JmapCall, SandboxResponse> handle) => new(method, template) { Anonymous = handle, IsCounted = true };

    /// <summary>For who has signed in.</summary>
    public static JmapRoute ForCaller(string method, string template, Func<JmapCall, SignedInCaller, SandboxResponse> handle) => new(method, template) { SignedIn = handle };

    /// <summary>A segment in braces stands for any.</summary>
    public bool Matches(JmapCall call) => call.Request.Method == _method
        && call.Path.Length == _template.Length
        && _template.Zip(call.Path).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
}
