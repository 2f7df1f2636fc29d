// Compiled into the client and once more into the sandbox, which ships apart from it. The names differ, since the tests see into both.
#if SANDBOX
namespace MailAdmin.Sandbox.Api;

internal sealed class Operation
#else
namespace MailAdmin.Client;

/// <summary>One operation of the server: its method, its route, whether it can be sent twice, and what it is for. The known ones are in <see cref="Operations"/>.</summary>
public sealed class Operation
#endif
{
    private readonly string[] _elements;

    internal Operation(HttpMethod method, string template, Idempotency idempotency, string purpose, bool isUnderApi = true, bool isEnterprise = false, bool? changesServer = null, bool? losesData = null)
    {
        (Method, Template, Idempotency, Purpose, IsUnderApi, IsEnterprise) = (method, template, idempotency, purpose, isUnderApi, isEnterprise);
        ChangesServer = changesServer ?? (method == HttpMethod.Get ? idempotency == Idempotency.NotIdempotent : method != HttpMethod.Head && method != HttpMethod.Options);
        LosesData = losesData ?? method == HttpMethod.Delete;
        _elements = Path.Split('/');
    }

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The route, such as <c>/principal/{name}</c>: what stands in braces is one element of the path.</summary>
    public string Template { get; }

    /// <summary>Whether the route is below <c>/api</c>, or beside it.</summary>
    public bool IsUnderApi { get; }

    /// <summary>Whether it is part of Stalwart Enterprise: it needs a licence, and a server built without that code has no such route (docs/api.md §11).</summary>
    public bool IsEnterprise { get; }

    /// <summary>What may be done with a call whose outcome is unknown, unless the call itself knows better.</summary>
    public Idempotency Idempotency { get; }

    /// <summary>Whether it changes the server, so that a lost answer leaves the question whether it was done; some calls that only ask are POSTs.</summary>
    public bool ChangesServer { get; }

    /// <summary>Whether what it deletes cannot be had back, whatever is in the body: some GETs delete, too.</summary>
    public bool LosesData { get; }

    /// <summary>What it does, in a phrase.</summary>
    public string Purpose { get; }

    /// <summary>The whole route: <c>/api/principal/{name}</c>.</summary>
    internal string Path => IsUnderApi ? "/api" + Template : Template;

    /// <summary>Method and route, as in <c>PATCH /principal/{name}</c>.</summary>
    public override string ToString() => $"{Method} {Template}";

    /// <summary>Whether the route leads to a path, given by its elements.</summary>
    internal bool Matches(ReadOnlySpan<string> path)
    {
        if (path.Length != _elements.Length)
        {
            return false;
        }
        for (int i = 0; i < path.Length; i++)
        {
            if (_elements[i] != path[i] && !_elements[i].StartsWith('{'))
            {
                return false;
            }
        }
        return true;
    }
}
