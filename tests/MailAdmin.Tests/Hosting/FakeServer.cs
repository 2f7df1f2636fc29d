using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.Tests.Hosting;

/// <summary>A server of a few lines: signs anyone in, and answers the rest as the test says.</summary>
internal sealed class FakeServer
{
    public const string AllListPermissions = "individual-list,group-list,mailing-list-list,domain-list,tenant-list,role-list,principal-list,api-key-list,oauth-client-list";

    private readonly List<RecordedRequest> _requests = [];
    private int _tokens;

    public FakeServer(Func<RecordedRequest, HttpResponseMessage>? answer = null) => OnRequest = answer ?? (_ => TestResponses.Data("null"));

    /// <summary>Answers what is not signing in.</summary>
    public Func<RecordedRequest, HttpResponseMessage> OnRequest { get; set; }

    /// <summary>Awaited before each answer that is not part of signing in.</summary>
    public Func<RecordedRequest, Task>? Delay { get; set; }

    /// <summary>Awaited before each answer of the token endpoint.</summary>
    public Func<Task>? TokenDelay { get; set; }

    /// <summary>Answers the question which family the server is of, the first one of each connection.</summary>
    public Func<RecordedRequest, HttpResponseMessage> OnFamilyQuestion { get; set; } = _ => TestResponses.Problem(401, "Unauthorized");

    /// <summary>Answers whatever comes after that question first, if it wants to.</summary>
    public Func<RecordedRequest, HttpResponseMessage?>? Intercept { get; set; }

    /// <summary>Answers everything, as a server that is none of these or a proxy in its place does.</summary>
    public Func<RecordedRequest, HttpResponseMessage> OnEverything
    {
        init => OnFamilyQuestion = (Func<RecordedRequest, HttpResponseMessage>)(Intercept = value);
    }

    public string Permissions { get; set; } = AllListPermissions + ",unlimited-requests,individual-get,individual-create";

    public string Version { get; set; } = "0.11.8";

    public bool IsEnterprise { get; set; }

    public int TokenLifetime { get; set; } = 3600;

    public Uri BaseUri { get; set; } = new("https://mail.test");

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public List<WaitNotice> Waits { get; } = [];

    public Func<HttpResponseMessage>? OnToken { get; set; }

    /// <summary>Every request, signing in included.</summary>
    public IReadOnlyList<RecordedRequest> AllRequests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The requests after signing in.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. AllRequests.Where(r => !IsSignIn(r))];

    public IEnumerable<string> RequestLines => Requests.Select(r => r.RequestLine);

    public MailClientOptions Options => new()
    {
        BaseUri = BaseUri,
        RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
        Transport = () => new Handler(this),
        Time = Time,
        RetryInterval = TimeSpan.FromMilliseconds(1),
        OnWait = notice =>
        {
            lock (Waits)
            {
                Waits.Add(notice);
            }
        },
    };

    public Task<MailClient> ConnectAsync(MailCredential? credential = null, Func<MailClientOptions, MailClientOptions>? change = null) => MailClient.ConnectAsync(
        change is null ? Options : change(Options),
        credential ?? MailCredential.FromPassword("admin", "admin-secret"),
        TestContext.Current.CancellationToken);

    private static bool IsFamilyQuestion(RecordedRequest request) => request.Uri.AbsolutePath.EndsWith("/api/discover/x", StringComparison.Ordinal);

    private static bool IsSignIn(RecordedRequest request) => IsFamilyQuestion(request) || request.Uri.AbsolutePath is "/api/oauth" or "/auth/token" or "/auth/device";

    private HttpResponseMessage Respond(RecordedRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }
        if (IsFamilyQuestion(request))
        {
            return OnFamilyQuestion(request);
        }
        if (Intercept?.Invoke(request) is { } first)
        {
            return first;
        }
        return request.Uri.AbsolutePath switch
        {
            "/api/oauth" => CreateOAuthResponse(),
            "/auth/token" => OnToken?.Invoke() ?? CreateTokenResponse(),
            _ => OnRequest(request),
        };
    }

    private HttpResponseMessage CreateOAuthResponse() => TestResponses.Data(
        $$"""{"code":"the-code","permissions":[{{string.Join(',', Permissions.Split(',').Select(p => $"\"{p}\""))}}],"version":"{{Version}}","isEnterprise":{{(IsEnterprise ? "true" : "false")}}}""");

    public HttpResponseMessage CreateTokenResponse(string? refresh = "refresh-1")
    {
        int number = Interlocked.Increment(ref _tokens);
        string second = refresh is null ? "" : $",\"refresh_token\":\"{refresh}\"";
        return TestResponses.Json(HttpStatusCode.OK, $$"""{"access_token":"token-{{number}}","token_type":"bearer","expires_in":{{TokenLifetime}}{{second}}}""");
    }

    private sealed class Handler(FakeServer server) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            // A real transport answers later, on another thread.
            await Task.Yield();
            var recorded = new RecordedRequest(request.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), body);
            await ((IsSignIn(recorded) ? (recorded.Uri.AbsolutePath == "/auth/token" ? server.TokenDelay?.Invoke() : null) : server.Delay?.Invoke(recorded)) ?? Task.CompletedTask);
            HttpResponseMessage response = server.Respond(recorded);
            response.RequestMessage = request;
            return response;
        }
    }
}
