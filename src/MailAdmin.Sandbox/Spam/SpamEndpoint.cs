using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Versions;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary><c>/api/spam-filter</c>: learn from messages, and say of a message what the filter thinks.</summary>
internal sealed class SpamEndpoint(SpamClassifier classifier, SpamModels models, SpamTraining training, PrincipalStore store) : IEndpoint
{
    private const string TrainPermission = "spam-filter-train";

    private readonly ServerDialect _dialect = store.Dialect;

    public SandboxResponse Answer(ApiCall call) => (call.Method, call.Element(1), call.Element(2), _dialect.CollectsSpamSamples) switch
    {
        ("POST", "train", "spam" or "ham", false) => Train(call),
        ("POST", "upload", "spam" or "ham", true) => Upload(call),
        ("GET", "train", var action, true) => Direct(call, action),
        ("POST", "classify", _, _) => Classify(call),
        _ => throw Refusal.NoSuchResource(),
    };

    /// <summary>Learns at once.</summary>
    private SandboxResponse Train(ApiCall call)
    {
        call.Caller.Require(TrainPermission);
        IReadOnlySet<string> words = Words(call);
        models[Account(call)].Train(words, IsSpam(call));
        return Answers.Done();
    }

    /// <summary>Keeps the message, to be learnt by a training.</summary>
    private SandboxResponse Upload(ApiCall call)
    {
        call.Caller.Require(TrainPermission);
        IReadOnlySet<string> words = Words(call);
        training.Add(Account(call), words, IsSpam(call));
        return Answers.Done();
    }

    private SandboxResponse Direct(ApiCall call, string action)
    {
        call.Caller.Require(TrainPermission);
        switch (action)
        {
            case "start" or "reset":
                training.Start(isAfresh: action == "reset");
                return Answers.Data(true);
            case "stop":
                return Answers.Data(training.Stop());
            case "delete":
                training.Forget();
                return Answers.Data(true);
            case "status":
                return Answers.Data(training.IsRunning);
            default:
                throw Refusal.NoSuchResource();
        }
    }

    private SandboxResponse Classify(ApiCall call)
    {
        call.Caller.Require(_dialect.ClassifyPermission);
        training.CatchUp();
        using JsonDocument body = call.Json();
        SpamInput input = ClassifyRequest.Parse(body.RootElement);
        using (input.Message)
        {
            SpamVerdict verdict = classifier.Classify(input);
            return Answers.Data(verdict.Write);
        }
    }

    private static IReadOnlySet<string> Words(ApiCall call)
    {
        using MimeMessage message = MessageText.Parse(call.Body.ToArray());
        return MessageText.Words(message);
    }

    private static bool IsSpam(ApiCall call) => call.Element(2) == "spam";

    /// <summary>Anybody may train any account. One that is unknown is named as it was sent, still encoded.</summary>
    private uint? Account(ApiCall call) => call.Element(3) is { Length: > 0 } name
        ? store.Find(call.Decoded(3))?.Id ?? throw Refusal.NotFound(name)
        : null;
}
