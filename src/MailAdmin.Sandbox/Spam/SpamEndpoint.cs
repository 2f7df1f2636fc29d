using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary><c>/api/spam-filter</c>: trains the filter with messages, and classifies messages.</summary>
internal sealed class SpamEndpoint(SpamClassifier classifier, SpamModels models, SpamTraining training, PrincipalStore store) : IEndpoint
{
    private const string TrainPermission = "spam-filter-train";

    private readonly ServerDialect _dialect = store.Dialect;

    public SandboxResponse Handle(ApiCall call) => (call.Method, call.GetSegment(1), call.GetSegment(2), _dialect.CollectsSpamSamples) switch
    {
        ("POST", "train", "spam" or "ham", false) => Train(call),
        ("POST", "upload", "spam" or "ham", true) => Upload(call),
        ("GET", "train", var action, true) => ControlTraining(call, action),
        ("POST", "classify", _, _) => Classify(call),
        _ => throw ApiException.NoSuchResource(),
    };

    /// <summary>Trains at once.</summary>
    private SandboxResponse Train(ApiCall call)
    {
        call.Caller.Require(TrainPermission);
        IReadOnlySet<string> words = ReadWords(call);
        models[FindAccount(call)].Train(words, IsSpam(call));
        return Responses.Success();
    }

    /// <summary>Stores the message for the next training.</summary>
    private SandboxResponse Upload(ApiCall call)
    {
        call.Caller.Require(TrainPermission);
        IReadOnlySet<string> words = ReadWords(call);
        training.Add(FindAccount(call), words, IsSpam(call));
        return Responses.Success();
    }

    private SandboxResponse ControlTraining(ApiCall call, string action)
    {
        call.Caller.Require(TrainPermission);
        switch (action)
        {
            case "start" or "reset":
                training.Start(fromScratch: action == "reset");
                return Responses.Data(true);
            case "stop":
                return Responses.Data(training.Stop());
            case "delete":
                training.Reset();
                return Responses.Data(true);
            case "status":
                return Responses.Data(training.IsRunning);
            default:
                throw ApiException.NoSuchResource();
        }
    }

    private SandboxResponse Classify(ApiCall call)
    {
        call.Caller.Require(_dialect.ClassifyPermission);
        training.CatchUp();
        using JsonDocument body = call.ParseBody();
        SpamInput input = ClassifyRequestParser.Parse(body.RootElement);
        using (input.Message)
        {
            SpamVerdict verdict = classifier.Classify(input);
            return Responses.Data(verdict.Write);
        }
    }

    private static IReadOnlySet<string> ReadWords(ApiCall call)
    {
        using MimeMessage message = MessageText.Parse(call.Body.ToArray());
        return MessageText.GetWords(message);
    }

    private static bool IsSpam(ApiCall call) => call.GetSegment(2) == "spam";

    /// <summary>Every caller may train any account. An unknown account is named as sent, still percent-encoded.</summary>
    private uint? FindAccount(ApiCall call) => call.GetSegment(3) is { Length: > 0 } name
        ? store.Find(call.GetDecodedSegment(3))?.Id ?? throw ApiException.NotFound(name)
        : null;
}
