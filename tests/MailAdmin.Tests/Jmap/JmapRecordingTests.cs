// What a real server of 0.16 answered, read by the client.
using MailAdmin.Client;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Jmap;

public sealed class JmapRecordingTests
{
    [Fact]
    public async Task Every_answer_is_read_or_is_an_error_with_a_meaning()
    {
        int read = 0, refused = 0;
        foreach (RecordedExchange exchange in RecordedJmapAnswers.ReadAll().Where(exchange => RecordedJmapAnswers.GetKind(exchange) is not null))
        {
            try
            {
                await RecordedJmapAnswers.ReadAsync(exchange);
                read++;
            }
            catch (MailServerException e)
            {
                refused++;
                e.Code.ShouldNotBe(MailErrorCode.Unknown, exchange.Id);
                // An anonymous session has no account of the management.
                (e.Code == MailErrorCode.UnexpectedResponse && exchange.Path != "/jmap/session").ShouldBeFalse($"{exchange.Id}: {e.Message}");
            }
        }
        read.ShouldBeGreaterThan(700);
        refused.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Every_error_of_an_object_has_a_meaning_and_names_what_it_is_about()
    {
        var types = new HashSet<string>();
        foreach (RecordedExchange exchange in RecordedJmapAnswers.ReadAll().Where(exchange => exchange is { Path: "/jmap", Status: 200 }))
        {
            foreach (SetOutcome outcome in RecordedJmapAnswers.GetOutcomes(exchange, RecordedJmapAnswers.CreateCalls(exchange), new ApiRequestContext(Operations.CallJmap)))
            {
                if (outcome.Error is not { } error)
                {
                    // An action that answers with a result leaves no object.
                    (outcome.ObjectId is not null || exchange.RequestBody.Contains("x:Action/set", StringComparison.Ordinal)).ShouldBeTrue(exchange.Id);
                    continue;
                }
                error.Code.ShouldNotBe(MailErrorCode.Unknown, $"{exchange.Id}: {error.ServerCode}");
                error.Code.ShouldNotBe(MailErrorCode.OutcomeUnknown, exchange.Id);
                error.Field?.ShouldNotContain("/");
                error.Message.ShouldEndWith(".");
                types.Add(error.ServerCode!);
                switch (error.ServerCode)
                {
                    case "objectIsLinked":
                        error.LinkedObjects.ShouldNotBeEmpty(exchange.Id);
                        break;
                    case "primaryKeyViolation" or "invalidForeignKey":
                        error.ConflictingObject.ShouldNotBeNull(exchange.Id);
                        break;
                    default:
                        break;
                }
            }
        }
        types.ShouldBe(
            ["forbidden", "invalidForeignKey", "invalidPatch", "invalidProperties", "notFound", "objectIsLinked", "overQuota", "primaryKeyViolation", "singleton", "validationFailed", "willDestroy"],
            ignoreOrder: true);
    }
}
