// What a 404 means, for every operation there is: the thing, the call, or the address.
using System.Management.Automation;
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Calls;
using MailAdmin.PowerShell.Errors;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Calls;

public sealed class MissingRouteTests
{
    // Those whose 404 names a thing: the server says so of no other (docs/api.md §2.3).
    private static readonly string[] s_things =
    [
        "GET /queue/messages/{id}", "PATCH /queue/messages/{id}", "DELETE /queue/messages/{id}", "GET /queue/reports/{id}", "DELETE /queue/reports/{id}",
        "DELETE /reports/{kind}", "GET /reports/{kind}/{id}", "DELETE /reports/{kind}/{id}", "GET /dkim/{id}",
        "GET /store/purge/data/{store}", "GET /store/purge/in-memory/{store}", "GET /store/purge/in-memory/{store}/{what}", "GET /store/purge/in-memory/{store}/{what}/{account}",
        "GET /store/undelete/{account}", "POST /store/undelete/{account}",
    ];

    public static TheoryData<string> AllOperations => [.. Operations.All.Select(operation => operation.ToString())];

    /// <summary>404 answers that a Stalwart server never gives.</summary>
    public static TheoryData<string, string?> ForeignAnswers => new()
    {
        { "", null },
        { "<html><body><h1>404 Not Found</h1></body></html>", "text/html" },
        { "404 page not found", "text/plain" },
        { """{"message":"no Route matched with those values"}""", "application/json" },
        { """{"error":"Not Found"}""", "application/json" },
        { """{"timestamp":"2026-11-29T00:00:00Z","status":404,"error":"Not Found","path":"/api"}""", "application/json" },
        { """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404,"traceId":"00-1"}""", "application/problem+json" },
        { """{"type":"about:blank","title":"Not Found","status":404,"detail":"No static resource api.","instance":"/api"}""", "application/problem+json" },
    };

    [Theory]
    [MemberData(nameof(AllOperations))]
    public async Task What_does_not_exist_is_not_found_and_the_advice_fits_what_was_named(string name)
    {
        Operation operation = Find(name);
        var answers = new List<HttpResponseMessage> { TestResponses.Json(HttpStatusCode.OK, """{"error":"notFound","item":""}""") };
        if (s_things.Contains(name))
        {
            answers.Add(TestResponses.Problem(404, "Not Found"));
        }
        foreach (HttpResponseMessage answer in answers)
        {
            ErrorRecord error = await FailAsync(operation, answer, Create("0.15.5", isEnterprise: true));
            error.FullyQualifiedErrorId.ShouldBe("NotFound");
            error.CategoryInfo.Category.ShouldBe(ErrorCategory.ObjectNotFound);
            error.Exception.Message.ShouldContain("does not exist");
            ShouldFit(error, operation);
        }
    }

    [Theory]
    [MemberData(nameof(AllOperations))]
    public async Task A_server_without_the_call_is_told_from_one_without_the_thing(string name)
    {
        Operation operation = Find(name);
        bool isOfNewerServers = CmdletMap.OfNewerServers.Contains(operation);
        bool isLater = operation.Purpose.Contains("from 0.15 on", StringComparison.Ordinal) || name.Contains("/spam-filter/upload/", StringComparison.Ordinal)
            || (name.Contains("/spam-filter/train/", StringComparison.Ordinal) && operation.Method == HttpMethod.Get);
        bool isEarlier = operation == Operations.Reindex || operation == Operations.ReindexAccount || (name.Contains("/spam-filter/train/", StringComparison.Ordinal) && operation.Method == HttpMethod.Post);
        foreach (string version in (string[])["0.11.8", "0.13.4", "0.15.5"])
        {
            ErrorRecord error = await FailAsync(operation, TestResponses.Problem(404, "Not Found"), Create(version, isEnterprise: false));
            if (operation.IsEnterprise)
            {
                ShouldBeMissingFromBuild(error);
            }
            else if (isOfNewerServers || (version == "0.15.5" ? isEarlier : isLater))
            {
                (error.FullyQualifiedErrorId, error.CategoryInfo.Category).ShouldBe(("Unsupported", ErrorCategory.NotImplemented));
                error.Exception.Message.ShouldContain(version);
                error.Exception.Message.ShouldContain(isOfNewerServers ? "from 0.16 on" : isLater ? "from 0.15 on" : "before 0.15 only");
                error.ErrorDetails.RecommendedAction.ShouldNotContain("licence");
            }
            else if (s_things.Contains(name))
            {
                error.FullyQualifiedErrorId.ShouldBe("NotFound");
            }
            else
            {
                // Every version and every build has it: what answered does not get what was sent.
                (error.FullyQualifiedErrorId, error.CategoryInfo.Category).ShouldBe(("UnexpectedResponse", ErrorCategory.ProtocolError));
                error.Exception.Message.ShouldContain("proxy");
            }
            ShouldFit(error, operation);
        }
    }

