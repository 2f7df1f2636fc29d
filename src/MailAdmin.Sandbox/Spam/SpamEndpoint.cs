using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Versions;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary><c>/api/spam-filter</c>: learn from messages, and say of a message what the filter thinks.</summary>
internal sealed class SpamEndpoint(SpamClassifier classifier, SpamModels models, SpamTraining training, PrincipalStore store)
{
    private const string TrainPermission = "spam-filter-train";

    private readonly ServerDialect _dialect = store.Dialect;

    /// <summary>Learns at once.</summary>
    public SandboxResponse Train(ApiCall call, bool isSpam)
    {
        RequireTraining(call, ofSamples: false);
        IReadOnlySet<string> words = ReadWords(call);
        models[FindAccount(call)].Train(words, isSpam);
        return Responses.Success();
    }

    /// <summary>Keeps the message, to be learnt by a training.</summary>
    public SandboxResponse Upload(ApiCall call, bool isSpam)
    {
        RequireTraining(call, ofSamples: true);
        IReadOnlySet<string> words = ReadWords(call);
        training.Add(FindAccount(call), words, isSpam);
        return Responses.Success();
    }

    public SandboxResponse StartTraining(ApiCall call, bool isAfresh)
    {
        RequireTraining(call, ofSamples: true);
        training.Start(isAfresh);
        return Responses.Data(true);
    }

    public SandboxResponse StopTraining(ApiCall call)
    {
        RequireTraining(call, ofSamples: true);
        return Responses.Data(training.Stop());
    }

    public SandboxResponse DeleteTraining(ApiCall call)
    {
        RequireTraining(call, ofSamples: true);
        training.Reset();
        return Responses.Data(true);
    }

    public SandboxResponse GetTrainingStatus(ApiCall call)
    {
        RequireTraining(call, ofSamples: true);
        return Responses.Data(training.IsRunning);
    }

    public SandboxResponse Classify(ApiCall call)
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

    /// <summary>A version knows one of the two ways to train.</summary>
    private void RequireTraining(ApiCall call, bool ofSamples)
    {
        if (_dialect.CollectsSpamSamples != ofSamples)
        {
            throw ApiException.NoSuchResource();
        }

        call.Caller.Require(TrainPermission);
    }

    /// <summary>Anybody may train any account. One that is unknown is named as it was sent, still encoded.</summary>
    private uint? FindAccount(ApiCall call) => call.GetSegment(3) is { Length: > 0 } name
        ? store.Find(call.GetDecodedSegment(3))?.Id ?? throw ApiException.NotFound(name)
        : null;
}