    [Theory]
    [MemberData(nameof(AllOperations))]
    public async Task A_connection_that_does_not_know_its_server_guesses_nothing(string name)
    {
        Operation operation = Find(name);
        ErrorRecord error = await FailAsync(operation, TestResponses.Problem(404, "Not Found"), server: null);
        if (operation.IsEnterprise && s_things.Contains(name))
        {
            error.FullyQualifiedErrorId.ShouldBe("NotFound");
            error.Exception.Message.ShouldContain("does not say what is missing");
        }
        else if (operation.IsEnterprise)
        {
            ShouldBeMissingFromBuild(error);
        }
        else
        {
            error.FullyQualifiedErrorId.ShouldBe(s_things.Contains(name) ? "NotFound" : new ServerDialect(null).HasOperation(operation) is null ? "Unsupported" : "UnexpectedResponse");
        }
        ShouldFit(error, operation);
    }

    [Theory]
    [MemberData(nameof(ForeignAnswers))]
    public async Task Another_server_says_nothing_about_what_was_asked_for(string body, string? type)
    {
        foreach (Operation operation in Operations.All)
        {
            foreach (ServerInfo? server in (ServerInfo?[])[null, Create("0.11.8", isEnterprise: false), Create("0.15.5", isEnterprise: true)])
            {
                ErrorRecord error = await FailAsync(operation, TestResponses.Create(HttpStatusCode.NotFound, Encoding.UTF8.GetBytes(body), type), server);
                (error.FullyQualifiedErrorId, error.CategoryInfo.Category).ShouldBe(("UnexpectedResponse", ErrorCategory.ProtocolError), operation.ToString());
                error.Exception.Message.ShouldContain("address");
                error.Exception.Message.ShouldNotContain("does not exist");
                ShouldFit(error, operation);
            }
        }
    }

    [Fact]
    public async Task A_call_of_ones_own_may_be_wrong_in_its_path_or_in_what_it_names()
    {
        var own = new Operation(HttpMethod.Get, "/no/such/path", Idempotency.NotIdempotent, "of a test");
        ErrorRecord error = await FailAsync(own, TestResponses.Problem(404, "Not Found"), Create("0.11.8", isEnterprise: false));
        error.FullyQualifiedErrorId.ShouldBe("NotFound");
        error.Exception.Message.ShouldContain("GET /no/such/path");
        error.ErrorDetails.RecommendedAction.ShouldContain("case-sensitive");
        ShouldFit(error, own);
    }

    private static void ShouldBeMissingFromBuild(ErrorRecord error)
    {
        (error.FullyQualifiedErrorId, error.CategoryInfo.Category).ShouldBe(("Unsupported", ErrorCategory.NotImplemented));
        error.Exception.Message.ShouldContain("part of Stalwart Enterprise; this build has none of it");
        error.ErrorDetails.RecommendedAction.ShouldContain("a licence alone does not add it");
    }

    // Advice about names of accounts where an account or a principal is named, and nowhere else.
    private static void ShouldFit(ErrorRecord error, Operation operation)
    {
        string advice = error.ErrorDetails.RecommendedAction ?? "";
        bool names = operation.Template.Contains("{name}", StringComparison.Ordinal) || operation.Template.Contains("{account}", StringComparison.Ordinal) || operation == Operations.CreatePrincipal;
        if (!names || error.FullyQualifiedErrorId != "NotFound")
        {
            advice.ShouldNotContain("login");
            advice.ShouldNotContain("Get-MailPrincipal");
        }
        if (!operation.IsEnterprise)
        {
            $"{error.Exception.Message} {advice}".ShouldNotContain("Enterprise");
        }
        error.Exception.Message.ShouldEndWith(".");
    }

    private static Operation Find(string name) => Operations.All.Single(operation => operation.ToString() == name);

    private static ServerInfo Create(string version, bool isEnterprise) => new(Version.Parse(version), isEnterprise, new HashSet<string>());

    private static async Task<ErrorRecord> FailAsync(Operation operation, HttpResponseMessage response, ServerInfo? server)
    {
        var context = new ApiRequestContext(operation) { Server = server, IsOAuth = operation == Operations.RequestToken || operation == Operations.StartDeviceFlow };
        MailServerException e = await Should.ThrowAsync<MailServerException>(ResponseReader.ReadDataAsync(
            response, context, static (ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader).GetRawText(), TestContext.Current.CancellationToken));
        return ErrorCatalogue.CreateErrorRecord(e, null);
    }
}
